import type { Block } from '../papers/paper.js';
import type { Item } from './outline.js';
import { unitHeading } from './units.js';

/** The body as it is printed: nothing between `start` and `end` is left out. */
export function blocksOf(
  text: string,
  items: readonly Item[],
  markers: readonly { start: number; textStart: number; printed: string; label: string | null }[],
  start: number,
  end: number,
): Block[] {
  const blocks: Block[] = [];
  const first = markers[0]?.start ?? end;
  const intro = text.slice(start, first).replace(/\s+/g, ' ').trim();
  if (intro !== '') blocks.push({ kind: 'paragraph', marker: null, level: 0, text: intro });
  const byStart = new Map(items.map((item) => [item.marker.start, item]));
  markers.forEach((marker, i) => {
    const item = byStart.get(marker.start);
    const whole = text.slice(item ? marker.textStart : marker.start, markers[i + 1]?.start ?? end);
    const words = whole.replace(/\s+/g, ' ').trim();
    if (item) blocks.push(blockOf(item, words));
    else blocks.push({ kind: 'paragraph', marker: null, level: 3, text: words });
  });
  return blocks;
}

function blockOf(item: Item, text: string): Block {
  const { kind, printed } = item.marker;
  if (kind === 'section' || kind === 'part') return { kind: 'heading', level: 1, marker: printed, text };
  const heading =
    item.children.some((child) => child.marker.kind !== 'paragraph') || item.words.length > 0 || unitHeading(text) !== null;
  if ((kind === 'number' || kind === 'article') && heading) return { kind: 'heading', level: 2, marker: printed, text };
  const levels = { article: 1, number: 1, letter: 2, bracket: 2, dash: 2, plus: 3, paragraph: 0, label: 3 } as const;
  return { kind: 'paragraph', marker: printed === '' ? null : printed, level: levels[kind], text };
}
