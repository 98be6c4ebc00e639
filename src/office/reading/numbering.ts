import type { Marker } from './marker.js';
import { romanValue } from './roman.js';

export const LETTERS = 'abcdđeghiklmnopqrstuvxy';
const numberSkipMax = 3;

/** The last value of each kind of number that stands open; 0 where none does. */
export interface Numbering {
  part: number;
  section: number;
  article: number;
  number: number;
  letter: number;
  bracket: number;
}

/** Whether a number follows on from the last; papers skip a few. */
export function follows(value: number, last: number, skipsAllowed: boolean): boolean {
  if (value <= 0) return false;
  return value === last + 1 || (skipsAllowed && value > last && value <= last + numberSkipMax);
}

/** Takes note of an item: numbers below it begin anew. */
export function advance(last: Numbering, marker: Marker): void {
  const { kind, value } = marker;
  const below = { letter: 0, bracket: 0 };
  if (kind === 'part') {
    const part = /^P\d/.test(value) ? Number(value.slice(1)) : value.charCodeAt(0) - 64;
    Object.assign(last, { part, section: 0, number: 0, ...below });
  }
  if (kind === 'section') Object.assign(last, { section: romanValue(value), number: 0, ...below });
  if (kind === 'article') Object.assign(last, { article: Number(value), number: 0, ...below });
  if (kind === 'number') Object.assign(last, { number: Number(value.split('.')[0]), ...below });
  if (kind === 'letter') Object.assign(last, { letter: LETTERS.indexOf(value) + 1, bracket: 0 });
  if (kind === 'bracket') last.bracket = Number(value);
}
