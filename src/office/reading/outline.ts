import { CLOSING_VALUE } from './closingWords.js';
import type { LabelKind } from './labels.js';
import type { Marker } from './marker.js';
import { flat } from './scraped.js';
import { afterUnitHeading, unitHeading } from './units.js';

/** One item of the body with its place in the numbering. */
export interface Item {
  readonly marker: Marker;
  readonly path: string;
  readonly parent: Item | null;
  /** The words after the marker, on one line. */
  readonly text: string;
  readonly end: number;
  readonly children: Item[];
  readonly labels: { kind: LabelKind; text: string; printed: string }[];
  /** Paragraphs that are the words of this item because the item itself is only a heading. */
  readonly words: Item[];
  /** Where the item and its labels and paragraphs end. */
  reach: number;
}

interface Open {
  part: Item | null;
  article: Item | null;
  section: Item | null;
  numbers: Item[];
  letter: Item | null;
  bracket: Item | null;
  dash: Item | null;
  last: Item | null;
  /** A paragraph that introduces the dashes after it: "Sở gửi kèm tài liệu gồm:". */
  intro: Item | null;
}

/** Puts markers into the tree of the numbering; labels go to the items that they speak of. `prefix` begins every path. */
export function outlineOf(text: string, markers: readonly Marker[], end: number, prefix: string): Item[] {
  const items: Item[] = [];
  const open: Open = {
    part: null,
    article: null,
    section: null,
    numbers: [],
    letter: null,
    bracket: null,
    dash: null,
    last: null,
    intro: null,
  };
  const counts = new Map<string, number>();
  markers.forEach((marker, i) => {
    const stop = markers[i + 1]?.start ?? end;
    const words = flat(text.slice(marker.textStart, stop)).replace(/\s*\.?\/\.?$/, (tail) => (tail.trim() === '/' ? '' : '.'));
    if (marker.kind === 'label') {
      attach(items, open, { kind: marker.label ?? 'content', text: words, printed: marker.printed }, stop);
      return;
    }
    const item = place(open, counts, marker, prefix, { text: words, end: stop });
    if (item.parent) item.parent.children.push(item);
    items.push(item);
    if (
      marker.kind === 'paragraph' &&
      marker.value !== CLOSING_VALUE &&
      belongsToHeading(open.last, text.slice(0, marker.start))
    ) {
      open.last?.words.push(item);
      if (open.last) open.last.reach = stop;
      if (item.parent) item.parent.children.pop();
    } else if (marker.kind !== 'paragraph') open.last = item;
    else {
      open.last = null;
      open.intro = /:$/u.test(words) ? item : null;
    }
  });
  return items;
}

/** A paragraph right after "3. Sở Công Thương" is what that heading orders; after a finished sentence it stands for itself. */
function belongsToHeading(last: Item | null, before: string): boolean {
  if (last === null || last.labels.length > 0 || last.children.length > 0) return false;
  if (!['number', 'letter', 'bracket', 'article'].includes(last.marker.kind)) return false;
  if (last.words.length > 0) return false;
  return last.text === '' || unitHeading(last.text) !== null || /(?:[^.;!?/]|đây:|sau:)$/u.test(before.trimEnd());
}

