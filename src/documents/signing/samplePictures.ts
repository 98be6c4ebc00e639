import { createHash } from 'node:crypto';
import type { Picture } from '../../office/papers/paper.js';
import { type Pixels, pngOf } from './png.js';
import { lettering, type Point, type Stroke, sampleWords as words } from './sampleLetters.js';

/**
 * Sample pictures of a signature and a seal, for a test authority: drawn here from strokes, marked "MẪU THỬ NGHIỆM", and without
 * emblem or text of any real seal, so that nobody can take them for one.
 * Blue and red as NĐ 30/2020, Phụ lục I asks (G-01, G-02); places are in millimetres from the upper left corner.
 */
const blue = [0x1a, 0x3f, 0xa8] as const;
const red = [0xd0, 0x1f, 0x1f] as const;
const pixelsPerMm = 8;

interface Drawing {
  readonly widthMm: number;
  readonly heightMm: number;
  readonly colour: readonly [number, number, number];
  readonly strokes: readonly { readonly points: Stroke; readonly widthMm: number }[];
}

const circle = (radius: number, centre: number): Stroke =>
  Array.from({ length: 73 }, (_, step): Point => {
    const angle = (step * Math.PI) / 36;
    return [centre + radius * Math.cos(angle), centre + radius * Math.sin(angle)];
  });

/** A round sample seal of 36 mm: two rings and the words that say what it is. */
export function sampleSeal(): Picture {
  const size = 36;
  const middle = size / 2;
  const lines = [words.sample, words.test, words.trial].flatMap((text, line) => lettering(text, [middle, 9.5 + line * 6.6], 3.6));
  return drawn({
    widthMm: size,
    heightMm: size,
    colour: red,
    strokes: [
      { points: circle(17.4, middle), widthMm: 0.9 },
      { points: circle(15.9, middle), widthMm: 0.35 },
      ...lines.map((points) => ({ points, widthMm: 0.6 })),
    ],
  });
}

/** A sample signature of 42 x 20 mm: a flourish that differs from name to name, and the words that say what it is. */
export function sampleSignature(name: string): Picture {
  const seed = createHash('sha256').update(name).digest();
  const at = (index: number): number => (seed[index % seed.length] ?? 0) / 255;
  const turns = 5;
  const points = Array.from({ length: 140 }, (_, step): Point => {
    const t = step / 139;
    const swing = 3.2 + 2.2 * Math.sin(t * Math.PI * (1 + 2 * at(0)) + at(1) * 6);
    const phase = t * Math.PI * 2 * (turns + at(2) * 2);
    return [4 + t * 30 + (1.5 + at(3)) * Math.sin(phase), 8.5 - swing * Math.cos(phase) * (1 - 0.55 * t) + (at(4) - 0.5) * 5 * t];
  });
  const underline: Stroke = [
    [6 + at(5) * 4, 14.2],
    [22, 13.1 + at(6)],
    [39, 12 - at(7)],
  ];
  const lines = lettering([...words.sample, ' ', ...words.test, ' ', ...words.trial], [21, 17.2], 1.5);
  return drawn({
    widthMm: 42,
    heightMm: 20,
    colour: blue,
    strokes: [
      { points, widthMm: 0.45 },
      { points: underline, widthMm: 0.4 },
      ...lines.map((stroke) => ({ points: stroke, widthMm: 0.25 })),
    ],
  });
}

function drawn({ widthMm, heightMm, colour, strokes }: Drawing): Picture {
  const [width, height] = [widthMm * pixelsPerMm, heightMm * pixelsPerMm];
  const rgba = new Uint8Array(width * height * 4);
  for (const { points, widthMm: thick } of strokes)
    for (const [index, to] of points.entries()) {
      const from = points[index - 1];
      if (from !== undefined) line({ width, height, rgba }, { from, to, widthMm: thick }, colour);
    }
  return { png: pngOf({ width, height, rgba }).toString('base64'), widthMm, heightMm };
}

/** A line with round ends and soft edges; where strokes cross, the darker pixel stays. */
function line({ width, height, rgba }: Pixels, stroke: Line, colour: Drawing['colour']): void {
  const [from, to, half] = [scaled(stroke.from), scaled(stroke.to), (stroke.widthMm * pixelsPerMm) / 2];
  const range = (axis: 0 | 1, most: number): readonly [number, number] => [
    Math.max(0, Math.floor(Math.min(from[axis], to[axis]) - half - 1)),
    Math.min(most - 1, Math.ceil(Math.max(from[axis], to[axis]) + half + 1)),
  ];
  const [left, right] = range(0, width);
  const [top, bottom] = range(1, height);
  for (let y = top; y <= bottom; y += 1)
    for (let x = left; x <= right; x += 1) {
      const cover = Math.min(1, half + 0.5 - distance([x + 0.5, y + 0.5], from, to));
      const place = (y * width + x) * 4;
      if (cover * 255 > (rgba[place + 3] ?? 0)) rgba.set([...colour, Math.round(cover * 255)], place);
    }
}

interface Line {
  readonly from: Point;
  readonly to: Point;
  readonly widthMm: number;
}

const scaled = ([x, y]: Point): Point => [x * pixelsPerMm, y * pixelsPerMm];

function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / square));
  return Math.hypot(x - ax - along * dx, y - ay - along * dy);
}
