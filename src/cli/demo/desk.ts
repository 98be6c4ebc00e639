import type { Ask, Outcome } from '../../commands/ask.js';
import { type BulkItem, bulk, bulkItemsMax } from '../../commands/bulk.js';
import type { Deps } from '../../commands/deps.js';
import type { Blocker, Instance, JsonObject } from '../../commands/look.js';
import { type OpenAsk, open } from '../../commands/open.js';
import { perform } from '../../commands/perform.js';
import { type ErrorCode, errorCatalogue, TrinhkyError } from '../../errors.js';
import type { DemoTime } from './time.js';

/** A refusal that the demo provoked, and got. */
export interface Provoked {
  /** Key of the sentence that says what was tried. */
  readonly tried: string;
  readonly command: string;
  readonly actor: string;
  readonly code: string;
  readonly params: JsonObject;
}

/** The one way in which the demo acts: `open`, `perform` and `bulk`, as the web and the API do, each with a key of its own. */
export interface Desk {
  /** Must be accepted; throws the first blocker otherwise. */
  act(actor: string, instance: string, command: string, more?: Pick<Ask, 'input' | 'saw' | 'proof'>): Promise<Instance>;
  /** The same command on many instances, in batches as large as `bulk` takes. All must be accepted. */
  actOnAll(actor: string, command: string, items: readonly BulkItem[], input?: JsonObject): Promise<void>;
  open(ask: Omit<OpenAsk, 'authority' | 'key'>): Promise<Instance>;
  /** Must be refused with this code; remembered. */
  provoke(tried: string, code: ErrorCode, ask: Omit<Ask, 'authority' | 'key'>): Promise<Provoked>;
  /** Two people at once: exactly one of them must be accepted. */
  race(tried: string, asks: readonly Omit<Ask, 'authority' | 'key'>[]): Promise<Provoked>;
  /** The same request sent twice with one key: the second must be answered from the first. */
  repeat(ask: Omit<Ask, 'authority' | 'key'>): Promise<Instance>;
  readonly provoked: readonly Provoked[];
  /** Commands that people sent, accepted and refused. */
  sent(): { readonly accepted: number; readonly refused: number };
}

export function makeDesk(deps: Deps, authority: string, time: DemoTime): Desk {
  const core = makeCore(deps, authority, time);
  const { provoked, counts } = core;
  return { ...acting(core), ...provoking(core), provoked, sent: () => ({ ...counts }) };
}

type Asked = Omit<Ask, 'authority' | 'key'>;

interface Core {
  readonly deps: Deps;
  readonly authority: string;
  readonly provoked: Provoked[];
  readonly counts: { accepted: number; refused: number };
  key(): string;
  send(ask: Asked, useKey?: string): Promise<Outcome>;
  remember(tried: string, ask: Pick<Ask, 'command' | 'actor'>, blocker: Blocker | undefined): Provoked;
}

function makeCore(deps: Deps, authority: string, time: DemoTime): Core {
  const provoked: Provoked[] = [];
  const counts = { accepted: 0, refused: 0 };
  let keys = 0;
  const key = () => {
    keys += 1;
    time.tick();
    return `demo-${keys}`;
  };
  return {
    deps,
    authority,
    provoked,
    counts,
    key,
    async send(ask, useKey = key()) {
      const outcome = await perform(deps, { ...ask, authority, key: useKey });
      if (outcome.kind === 'refused') counts.refused += 1;
      else if (!outcome.replayed) counts.accepted += 1;
      return outcome;
    },
    remember(tried, ask, blocker) {
      const one = { tried, command: ask.command, actor: ask.actor, code: blocker?.code ?? '', params: blocker?.params ?? {} };
      provoked.push(one);
      return one;
    },
  };
}

function acting({ deps, authority, counts, key, send }: Core): Pick<Desk, 'act' | 'actOnAll' | 'open'> {
  return {
    async act(actor, instance, command, more = {}) {
      return instanceOf(await send({ actor, instance, command, ...more }), command);
    },
    async actOnAll(actor, command, items, input) {
      const shared = { authority, actor, command, ...(input === undefined ? {} : { input }) };
      for (let start = 0; start < items.length; start += bulkItemsMax) {
        const batch = items.slice(start, start + bulkItemsMax);
        for (const verdict of await bulk(deps, { ...shared, key: key(), items: batch })) {
          if ('error' in verdict) throw new TrinhkyError(verdict.error.code, verdict.error.params);
          instanceOf(verdict.outcome, command);
        }
        counts.accepted += batch.length;
      }
    },
    async open(ask) {
      const outcome = await open(deps, { ...ask, authority, key: key() });
      if (outcome.kind === 'refused') throw errorOf(outcome.blockers, 'OPEN');
      counts.accepted += 1;
      return outcome.instance;
    },
  };
}

function provoking({ key, send, remember }: Core): Pick<Desk, 'provoke' | 'race' | 'repeat'> {
  return {
    async provoke(tried, code, ask) {
      const outcome = await send(ask);
      if (outcome.kind === 'accepted') throw new TrinhkyError('internal', { tried, wanted: code });
      const blocker = outcome.blockers.find((one) => one.code === code);
      if (blocker === undefined) throw errorOf(outcome.blockers, ask.command);
      return remember(tried, ask, blocker);
    },
    async race(tried, asks) {
      const outcomes = await Promise.all(asks.map(async (ask) => ({ ask, outcome: await send(ask) })));
      const losers = outcomes.flatMap(({ ask, outcome }) =>
        outcome.kind === 'refused' ? [{ ask, blocker: outcome.blockers[0] }] : [],
      );
      const [loser] = losers;
      if (loser === undefined || losers.length !== asks.length - 1)
        throw new TrinhkyError('internal', { tried, refused: losers.length });
      return remember(tried, loser.ask, loser.blocker);
    },
    async repeat(ask) {
      const once = key();
      await send(ask, once);
      const again = await send(ask, once);
      if (again.kind === 'refused' || !again.replayed)
        throw new TrinhkyError('internal', { command: ask.command, repeated: again.kind });
      return again.instance;
    },
  };
}

function instanceOf(outcome: Outcome, command: string): Instance {
  if (outcome.kind === 'refused') throw errorOf(outcome.blockers, command);
  return outcome.instance;
}

function errorOf(blockers: readonly Blocker[], command: string): TrinhkyError {
  const code = blockers[0]?.code ?? '';
  return new TrinhkyError(Object.hasOwn(errorCatalogue, code) ? (code as ErrorCode) : 'internal', {
    ...blockers[0]?.params,
    command,
  });
}
