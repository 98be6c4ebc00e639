/** How the answers of many units become one: what is asked of a figure in a consolidated report. */
export type FigureRule = 'sum' | 'last' | 'average' | 'count';

interface ItemBase {
  /** Stable across versions, so that a figure can be compared with the quarter before: `^[a-z][A-Za-z0-9]{0,39}$`. */
  readonly code: string;
  readonly label: { readonly vi: string; readonly en: string };
  readonly required: boolean;
}

export interface FigureItem extends ItemBase {
  readonly kind: 'figure';
  /** Unit of measure as printed: `lượt người`, `%`. */
  readonly unit: string;
  /** Decimal places that are kept, 0 to 6. */
  readonly decimals: number;
  /** Decimal texts; null: no bound. */
  readonly min: string | null;
  readonly max: string | null;
  readonly rule: FigureRule;
}

export interface NarrativeItem extends ItemBase {
  readonly kind: 'narrative';
  readonly charsMax: number;
  /** `sideBySide`: each unit's text under its name; `join`: one after the other in a paragraph; `byHand`: offered to the consolidator, not taken. */
  readonly merge: 'sideBySide' | 'join' | 'byHand';
}

/** Consolidated as the number of units that said yes, of those that answered. */
export interface YesNoItem extends ItemBase {
  readonly kind: 'yesNo';
}

export interface TableItem extends ItemBase {
  readonly kind: 'table';
  readonly columns: readonly (
    | { readonly kind: 'text'; readonly code: string; readonly label: { readonly vi: string; readonly en: string } }
    | (Omit<FigureItem, 'required'> & { readonly kind: 'figure' })
  )[];
  readonly rowsMax: number;
}

export type FormItem = FigureItem | NarrativeItem | YesNoItem | TableItem;

/**
 * The form of a report (đề cương và biểu mẫu báo cáo; NĐ 09/2019/NĐ-CP, Điều 7), as data under its hash. A version that was used never
 * changes: a period keeps the hash of the form with which it was opened.
 */
export interface ReportForm {
  readonly kind: 'reportForm';
  readonly id: string;
  readonly version: number;
  readonly label: { readonly vi: string; readonly en: string };
  /** What a unit tells of each duty that it carries; a section of the report for each. */
  readonly perDuty: readonly FormItem[];
  /** What it tells once. */
  readonly once: readonly FormItem[];
}
