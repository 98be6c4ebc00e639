import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { RelayControl } from '../commands/application.js';
import type { Deps } from '../commands/deps.js';
import { type EffectEnd, type HandOver, type LeasedEffect, leaseMs } from '../commands/ports.js';
import { makeCarrier } from './carrier.js';
import { failureOf, type Handlers } from './handler.js';

/** How often everything is looked through although nobody called: the net under memory hand-over. */
export const scanMs = 5_000;
export const claimRowsMax = 100;
const settleWaitMsMax = 250;
const runningEffectsMax = 400;
const completeBackOffMs = 50;

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

/**
 * The loop behind every commit: carries entries and effects on, runs what is due, completes it by owner and token.
 * It may be killed between any two steps and resume; two relays do the same work twice without anything being doubled.
 */
export function startRelay(options: RelayOptions): Relay {
  const { deps, owner, onError } = options;
  const isStopped = (): boolean => stopped;
  const running = new Set<Promise<void>>();
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | null = null;

  const carrier = makeCarrier({ deps, owner, onError, onLeased: (effects) => track(run(options, effects, isStopped)), onTimers: () => schedule(0) });

  function track(work: Promise<void>): void {
    const tracked = work.catch((error: unknown) => onError(error, 'effects')).finally(() => running.delete(tracked));
    running.add(tracked);
  }

  /** One look at everything: entries left behind, effects due. Never two at once. */
  function look(): Promise<void> {
    looking ??= lookOnce().finally(() => {
      looking = null;
    });
    return looking;
  }

  async function lookOnce(): Promise<void> {
    let nextMs = scanMs;
    try {
      for (const authority of await deps().store.directory.authorities()) {
        await carrier.scan(authority);
        await claimDue(authority);
        nextMs = Math.min(nextMs, await untilNext(deps(), authority));
      }
      await carrier.clearIdle();
    } catch (error) {
      onError(error, 'look');
    }
    schedule(nextMs);
  }

  async function claimDue(authority: string): Promise<number> {
    if (running.size > runningEffectsMax) return 0;
    const effects = await deps().store.relay.claim(authority, owner, deps().clock.now(), claimRowsMax);
    await deps().hook('after-claim');
    if (effects.length > 0) track(run(options, effects, isStopped));
    return effects.length;
  }

  function schedule(inMs: number): void {
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(() => void look(), Math.max(inMs, 1));
  }

  async function settle(): Promise<void> {
    for (;;) {
      await carrier.flush();
      while (running.size > 0) await Promise.all(running);
      await carrier.flush();
      let claimed = 0;
      let waitMs = 0;
      for (const authority of await deps().store.directory.authorities()) {
        await carrier.scan(authority);
        claimed += await claimDue(authority);
        const { retryInMs } = await deps().store.relay.nextDue(authority, deps().clock.now());
        if (retryInMs !== null && claimed === 0) waitMs = Math.max(1, Math.min(retryInMs, settleWaitMsMax));
      }
      if (claimed === 0 && running.size === 0 && carrier.idle()) {
        if (waitMs === 0) break;
        await pause(waitMs);
      }
    }
    await carrier.clearAll();
  }

  schedule(1);
  return {
    handOver: carrier.handOver,
    drain: carrier.drain,
    settle,
    wake: () => schedule(1),
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await looking;
      await carrier.stop();
      while (running.size > 0) await Promise.all(running);
    },
  };
}

/** Runs effects that are leased to this process, kind by kind, and completes them. */
async function run(options: RelayOptions, effects: readonly LeasedEffect[], isStopped: () => boolean): Promise<void> {
  const { deps, handlers } = options;
  const byKind = new Map<string, LeasedEffect[]>();
  for (const effect of effects) byKind.set(effect.kind, [...(byKind.get(effect.kind) ?? []), effect]);
  await Promise.all(
    [...byKind].map(async ([kind, group]) => {
      const handler = handlers[kind];
      const ends = handler
        ? await handler(deps(), group).catch((error: unknown) => group.map((effect) => ({ effect, outcome: failureOf(effect, error) })))
        : group.map((effect) => ({ effect, outcome: { kind: 'parked' as const, reason: { code: 'handlerUnknown', kind } } }));
      await deps().hook('after-effect');
      await complete(options, ends, isStopped);
      await deps().hook('after-complete');
    }),
  );
}

/** What was done is said again until the database has heard it, as long as the lease lasts: or it would all be done again after it. */
async function complete({ deps, owner, onError }: RelayOptions, ends: readonly EffectEnd[], isStopped: () => boolean): Promise<void> {
  const started = performance.now();
  for (let waitMs = completeBackOffMs; ; waitMs = Math.min(waitMs * 2, scanMs)) {
    try {
      return await deps().store.relay.complete(ends, owner);
    } catch (error) {
      if (isStopped() || performance.now() - started > leaseMs / 2) throw error;
      onError(error, 'complete');
      await pause(waitMs);
    }
  }
}

/** Milliseconds until the next effect falls due on the domain's clock or may be tried again. */
async function untilNext(deps: Deps, authority: string): Promise<number> {
  const now = deps.clock.now();
  const { dueAt, retryInMs } = await deps.store.relay.nextDue(authority, now);
  const dueInMs = dueAt === null ? scanMs : Date.parse(dueAt) - Date.parse(now);
  return Math.max(1, Math.min(dueInMs, retryInMs ?? scanMs, scanMs));
}

