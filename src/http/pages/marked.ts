/** A place in a text that something on the page speaks of. */
export interface Mark {
  readonly span: readonly [number, number];
  /** Shown before the words, and the name of the link. */
  readonly label: string;
  /** The part after `#` that leads from the text to what speaks of it, and back: `c-3` and `t-3`. */
  readonly number: number;
}

export interface Piece {
  readonly text: string;
  readonly mark: { readonly label: string; readonly id: string; readonly href: string } | null;
}

/** A text in pieces, each plain or marked; nothing is lost and nothing doubled: where marks overlap, what is taken already is left out. */
export function markedText(text: string, marks: readonly Mark[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { span, label, number } of [...marks].sort((a, b) => a.span[0] - b.span[0])) {
    const start = Math.max(at, span[0]);
    const end = Math.min(text.length, span[1]);
    if (start >= end) continue;
    if (start > at) pieces.push({ text: text.slice(at, start), mark: null });
    pieces.push({ text: text.slice(start, end), mark: { label, id: `t-${number}`, href: `#c-${number}` } });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), mark: null });
  return pieces;
}
