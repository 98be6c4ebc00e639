/** A cell; figures stand to the right. */
export interface Cell {
  readonly text: string;
  readonly align: string;
}

/** One piece of a text as a page shows it; exactly one of heading, paragraph, basis and table is set. */
export interface Piece {
  readonly heading: string | null;
  /** Of the heading's element, below the `h2` over the whole text. */
  readonly depth: number;
  readonly paragraph: string | null;
  /** Stands in bold before a paragraph: `Điều 1.` */
  readonly lead: string | null;
  readonly basis: string | null;
  /** A line in the middle: chapters, and what a decision is made by. */
  readonly centred: boolean;
  readonly level: number;
  readonly table: {
    readonly caption: string;
    readonly head: readonly Cell[];
    readonly rows: readonly (readonly Cell[])[];
  } | null;
}

/** Most pieces shown on a page; longer texts are read as a print, and the page says so. */
export const piecesMax = 3_000;

/** Lets as many of the pieces through as there is room for. */
export type PieceBudget = (pieces: readonly Piece[]) => readonly Piece[];

export interface Room {
  readonly take: PieceBudget;
  /** Whether something was left out. */
  readonly cut: () => boolean;
}

/** Room for `piecesMax` pieces, of all parts of one text together. */
export function roomForPieces(): Room {
  let left = piecesMax;
  let cut = false;
  return {
    take: (pieces) => {
      const kept = pieces.slice(0, left);
      cut ||= kept.length < pieces.length;
      left -= kept.length;
      return kept;
    },
    cut: () => cut,
  };
}

export function piece(part: Partial<Piece>): Piece {
  const nothing = { heading: null, depth: 3, paragraph: null, lead: null, basis: null, centred: false, level: 0, table: null };
  return { ...nothing, ...part };
}
