import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { buildRollup } from '../../office/reporting/buildRollup.js';
import type { ReportForm } from '../../office/reporting/form.js';
import { movedSince } from '../../office/reporting/outdated.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import { summarise } from '../../office/reporting/summary.js';
import { period as periodNamed } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import { reportsNow, rollupStored } from './givenRollup.js';
import { dutiesOf, reportsOf, withContents } from './readStandings.js';

type Needs = Pick<Deps, 'store' | 'clock'>;

export interface TakenRollup {
  readonly hash: string;
  readonly rollup: Rollup;
}

/** States of a consolidated paper whose figures count no more. */
const DROPPED: ReadonlySet<string> = new Set(['discarded', 'withdrawn', 'replaced', 'voided']);
const papersMax = 200;
const periodsMax = 500;

/**
 * Takes the roll-up of a period as it stands now, or as it stood at an earlier instant, and stores it under its hash. Reads the period's
 * reports, what was accepted, the duties of the plan, and the roll-up of the period before. Throws `notFound` where the id is no period,
 * `contentMissing` where its form is not stored, `inputInvalid` for an instant that has not come.
 */
export async function takeRollup(
  deps: Needs,
  asked: { readonly authority: string; readonly period: string; readonly at?: string },
): Promise<TakenRollup> {
  const { authority } = asked;
  const now = deps.clock.now();
  const past = asked.at === undefined || asked.at === now ? null : asked.at;
  if (past !== null && !(past < now)) throw new TrinhkyError('inputInvalid', { path: '/at' });
  const period = await instanceOf(deps, authority, asked.period, 'period');
  const { plan, form: formHash, to } = texts(period, ['plan', 'form', 'to']);
  const form = await formStored(deps, authority, formHash);
  const directory = await deps.store.directory.snapshot(authority);
  const reports = await withContents(deps, { authority, directory, day: to }, await reportsOf(deps, period, past));
  const rollup = buildRollup({
    plan,
    of: period.id,
    period: textAt(period.context, 'period'),
    formHash,
    form,
    takenAt: past ?? now,
    reports,
    duties: await dutiesOf(deps, { authority, plan }, { now, past }),
    before: await rollupBefore(deps, period),
  });
  return { hash: await deps.store.contents.put(authority, rollup as unknown as Json), rollup };
}

/**
 * The roll-up of a longer period from those of the papers of its parts: a year from its quarters. Each part needs a consolidated paper
 * that counts. Throws `rollupPartMissing` {periods} where one has none, `notFound` where the id is no obligation.
 */
export async function takeSummary(
  deps: Needs,
  { authority, obligation: id, period }: { readonly authority: string; readonly obligation: string; readonly period: string },
): Promise<TakenRollup & { readonly parts: readonly { readonly hash: string; readonly rollup: Rollup }[] }> {
  const now = deps.clock.now();
  const obligation = await instanceOf(deps, authority, id, 'obligation');
  const { plan } = texts(obligation, ['plan']);
  const { regime } = obligation.context;
  const whole = periodNamed(period, regime === 'calendar' || regime === 'closing14' ? regime : undefined);
  if (whole === null) throw new TrinhkyError('inputInvalid', { path: '/period' });
  const periods = (await periodsOf(deps, obligation)).filter(
    ({ context }) => textAt(context, 'from') >= whole.from && textAt(context, 'to') <= whole.to,
  );
  const parts: TakenRollup[] = [];
  const missing: string[] = periods.length === 0 ? [period] : [];
  for (const part of periods) {
    const taken = await rollupOfPapers(deps, part, 'consolidation');
    if (taken === null) missing.push(textAt(part.context, 'period'));
    else parts.push(await broughtUpToDate(deps, part, taken));
  }
  if (missing.length > 0) throw new TrinhkyError('rollupPartMissing', { periods: missing });
  const rollup = summarise({
    plan,
    of: obligation.id,
    period,
    takenAt: now,
    parts,
    duties: await dutiesOf(deps, { authority, plan }, { now, past: null }),
    before: await summaryBefore(deps, obligation, period),
  });
  return { hash: await deps.store.contents.put(authority, rollup as unknown as Json), rollup, parts };
}