function place(
  open: Open,
  counts: Map<string, number>,
  marker: Marker,
  prefix: string,
  words: { text: string; end: number },
): Item {
  const { text, end } = words;
  const parent = parentOf(open, marker);
  const base = parent?.path ?? (prefix === '' ? '' : prefix);
  const count = (sign: string): string => {
    const key = `${base} ${sign}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
    return `${sign}${counts.get(key)}`;
  };
  const own = {
    part: marker.value,
    bracket: marker.value,
    article: `Đ${marker.value}`,
    section: marker.value,
    number: marker.value,
    letter: marker.value,
    dash: '-',
    plus: '+',
    paragraph: '¶',
    label: '',
  };
  const bullet = marker.kind === 'dash' || marker.kind === 'plus' || marker.kind === 'paragraph';
  const step = bullet ? count(own[marker.kind]) : own[marker.kind];
  const ofNumber = parent?.marker.kind === 'number' && marker.kind === 'number';
  const path = ofNumber ? parent.path.replace(/\d[\d.]*$/, step) : joined(base, step, parent);
  const item: Item = { marker, path, parent, text, end, children: [], labels: [], words: [], reach: end };
  keepOpen(open, item);
  return item;
}

function joined(base: string, step: string, parent: Item | null): string {
  if (base === '') return step;
  return parent === null ? `${base}${step}` : `${base}.${step}`;
}

function parentOf(open: Open, marker: Marker): Item | null {
  const holder = open.section ?? open.article ?? open.part;
  switch (marker.kind) {
    case 'part':
    case 'label':
      return null;
    case 'article':
    case 'section':
      return open.part;
    case 'number':
      return open.numbers.findLast((item) => marker.value.startsWith(`${item.marker.value}.`)) ?? holder;
    case 'letter':
      return open.numbers.at(-1) ?? holder;
    case 'bracket':
      return open.letter ?? open.numbers.at(-1) ?? holder;
    case 'dash':
      return open.intro ?? open.bracket ?? open.letter ?? open.numbers.at(-1) ?? holder;
    case 'plus':
      return open.dash ?? open.bracket ?? open.letter ?? open.numbers.at(-1) ?? holder;
    case 'paragraph': {
      if (marker.value === CLOSING_VALUE) return holder;
      const last = open.dash ?? open.bracket ?? open.letter ?? open.numbers.at(-1);
      if (!last) return holder;
      // What an introducing paragraph counts up ends where the next paragraph begins.
      if (last.marker.kind === 'dash')
        return (last.parent?.marker.kind === 'paragraph' ? last.parent.parent : last.parent) ?? holder;
      return last.children.length > 0 || last.words.length > 0 ? last : (last.parent ?? holder);
    }
  }
}

function keepOpen(open: Open, item: Item): void {
  const { kind } = item.marker;
  const below = { bracket: null, dash: null } as const;
  if (kind !== 'dash' && kind !== 'plus' && kind !== 'label') open.intro = null;
  if (kind === 'part') Object.assign(open, { part: item, section: null, article: null, numbers: [], letter: null, ...below });
  if (kind === 'section') Object.assign(open, { section: item, article: null, numbers: [], letter: null, ...below });
  if (kind === 'article') Object.assign(open, { section: null, article: item, numbers: [], letter: null, ...below });
  if (kind === 'number') {
    open.numbers = [...open.numbers.filter((outer) => item.marker.value.startsWith(`${outer.marker.value}.`)), item];
    Object.assign(open, { letter: null, ...below });
  }
  if (kind === 'letter') Object.assign(open, { letter: item, ...below });
  if (kind === 'bracket') Object.assign(open, { bracket: item, dash: null });
  if (kind === 'dash') open.dash = item;
}

/** Most dashes that one block of labels speaks of. */
const labelledTogetherMax = 40;

/** A block of labels under several dashes speaks of each of them, back to the block before; under numbered items only of the last. */
function attach(
  items: readonly Item[],
  open: Open,
  label: { kind: LabelKind; text: string; printed: string },
  end: number,
): void {
  const target = open.last ?? items.at(-1);
  if (!target) return;
  const targets = [target];
  if (target.marker.kind === 'dash' || target.marker.kind === 'plus') {
    for (let at = items.length - 1; at >= 0 && targets.length < labelledTogetherMax; at -= 1) {
      const sibling = items[at];
      if (!sibling || sibling === target || sibling.parent !== target.parent || sibling.marker.kind !== target.marker.kind)
        continue;
      const sharesBlock = sibling.labels.length === 0 || (target.labels.length > 0 && sibling.labels[0] === target.labels[0]);
      if (!sharesBlock) break;
      targets.push(sibling);
    }
  }
  for (const item of targets) item.labels.push(label);
  target.reach = end;
}

/** The nearest item above that is a sentence, with a colon or a full stop: what it says of units holds for the items under it. */
export function sentenceAbove(item: Item): string | null {
  for (let above = item.parent; above; above = above.parent) {
    if (above.marker.kind !== 'section' && above.marker.kind !== 'part' && /[:.;]$/u.test(above.text)) return above.text;
  }
  return null;
}

/** The units of the nearest heading above an item that is nothing but units; empty where there is none. */
export function headingUnits(item: Item): string[] {
  for (let above: Item | null = item; above; above = above.parent) {
    const heading = above === item && above.children.length === 0 && above.words.length === 0 ? null : unitHeading(above.text);
    if (heading) return heading;
    const inline = afterUnitHeading(above.text);
    if (inline) return inline.units;
  }
  return [];
}
