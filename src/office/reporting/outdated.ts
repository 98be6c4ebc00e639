import type { Rollup } from './rollup.js';

/** A report behind a paper that has another accepted version than the one that the paper was built on. */
export interface OutdatedSource {
  readonly report: string;
  /** Hash of the version in the roll-up; null where the unit was silent, or not asked yet. */
  readonly was: string | null;
  /** Hash of the version that is accepted now; null where it was reopened and nothing is accepted yet. */
  readonly now: string | null;
  /** Instant, ISO 8601 UTC. */
  readonly at: string;
}

/** The accepted version of a report as it stands. */
export interface ReportNow {
  readonly report: string;
  readonly accepted: string | null;
}

/** The reports of a roll-up whose accepted version is another one now, in the order of its units; reports that are gone are not among them. */
export function movedSince(rollup: Rollup, reports: readonly ReportNow[], at: string): readonly OutdatedSource[] {
  const now = new Map(reports.map(({ report, accepted }) => [report, accepted]));
  return rollup.units.flatMap(({ report, content }) => {
    const accepted = now.get(report);
    return accepted === undefined || accepted === content ? [] : [{ report, was: content, now: accepted, at }];
  });
}
