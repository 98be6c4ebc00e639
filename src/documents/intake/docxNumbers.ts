/** One level of a list, as `word/numbering.xml` has it. */
interface Level {
  readonly start: number;
  readonly format: string;
  readonly text: string;
}

interface Lists {
  /** By the list's own number: its abstract list, and where it begins anew. */
  readonly lists: ReadonlyMap<string, { readonly abstract: string; readonly starts: ReadonlyMap<number, number> }>;
  readonly levels: ReadonlyMap<string, ReadonlyMap<number, Level>>;
}

const levelsMax = 9;
const markerCharsMax = 40;
// What is between two tags never holds the first one again: so a tag that is left open costs no search to the end of the file.
const NUMBERED = /<w:p(?:\s[^>]*)?>\s*<w:pPr(?:\s[^>]*)?>((?:(?!<w:p[\s>])[\s\S])*?)<\/w:pPr>/g;
const CHANGED = /<w:pPrChange\s(?:(?!<w:pPrChange\s)[\s\S])*?<\/w:pPrChange>/g;

/**
 * A document's XML in which every number that the word processor draws by itself (`1.`, `a)`, `II.`, a bullet) stands as words at the
 * beginning of its paragraph: a reader of words would never see it, and a plan is read by its numbers.
 * Knows the namespace prefix `w:`, which word processors write; with another one nothing is changed.
 */
export function withNumbers(document: string, numbering: string, styles: string): string {
  const lists = listsOf(numbering);
  const byStyle = stylesWithNumbers(styles);
  const counts = new Map<string, number[]>();
  // What the properties were before a tracked change stands within them, and would end the search too early.
  return document.replace(CHANGED, '').replace(NUMBERED, (paragraph, properties: string) => {
    const place = placeOf(properties) ?? byStyle.get(/<w:pStyle\s[^>]*w:val="([^"]*)"/.exec(properties)?.[1] ?? '');
    const marker = place === undefined ? '' : next(lists, counts, place);
    return marker === '' ? paragraph : `${paragraph}<w:r><w:t xml:space="preserve">${escaped(marker)} </w:t></w:r>`;
  });
}

interface Place {
  readonly list: string;
  readonly level: number;
}

function placeOf(properties: string): Place | undefined {
  const numbered = /<w:numPr(?:\s[^>]*)?>([\s\S]*?)<\/w:numPr>/.exec(properties)?.[1];
  const list = numbered === undefined ? undefined : valOf(numbered, 'numId');
  if (numbered === undefined || list === undefined) return undefined;
  return { list, level: Math.min(levelsMax - 1, Number(valOf(numbered, 'ilvl') ?? 0)) };
}

function valOf(xml: string, name: string): string | undefined {
  return new RegExp(`<w:${name}\\s[^>]*w:val="([^"]*)"`).exec(xml)?.[1];
}

function stylesWithNumbers(styles: string): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>();
  for (const [, id = '', inside = ''] of styles.matchAll(
    /<w:style\s[^>]*w:styleId="([^"]*)"[^>]*>((?:(?!<w:style\s)[\s\S])*?)<\/w:style>/g,
  )) {
    const place = placeOf(inside);
    if (place !== undefined) found.set(id, place);
  }
  return found;
}

function listsOf(numbering: string): Lists {
  const levels = new Map<string, ReadonlyMap<number, Level>>();
  for (const [, id = '', inside = ''] of numbering.matchAll(
    /<w:abstractNum\s[^>]*w:abstractNumId="([^"]*)"[^>]*>((?:(?!<w:abstractNum\s)[\s\S])*?)<\/w:abstractNum>/g,
  )) {
    const own = [...inside.matchAll(/<w:lvl\s[^>]*w:ilvl="(\d)"[^>]*>((?:(?!<w:lvl\s)[\s\S])*?)<\/w:lvl>/g)].map(
      ([, level = '0', body = '']): [number, Level] => [
        Number(level),
        {
          start: Number(valOf(body, 'start') ?? 1),
          format: valOf(body, 'numFmt') ?? 'decimal',
          text: unescaped(valOf(body, 'lvlText') ?? ''),
        },
      ],
    );
    levels.set(id, new Map(own));
  }
  const lists = new Map<string, { abstract: string; starts: Map<number, number> }>();
  for (const [, id = '', inside = ''] of numbering.matchAll(
    /<w:num\s[^>]*w:numId="([^"]*)"[^>]*>((?:(?!<w:num\s)[\s\S])*?)<\/w:num>/g,
  )) {
    const starts = [...inside.matchAll(/<w:lvlOverride\s[^>]*w:ilvl="(\d)"[^>]*>\s*<w:startOverride\s[^>]*w:val="(\d+)"/g)].map(
      ([, level = '0', start = '1']): [number, number] => [Number(level), Number(start)],
    );
    lists.set(id, { abstract: valOf(inside, 'abstractNumId') ?? '', starts: new Map(starts) });
  }
  return { lists, levels };
}

/** Counts one up and answers what is drawn; empty for a list that is none. Lists of one abstract list count on, unless they begin anew. */
function next({ lists, levels }: Lists, counts: Map<string, number[]>, { list, level }: Place): string {
  const known = lists.get(list);
  const own = known === undefined ? undefined : levels.get(known.abstract);
  const drawn = own?.get(level);
  if (known === undefined || own === undefined || drawn === undefined) return '';
  const key = known.starts.size > 0 ? `own ${list}` : `shared ${known.abstract}`;
  const numbers = counts.get(key) ?? [];
  const startOf = (at: number): number => known.starts.get(at) ?? own.get(at)?.start ?? 1;
  numbers[level] = (numbers[level] ?? startOf(level) - 1) + 1;
  for (let above = 0; above < level; above += 1) numbers[above] ??= startOf(above);
  numbers.length = level + 1;
  counts.set(key, numbers);
  if (drawn.format === 'bullet') return /^[-–+*•]$/.test(drawn.text) ? drawn.text : '-';
  if (drawn.format === 'none') return '';
  return drawn.text
    .replace(/%(\d)/g, (_, at: string) => figure(numbers[Number(at) - 1] ?? 1, own.get(Number(at) - 1)?.format ?? 'decimal'))
    .slice(0, markerCharsMax);
}

const ROMAN = [
  [1000, 'm'],
  [900, 'cm'],
  [500, 'd'],
  [400, 'cd'],
  [100, 'c'],
  [90, 'xc'],
  [50, 'l'],
  [40, 'xl'],
  [10, 'x'],
  [9, 'ix'],
  [5, 'v'],
  [4, 'iv'],
  [1, 'i'],
] as const;
const romanMax = 3_999;
const LETTERS = 26;

function figure(number: number, format: string): string {
  if (format === 'lowerLetter') return letters(number);
  if (format === 'upperLetter') return letters(number).toUpperCase();
  if (format === 'lowerRoman') return roman(number);
  if (format === 'upperRoman') return roman(number).toUpperCase();
  return format === 'decimalZero' && number < 10 ? `0${number}` : String(number);
}

/** As word processors count: a ... z, aa, bb ... */
function letters(number: number): string {
  const letter = String.fromCharCode(97 + ((number - 1) % LETTERS));
  return letter.repeat(Math.min(9, 1 + Math.floor((number - 1) / LETTERS)));
}

function roman(number: number): string {
  if (number < 1 || number > romanMax) return String(number);
  let rest = number;
  let written = '';
  for (const [value, sign] of ROMAN) {
    while (rest >= value) {
      written += sign;
      rest -= value;
    }
  }
  return written;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}
