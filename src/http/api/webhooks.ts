import {
  createWebhook,
  disableWebhook,
  labelCharsMax,
  listWebhooks,
  namesMax,
  pingWebhook,
  rotateWebhook,
} from '../../commands/webhooks/manage.js';
import { replayDelivery, replaySince } from '../../commands/webhooks/replay.js';
import type { SignedCall } from '../edge.js';
import { type Answer, ok, param, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

const names = {
  type: ['array', 'null'],
  minItems: 1,
  maxItems: namesMax,
  items: { type: 'string', minLength: 1, maxLength: 60 },
};
const urlCharsMax = 2_000;

const subscription = object({
  id: text,
  url: text,
  label: text,
  definitions: { type: ['array', 'null'], items: text },
  commands: { type: ['array', 'null'], items: text },
  createdBy: text,
  createdAt: text,
  from: text,
  rotatedAt: textOrNull,
  disabledAt: textOrNull,
  disabledBy: { enum: ['administrator', 'gone', 'failing', null] },
  failingSince: textOrNull,
});
const made = object({ subscription, secret: text });
const ask = object(
  {
    url: { type: 'string', minLength: 1, maxLength: urlCharsMax },
    label: { type: 'string', minLength: 1, maxLength: labelCharsMax },
    definitions: names,
    commands: names,
  },
  ['url', 'label'],
);
const replayAsk = {
  type: 'object',
  oneOf: [
    object({ delivery: { type: 'string', minLength: 1, maxLength: 200 } }),
    object({
      webhook: { type: 'string', minLength: 1, maxLength: 60 },
      since: { type: 'string', minLength: 1, maxLength: 40 },
    }),
  ],
};

const by = ({ identity }: SignedCall) => ({ authority: identity.authority, actor: identity.person });
const deps = (call: SignedCall) => call.edge.app.deps;

async function create(call: SignedCall): Promise<Answer> {
  const {
    url,
    label,
    definitions = null,
    commands = null,
  } = call.body as {
    url: string;
    label: string;
    definitions?: string[] | null;
    commands?: string[] | null;
  };
  return { status: 201, body: await createWebhook(deps(call), by(call), { url, label, definitions, commands }) };
}

async function disable(call: SignedCall): Promise<Answer> {
  await disableWebhook(deps(call), by(call), param(call, 'webhook'));
  return { status: 204 };
}

async function replay(call: SignedCall): Promise<Answer> {
  const { delivery, webhook = '', since = '' } = call.body as { delivery?: string; webhook?: string; since?: string };
  if (delivery !== undefined) await replayDelivery(deps(call), by(call), delivery);
  const body = delivery === undefined ? await replaySince(deps(call), by(call), webhook, since) : { replayed: 1, next: null };
  call.edge.app.relay.wake();
  return ok(body);
}

/** Webhooks: a part of the table of `routes.ts`. */
export const webhookRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/webhooks',
    policy: { administers: true },
    summary: 'The webhooks of the authority, ended ones too, without their secrets',
    answers: { status: 200, schema: object({ items: list(subscription) }) },
    handle: async (call: SignedCall) => ok({ items: await listWebhooks(deps(call), by(call)) }),
  },
  {
    method: 'post',
    path: '/api/v1/webhooks',
    policy: { administers: true },
    summary: 'Subscribe an address to the entries of the authority; its secret is shown this once',
    body: ask,
    answers: { status: 201, schema: made },
    handle: create,
  },
  {
    method: 'post',
    path: '/api/v1/webhooks/replay',
    policy: { administers: true },
    summary:
      'Send one delivery again by its id, or what happened since an instant to one webhook (at most 1,000; `next` tells where to go on)',
    body: replayAsk,
    keyed: true,
    answers: { status: 200, schema: object({ replayed: count, next: textOrNull }) },
    handle: replay,
  },
  {
    method: 'post',
    path: '/api/v1/webhooks/:webhook/rotate',
    policy: { administers: true },
    summary: 'A new secret, shown this once; the one before signs beside it for a day',
    answers: { status: 200, schema: made },
    handle: async (call: SignedCall) => ok(await rotateWebhook(deps(call), by(call), param(call, 'webhook'))),
  },
  {
    method: 'post',
    path: '/api/v1/webhooks/:webhook/disable',
    policy: { administers: true },
    summary: 'End a webhook for good',
    keyed: true,
    answers: { status: 204, schema: null },
    handle: disable,
  },
  {
    method: 'post',
    path: '/api/v1/webhooks/:webhook/ping',
    policy: { administers: true },
    summary: 'Send one signed test message now',
    keyed: true,
    answers: { status: 200, schema: object({ id: text, status: { type: ['integer', 'null'] }, reason: textOrNull }) },
    handle: async (call: SignedCall) => ok(await pingWebhook(deps(call), by(call), param(call, 'webhook'))),
  },
];
