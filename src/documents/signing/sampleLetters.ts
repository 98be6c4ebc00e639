export type Point = readonly [x: number, y: number];
export type Stroke = readonly Point[];

/**
 * The letters of "MẪU THỬ NGHIỆM" as strokes: width, then lines of points, in units of the letter's height, y from the top down.
 * Marks take no room: they stand before the letter that bears them.
 */
const letters: Readonly<Record<string, readonly [width: number, strokes: string]>> = {
  M: [0.8, '0,1 0,0 .4,.6 .8,0 .8,1'],
  A: [0.7, '0,1 .35,0 .7,1; .13,.65 .57,.65'],
  U: [0.6, '0,0 0,.75 .1,.95 .3,1 .5,.95 .6,.75 .6,0'],
  T: [0.7, '0,0 .7,0; .35,0 .35,1'],
  H: [0.6, '0,0 0,1; .6,0 .6,1; 0,.5 .6,.5'],
  N: [0.6, '0,1 0,0 .6,1 .6,0'],
  G: [0.65, '.62,.2 .48,.03 .28,0 .08,.15 0,.5 .08,.85 .28,1 .5,.97 .63,.8 .63,.55 .38,.55'],
  I: [0, '0,0 0,1'],
  E: [0.5, '.5,0 0,0 0,1 .5,1; 0,.5 .42,.5'],
  ' ': [0.3, ''],
  circumflex: [0, '.15,-.1 .35,-.28 .55,-.1'],
  tilde: [0, '.12,-.4 .24,-.48 .42,-.4 .56,-.48'],
  hook: [0, '.22,-.36 .32,-.44 .42,-.36 .32,-.26 .32,-.14'],
  horn: [0, '.6,.08 .74,.02 .78,-.12'],
  dot: [0, '.25,1.2 .26,1.22'],
};
const marks: ReadonlySet<string> = new Set(['circumflex', 'tilde', 'hook', 'horn', 'dot']);
const gap = 0.28;

export const sampleWords = {
  sample: ['M', 'circumflex', 'tilde', 'A', 'U'],
  test: ['T', 'H', 'horn', 'hook', 'U'],
  trial: ['N', 'G', 'H', 'I', 'circumflex', 'dot', 'E', 'M'],
} as const;

const advance = (letter: string): number => (marks.has(letter) ? 0 : (letters[letter]?.[0] ?? 0) + gap);

/** The strokes of a line of letters, centred on a point at their top; in millimetres. */
export function lettering(text: readonly string[], [centre, top]: Point, heightMm: number): Stroke[] {
  const width = text.reduce((sum, letter) => sum + advance(letter), -gap);
  let x = centre - (width * heightMm) / 2;
  return text.flatMap((letter) => {
    const from = x;
    x += advance(letter) * heightMm;
    const strokes = (letters[letter]?.[1] ?? '').split(';').filter((stroke) => stroke !== '');
    return strokes.map((stroke) =>
      stroke
        .trim()
        .split(' ')
        .map((point) => placed(point, [from, top], heightMm)),
    );
  });
}

function placed(point: string, [left, top]: Point, heightMm: number): Point {
  const [x = 0, y = 0] = point.split(',').map(Number);
  return [left + x * heightMm, top + y * heightMm];
}
