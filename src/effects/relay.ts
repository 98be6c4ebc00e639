import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { RelayControl } from '../commands/application.js';
import type { Deps } from '../commands/deps.js';
import { sweepNumbers } from '../commands/papers/sweepNumbers.js';
import type { HandOver } from '../commands/relayPorts.js';
import { type Carrier, makeCarrier } from './carrier.js';
import type { Handlers } from './handler.js';
import { makeHandOvers } from './handOvers.js';
import type { Rounds } from './rounds.js';
import { makeRunner, type Runner, runKind, runningEffectsMax } from './runner.js';
import { makeSuccessions } from './successions.js';

/** How often everything is looked through although nobody called: the net under memory hand-over. */
export const scanMs = 5_000;
/** How often numbers are looked for that nothing will settle any more; at the start too. */
export const sweepMs = 60 * 60 * 1_000;
export const claimRowsMax = 100;
const heldBackMs = 100;
const settleWaitMsMax = 250;

export interface Relay extends RelayControl {
  handOver(entry: HandOver): void;
  drain(authority: string, instance: string): Promise<void>;
  stop(): Promise<void>;
}

export interface RelayOptions {
  readonly deps: () => Deps;
  readonly handlers: Handlers;
  /** Unique to this process. */
  readonly owner: string;
  /** Faults that the loop lives through: they are logged and tried again. */
  readonly onError: (error: unknown, doing: string) => void;
}

/** What the parts of the loop share. */
interface Loop {
  readonly deps: () => Deps;
  readonly owner: string;
  readonly carrier: Carrier;
  readonly runner: Runner;
  /** Rounds beside the loop, each in its own time. */
  readonly rounds: readonly Rounds[];
  /** Since a fault some answer may have been lost: effects may be leased to this process without its knowing. */
  doubt: boolean;
  /** When numbers are swept next, on the monotonic clock. */
  sweepAtMs: number;
}

/**
 * The loop behind every commit: carries entries and effects on, runs what is due, completes it by owner and token.
 * It may be killed between any two steps and resume; two relays do the same work twice without anything being doubled.
 */
export function startRelay(options: RelayOptions): Relay {
  const { deps, owner } = options;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;

  const onError = (error: unknown, doing: string): void => {
    loop.doubt = true;
    options.onError(error, doing);
  };
  const runner = makeRunner({ ...options, onError });
  const carrier = makeCarrier({
    ...options,
    onError,
    runEarly: (effects) => runKind(options, effects),
    onLeased: (effects) => void runner.launch(effects),
    onTimer: (dueAt) => schedule(untilDue(deps(), dueAt)),
  });
  const rounds = [makeSuccessions({ deps, onError }), makeHandOvers({ deps, onError })];
  const loop: Loop = { deps, owner, carrier, runner, rounds, doubt: false, sweepAtMs: 0 };

  function look(): void {
    looking ??= lookOnce(loop)
      .catch((error: unknown) => {
        onError(error, 'look');
        return scanMs;
      })
      .then((nextMs) => {
        looking = null;
        schedule(nextMs);
      });
  }

  let wakeAt = Number.POSITIVE_INFINITY;
  function schedule(inMs: number): void {
    const at = Date.now() + inMs;
    // An earlier call stands; `look` itself sets the next one.
    if (stopped || (timer !== undefined && wakeAt <= at)) return;
    clearTimeout(timer);
    wakeAt = at;
    timer = setTimeout(
      () => {
        timer = undefined;
        look();
      },
      Math.max(inMs, 1),
    );
  }

  schedule(1);
  return {
    handOver: carrier.handOver,
    drain: carrier.drain,
    settle: () => settle(loop),
    wake: () => schedule(1),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      runner.stop();
      await Promise.all([looking, ...rounds.map((round) => round.stop())]);
      await carrier.stop();
      await runner.idle();
    },
  };
}

/** One look at everything: entries left behind, effects due. Answers in how many milliseconds the next one is needed. */
async function lookOnce(loop: Loop): Promise<number> {
  const { deps, carrier } = loop;
  let nextMs = scanMs;
  for (const authority of await deps().store.directory.authorities()) {
    await carrier.scan(authority);
    await claimDue(loop, authority);
    const { dueAt, retryInMs } = await deps().store.relay.nextDue(authority, deps().clock.now());
    nextMs = Math.min(nextMs, dueAt === null ? scanMs : untilDue(deps(), dueAt), retryInMs ?? scanMs);
  }
  await sweep(loop);
  for (const round of loop.rounds) round.look();
  await carrier.clearIdle();
  // Held back by what runs, not by what is due: looking again at once would only burn.
  return Math.max(nextMs, loop.runner.running() > runningEffectsMax ? heldBackMs : 1);
}

async function sweep(loop: Loop): Promise<void> {
  if (performance.now() < loop.sweepAtMs) return;
  loop.sweepAtMs = performance.now() + sweepMs;
  const deps = loop.deps();
  for (const authority of await deps.store.directory.authorities()) await sweepNumbers(deps, authority);
}

/** Claims what is due and starts it; after a fault also what was claimed without an answer. Answers how many were started. */
async function claimDue(loop: Loop, authority: string): Promise<number> {
  const { deps, owner, runner } = loop;
  if (runner.running() > runningEffectsMax) return 0;
  const { relay } = deps().store;
  const now = deps().clock.now();
  let started = 0;
  if (loop.doubt) {
    loop.doubt = false;
    started += runner.launch(await relay.leasedTo(authority, owner, now));
  }
  const effects = await relay.claim(authority, owner, now, claimRowsMax);
  await deps().hook('after-claim');
  return started + runner.launch(effects);
}

async function settle(loop: Loop): Promise<void> {
  const { deps, carrier, runner } = loop;
  for (;;) {
    await carrier.flush();
    await runner.idle();
    await carrier.flush();
    let started = 0;
    let waitMs = 0;
    for (const authority of await deps().store.directory.authorities()) {
      await carrier.scanAll(authority);
      started += await claimDue(loop, authority);
      const { retryInMs } = await deps().store.relay.nextDue(authority, deps().clock.now());
      if (retryInMs !== null) waitMs = Math.max(1, Math.min(retryInMs, settleWaitMsMax));
    }
    if (started > 0 || runner.running() > 0 || !carrier.idle()) continue;
    if (waitMs === 0) break;
    await pause(waitMs);
  }
  await carrier.clearAll();
}

/** Milliseconds from now to an instant, both on the domain's clock. */
function untilDue(deps: Deps, dueAt: string): number {
  return Math.min(scanMs, Math.max(0, Date.parse(dueAt) - Date.parse(deps.clock.now())));
}
