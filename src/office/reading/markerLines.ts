import type { Marker } from './marker.js';

/** Longest heading after which the first item needs no stop. */
export const headingCharsMax = 220;
const shortHeadingCharsMax = 120;

/** How wide the lines of a text run: all but a few are not longer. */
export function widthOf(text: string): number {
  const lengths = text
    .split(/[\n\u2029]/u)
    .map((line) => line.length)
    .sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.95)] ?? 0;
}

/** Whether a heading ended with the line before: the line was left short although the next word would have found room on it. */
export function headingEndsAt(text: string, at: number, previous: Marker | undefined, width: number): boolean {
  if (!previous || !['part', 'section', 'number', 'letter', 'bracket'].includes(previous.kind)) return false;
  const heading = text.slice(previous.textStart, at - 1);
  if (heading.length > shortHeadingCharsMax || /[\n\u2029]|[.;,:]\s*$/u.test(heading) || !/^[\p{Lu}“"]/u.test(heading))
    return false;
  const next = text.slice(at, at + 40);
  if (!/^[\p{Lu}“"]/u.test(next)) return false;
  const word = /^\S+/u.exec(next)?.[0].length ?? 0;
  return at - 1 - previous.start + 1 + word < width - 2;
}

/** How paragraphs are told here; `loud` where a heading in capitals ends and a sentence begins, with or without a line break. */
export function linesAt(
  text: string,
  at: number,
  previous: Marker | undefined,
  { loose, early }: { loose: boolean; early: boolean },
): 'early' | 'loud' | 'loose' | 'dense' {
  if (early) return 'early';
  if (previous && (previous.kind === 'section' || previous.kind === 'part') && at > previous.textStart) {
    const heading = text.slice(previous.textStart, at);
    const capitals = heading.length <= headingCharsMax && /\p{Lu}{2}/u.test(heading) && !/\p{Ll}/u.test(heading);
    if (capitals && /^\p{Lu}\p{Ll}*\s+[\p{Ll}\d]/u.test(text.slice(at, at + 20))) return 'loud';
  }
  return loose ? 'loose' : 'dense';
}
