import type { LabelKind } from './labels.js';

export type MarkerKind =
  | 'part'
  | 'article'
  | 'section'
  | 'number'
  | 'letter'
  | 'bracket'
  | 'dash'
  | 'plus'
  | 'label'
  | 'paragraph';

/** A place where an item of the paper begins. */
export interface Marker {
  readonly kind: MarkerKind;
  /** Where the marker stands, and where the words after it begin. */
  readonly start: number;
  readonly textStart: number;
  /** `II`, `1`, `1.2`, `đ`; empty where the kind says it all. */
  readonly value: string;
  /** As printed: `II.`, `1.`, `a)`, `-`. */
  readonly printed: string;
  readonly label: LabelKind | null;
  /** The numbering did not follow on from the item before. */
  readonly skips: boolean;
}
