import { performance } from 'node:perf_hooks';
import type { Deps } from '../commands/deps.js';
import { type EffectEnd, type EffectOutcome, type LeasedEffect, leaseMs } from '../commands/relayPorts.js';
import { TrinhkyError } from '../errors.js';

/** The work of one kind of effect. Runs at least once: every write in it is insert-once by the effect's id, or fenced by its token. */
export type Handler = (deps: Deps, effects: readonly LeasedEffect[]) => Promise<readonly EffectEnd[]>;

export type Handlers = Readonly<Record<string, Handler>>;

const retryFirstMs = 500;
const patientRetryMs = 1_000;
const retryMsMax = 15 * 60 * 1000;
/** After so many failures an effect is parked for the administrator. */
export const attemptsMax = 10;

/** Turns the work on a single effect into a handler: a few at once, each failure its own. */
export function oneByOne(atOnce: number, work: (deps: Deps, effect: LeasedEffect) => Promise<EffectOutcome>): Handler {
  return async (deps, effects) => {
    const started = performance.now();
    const queue = [...effects];
    const ends: EffectEnd[] = [];
    const worker = async (): Promise<void> => {
      for (let effect = queue.shift(); effect !== undefined; effect = queue.shift()) {
        // What would outlive the lease is left to the next claim.
        const late = performance.now() - started > leaseMs / 2;
        ends.push({
          effect,
          outcome: late ? { kind: 'retry', inMs: 0, reason: 'leaseTooShort', patient: true } : await attempt(deps, effect, work),
        });
      }
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, effects.length) }, worker));
    return ends;
  };
}

async function attempt(
  deps: Deps,
  effect: LeasedEffect,
  work: (deps: Deps, effect: LeasedEffect) => Promise<EffectOutcome>,
): Promise<EffectOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<EffectOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'retry', inMs: retryFirstMs, reason: 'tookTooLong' }), leaseMs / 2);
  });
  try {
    // Work that never ends, for whatever reason, must not keep the relay for ever.
    return await Promise.race([work(deps, effect), deadline]);
  } catch (error) {
    return failureOf(effect, error);
  } finally {
    clearTimeout(timer);
  }
}

/** Tries again later and later; at last parks with the reason. A database that is away or a queue that is full does not count as a failure. */
export function failureOf(effect: LeasedEffect, error: unknown): EffectOutcome {
  const code = error instanceof TrinhkyError ? error.code : 'internal';
  const reason = error instanceof Error ? error.message : String(error);
  const patient = code === 'databaseAway' || code === 'busy' || code === 'pendingFull';
  if (patient) return { kind: 'retry', inMs: patientRetryMs, reason, patient };
  if (effect.attempts + 1 >= attemptsMax) return { kind: 'parked', reason: { code, reason } };
  return { kind: 'retry', inMs: Math.min(retryMsMax, retryFirstMs * 2 ** effect.attempts), reason };
}

/** A text among an effect's parameters. Its absence is a fault of the catalogue, and parks the effect. */
export function textOf(effect: LeasedEffect, name: string): string {
  const value = effect.params[name];
  if (typeof value !== 'string') throw new Error(`effect ${effect.kind} has no text "${name}"`);
  return value;
}

/** A number among an effect's parameters. */
export function numberOf(effect: LeasedEffect, name: string): number {
  const value = effect.params[name];
  if (typeof value !== 'number') throw new Error(`effect ${effect.kind} has no number "${name}"`);
  return value;
}
