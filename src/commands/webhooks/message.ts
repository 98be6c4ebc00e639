import { createHmac, randomBytes } from 'node:crypto';
import { readEntry, type StoredEntry } from '../../engine/entry.js';
import { sha256 } from '../../engine/json.js';
import type { WebhookPost } from './ports.js';

/** The shape of what is sent, told in every message: `docs/webhook.v1.schema.json`. Another shape gets another name. */
export const messageVersion = 'v1';
const secretBytes = 32;
const SECRET_PREFIX = 'whsec_';
const PLACE = '/webhook/';

/** A new secret, in the form that Standard Webhooks libraries take: `whsec_` and 256 random bits in base64. */
export function newSecret(): string {
  return `${SECRET_PREFIX}${randomBytes(secretBytes).toString('base64')}`;
}

/** The id of one entry's delivery to one subscription: the same at every try, in every process, and when it is replayed. */
export function deliveryId(instance: string, seq: number, subscription: string): string {
  return `${instance}/${seq}${PLACE}${subscription}`;
}

const ID = /^([a-z0-9.-]+)\/([1-9]\d{0,8})\/webhook\/([0-9a-f]{12})$/;

/** The inverse of `deliveryId`; null for any other text. */
export function readDeliveryId(
  id: string,
): { readonly instance: string; readonly seq: number; readonly subscription: string } | null {
  const [, instance, seq, subscription] = ID.exec(id) ?? [];
  return instance === undefined || subscription === undefined ? null : { instance, seq: Number(seq), subscription };
}

/**
 * The body that tells of an entry: who did what to which instance, and the hashes by which it can be proved. No title, input or
 * reason: those the receiver reads through the API, where its rights are asked.
 */
export function messageOf(id: string, authority: string, definition: string, { bytes }: StoredEntry): string {
  const entry = readEntry(bytes);
  return JSON.stringify({
    version: messageVersion,
    id,
    type: `${definition}.${entry.command}`,
    time: entry.at,
    authority,
    instance: entry.instance,
    seq: entry.seq,
    // An instance's revision counts its entries.
    revision: entry.seq,
    state: entry.after,
    actor: entry.actor,
    onBehalfOf: entry.onBehalfOf,
    content: entry.content,
    entry: sha256(bytes),
  });
}

/** The body of a test. */
export function pingOf(id: string, authority: string, time: string): string {
  return JSON.stringify({ version: messageVersion, id, type: 'ping', time, authority });
}

/**
 * A signed message as Standard Webhooks 1.0 has it: HMAC-SHA256 over `id.timestamp.body` with each secret that is in force.
 * @param stamp seconds since 1970
 */
export function signed(url: string, id: string, body: string, secrets: readonly string[], stamp: number): WebhookPost {
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
    return `v1,${createHmac('sha256', key).update(`${id}.${stamp}.${body}`).digest('base64')}`;
  });
  return {
    url,
    body,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'trinhky-webhook/1',
      'webhook-id': id,
      'webhook-timestamp': String(stamp),
      'webhook-signature': signatures.join(' '),
    },
  };
}
