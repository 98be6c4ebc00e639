import { performance } from 'node:perf_hooks';
import type { Collection } from 'mongodb';
import {
  type PlannedDelivery,
  type Subscription,
  type WebhookStore,
  webhookFreshMs,
  webhooksMax,
} from '../commands/webhooks/ports.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import type { OutboxDocument } from './documents.js';
import { duplicatesOf } from './duplicate.js';
import { BEGINNING } from './outboxWork.js';
import type { Sealer } from './secretsKey.js';

/** Ended subscriptions that are kept to be seen; the audit keeps that of all of them. */
export const endedKeptMax = 100;

interface WebhookDocument extends Subscription {
  /** `authority/id`. */
  _id: string;
  authority: string;
  /** Sealed with the server's key, for this row alone. */
  secret: string;
  /** The one before the last rotation, and until when it signs. */
  previous: { readonly secret: string; readonly until: string } | null;
}

interface Held {
  readonly webhooks: Collection<WebhookDocument>;
  readonly outbox: Collection<OutboxDocument>;
  readonly sealer: Sealer;
  /** Forgets what is known of an authority. */
  readonly changed: (authority: string) => void;
}

const PLAIN = { projection: { _id: 0, authority: 0, secret: 0, previous: 0 } } as const;

/** Subscriptions on MongoDB. A secret leaves this module only to sign. */
export function makeWebhookStore(
  connection: Connection,
  { sealer, monotonic = () => performance.now() }: { readonly sealer: Sealer; readonly monotonic?: () => number },
): WebhookStore {
  const webhooks = connection.collection<WebhookDocument>(collectionNames.webhooks);
  const outbox = connection.collection<OutboxDocument>(collectionNames.outbox);
  const known = new Map<string, { readonly rows: readonly Subscription[]; readonly readAtMs: number }>();
  let changes = 0;
  const changed = (authority: string): void => {
    changes += 1;
    known.delete(authority);
  };
  const held: Held = { webhooks, outbox, sealer, changed };
  return {
    ...records(held),
    ...secrets(held),
    ...deliveries(held),
    async watched(authority) {
      const at = monotonic();
      const fresh = known.get(authority);
      if (fresh !== undefined && at - fresh.readAtMs < webhookFreshMs) return fresh.rows;
      const before = changes;
      const rows = await webhooks.find<Subscription>({ authority, disabledAt: null }, PLAIN).limit(webhooksMax).toArray();
      // What was read while something changed may be from before it.
      if (changes === before) known.set(authority, { rows, readAtMs: at });
      return rows;
    },
  };
}

function idOf(authority: string, id: string): string {
  return `${authority}/${id}`;
}

function records({ webhooks, sealer, changed }: Held): Pick<WebhookStore, 'insert' | 'list' | 'find' | 'disable' | 'setFailing'> {
  /** Drops the oldest of those that ended, beyond what is kept. */
  async function prune(authority: string): Promise<void> {
    const ended = { authority, disabledAt: { $ne: null } };
    const old = await webhooks
      .find(ended, { projection: { _id: 1 } })
      .sort({ createdAt: -1 })
      .skip(endedKeptMax)
      .toArray();
    if (old.length > 0) await webhooks.deleteMany({ ...ended, _id: { $in: old.map((row) => row._id) } });
  }

  return {
    async insert(authority, subscription, secret) {
      const _id = idOf(authority, subscription.id);
      await webhooks.insertOne({ ...subscription, _id, authority, secret: sealer.seal(secret, _id), previous: null });
      // Counted afterwards: of two that race for the last place one may go without, but never one too many stays.
      if ((await webhooks.countDocuments({ authority, disabledAt: null })) > webhooksMax) {
        await webhooks.deleteOne({ _id, authority });
        return 'full';
      }
      changed(authority);
      await prune(authority);
      return 'inserted';
    },
    list: (authority) =>
      webhooks
        .find<Subscription>({ authority }, PLAIN)
        .sort({ createdAt: 1 })
        .limit(webhooksMax + endedKeptMax)
        .toArray(),
    find: (authority, id) => webhooks.findOne<Subscription>({ _id: idOf(authority, id), authority }, PLAIN),
    async disable(authority, id, at, by) {
      const { modifiedCount } = await webhooks.updateOne(
        { _id: idOf(authority, id), authority, disabledAt: null },
        { $set: { disabledAt: at, disabledBy: by } },
      );
      changed(authority);
      return modifiedCount === 1;
    },
    async setFailing(authority, id, since) {
      const filter = { _id: idOf(authority, id), authority, ...(since === null ? {} : { failingSince: null }) };
      await webhooks.updateOne(filter, { $set: { failingSince: since } });
    },
  };
}

function secrets({ webhooks, sealer, changed }: Held): Pick<WebhookStore, 'signing' | 'rotate'> {
  return {
    async signing(authority, id, now) {
      const found = await webhooks.findOne({ _id: idOf(authority, id), authority });
      if (found === null) return null;
      const { _id, authority: _authority, secret, previous, ...subscription } = found;
      const sealed = previous !== null && previous.until > now ? [secret, previous.secret] : [secret];
      return { subscription, secrets: sealed.map((one) => sealer.open(one, _id)) };
    },
    async rotate(authority, id, secret, { at, until }) {
      const _id = idOf(authority, id);
      const filter = { _id, authority, disabledAt: null };
      const found = await webhooks.findOne(filter, { projection: { secret: 1 } });
      if (found === null) return false;
      const change = { secret: sealer.seal(secret, _id), previous: { secret: found.secret, until }, rotatedAt: at };
      // Only over the secret that was read: of two rotations at once one must hear that it did nothing.
      const { modifiedCount } = await webhooks.updateOne({ ...filter, secret: found.secret }, { $set: change });
      changed(authority);
      return modifiedCount === 1;
    },
  };
}

function deliveries({ outbox }: Held): Pick<WebhookStore, 'replay' | 'endedSince'> {
  return {
    async replay(authority, planned) {
      if (planned.length === 0) return 0;
      try {
        await outbox.insertMany(
          planned.map((one) => rowOf(authority, one)),
          { ordered: false },
        );
      } catch (error) {
        // Throws again whatever is not a row that is there already.
        duplicatesOf(error);
      }
      // What is on its way at this moment is left to it: it has a lease.
      await outbox.updateMany(
        { _id: { $in: planned.map(({ id }) => id) }, authority, state: { $ne: 'leased' } },
        { $set: { state: 'waiting', open: true, readyAt: BEGINNING, attempts: 0, outcome: null, endedAt: null } },
      );
      return planned.length;
    },
    async endedSince(authority, subscription, since, limit) {
      const rows = await outbox
        .find({ authority, 'webhook.subscription': subscription, 'webhook.at': { $gte: new Date(since) }, open: false })
        .sort({ 'webhook.at': 1 })
        .limit(limit)
        .toArray();
      return rows.map(({ _id, instance, webhook }) => ({
        id: _id,
        instance,
        subscription,
        at: webhook?.at.toISOString() ?? since,
      }));
    },
  };
}

function rowOf(authority: string, { id, instance, subscription, at }: PlannedDelivery): OutboxDocument {
  return {
    _id: id,
    authority,
    instance,
    kind: 'webhook',
    params: {},
    dueAt: BEGINNING,
    open: true,
    state: 'waiting',
    owner: null,
    token: 0,
    readyAt: BEGINNING,
    attempts: 0,
    outcome: null,
    endedAt: null,
    webhook: { subscription, at: new Date(at) },
  };
}
