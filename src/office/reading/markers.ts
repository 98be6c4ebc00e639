import { CLOSING_VALUE, closesAt } from './closingWords.js';
import { FURTHER_LABEL, LABELS, type LabelKind } from './labels.js';
import type { Marker, MarkerKind } from './marker.js';
import { breaksSentence, headingCharsMax, headingEndsAt, layoutOf, linesAt } from './markerLines.js';
import { advance, follows, LETTERS, type Numbering } from './numbering.js';
import { quotationsIn } from './quotations.js';
import { romanValue } from './roman.js';
import { PARAGRAPH } from './scraped.js';
import { joinsName } from './unitWords.js';

const PART =
  /(?:Phần|PHẦN|Chương|CHƯƠNG)\s+(?:(?:thứ|THỨ)\s+)?(?:(\p{L}{2,4})(?!\p{L})|([IVX]{1,4})(?!\p{L})|(\d))\s*[.:–-]?\s*(?=\p{Lu})/uy;
const ORDINALS = ['nhất', 'hai', 'ba', 'tư', 'năm', 'sáu'];
const CAPITAL_PART = /([A-H])\s*[.)/]\s*(?=\p{Lu})/uy;
const ARTICLE = /Điều\s+(\d{1,3})\s*[.:]\s*/uy;
const SECTION = /([IVX]{1,5})\s*[./):–-]\s*(?=[\p{Lu}“"])/uy;
// "1.", "1)", "1/", "1-", "1.2.", and "I.2." within section I.
const NUMBER =
  /((?:\d{1,2}\.)(?:\d{1,2}\.){0,2}\d{1,2})\.?\s+(?=[\p{Lu}“"])|(\d{1,2})\s*(?:[.)]|\/(?=\s)|[-–](?=\s+\p{Lu}))\s*(?=[\p{L}“"(]|\d+\s?%)|[IVX]{1,4}\.(\d{1,2})[.\s]\s*(?=[\p{Lu}“"])/uy;
// "a) Nhiệm vụ:" is a mark as a whole.
const LETTER = /([a-zđ])\s?(?:\)|[.-](?=\s+\p{Lu}))\s*(?:Nhiệm\s+vụ\s*:\s*)?(?=\S)/uy;
const BRACKET = /\((\d{1,2}|[ivx]{1,4})\)\s*(?=[\p{L}“"\d])/uy;
const DASH = /([-–—•●▪○·➢\uf0b7\uf02d])\s+(?=\S)|([-–—])(?=[\p{Lu}“"])/uy;
const PLUS = /\+\s*(?=[\p{L}“"\d])/uy;
interface Place {
  /** First on its line, or first of all. */
  readonly line: boolean;
  /** After a blank line. */
  readonly blank: boolean;
  /** After the end of a sentence or clause, closing quotes and brackets passed over. */
  readonly stop: boolean;
  /** Right after a heading that is still open: its first child needs no stop before it. */
  readonly heading: boolean;
  /** After the words of a label. */
  readonly labelled: boolean;
}

/**
 * Finds the items of a body between `from` and `end`, in order. A text on one line shows them only by what stands before them,
 * so a number must follow on from the last one; a dash within a name ("tài chính - kế hoạch") or a wrapped line ("- 2030") begins nothing.
 */
export function findMarkers(text: string, from: number, end: number): Marker[] {
  const start = from + (/^\s*/u.exec(text.slice(from, end))?.[0].length ?? 0);
  const markers: Marker[] = [];
  const last: Numbering = { part: 0, section: 0, article: 0, number: 0, letter: 0, bracket: 0 };
  const body = text.slice(0, end);
  const { width, laid, loose } = layoutOf(text.slice(start, end));
  const quotations = quotationsIn(text, start, end);
  let quoted = 0;
  for (let at = start; at < end; at += 1) {
    while ((quotations[quoted]?.[1] ?? end) <= at) quoted += 1;
    const quotation = quotations[quoted];
    if (quotation && quotation[0] <= at && at > start) {
      at = quotation[1] - 1;
      continue;
    }
    const before = text[at - 1] ?? '';
    if (/\s/.test(text[at] ?? '') || (at > start && !/\s/.test(before))) continue;
    const place = placeOf(body, at, start, markers.at(-1));
    const early = !loose && place.line && headingEndsAt(body, at, markers.at(-1), width);
    const marker =
      markerAt(body, at, place, last, markers.at(-1)) ??
      paragraphAt(body, at, place, linesAt(body, at, markers.at(-1), { loose, early }), laid);
    if (!marker) continue;
    markers.push(marker);
    advance(last, marker);
    at = Math.max(at, marker.textStart - 1);
  }
  return markers;
}

function placeOf(text: string, at: number, start: number, previous: Marker | undefined): Place {
  // Right after a marker nothing but a first child begins: "III. Tổ chức thực hiện:" is a title, not a label.
  if (previous && previous.textStart === at && previous.kind !== 'label' && !previous.printed.endsWith(':'))
    return { line: false, blank: false, stop: false, heading: true, labelled: false };
  const before = text[at - 1] ?? '';
  const blank = at === start || before === PARAGRAPH;
  const line = blank || before === '\n';
  // "Phụ lục I." ends no sentence.
  const stop =
    at === start ||
    (/(?:[.;:…]|\.\/)[”"’)]*\s*$/u.test(text.slice(Math.max(start, at - 6), at)) &&
      !/(?:Phụ lục|Điều|Mục|Biểu|Mẫu)(?:\s+số)?\s+(?:[IVX]+|\d+)\.\s*$/u.test(text.slice(Math.max(start, at - 24), at)));
  // "(Chi tiết tại phụ lục kèm theo)" on lines of its own is complete without a stop.
  const bracketed = previous?.kind === 'paragraph' && text[previous.start] === '(' && /\)\s*$/u.test(text.slice(at - 3, at));
  const open = previous && ['part', 'section', 'number'].includes(previous.kind) ? text.slice(previous.textStart, at) : null;
  const heading = open !== null && open.length <= headingCharsMax && !/[.;]\s/.test(open);
  return { line, blank, stop: stop || (line && bracketed), heading, labelled: previous?.kind === 'label' };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function markerAt(text: string, at: number, place: Place, last: Numbering, previous: Marker | undefined): Marker | null {
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
    const further = place.labelled ? match(FURTHER_LABEL, text, at) : null;
    if (further) return made('label', further, '', false, 'other');
    const part = partAt(text, at, place, last, made);
    if (part) return part;
    const article = match(ARTICLE, text, at);
    // A decision may give the same number to two articles.
    const again = place.line && Number(article?.[1]) === last.article;
    if (article && (again || follows(Number(article[1]), last.article, place.line)))
      return made('article', article, article[1] ?? '');
    const section = match(SECTION, text, at);
    const roman = romanValue(section?.[1] ?? '');
    if (section && follows(roman, last.section, true))
      return made('section', section, section[1] ?? '', roman !== last.section + 1);
  }
  // "B. NHIỆM VỤ I. Truyền thông": the first section of a part whose heading no stop ends.
  const opening = place.heading && last.part > 0 && last.section === 0 ? match(SECTION, text, at) : null;
  if (opening?.[1] === 'I') return made('section', opening, 'I');
  return numberAt(text, at, place, last, made) ?? bulletAt(text, at, place, made, previous);
}

type Made = (kind: MarkerKind, found: RegExpExecArray, value: string, skips?: boolean) => Marker;

/** "Phần thứ hai", "B. NHIỆM VỤ": one after the other; where no line begins, only before words in capitals. */
function partAt(text: string, at: number, place: Place, last: Numbering, made: Made): Marker | null {
  const named = match(PART, text, at);
  const word = ORDINALS.indexOf((named?.[1] ?? '').toLowerCase().replace('bốn', 'tư')) + 1;
  const order = word > 0 ? word : romanValue(named?.[2] ?? '') || Number(named?.[3] ?? 0);
  if (named && follows(order, last.part, true)) return made('part', named, `P${order}`, order !== last.part + 1);
  const letter = match(CAPITAL_PART, text, at);
  const capital = (letter?.[1]?.charCodeAt(0) ?? 0) - 64;
  const loud = letter !== null && /^\p{Lu}{2}/u.test(text.slice(at + letter[0].length, at + letter[0].length + 2));
  return letter && capital === last.part + 1 && (place.line || loud) ? made('part', letter, letter[1] ?? '') : null;
}

function numberAt(text: string, at: number, place: Place, last: Numbering, made: Made): Marker | null {
  const number = match(NUMBER, text, at);
  // "1. Truyền thông 1.1. Xây dựng ...": the first part of a heading that no stop ends.
  const firstPart = place.heading && number?.[1] === `${last.number}.1`;
  if (number?.[1] && (place.line || place.stop || firstPart)) return made('number', number, number[1]);
  const plain = number?.[2] ?? number?.[3];
  if (number && plain !== undefined) {
    const value = Number(plain);
    const next = value === last.number + 1;
    if (next && (place.line || place.stop || value === 1)) return made('number', number, String(value));
    const skipped = place.line ? follows(value, last.number, true) : place.stop && value === last.number + 2 && last.number > 0;
    if (skipped) return made('number', number, String(value), true);
  }
  const bracket = place.line || place.heading ? match(BRACKET, text, at) : null;
  const inner = Number(bracket?.[1]) || romanValue((bracket?.[1] ?? '').toUpperCase());
  if (bracket && [1, last.bracket + 1].includes(inner)) return made('bracket', bracket, String(inner));
  const letter = match(LETTER, text, at);
  if (!letter) return null;
  const order = LETTERS.indexOf(letter[1] ?? '') + 1;
  const follow = order === last.letter + 1 || order === 1;
  if (order > 0 && follow && (place.line || place.stop || order === 1)) return made('letter', letter, letter[1] ?? '');
  return order > last.letter && order <= last.letter + 2 && place.line ? made('letter', letter, letter[1] ?? '', true) : null;
}

const listItemCharsMax = 900;

/** Whether a hyphen after a heading that no stop ends opens a list: its item ends with a stop, and another hyphen follows. */
function firstOfList(text: string, at: number, after: number): boolean {
  if (joinsName(text.slice(Math.max(0, at - 40), at).trimEnd(), text.slice(after, after + 40))) return false;
  const item = /^[\p{Lu}“"][^.;:]{8,}[.;]\s+([-–])\s+\p{Lu}/u.exec(text.slice(after, after + listItemCharsMax));
  return item !== null && item[1] === text[at];
}

function bulletAt(text: string, at: number, place: Place, made: Made, previous: Marker | undefined): Marker | null {
  const dash = match(DASH, text, at);
  if (dash && place.heading && !place.line && firstOfList(text, at, at + dash[0].length)) return made('dash', dash, '');
  if (!place.line && !place.stop) return null;
  if (dash) {
    const next = text[at + dash[0].length] ?? '';
    // "Phòng Kế hoạch\n- Tài chính": a line wrapped within a name.
    if (!place.stop && joinsName(text.slice(Math.max(0, at - 40), at).trimEnd(), text.slice(at + dash[0].length, at + 40)))
      return null;
    // "2026\n- 2030", "Vụ Tổ chức\n- cán bộ": a wrapped line, not an item.
    const years =
      /\d{4}\s*$/u.test(text.slice(Math.max(0, at - 6), at)) && /^\d{4}/u.test(text.slice(at + dash[0].length, at + 6));
    const opens = place.line && !years && (place.stop || place.blank || place.heading);
    if (place.line && !place.stop && breaksSentence(text, at, previous)) return null;
    if (/[\p{Lu}“"]/u.test(next) || (opens && /[\p{L}\d]/u.test(next))) return made('dash', dash, '');
    return null;
  }
  const plus = match(PLUS, text, at);
  return plus ? made('plus', plus, '') : null;
}

function paragraphAt(
  text: string,
  at: number,
  place: Place,
  lines: 'early' | 'loud' | 'loose' | 'dense',
  laid: boolean,
): Marker | null {
  // In a text laid out in lines a sentence within one of them closes nothing.
  const closing = place.stop && (place.line || !(laid || lines === 'loose')) && closesAt(text, at, place.line);
  // A deadline on a line of its own belongs to the item before it.
  if (!closing && /^Thời\s+(?:gian|hạn)(?!\p{L})/u.test(text.slice(at, at + 12))) return null;
  const headed = lines === 'early' || lines === 'loud';
  const broken = headed || (lines === 'loose' ? place.blank : place.line && place.stop);
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
