import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { Deps } from '../commands/deps.js';
import { type EffectEnd, type LeasedEffect, leaseMs } from '../commands/relayPorts.js';
import { failureOf, type Handlers } from './handler.js';

/** More than this many at once are not claimed. */
export const runningEffectsMax = 1_000;
const completeBackOffMs = 50;
const completeBackOffMsMax = 5_000;

export interface RunnerOptions {
  readonly deps: () => Deps;
  readonly handlers: Handlers;
  readonly owner: string;
  readonly onError: (error: unknown, doing: string) => void;
}

/** Runs effects that are leased to this process, and completes them. */
export interface Runner {
  /** Starts what is not running yet; answers how many that were. */
  launch(effects: readonly LeasedEffect[]): number;
  running(): number;
  /** Waits until nothing runs. */
  idle(): Promise<void>;
  /** Gives up completing while the database is away. */
  stop(): void;
}

/** A runner with nothing to do. */
export function makeRunner(options: RunnerOptions): Runner {
  const ids = new Set<string>();
  const work = new Set<Promise<void>>();
  let stopped = false;
  return {
    launch(effects) {
      const fresh = effects.filter((effect) => !ids.has(claimOf(effect)));
      if (fresh.length === 0) return 0;
      for (const effect of fresh) ids.add(claimOf(effect));
      for (const group of groupsOf(fresh)) {
        const mine = runGroup(options, group, () => stopped)
          .catch((error: unknown) => options.onError(error, 'effects'))
          .finally(() => {
            for (const effect of group) ids.delete(claimOf(effect));
            work.delete(mine);
          });
        work.add(mine);
      }
      return fresh.length;
    },
    running: () => ids.size,
    async idle() {
      while (work.size > 0) await Promise.all(work);
    },
    stop() {
      stopped = true;
    },
  };
}

/** One claim of one effect: claimed again it is another piece of work, even while the first is being put away. */
function claimOf(effect: LeasedEffect): string {
  return `${effect.id}#${effect.token}`;
}

/** Kinds that wait for somebody else's server: each effect is completed by itself, or the slowest would hold up what is done. */
const APART: ReadonlySet<string> = new Set(['webhook']);

/** Effects that are handled and completed together: those of a kind. */
function groupsOf(effects: readonly LeasedEffect[]): readonly (readonly LeasedEffect[])[] {
  const groups = new Map<string, LeasedEffect[]>();
  for (const effect of effects) {
    const name = APART.has(effect.kind) ? `${effect.kind} ${effect.id}` : effect.kind;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [effect]);
    else group.push(effect);
  }
  return [...groups.values()];
}

async function runGroup(options: RunnerOptions, group: readonly LeasedEffect[], isStopped: () => boolean): Promise<void> {
  const ends = await runKind(options, group);
  await options.deps().hook('after-effect');
  await complete(options, ends, isStopped);
  await options.deps().hook('after-complete');
}

/** Runs the handler of effects of one kind; never throws: what fails is an ending too. */
export async function runKind(
  { deps, handlers }: Pick<RunnerOptions, 'deps' | 'handlers'>,
  group: readonly LeasedEffect[],
): Promise<readonly EffectEnd[]> {
  const kind = group[0]?.kind ?? '';
  const handler = Object.hasOwn(handlers, kind) ? handlers[kind] : undefined;
  if (handler === undefined)
    return group.map((effect) => ({ effect, outcome: { kind: 'parked', reason: { code: 'handlerUnknown', kind } } }));
  try {
    return await handler(deps(), group);
  } catch (error) {
    return group.map((effect) => ({ effect, outcome: failureOf(effect, error) }));
  }
}

/** What was done is said again until the database has heard it, as long as the lease lasts: or it would all be done again after it. */
async function complete(
  { deps, owner, onError }: RunnerOptions,
  ends: readonly EffectEnd[],
  isStopped: () => boolean,
): Promise<void> {
  const started = performance.now();
  for (let waitMs = completeBackOffMs; ; waitMs = Math.min(waitMs * 2, completeBackOffMsMax)) {
    try {
      return await deps().store.relay.complete(ends, owner);
    } catch (error) {
      if (isStopped() || performance.now() - started > leaseMs / 2) throw error;
      onError(error, 'complete');
      await pause(waitMs);
    }
  }
}
