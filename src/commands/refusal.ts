import type { Blocker } from '../engine/command.js';
import type { Json } from '../engine/json.js';
import { type Ask, type EntrySummary, type Outcome, summaryOf } from './ask.js';
import type { Deps } from './deps.js';
import type { Held } from './ports.js';

const happenedMax = 10;
/** Refusals for want of right are evidence; the others are everyday. */
const AUDITED: ReadonlySet<string> = new Set([
  'notYours',
  'mustDiffer',
  'capacityMissing',
  'notOfUnit',
  'notOnBallot',
  'notYourDecision',
]);

/** A refusal with what happened last, so that the loser of a race learns who was before him. */
export async function explain(
  deps: Pick<Deps, 'store'>,
  held: Held,
  blockers: readonly Blocker[],
  from?: number,
): Promise<Extract<Outcome, { kind: 'refused' }>> {
  const { instance } = held;
  const start = from ?? Math.max(1, instance.revision - 2);
  const worthReading =
    from !== undefined ||
    blockers.some((blocker) => blocker.code === 'notPossibleHere' || blocker.code === 'ended' || blocker.code === 'contentMoved');
  const happened: readonly EntrySummary[] = worthReading
    ? (await deps.store.instances.history(instance.authority, instance.id, start, happenedMax)).map((entry) =>
        summaryOf(entry.bytes),
      )
    : [];
  return {
    kind: 'refused',
    definition: instance.definition,
    blockers,
    revision: instance.revision,
    state: instance.state,
    happened,
  };
}

/** Appends a denial to the audit; when that fails, the answer fails. */
export async function auditRefusal(deps: Pick<Deps, 'store'>, ask: Ask, blockers: readonly Blocker[], at: string): Promise<void> {
  if (!blockers.some((blocker) => AUDITED.has(blocker.code))) return;
  await deps.store.audit.append({
    authority: ask.authority,
    at,
    actor: ask.actor,
    kind: 'commandDenied',
    subject: ask.instance,
    details: { command: ask.command, codes: blockers.map((blocker) => blocker.code) as Json },
  });
}
