import type { Entry, Instance } from '../../engine/instance.js';
import { isObject, type Json, textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { ReportRead } from '../../office/reporting/buildRollup.js';
import { buildRollup } from '../../office/reporting/buildRollup.js';
import type { ReportForm } from '../../office/reporting/form.js';
import { firstDifference } from '../../office/reporting/rebuild.js';
import type { UnitReport } from '../../office/reporting/report.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import { dutyStandingOf, reportStandingOf } from '../../office/reporting/standings.js';
import { summarise } from '../../office/reporting/summary.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import { verifyHistory } from '../verifyHistory.js';
import { entriesOf, inTurn } from './readStandings.js';

type Needs = Pick<Deps, 'store'>;

/** What does not agree: where, with what is stored and what the entries and contents say. */
export interface RollupFault {
  /** The paper, and the hash of its roll-up. */
  readonly paper: string;
  readonly rollup: string;
  /**
   * `rollup`: nothing is stored under the hash, or not what was hashed; `entries`: the history of an instance is not whole; `content`: a
   * content that it names is missing or altered; `differs`: built again it says something else.
   */
  readonly kind: 'rollup' | 'entries' | 'content' | 'differs';
  /** The instance, the content's hash, or the place in the roll-up as a JSON pointer. */
  readonly at: string;
  readonly stored: string | null;
  readonly built: string | null;
}

export interface CheckedRollup {
  readonly paper: string;
  readonly period: string;
  readonly rollup: string;
  readonly figures: number;
  readonly reports: number;
  readonly faults: readonly RollupFault[];
}

const papersPerPage = 1_000;

/**
 * Builds every roll-up that a plan's papers name again from entries and contents alone, and compares it to the last digit. Nothing of an
 * instance but its entries is read, apart from the head that closes each chain. A damaged entry or content is named where it is.
 */
export async function checkRollups(deps: Needs, authority: string, plan: string): Promise<readonly CheckedRollup[]> {
  const papers: Instance[] = [];
  let after: string | null = null;
  do {
    const query = { authority, plan, definition: 'document', unit: null, after, limit: papersPerPage };
    const page: Awaited<ReturnType<Needs['store']['instances']['ofPlan']>> = await deps.store.instances.ofPlan(query);
    papers.push(...page.rows.map(({ instance }) => instance).filter(({ context }) => typeof context.rollup === 'string'));
    after = page.next;
  } while (after !== null);
  const own = new Set(papers.map(({ context }) => context.rollup));
  const checked: CheckedRollup[] = [];
  for (const paper of papers) checked.push(await checkOne(deps, paper, own));
  return checked.toSorted((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : a.paper < b.paper ? -1 : 1));
}

/** `own`: the roll-ups that papers name, each checked with its own paper. */
async function checkOne(deps: Needs, paper: Instance, own: ReadonlySet<Json | undefined>): Promise<CheckedRollup> {
  const hash = textAt(paper.context, 'rollup');
  const base = { paper: paper.id, period: textAt(paper.context, 'period'), rollup: hash };
  const fault = (
    kind: RollupFault['kind'],
    at: string,
    stored: string | null = null,
    built: string | null = null,
  ): RollupFault => ({
    paper: paper.id,
    rollup: hash,
    kind,
    at,
    stored,
    built,
  });
  const broken = await historyFaults(deps, paper);
  const stored = await soundContent(deps, paper.authority, hash);
  const faults = broken.map((at) => fault('entries', at));
  if (!isObject(stored) || stored.kind !== 'rollup')
    return { ...base, figures: 0, reports: 0, faults: [...faults, fault('rollup', hash)] };
  const rollup = stored as unknown as Rollup;
  for (const one of [rollup, ...(await partsWithoutPaper(deps, paper.authority, rollup, own))]) {
    const built = await rebuildRollup(deps, paper.authority, one);
    faults.push(...built.broken.map(({ kind, at }) => fault(kind, at)));
    // What follows from something that is broken is no fault of its own.
    if (built.rollup === null || built.broken.length > 0) continue;
    const differs = firstDifference(one as unknown as Json, built.rollup as unknown as Json);
    if (differs !== null) faults.push(fault('differs', differs.at, differs.stored, differs.built));
  }
  return { ...base, figures: rollup.figures.length, reports: rollup.units.length, faults };
}

/** The parts of a year that were taken anew for it, because a report was corrected after its quarter's paper. */
async function partsWithoutPaper(
  deps: Needs,
  authority: string,
  { parts }: Rollup,
  own: ReadonlySet<Json | undefined>,
): Promise<readonly Rollup[]> {
  const read = await Promise.all(parts.filter((hash) => !own.has(hash)).map((hash) => soundContent(deps, authority, hash)));
  return read.filter((one) => isObject(one)) as unknown as readonly Rollup[];
}

interface Broken {
  readonly kind: 'entries' | 'content';
  readonly at: string;
}

/**
 * One roll-up again, from the entries of its reports and duties up to the revisions that it names, and from contents. The names of units
 * are taken from it: they come from the organisation's records, which are in no entry. Null where a form or a part is not stored.
 */
export async function rebuildRollup(
  deps: Needs,
  authority: string,
  rollup: Rollup,
): Promise<{ readonly rollup: Rollup | null; readonly broken: readonly Broken[] }> {
  const broken: Broken[] = [];
  const read = async (hash: string): Promise<Json | null> => {
    const stored = await soundContent(deps, authority, hash);
    if (stored === null) broken.push({ kind: 'content', at: hash });
    return stored;
  };
  const day = dayOf(rollup.takenAt);
  const duties = await inTurn(rollup.duties, async ([id, revision]) => {
    const entries = await chained(deps, authority, { id, revision }, broken);
    return entries.length === 0 ? [] : [dutyStandingOf(entries, day)];
  });
  const before = rollup.before === null ? null : await read(rollup.before);
  const shared = {
    plan: rollup.plan,
    of: rollup.of,
    period: rollup.period,
    takenAt: rollup.takenAt,
    duties: duties.flat(),
    before: before === null || rollup.before === null ? null : { hash: rollup.before, rollup: before as unknown as Rollup },
  };
  if (rollup.parts.length > 0) {
    const parts: { hash: string; rollup: Rollup }[] = [];
    for (const hash of rollup.parts) {
      const part = await read(hash);
      if (part !== null) parts.push({ hash, rollup: part as unknown as Rollup });
    }
    return { rollup: parts.length === rollup.parts.length ? summarise({ ...shared, parts }) : null, broken };
  }
  const form = (await read(rollup.form)) as unknown as ReportForm | null;
  const reports = await inTurn(rollup.units, async ({ report, revision, name, answeredBy }): Promise<readonly ReportRead[]> => {
    const entries = await chained(deps, authority, { id: report, revision }, broken);
    if (entries.length === 0) return [];
    const standing = reportStandingOf(entries);
    const content = standing.accepted === null ? null : ((await read(standing.accepted)) as unknown as UnitReport | null);
    return [{ standing, name, answeredByName: answeredBy?.name ?? standing.answeredBy, content }];
  });
  return {
    rollup: form === null ? null : buildRollup({ ...shared, formHash: rollup.form, form, reports: reports.flat() }),
    broken,
  };
}

/** What is stored under a hash; null where it is missing, or is not what was hashed. */
async function soundContent({ store }: Needs, authority: string, hash: string): Promise<Json | null> {
  try {
    return await store.contents.get(authority, hash);
  } catch (error) {
    if (error instanceof TrinhkyError && error.params.what === 'contentDamaged') return null;
    throw error;
  }
}

/** The entries of an instance up to a revision, where its whole chain holds; else the instance is noted as broken. */
async function chained(
  deps: Needs,
  authority: string,
  { id, revision }: { readonly id: string; readonly revision: number },
  broken: Broken[],
): Promise<readonly Entry[]> {
  const held = await deps.store.instances.load(authority, id);
  if (held === null || (await historyFaults(deps, held.instance)).length > 0) {
    broken.push({ kind: 'entries', at: id });
    if (held === null) return [];
  }
  try {
    return await entriesOf(deps, authority, id, revision);
  } catch {
    return [];
  }
}

async function historyFaults(deps: Needs, instance: Instance): Promise<readonly string[]> {
  const { faults } = await verifyHistory(deps, instance);
  return faults.length === 0 ? [] : [instance.id];
}
