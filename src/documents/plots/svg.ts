import { screenWidthEm } from '../textWidth.js';

/**
 * SVG as text, for a page and for a print alike: presentation attributes carry the fixed colours of the print, classes let the page's
 * stylesheet put its own in their place. No style attribute and no script, as the page's security policy asks.
 */

export type Tone =
  | 'ink'
  | 'faint'
  | 'line'
  | 'sheet'
  | 'accent'
  | 'done'
  | 'late'
  | 'soon'
  | 'doneSoft'
  | 'lateSoft'
  | 'soonSoft'
  | 'none';

const fixed: Readonly<Record<Tone, string>> = {
  ink: '#18211f',
  faint: '#55625e',
  line: '#d3dad7',
  sheet: '#ffffff',
  accent: '#0b5a4c',
  done: '#1c6127',
  late: '#a3161a',
  soon: '#7a4d00',
  doneSoft: '#e5f3e6',
  lateSoft: '#fbe9e8',
  soonSoft: '#fdf2dc',
  none: 'none',
};

/** Size of the letters of a plot, in the units of its view box. */
export const letterSize = 13;

/** The width of a line of text at `size` units in the face of the pages, which is wider than that of the prints. */
export function textWidth(text: string, size = letterSize): number {
  return screenWidthEm(text) * size;
}

/** A text cut at a whole letter so that it is at most `width` units wide; the whole of it stands in the table beside. */
export function fitted(text: string, width: number, size = letterSize): string {
  // a hair's breadth for widths that were added and taken off again
  if (textWidth(text, size) <= width + 0.01) return text;
  const letters = Array.from(text.normalize('NFC'));
  let [low, high] = [0, letters.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (textWidth(`${letters.slice(0, middle).join('').trimEnd()}…`, size) <= width) low = middle;
    else high = middle - 1;
  }
  return `${letters.slice(0, low).join('').trimEnd()}…`;
}

export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** At most two decimals: the same picture everywhere, and no long tails. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

interface TextPlace {
  readonly x: number;
  readonly y: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly tone?: Tone;
  readonly strong?: boolean;
  readonly size?: number;
}

export function textElement(
  text: string,
  { x, y, anchor = 'start', tone = 'ink', strong = false, size = letterSize }: TextPlace,
): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" text-anchor="${anchor}" font-size="${size}"${strong ? ' font-weight="600"' : ''} class="plot-${tone}" fill="${fixed[tone]}">${escaped(text)}</text>`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function box({ x, y, width, height }: Box, tone: Tone, outline: Tone = 'none'): string {
  const stroke = outline === 'none' ? '' : ` stroke="${fixed[outline]}"`;
  return `<rect x="${rounded(x)}" y="${rounded(y)}" width="${rounded(Math.max(0, width))}" height="${rounded(height)}" class="plot-${tone}${outline === 'none' ? '' : ` plot-line-${outline}`}" fill="${fixed[tone]}"${stroke}/>`;
}

export type Point = readonly [x: number, y: number];

export function line(points: readonly Point[], tone: Tone, width = 1, dash = ''): string {
  const path = points.map(([x, y]) => `${rounded(x)},${rounded(y)}`).join(' ');
  return `<polyline points="${path}" fill="none" stroke="${fixed[tone]}" stroke-width="${width}"${dash === '' ? '' : ` stroke-dasharray="${dash}"`} class="plot-line-${tone}"/>`;
}

interface Drawing {
  /** Unique on the page: the ids of title and description are made from it. */
  readonly id: string;
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly description: string;
  readonly parts: readonly string[];
}

/** A whole picture with its title and description for those who do not see it. */
export function svg({ id, width, height, title, description, parts }: Drawing): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="plot" role="img" aria-labelledby="${id}-t ${id}-d" viewBox="0 0 ${rounded(width)} ${rounded(height)}" width="${rounded(width)}" height="${rounded(height)}">`,
    `<title id="${id}-t">${escaped(title)}</title><desc id="${id}-d">${escaped(description)}</desc>`,
    ...parts,
    '</svg>',
  ].join('');
}

/** Steps of an axis from 0 to at least `most`: 1, 2 or 5 times a power of ten, about four of them. */
export function axisSteps(most: number): readonly number[] {
  if (most <= 0) return [0, 1];
  const raw = most / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = Math.max(1, ([1, 2, 5, 10].find((times) => times * power >= raw) ?? 10) * power);
  const count = Math.ceil(most / step);
  return Array.from({ length: count + 1 }, (_, index) => index * step);
}
