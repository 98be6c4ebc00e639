import { flat, PARAGRAPH } from './scraped.js';

export type MarkerKind = 'article' | 'section' | 'number' | 'letter' | 'dash' | 'plus' | 'label' | 'paragraph';
export type LabelKind = 'lead' | 'coordinate' | 'due' | 'content';

/** A place where an item of the paper begins. */
export interface Marker {
  readonly kind: MarkerKind;
  /** Where the marker stands, and where the words after it begin. */
  readonly start: number;
  readonly textStart: number;
  /** `II`, `1`, `1.2`, `đ`; empty where the kind says it all. */
  readonly value: string;
  /** As printed: `II.`, `1.`, `a)`, `-`. */
  readonly printed: string;
  readonly label: LabelKind | null;
  /** The numbering did not follow on from the item before. */
  readonly skips: boolean;
}

const LETTERS = 'abcdđeghiklmnopqrstuvxy';
const numberSkipMax = 3;

const ARTICLE = /Điều\s+(\d{1,3})\s*[.:]\s*/uy;
const SECTION = /([IVX]{1,5})\s*[./)]\s*(?=[\p{Lu}“"])/uy;
const NUMBER = /(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=[\p{Lu}“"])|(\d{1,2})\s*[.)]\s*(?=[\p{L}“"(]|\d+\s?%)/uy;
const LETTER = /([a-zđ])\s?\)\s*(?=\S)/uy;
const DASH = /([-–—•●])\s+(?=\S)|([-–—])(?=[\p{Lu}“"])/uy;
const PLUS = /\+\s*(?=[\p{L}“"\d])/uy;
const LABELS: readonly (readonly [LabelKind, RegExp])[] = [
  [
    'coordinate',
    /(?:[-–+]\s*)?(?:(?:Các\s+)?(?:Đơn vị|Cơ quan|Tổ chức)\s+phối hợp[^:.;]{0,40}|Phối hợp(?:\s+thực hiện)?)\s*:\s*/uy,
  ],
  [
    'lead',
    /(?:[-–+]\s*)?(?:(?:Các\s+)?(?:Đơn vị|Cơ quan|Tổ chức)\s+(?:được\s+giao\s+)?(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|tham\s+mưu)[^:.;]{0,40}|Chủ\s+trì(?:\s+thực\s+hiện)?|Phân\s+công(?:\s+thực\s+hiện)?)\s*:\s*/uy,
  ],
  ['due', /(?:[-–+]\s*)?(?:Thời\s+(?:gian|hạn)|Tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành|tổ\s+chức))?[^:.;\p{Lu}]{0,20}:\s*/uy],
  ['content', /(?:[-–+]\s*)?Nội\s+dung(?:\s+(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ))?\s*:\s*/uy],
];

/** The value of a Roman number up to 39, or 0. */
export function romanValue(text: string): number {
  const worth: Readonly<Record<string, number>> = { I: 1, V: 5, X: 10 };
  const values = text.split('').map((letter) => worth[letter] ?? 0);
  return values.reduce((sum, value, i) => sum + (value < (values[i + 1] ?? 0) ? -value : value), 0);
}

interface Place {
  /** First on its line, or first of all. */
  readonly line: boolean;
  /** After a blank line. */
  readonly blank: boolean;
  /** After the end of a sentence or clause, closing quotes and brackets passed over. */
  readonly stop: boolean;
  /** Right after a heading that is still open: its first child needs no stop before it. */
  readonly heading: boolean;
}

interface Numbering {
  section: number;
  article: number;
  number: number;
  letter: number;
}

const headingCharsMax = 220;

/**
 * Finds the items of a body between `start` and `end`, in order. A text on one line shows them only by what stands before them,
 * so a number must follow on from the last one; a dash within a name ("tài chính - kế hoạch") or a wrapped line ("- 2030") begins nothing.
 */
export function findMarkers(text: string, start: number, end: number): Marker[] {
  const markers: Marker[] = [];
  const last: Numbering = { section: 0, article: 0, number: 0, letter: 0 };
  const body = text.slice(0, end);
  const loose = (text.slice(start, end).match(/\u2029/g) ?? []).length >= 5;
  for (let at = start; at < end; at += 1) {
    const before = text[at - 1] ?? '';
    if (/\s/.test(text[at] ?? '') || (at > start && !/\s/.test(before))) continue;
    const place = placeOf(body, at, start, markers.at(-1));
    const marker = markerAt(body, at, place, last) ?? paragraphAt(body, at, place, loose);
    if (!marker) continue;
    markers.push(marker);
    advance(last, marker);
    at = Math.max(at, marker.textStart - 1);
  }
  return markers;
}

function placeOf(text: string, at: number, start: number, previous: Marker | undefined): Place {
  // Right after a marker nothing but a first child begins: "III. Tổ chức thực hiện:" is a title, not a label.
  if (previous && previous.textStart === at) return { line: false, blank: false, stop: false, heading: true };
  const before = text[at - 1] ?? '';
  const blank = at === start || before === PARAGRAPH;
  const line = blank || before === '\n';
  const stop = at === start || /(?:[.;:…]|\.\/)[”"’)]*\s*$/u.test(text.slice(Math.max(start, at - 6), at));
  const open =
    previous && (previous.kind === 'section' || previous.kind === 'number') ? text.slice(previous.textStart, at) : null;
  const heading = open !== null && open.length <= headingCharsMax && !/[.;]\s/.test(open);
  return { line, blank, stop, heading };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function markerAt(text: string, at: number, place: Place, last: Numbering): Marker | null {
  if (!place.line && !place.stop && !place.heading) return null;
  const made = (
    kind: MarkerKind,
    found: RegExpExecArray,
    value: string,
    skips = false,
    label: LabelKind | null = null,
  ): Marker => ({
    kind,
    start: at,
    textStart: at + found[0].length,
    value,
    printed: found[0].trim(),
    label,
    skips,
  });
  if (place.line || place.stop) {
    for (const [label, pattern] of LABELS) {
      const found = match(pattern, text, at);
      if (found) return made('label', found, '', false, label);
    }
    const article = match(ARTICLE, text, at);
    if (article && follows(Number(article[1]), last.article, place.line)) return made('article', article, article[1] ?? '');
    const section = match(SECTION, text, at);
    const roman = romanValue(section?.[1] ?? '');
    if (section && follows(roman, last.section, true))
      return made('section', section, section[1] ?? '', roman !== last.section + 1);
  }
  return numberAt(text, at, place, last, made) ?? bulletAt(text, at, place, made);
}

type Made = (kind: MarkerKind, found: RegExpExecArray, value: string, skips?: boolean) => Marker;

function numberAt(text: string, at: number, place: Place, last: Numbering, made: Made): Marker | null {
  const number = match(NUMBER, text, at);
  if (number?.[1] && (place.line || place.stop)) return made('number', number, number[1]);
  if (number?.[2]) {
    const value = Number(number[2]);
    const next = value === last.number + 1;
    if (next && (place.line || place.stop || value === 1)) return made('number', number, String(value));
    if (place.line && follows(value, last.number, true)) return made('number', number, String(value), true);
  }
  const letter = match(LETTER, text, at);
  if (!letter) return null;
  const order = LETTERS.indexOf(letter[1] ?? '') + 1;
  const follow = order === last.letter + 1 || order === 1;
  if (order > 0 && follow && (place.line || place.stop || order === 1)) return made('letter', letter, letter[1] ?? '');
  return order > last.letter && order <= last.letter + 2 && place.line ? made('letter', letter, letter[1] ?? '', true) : null;
}

function bulletAt(text: string, at: number, place: Place, made: Made): Marker | null {
  if (!place.line && !place.stop) return null;
  const dash = match(DASH, text, at);
  if (dash) {
    const next = text[at + dash[0].length] ?? '';
    // "2026\n- 2030", "Vụ Tổ chức\n- cán bộ": a wrapped line, not an item.
    if (/[\p{Lu}“"]/u.test(next) || (place.stop && place.line && /[\p{L}\d]/u.test(next))) return made('dash', dash, '');
    return null;
  }
  const plus = match(PLUS, text, at);
  return plus ? made('plus', plus, '') : null;
}

function follows(value: number, last: number, skipsAllowed: boolean): boolean {
  if (value <= 0) return false;
  return value === last + 1 || (skipsAllowed && value > last && value <= last + numberSkipMax);
}

function advance(last: Numbering, marker: Marker): void {
  if (marker.kind === 'section') Object.assign(last, { section: romanValue(marker.value), number: 0, letter: 0 });
  if (marker.kind === 'article') Object.assign(last, { article: Number(marker.value), number: 0, letter: 0 });
  if (marker.kind === 'number') Object.assign(last, { number: Number(marker.value.split('.')[0]), letter: 0 });
  if (marker.kind === 'letter') last.letter = LETTERS.indexOf(marker.value) + 1;
}

/** The `value` of a paragraph that closes the paper. */
export const CLOSING_VALUE = 'closing';

// How the closing words of a paper begin, also where a text on one line runs them on after its last item.
const CLOSING =
  /^(?:Trong quá trình (?:tổ chức |triển khai )*thực hiện|Trên đây là|(?:(?:Chủ tịch )?(?:Ủy|Uỷ) ban nhân dân|(?:Chủ tịch )?UBND)[^.;:,]{0,60}?\s(?:đề nghị|yêu cầu)(?= ))/u;
const closingCharsMax = 160;

/** Whether the closing words of a paper begin here. */
export function closesAt(text: string, at: number): boolean {
  return CLOSING.test(flat(text.slice(at, at + closingCharsMax)));
}

function paragraphAt(text: string, at: number, place: Place, loose: boolean): Marker | null {
  const closing = place.stop && closesAt(text, at);
  // A deadline on a line of its own belongs to the item before it.
  if (!closing && /^Thời\s+(?:gian|hạn)(?!\p{L})/u.test(text.slice(at, at + 12))) return null;
  const broken = loose ? place.blank : place.line && place.stop;
  if (!closing && !(broken && /[\p{Lu}“"\d(]/u.test(text[at] ?? ''))) return null;
  return {
    kind: 'paragraph',
    start: at,
    textStart: at,
    value: closing ? CLOSING_VALUE : '',
    printed: '',
    label: null,
    skips: false,
  };
}
