import { isObject, type Json, type JsonObject, textAt } from '../../engine/json.js';

/** A remark on a passage of a text: where it stands, its words, and what is said of it. */
export interface Remark {
  /** A JSON pointer into the content (`/body/3`), or the mark of a numbered place as printed (`II.`, `Điều 3.`). */
  readonly place?: string;
  /** The words that are meant, as they stand in the text. */
  readonly quote?: string;
  readonly text: string;
}

/** The position in the list, and what is wrong with its place or its quotation. */
export interface RemarkFault {
  readonly index: number;
  readonly fault: 'noPassage' | 'placeUnknown' | 'quoteUnknown';
}

/**
 * The remarks that name no passage of a content: neither place nor words, a place that is not in it, or words that do not stand there.
 * White space and the form of composed letters are no difference; case is. The content is the one that the remarks' entry names by hash.
 */
export function misplacedRemarks(content: Json, remarks: readonly Remark[]): readonly RemarkFault[] {
  return remarks.flatMap((remark, index) => {
    const fault = faultOf(content, remark);
    return fault === null ? [] : [{ index, fault }];
  });
}

/** A place that can be named: its mark, and how the words there begin. */
export interface Passage {
  readonly place: string;
  readonly begins: string;
}

const passagesMax = 300;
const beginningCharsMax = 80;

/** The marked places of a text in its order, each mark once: a mark that is repeated means the first. At most `passagesMax`. */
export function passagesOf(content: Json): readonly Passage[] {
  const found = new Map<string, string>();
  const walk = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) walk(item);
    if (!isObject(value)) return;
    const place = plain(textAt(value, 'marker'));
    if (/[\p{L}\p{N}]/u.test(place) && !found.has(place)) found.set(place, beginningOf(value));
    for (const item of Object.values(value)) if (typeof item === 'object') walk(item);
  };
  walk(content);
  return [...found].slice(0, passagesMax).map(([place, begins]) => ({ place, begins }));
}

function beginningOf(block: JsonObject): string {
  const words = plain(textAt(block, 'text') || textAt(block, 'title'));
  return words.length <= beginningCharsMax ? words : `${words.slice(0, beginningCharsMax).trimEnd()}…`;
}

function faultOf(content: Json, { place, quote }: Remark): RemarkFault['fault'] | null {
  if (place === undefined && quote === undefined) return 'noPassage';
  const at = place === undefined ? [content] : placesOf(content, place);
  if (at.length === 0) return 'placeUnknown';
  if (quote === undefined) return null;
  const words = plain(quote);
  return words !== '' && at.some((part) => textsIn(part).some((text) => plain(text).includes(words))) ? null : 'quoteUnknown';
}

function placesOf(content: Json, place: string): readonly Json[] {
  if (!place.startsWith('/')) return marked(content, plain(place).replace(/\.$/, ''));
  const found = place
    .slice(1)
    .split('/')
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<Json | undefined>(childOf, content);
  return found === undefined ? [] : [found];
}

function childOf(value: Json | undefined, step: string): Json | undefined {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(step) ? (value as readonly Json[])[Number(step)] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** The blocks that bear a mark. A title and the items under it are blocks of their own, so that words may stand in either. */
function marked(value: Json, mark: string): readonly Json[] {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const first = items.findIndex((item) => isMarked(item, mark));
    return first === -1 ? items.flatMap((item) => marked(item, mark)) : [items.slice(first, endOf(items, first))];
  }
  return isObject(value) ? Object.values(value).flatMap((item) => marked(item, mark)) : [];
}

function isMarked(item: Json, mark: string): boolean {
  return isObject(item) && typeof item.marker === 'string' && plain(item.marker).replace(/\.$/, '') === mark;
}

/** A marked place goes on to the next block of the same kind. */
function endOf(items: readonly Json[], first: number): number {
  const head = items[first];
  const kind = isObject(head) ? kindOf(head) : '';
  const next = items.findIndex((item, index) => index > first && isObject(item) && kindOf(item) === kind);
  return next === -1 ? items.length : next;
}

function kindOf(block: JsonObject): string {
  return `${textAt(block, 'kind')} ${textAt(block, 'level')}`;
}

function textsIn(value: Json): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function plain(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}
