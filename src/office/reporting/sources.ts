/**
 * Where something in a consolidated paper comes from. `place` is a JSON pointer into the paper's content: a paragraph's text or a table's cell;
 * `sentence` is the sentence's index in that text, or null for the whole.
 */
export interface PaperSource {
  readonly place: string;
  readonly sentence: number | null;
  /**
   * `report`: taken from one unit's report, at that version; `rollup`: counted from the roll-up; `own`: written by the consolidator, who answers
   * for it; `frame`: a set phrase of the form of the paper.
   */
  readonly kind: 'report' | 'rollup' | 'own' | 'frame';
  /** For `report`: the instance and the hash of its content. For `rollup`: null and the roll-up's hash. Else null. */
  readonly report: string | null;
  readonly content: string | null;
  /** Item code, clause path, unit id; or the person for `own`. */
  readonly of: string;
}
