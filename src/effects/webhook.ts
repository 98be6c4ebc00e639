import type { Deps } from '../commands/deps.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import { endWebhook } from '../commands/webhooks/ending.js';
import { messageOf, readDeliveryId, signed } from '../commands/webhooks/message.js';
import { failingMsMax, type Subscription, type WebhookAnswer } from '../commands/webhooks/ports.js';
import { failureOf, type Handler } from './handler.js';
import { makeLanes } from './webhookLanes.js';

/** Tries of one delivery, the first included: with the delays below about three days. */
export const deliveryAttemptsMax = 20;
export const deliveryRetryMsFirst = 5_000;
export const deliveryRetryMsMax = 6 * 60 * 60 * 1000;
const retryFactor = 4;
/** The share of a delay that chance takes off, so that what failed together does not come again together. */
const jitterShare = 0.2;

const GONE = 410;
const TOO_MANY = 429;
const UNAVAILABLE = 503;

/** The delay before the next try. @param attempts tries that have failed. @param chance from 0 to below 1 */
export function deliveryRetryMs(attempts: number, chance: number): number {
  const full = Math.min(deliveryRetryMsMax, deliveryRetryMsFirst * retryFactor ** (attempts - 1));
  return Math.round(full * (1 - jitterShare * chance));
}

/** Delivers entries to the subscriptions of an authority: at least once, each with the same id at every try, in no certain order. */
export function makeWebhookHandler(chance: () => number = Math.random): Handler {
  const lanes = makeLanes();
  return (deps, effects) =>
    Promise.all(
      effects.map(async (effect) => {
        const lane = `${effect.authority}/${readDeliveryId(effect.id)?.subscription ?? ''}`;
        const outcome = await lanes
          .run(lane, () => deliver(deps, effect, chance))
          .catch((error: unknown) => failureOf(effect, error));
        return { effect, outcome };
      }),
    );
}

async function deliver(deps: Deps, effect: LeasedEffect, chance: () => number): Promise<EffectOutcome> {
  const { authority, id } = effect;
  const parts = readDeliveryId(id);
  if (parts === null) return { kind: 'parked', reason: { code: 'deliveryUnreadable' } };
  const now = deps.clock.now();
  const signing = await deps.store.webhooks.signing(authority, parts.subscription, now);
  if (signing === null) return { kind: 'obsolete', note: 'subscriptionGone' };
  const { subscription, secrets } = signing;
  if (subscription.disabledAt !== null) return { kind: 'obsolete', note: 'subscriptionEnded' };
  const body = await bodyOf(deps, authority, id, parts);
  if (body === null) return { kind: 'obsolete', note: 'entryGone' };
  const answer = await deps.webhooks.post(signed(subscription.url, id, body, secrets, deps.webhooks.stamp()));
  if (answer.kind === 'stopping') return { kind: 'retry', inMs: 0, reason: 'stopping', patient: true };
  if (isTaken(answer)) {
    if (subscription.failingSince !== null) await deps.store.webhooks.setFailing(authority, subscription.id, null);
    return { kind: 'done' };
  }
  if (answer.kind === 'answered' && answer.status === GONE) {
    await endWebhook(deps, authority, subscription, 'gone');
    return { kind: 'obsolete', note: 'receiverGone' };
  }
  await noteFailure(deps, authority, subscription, now);
  return afterFailure(effect, answer, chance);
}

async function bodyOf(
  deps: Deps,
  authority: string,
  id: string,
  { instance, seq }: { readonly instance: string; readonly seq: number },
): Promise<string | null> {
  const held = deps.held.get(authority, instance) ?? (await deps.store.instances.load(authority, instance));
  const [stored] = held === null ? [] : await deps.store.instances.history(authority, instance, seq, 1);
  return held === null || stored?.seq !== seq ? null : messageOf(id, authority, held.instance.definition.id, stored);
}

function isTaken(answer: WebhookAnswer): boolean {
  return answer.kind === 'answered' && answer.status >= 200 && answer.status < 300;
}

/** Remembers since when nothing arrives, and gives a receiver up that has taken nothing for `failingMsMax`. */
async function noteFailure(deps: Deps, authority: string, subscription: Subscription, now: string): Promise<void> {
  const { failingSince } = subscription;
  if (failingSince === null) return deps.store.webhooks.setFailing(authority, subscription.id, now);
  if (Date.parse(now) - Date.parse(failingSince) < failingMsMax) return;
  await endWebhook(deps, authority, subscription, 'failing');
}

/** Later and later; at last a dead letter: parked with what went wrong, until an administrator replays it. */
function afterFailure(effect: LeasedEffect, answer: WebhookAnswer, chance: () => number): EffectOutcome {
  const attempts = effect.attempts + 1;
  const reason = answer.kind === 'answered' ? `status ${answer.status}` : answer.kind === 'failed' ? answer.reason : answer.kind;
  if (attempts >= deliveryAttemptsMax) return { kind: 'parked', reason: { code: 'deliveryFailed', reason, attempts } };
  const asked =
    answer.kind === 'answered' && (answer.status === TOO_MANY || answer.status === UNAVAILABLE) ? (answer.retryAfterMs ?? 0) : 0;
  return { kind: 'retry', inMs: Math.min(deliveryRetryMsMax, Math.max(asked, deliveryRetryMs(attempts, chance()))), reason };
}
