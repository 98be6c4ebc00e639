/** Paths of unnumbered paragraphs, among them the closing sentence of a paper. */
export const CLOSING_PATH = /¶\d+$/;
