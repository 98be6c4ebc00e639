import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { requireAdministering } from '../administers.js';
import { cleanText } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { newSecret, pingOf, signed } from './message.js';
import { rotationOverlapMs, type Subscription, webhookFreshMs, webhooksMax } from './ports.js';

export const labelCharsMax = 100;
/** Names in a subscription's list of definitions or commands. */
export const namesMax = 50;
const idBytes = 6;
const COMMAND = /^[A-Z][A-Z0-9_]{0,59}$/;

/** Who acts here: an administrator, or whoever has the server's own command line. */
export interface By {
  readonly authority: string;
  readonly actor: string;
}

export interface WebhookAsk {
  readonly url: string;
  readonly label: string;
  readonly definitions: readonly string[] | null;
  readonly commands: readonly string[] | null;
}

/** A subscription with its secret, which is shown this once. */
export interface WebhookMade {
  readonly subscription: Subscription;
  readonly secret: string;
}

type Work = Pick<Deps, 'store' | 'clock' | 'models' | 'webhooks'>;

/** Throws `notAllowed` for anybody but an administrator of the authority at this instant, and says so in the audit. */
export async function requireAdministrator(deps: Pick<Deps, 'store' | 'clock'>, by: By): Promise<void> {
  await requireAdministering(deps, by, 'webhookDenied');
}

/** One line of the audit about webhooks. */
export async function record(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, actor }: By,
  kind: string,
  subject: string | null,
  details: JsonObject,
): Promise<void> {
  await deps.store.audit.append({ authority, at: deps.clock.now(), actor, kind, subject, details });
}

/** The host alone: path and query of an address may hold a secret. */
function placeOf(url: string): JsonObject {
  return { host: new URL(url).host };
}

/**
 * Subscribes an address to the entries of the authority, from `subscription.from` on. Throws `inputInvalid` {field, reason} for an
 * address that nothing may be sent to (`address.ts`), an empty label, an unknown definition, a command that is none, and above `webhooksMax`.
 */
export async function createWebhook(deps: Work, by: By, ask: WebhookAsk): Promise<WebhookMade> {
  await requireAdministrator(deps, by);
  const now = deps.clock.now();
  const subscription: Subscription = {
    id: randomBytes(idBytes).toString('hex'),
    ...checked(deps, ask),
    createdBy: by.actor,
    createdAt: now,
    from: new Date(Date.parse(now) + webhookFreshMs).toISOString(),
    rotatedAt: null,
    disabledAt: null,
    disabledBy: null,
    failingSince: null,
  };
  const secret = newSecret();
  const { definitions, commands } = subscription;
  await record(deps, by, 'webhookMade', subscription.id, { ...placeOf(subscription.url), definitions, commands });
  if ((await deps.store.webhooks.insert(by.authority, subscription, secret)) === 'full')
    throw wrong('webhooks', 'webhooksFull', { max: webhooksMax });
  return { subscription, secret };
}

function checked(deps: Work, ask: WebhookAsk): WebhookAsk {
  deps.webhooks.check(ask.url);
  const label = cleanText(ask.label, '/label').trim();
  if (label === '' || Array.from(label).length > labelCharsMax) throw wrong('label', 'labelWrong', { max: labelCharsMax });
  const known = new Set(deps.models.all().map((model) => model.ref.id));
  const { definitions, commands } = ask;
  if (definitions !== null && !isList(definitions, (name) => known.has(name))) throw wrong('definitions', 'definitionsWrong');
  if (commands !== null && !isList(commands, (name) => COMMAND.test(name))) throw wrong('commands', 'commandsWrong');
  return { url: new URL(ask.url).href, label, definitions, commands };
}

function isList(names: readonly string[], isGood: (name: string) => boolean): boolean {
  return names.length > 0 && names.length <= namesMax && names.every(isGood);
}

function wrong(field: string, reason: string, params: JsonObject = {}): TrinhkyError {
  return new TrinhkyError('inputInvalid', { field, reason, ...params });
}

/** All subscriptions, ended ones too, without secrets. */
export async function listWebhooks(deps: Work, by: By): Promise<readonly Subscription[]> {
  await requireAdministrator(deps, by);
  return deps.store.webhooks.list(by.authority);
}

/** The subscription where it is in force; else `notFound`. */
export async function requireWebhook(deps: Pick<Deps, 'store'>, authority: string, id: string): Promise<Subscription> {
  const found = await deps.store.webhooks.find(authority, id);
  if (found === null || found.disabledAt !== null) throw new TrinhkyError('notFound', { reason: 'webhook', id });
  return found;
}

/** A new secret, shown this once; the one before signs beside it for `rotationOverlapMs`. Throws `notFound`. */
export async function rotateWebhook(deps: Work, by: By, id: string): Promise<WebhookMade> {
  await requireAdministrator(deps, by);
  const { url } = await requireWebhook(deps, by.authority, id);
  const at = deps.clock.now();
  const until = new Date(Date.parse(at) + rotationOverlapMs).toISOString();
  const secret = newSecret();
  await record(deps, by, 'webhookRotated', id, placeOf(url));
  if (!(await deps.store.webhooks.rotate(by.authority, id, secret, { at, until })))
    throw new TrinhkyError('notFound', { reason: 'webhook', id });
  return { subscription: await requireWebhook(deps, by.authority, id), secret };
}

/** Ends a subscription for good: what still waits for it is not sent any more. Throws `notFound`. */
export async function disableWebhook(deps: Work, by: By, id: string): Promise<void> {
  await requireAdministrator(deps, by);
  const { url } = await requireWebhook(deps, by.authority, id);
  await record(deps, by, 'webhookDisabled', id, { by: 'administrator', ...placeOf(url) });
  await deps.store.webhooks.disable(by.authority, id, deps.clock.now(), 'administrator');
}

/** What a test came to: the status that the receiver answered, or why there is none. */
export interface PingAnswer {
  readonly id: string;
  readonly status: number | null;
  readonly reason: string | null;
}

/** Sends one signed test message now, and does not repeat it. Throws `notFound`. */
export async function pingWebhook(deps: Work, by: By, id: string): Promise<PingAnswer> {
  await requireAdministrator(deps, by);
  const { url } = await requireWebhook(deps, by.authority, id);
  await record(deps, by, 'webhookPinged', id, placeOf(url));
  const now = deps.clock.now();
  const signing = await deps.store.webhooks.signing(by.authority, id, now);
  const message = `${by.authority}/ping-${randomBytes(idBytes).toString('hex')}/webhook/${id}`;
  const answer = await deps.webhooks.post(
    signed(url, message, pingOf(message, by.authority, now), signing?.secrets ?? [], deps.webhooks.stamp()),
  );
  if (answer.kind === 'answered') return { id: message, status: answer.status, reason: null };
  return { id: message, status: null, reason: answer.kind === 'failed' ? answer.reason : answer.kind };
}
