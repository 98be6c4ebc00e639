import { readEntry } from '../../engine/entry.js';
import type { Entry, Instance } from '../../engine/instance.js';
import { isObject } from '../../engine/json.js';
import type { Directory } from '../../office/organisation/directory.js';
import { nameOn } from '../../office/organisation/lineage.js';
import type { ReportRead } from '../../office/reporting/buildRollup.js';
import type { UnitReport } from '../../office/reporting/report.js';
import {
  type DutyStanding,
  dutyStanding,
  dutyStandingOf,
  type ReportStanding,
  reportStanding,
  reportStandingOf,
} from '../../office/reporting/standings.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';

type Needs = Pick<Deps, 'store'>;

/** Reports of one period at most: the units of a province with its communes, several times over. */
export const reportsMax = 2_000;
const entriesPerRead = 500;
const dutiesPerPage = 5_000;
const readAtOnce = 16;

/** An instance's entries in order, up to a revision; those that are damaged stop the reading. */
export async function entriesOf({ store }: Needs, authority: string, id: string, upTo: number): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  while (entries.length < upTo) {
    const limit = Math.min(entriesPerRead, upTo - entries.length);
    const read = await store.instances.history(authority, id, entries.length + 1, limit);
    entries.push(...read.map(({ bytes }) => readEntry(bytes)));
    if (read.length < limit) break;
  }
  return entries;
}

/** Work on many, a few at once, in the order of the list. */
export async function inTurn<T, R>(list: readonly T[], work: (one: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  const queue = list.map((one, at) => ({ one, at }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) results[next.at] = await work(next.one);
  };
  await Promise.all(Array.from({ length: Math.min(readAtOnce, list.length) }, worker));
  return results;
}

/** The reports of a period in the order of its units, as they stand now; at an earlier instant from their entries. */
export async function reportsOf(deps: Needs, period: Instance, at: string | null): Promise<readonly ReportStanding[]> {
  const reports = await deps.store.instances.childrenOf(period.authority, period.id, 'report', reportsMax);
  const units = Array.isArray(period.context.units) ? (period.context.units as readonly string[]) : [];
  const place = new Map(units.map((unit, index) => [unit, index]));
  const standings =
    at === null
      ? reports.map(reportStanding)
      : (await inTurn(reports, (report) => pastEntries(deps, report, at))).flatMap((entries) =>
          entries.length === 0 ? [] : [reportStandingOf(entries)],
        );
  const rank = ({ unit }: ReportStanding) => place.get(unit) ?? units.length;
  return standings.toSorted((a, b) => rank(a) - rank(b) || (a.report < b.report ? -1 : 1));
}

async function pastEntries(deps: Needs, { authority, id, revision }: Instance, at: string): Promise<readonly Entry[]> {
  return (await entriesOf(deps, authority, id, revision)).filter((entry) => entry.at <= at);
}

/** Every duty of a plan as it stands now, or at an earlier instant; a duty that was split is counted, its parts are not. */
export async function dutiesOf(
  deps: Needs,
  { authority, plan }: { readonly authority: string; readonly plan: string },
  at: { readonly now: string; readonly past: string | null },
): Promise<readonly DutyStanding[]> {
  const day = dayOf(at.past ?? at.now);
  const duties: DutyStanding[] = [];
  let after: string | null = null;
  do {
    const query = { authority, plan, definition: 'assignment', unit: null, after, limit: dutiesPerPage };
    const page: Awaited<ReturnType<Needs['store']['instances']['ofPlan']>> = await deps.store.instances.ofPlan(query);
    const whole = page.rows.map(({ instance }) => instance).filter(({ parent }) => parent?.kind !== 'part');
    const { past } = at;
    if (past === null) duties.push(...whole.map((duty) => dutyStanding(duty, day)));
    else
      for (const entries of await inTurn(whole, (duty) => pastEntries(deps, duty, past)))
        if (entries.length > 0) duties.push(dutyStandingOf(entries, day));
    after = page.next;
  } while (after !== null);
  return duties;
}

/** The accepted content of a report; null for what is not stored or is none. */
export async function reportStored({ store }: Needs, authority: string, hash: string | null): Promise<UnitReport | null> {
  const stored = hash === null ? null : await store.contents.get(authority, hash);
  return isObject(stored) && stored.kind === 'report' ? (stored as unknown as UnitReport) : null;
}

/** Standings with their names on a day and with what was accepted. */
export async function withContents(
  deps: Needs,
  { authority, directory, day }: { readonly authority: string; readonly directory: Directory; readonly day: string },
  standings: readonly ReportStanding[],
): Promise<readonly ReportRead[]> {
  return inTurn(
    standings,
    async (standing): Promise<ReportRead> => ({
      standing,
      name: nameOn(directory, standing.unit, day) ?? standing.unit,
      answeredByName: nameOn(directory, standing.answeredBy, day) ?? standing.answeredBy,
      content: await reportStored(deps, authority, standing.accepted),
    }),
  );
}
