import { commandLineActor } from '../../commands/administers.js';
import {
  type By,
  createWebhook,
  disableWebhook,
  listWebhooks,
  pingWebhook,
  rotateWebhook,
  type WebhookMade,
} from '../../commands/webhooks/manage.js';
import { replayDelivery, replaySince } from '../../commands/webhooks/replay.js';
import { TrinhkyError } from '../../errors.js';
import type { CliApplication } from '../host.js';
import { answer, authorityOf, columnsDefault, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

export interface WebhookFlags {
  readonly label?: string;
  readonly definitions?: string;
  readonly commands?: string;
}

export interface ReplayFlags {
  readonly webhook?: string;
  readonly since?: string;
}

async function administering(session: Session, work: (app: CliApplication, by: By) => Promise<void>): Promise<number> {
  await withApplication(session, async (app) =>
    work(app, { authority: await authorityOf(session, app), actor: commandLineActor }),
  );
  return 0;
}

const listed = (names: string | undefined): readonly string[] | null =>
  names === undefined ? null : names.split(',').map((name) => name.trim());

function showSecret(session: Session, made: WebhookMade, key: string): void {
  const { id, url, from } = made.subscription;
  const params = { id, url, from: shownInstant(from), secret: made.secret };
  answer(session, made, () => `${session.words.say(`webhook.${key}`, params)}\n${session.words.say('webhook.once', params)}`);
}

/** `trinhky webhook add URL`: the secret is printed this once. */
export function webhookAdd(session: Session, url: string, flags: WebhookFlags): Promise<number> {
  return administering(session, async ({ deps }, by) => {
    const label = flags.label ?? (URL.canParse(url) ? new URL(url).host : url).slice(0, 100);
    const ask = { url, label, definitions: listed(flags.definitions), commands: listed(flags.commands) };
    showSecret(session, await createWebhook(deps, by, ask), 'added');
  });
}

/** `trinhky webhook list`. */
export function webhookList(session: Session): Promise<number> {
  const { words, io } = session;
  return administering(session, async ({ deps }, by) => {
    const rows = await listWebhooks(deps, by);
    answer(session, rows, () => {
      if (rows.length === 0) return words.say('webhook.none');
      const head = ['id', 'label', 'what', 'state', 'url'].map((name) => words.say(`webhook.${name}`));
      const shown = rows.map((row) => {
        const what = [...(row.definitions ?? []), ...(row.commands ?? [])].join(', ');
        const state =
          row.disabledAt !== null
            ? words.say(`webhook.ended.${row.disabledBy ?? ''}`, { at: shownInstant(row.disabledAt) })
            : row.failingSince !== null
              ? words.say('webhook.failing', { since: shownInstant(row.failingSince) })
              : words.say('webhook.inForce');
        return [row.id, row.label, what === '' ? words.say('webhook.everything') : what, state, row.url];
      });
      return table(head, shown, io.columns ?? columnsDefault);
    });
  });
}

/** `trinhky webhook rotate ID`: the new secret is printed this once. */
export function webhookRotate(session: Session, id: string): Promise<number> {
  return administering(session, async ({ deps }, by) => showSecret(session, await rotateWebhook(deps, by, id), 'rotated'));
}

/** `trinhky webhook disable ID`. */
export function webhookDisable(session: Session, id: string): Promise<number> {
  return administering(session, async ({ deps }, by) => {
    await disableWebhook(deps, by, id);
    answer(session, { disabled: id }, () => session.words.say('webhook.disabled', { id }));
  });
}

/** `trinhky webhook ping ID`: one signed test message; exit 1 where the receiver did not take it. */
export async function webhookPing(session: Session, id: string): Promise<number> {
  let taken = false;
  await administering(session, async ({ deps }, by) => {
    const sent = await pingWebhook(deps, by, id);
    taken = sent.status !== null && sent.status >= 200 && sent.status < 300;
    answer(session, sent, () =>
      sent.status === null
        ? session.words.say(unsentWord(sent.reason ?? ''), { reason: sent.reason })
        : session.words.say('webhook.answered', { status: sent.status }),
    );
  });
  return taken ? 0 : 1;
}

/** Reasons of Node and OpenSSL for which a certificate is not trusted. */
const UNTRUSTED = /CERT|SIGNATURE|ISSUER|ALTNAME/;

/** Why a message did not get there, in the words for that kind of reason. */
function unsentWord(reason: string): string {
  if (reason === 'urlInside') return 'webhook.inside';
  return UNTRUSTED.test(reason) ? 'webhook.untrusted' : 'webhook.unanswered';
}

/** `trinhky webhook replay [DELIVERY]`: by id, or all since an instant with `--webhook ID --since INSTANT`. */
export function webhookReplay(session: Session, delivery: string | undefined, flags: ReplayFlags): Promise<number> {
  const { webhook, since } = flags;
  const isRange = webhook !== undefined && since !== undefined;
  if ((delivery === undefined) !== isRange || (delivery !== undefined && (webhook ?? since) !== undefined))
    throw new TrinhkyError('inputInvalid', { path: 'replay', reason: 'replayWhat' });
  return administering(session, async ({ deps, relay }, by) => {
    if (delivery !== undefined) {
      await replayDelivery(deps, by, delivery);
      answer(session, { replayed: 1, next: null }, () => session.words.say('webhook.replayed', { count: 1 }));
    } else {
      const done = await replaySince(deps, by, webhook ?? '', since ?? '');
      answer(session, done, () => {
        const first = session.words.say('webhook.replayed', { count: done.replayed });
        return done.next === null ? first : `${first}\n${session.words.say('webhook.more', { next: done.next })}`;
      });
    }
    relay.wake();
  });
}