/**
 * The roll-up of a period's paper, or where a report was corrected since then, one that is taken anew: a year counts what was corrected,
 * and the paper of the quarter stays as it was signed.
 */
async function broughtUpToDate(deps: Needs, period: Instance, taken: TakenRollup): Promise<TakenRollup> {
  const now = deps.clock.now();
  const moved = movedSince(taken.rollup, await reportsNow(deps, period.authority, taken.rollup), now);
  return moved.length === 0 ? taken : takeRollup(deps, { authority: period.authority, period: period.id });
}

/** The periods of an obligation in the order of time. */
export async function periodsOf({ store }: Pick<Deps, 'store'>, obligation: Instance): Promise<readonly Instance[]> {
  const periods = await store.instances.childrenOf(obligation.authority, obligation.id, 'period', periodsMax);
  return periods.toSorted((a, b) => (textAt(a.context, 'from') < textAt(b.context, 'from') ? -1 : 1));
}

async function rollupBefore(deps: Needs, period: Instance): Promise<TakenRollup | null> {
  const { obligation } = period.context;
  const held = typeof obligation === 'string' ? await deps.store.instances.load(period.authority, obligation) : null;
  if (held === null) return null;
  const earlier = (await periodsOf(deps, held.instance)).filter(
    ({ context }) => textAt(context, 'to') < textAt(period.context, 'from'),
  );
  for (const one of earlier.toReversed()) {
    const taken = await rollupOfPapers(deps, one, 'consolidation');
    if (taken !== null) return taken;
  }
  return null;
}

async function summaryBefore(deps: Needs, obligation: Instance, period: string): Promise<TakenRollup | null> {
  const year = String(Number(period.slice(0, 4)) - 1).padStart(4, '0');
  return rollupOfPapers(deps, obligation, 'summary', `${year}${period.slice(4)}`);
}

/** The roll-up of the newest paper of a kind that counts; null where there is none. */
export async function rollupOfPapers(
  deps: Pick<Deps, 'store'>,
  holder: Pick<Instance, 'authority' | 'id'>,
  kind: 'consolidation' | 'summary',
  period?: string,
): Promise<TakenRollup | null> {
  const papers = await deps.store.instances.childrenOf(holder.authority, holder.id, kind, papersMax);
  const counting = papers.filter(
    ({ state, context }) =>
      !(typeof state === 'string' && DROPPED.has(state)) && (period === undefined || context.period === period),
  );
  const newest = counting.toSorted((a, b) => ordinal(b) - ordinal(a))[0];
  const hash = newest?.context.rollup;
  const rollup = await rollupStored(deps, holder.authority, hash);
  return rollup === null || typeof hash !== 'string' ? null : { hash, rollup };
}

function ordinal({ parent }: Instance): number {
  return Number(parent?.key.split('/').at(-1) ?? 0);
}

/** An instance of a definition; throws `notFound` for any other. */
export async function instanceOf(
  { store }: Pick<Deps, 'store'>,
  authority: string,
  id: string,
  definition: string,
): Promise<Instance> {
  const held = await store.instances.load(authority, id);
  if (held === null || held.instance.definition.id !== definition) throw new TrinhkyError('notFound', { instance: id });
  return held.instance;
}

/** A form under its hash; throws `contentMissing`. */
export async function formStored({ store }: Pick<Deps, 'store'>, authority: string, hash: string): Promise<ReportForm> {
  const stored = await store.contents.get(authority, hash);
  if (!isObject(stored) || stored.kind !== 'reportForm') throw new TrinhkyError('contentMissing', { content: hash });
  return stored as unknown as ReportForm;
}

function texts<N extends string>({ context, id }: Instance, names: readonly N[]): Readonly<Record<N, string>> {
  const found = names.map((name): [N, string] => {
    const value = context[name];
    if (typeof value !== 'string') throw new TrinhkyError('notFound', { instance: id, field: name });
    return [name, value];
  });
  return Object.fromEntries(found) as Record<N, string>;
}
