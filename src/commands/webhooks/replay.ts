import { readEntry } from '../../engine/entry.js';
import { TrinhkyError } from '../../errors.js';
import type { Deps } from '../deps.js';
import { type By, record, requireAdministrator, requireWebhook } from './manage.js';
import { readDeliveryId } from './message.js';

/** Deliveries that one call lets run again. */
export const replayedMax = 1_000;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

type Work = Pick<Deps, 'store' | 'clock'>;

/**
 * Sends one entry's delivery again, under the same id: a dead letter, one that arrived, or one that was never planned. Throws
 * `notFound` where the id names no entry of the authority or no subscription in force.
 */
export async function replayDelivery(deps: Work, by: By, id: string): Promise<void> {
  await requireAdministrator(deps, by);
  const parts = readDeliveryId(id);
  const unknown = new TrinhkyError('notFound', { reason: 'delivery', id });
  if (parts === null) throw unknown;
  const { instance, seq, subscription } = parts;
  await requireWebhook(deps, by.authority, subscription);
  const held = await deps.store.instances.load(by.authority, instance);
  const [stored] = held === null ? [] : await deps.store.instances.history(by.authority, instance, seq, 1);
  if (stored?.seq !== seq) throw unknown;
  await record(deps, by, 'webhookReplayed', id, {});
  await deps.store.webhooks.replay(by.authority, [{ id, instance, subscription, at: readEntry(stored.bytes).at }]);
}

export interface Replayed {
  readonly replayed: number;
  /** The instant to go on from, where more was left; null at the end. */
  readonly next: string | null;
}

/**
 * Sends what happened since an instant again to one subscription: dead letters of any age, and what arrived in the last week (as
 * long as the outbox remembers it). At most `replayedMax` at a time, in the order of time. Throws `notFound` and `inputInvalid`.
 */
export async function replaySince(deps: Work, by: By, subscription: string, since: string): Promise<Replayed> {
  await requireAdministrator(deps, by);
  const sinceMs = INSTANT.test(since) ? Date.parse(since) : Number.NaN;
  if (Number.isNaN(sinceMs))
    throw new TrinhkyError('inputInvalid', {
      field: 'since',
      reason: 'instant',
      value: since.slice(0, 40),
    });
  await requireWebhook(deps, by.authority, subscription);
  const from = new Date(sinceMs).toISOString();
  const found = await deps.store.webhooks.endedSince(by.authority, subscription, from, replayedMax + 1);
  const batch = found.slice(0, replayedMax);
  await record(deps, by, 'webhookReplayed', subscription, { since: from, deliveries: batch.length });
  const replayed = await deps.store.webhooks.replay(by.authority, batch);
  return { replayed, next: found[replayedMax]?.at ?? null };
}
