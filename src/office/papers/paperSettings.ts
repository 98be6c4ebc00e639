import type { CopyKind } from './paper.js';

/** How grave a finding of form is; `off` silences a rule. Blocking findings keep a paper from being approved. */
export type Severity = 'blocking' | 'warning' | 'off';

/** A register of its own for some types (NĐ 30/2020, Điều 15.1.c: the head of the agency decides which types share one). */
export interface Series {
  /** As it stands in ids and addresses: `^[a-z][a-z0-9-]{0,30}$`. */
  readonly id: string;
  readonly name: string;
  /** Abbreviations of the types that it numbers. */
  readonly types: readonly string[];
  /** Legal texts carry the year in their number (`18/2000/CT-TTg`). */
  readonly withYear: boolean;
}

/** How long papers of some types are kept; source and standing of each line are shown beside it. */
export interface Retention {
  readonly types: readonly string[];
  /** Null: permanent (vĩnh viễn). Else years, counted from the year in which the job ends. */
  readonly years: number | null;
  readonly source: string;
}

/** What an authority decided about its papers. Data of the administrator, read from the authority's file. */
export interface PaperSettings {
  readonly series?: readonly Series[];
  /** Severity by the id of a form rule, where it differs from the rule's own. */
  readonly severities?: Readonly<Record<string, Severity>>;
  /** Font families that a print may have, beside Times New Roman. */
  readonly allowedFonts?: readonly string[];
  readonly retention?: readonly Retention[];
}

/** The kinds of copies: sao y, sao lục, trích sao. */
export const copyKinds: readonly CopyKind[] = ['SY', 'SL', 'TrS'];
/** All copies share one series (NĐ 30/2020, Điều 27), whatever the settings say of other types. */
export const copySeries = 'sao';

/**
 * The series that numbers a type, or a kind of copy: the configured one; else the common one for copies, and one for each symbol
 * for all others, as the usual practice has it.
 */
export function seriesFor(
  settings: PaperSettings | undefined,
  type: string,
  symbol: string,
): { readonly id: string; readonly withYear: boolean } {
  const found = settings?.series?.find((series) => series.types.includes(type));
  if (found === undefined && copyKinds.some((kind) => kind === type)) return { id: copySeries, withYear: false };
  return found === undefined ? { id: symbol, withYear: false } : { id: found.id, withYear: found.withYear };
}
