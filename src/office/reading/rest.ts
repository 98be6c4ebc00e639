import type { Rest, RestKind, Span } from './planReading.js';

/** Ranges of the source that are told apart before what is left over is named by where it stands. */
export interface Told {
  /** Ranges that the result holds: head, grounds, clauses, recipients, signature. */
  readonly held: readonly Span[];
  readonly others: readonly { readonly what: RestKind; readonly span: Span }[];
  /** Where head, body, and closing end in the source. */
  readonly headStart: number;
  readonly headEnd: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
  readonly end: number;
}

const KINDS: readonly RestKind[] = [
  'before',
  'letterhead',
  'opening',
  'heading',
  'description',
  'text',
  'closing',
  'annex',
  'after',
  'pageNumber',
  'mark',
];
const HELD = 255;

/**
 * Everything of the source that the result does not hold, in order: with it, each character that is not blank is accounted for.
 */
export function restOf(source: string, told: Told): Rest[] {
  const label = new Uint8Array(source.length);
  const put = ([start, end]: Span, value: number) => {
    for (let i = start; i < end; i += 1) if (label[i] === 0) label[i] = value;
  };
  const number = (kind: RestKind) => KINDS.indexOf(kind) + 1;
  for (const span of told.held) put(span, HELD);
  for (const { what, span } of told.others) put(span, number(what));
  const { headStart, headEnd, bodyStart, bodyEnd, end } = told;
  put([0, headStart], number('before'));
  put([headStart, headEnd], number('letterhead'));
  put([headEnd, bodyStart], number('opening'));
  put([bodyStart, bodyEnd], number('text'));
  put([bodyEnd, end], number('closing'));
  put([end, source.length], number('after'));
  return runs(source, label);
}

function runs(source: string, label: Uint8Array): Rest[] {
  const found: Rest[] = [];
  for (let at = 0; at < source.length; ) {
    let end = at + 1;
    while (end < source.length && label[end] === label[at]) end += 1;
    const text = source.slice(at, end);
    const kind = KINDS[(label[at] ?? 0) - 1];
    if (kind !== undefined && text.trim() !== '') {
      const start = at + (text.length - text.trimStart().length);
      const whole = text.trim();
      const what = /[\p{L}\d]/u.test(whole) || kind === 'pageNumber' ? kind : 'mark';
      found.push({ what, text: whole, span: [start, start + whole.length] });
    }
    at = end;
  }
  return found;
}
