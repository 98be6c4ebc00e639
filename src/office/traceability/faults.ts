/**
 * What can be wrong with the links of a plan. `broken`: something that was recorded points to nothing, or two records do not agree; never
 * allowed. `open`: work that is not done; allowed until the plan is closed.
 */
export const faultClasses = {
  clauseUnaccounted: 'open',
  clauseDropped: 'open',
  directiveOpen: 'open',
  recurringOpen: 'open',
  periodOpen: 'open',
  reviewMissing: 'broken',
  directiveMissing: 'broken',
  directiveUnrecorded: 'broken',
  directiveWithoutClause: 'broken',
  directiveAstray: 'broken',
  directiveUnassigned: 'broken',
  assessmentMissing: 'broken',
  continuedMissing: 'broken',
  continuedAstray: 'broken',
  dutyMissing: 'broken',
  dutyUnrecorded: 'broken',
  dutyAstray: 'broken',
  dutyOwnerless: 'broken',
  partMissing: 'broken',
  recurringAstray: 'broken',
  occurrenceMissing: 'broken',
  evidenceMissing: 'broken',
  obligationMissing: 'broken',
  obligationAstray: 'broken',
  periodMissing: 'broken',
  periodAstray: 'broken',
  reportMissing: 'broken',
  reportAstray: 'broken',
  reportEmpty: 'broken',
  contentMissing: 'broken',
  sectionWithoutDuty: 'broken',
  sectionAstray: 'broken',
  dutyWithoutSection: 'broken',
  paperMissing: 'broken',
  paperAstray: 'broken',
  rollupMissing: 'broken',
  sourceReportMissing: 'broken',
  sourceVersionMissing: 'broken',
  sentenceWithoutSource: 'broken',
} as const satisfies Readonly<Record<string, 'broken' | 'open'>>;

export type FaultCode = keyof typeof faultClasses;

/** One fault, named: its code, the ids that it is about, and the instance at which one would look first. */
export interface CoverageFault {
  readonly code: FaultCode;
  /** The instance at which it is seen; null where that is what is missing altogether. */
  readonly at: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

/** Most faults that are kept by name; the others are counted. */
export const faultsKeptMax = 5_000;

/** A list of faults that never grows beyond its bound. */
export interface FaultList {
  readonly kept: CoverageFault[];
  counted: number;
}

/** Adds one fault: kept by name up to `faultsKeptMax`, counted beyond. */
export function name(list: FaultList, code: FaultCode, at: string | null, params: CoverageFault['params']): void {
  list.counted += 1;
  if (list.kept.length < faultsKeptMax) list.kept.push({ code, at, params });
}
