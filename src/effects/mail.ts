import type { Deps } from '../commands/deps.js';
import { isActionable, type SeenNotice, seen } from '../commands/notices/list.js';
import { type Mail, type Mailing, mailAttemptsMax, mailRetryMsMax } from '../commands/notices/mailing.js';
import { type StoredNotice, waitingOf } from '../commands/notices/ports.js';
import { makeAddressCode, preferencesOf } from '../commands/notices/preferences.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import { sha256 } from '../engine/json.js';
import { indexOf } from '../office/organisation/directory.js';
import { readerOf } from '../office/organisation/visibility.js';
import { worldAt } from '../office/world.js';
import { numberOf, oneByOne, textOf } from './handler.js';
import { digestMoved } from './mailPlan.js';
import { type MailView, mailTexts } from './mailTemplates.js';
import { confirmMail, type MailMaking, mailItemsMax, noticeMail } from './mailView.js';

const mailsAtOnce = 2;
const busyRetryMs = 5_000;
/** Notices that one digest looks through. */
const digestLookedThroughMax = 200;

/** One notice by mail, at once. Not sent where it has passed, was read, or its person may not read the instance. */
export const mail = oneByOne(mailsAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const making = await makingOf(deps, effect);
  if ('kind' in making) return making;
  const notices = await deps.store.notices.byIds(effect.authority, [textOf(effect, 'notice')]);
  const told = await worthTelling(deps, making, notices);
  if (told.length === 0) return { kind: 'obsolete', note: 'noticeOver' };
  return sendNotices(making, effect, told, false);
});

/** What is open for a person and can still be done, in one mail; none where nothing of it is new. */
export const digest = oneByOne(mailsAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const making = await makingOf(deps, effect);
  if ('kind' in making) return making;
  if (await digestMoved(deps, effect, making.preferences)) return { kind: 'obsolete', note: 'digestMoved' };
  const rows = await deps.store.notices.listFor(effect.authority, making.preferences.person, digestLookedThroughMax);
  const all = await worthTelling(
    deps,
    making,
    rows.filter(({ open }) => open),
  );
  const told = onceEach(all);
  if (all.every(({ notice }) => notice.mailedAt !== null)) return { kind: 'obsolete', note: 'nothingNew' };
  const shown = told.slice(0, mailItemsMax);
  const outcome = await sendNotices(making, effect, shown, told.length > mailItemsMax);
  const instances = new Set(shown.map(({ notice }) => notice.instance));
  // A reminder stands in the mail for the turn that it reminds of.
  const spoken = all
    .filter(({ notice }) => notice.visit !== null && instances.has(notice.instance))
    .map(({ notice }) => notice.id);
  if (outcome.kind === 'done') await deps.store.notices.markMailed(effect.authority, spoken, making.now);
  return outcome;
});

/** The code that confirms an address, to that address. */
export const confirmAddressMail = oneByOne(mailsAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const person = textOf(effect, 'person');
  const directory = await deps.store.directory.snapshot(effect.authority);
  if (deps.mailing === undefined || indexOf(directory).person.get(person)?.disabled !== false)
    return { kind: 'obsolete', note: 'mailOff' };
  const identity = { authority: effect.authority, person };
  const made = await makeAddressCode(deps, identity, numberOf(effect, 'number'));
  if (made === null) return { kind: 'obsolete', note: 'requestOver' };
  const preferences = await preferencesOf(deps, identity);
  const making: Making = {
    deps,
    mailing: deps.mailing,
    directory,
    preferences,
    address: deps.mailing.address,
    now: deps.clock.now(),
  };
  return send(making, effect, { to: made.address, view: confirmMail(making, made.code) });
});

interface Making extends MailMaking {
  readonly deps: Deps;
  readonly mailing: Mailing;
}

/** What a mail to the effect's person is made of, or why none is made. */
async function makingOf(deps: Deps, effect: LeasedEffect): Promise<Making | EffectOutcome> {
  const { mailing } = deps;
  const person = textOf(effect, 'person');
  const directory = await deps.store.directory.snapshot(effect.authority);
  const preferences = await preferencesOf(deps, { authority: effect.authority, person });
  if (mailing === undefined || preferences.address === null || preferences.mail === 'none')
    return { kind: 'obsolete', note: 'mailOff' };
  if (indexOf(directory).person.get(person)?.disabled !== false) return { kind: 'obsolete', note: 'personDisabled' };
  return { deps, mailing, directory, preferences, address: mailing.address, now: deps.clock.now() };
}

/** Open, of a kind that is wanted, readable now, and where it asks for something, still to be done by this person. */
async function worthTelling(
  deps: Deps,
  { directory, preferences, now }: Making,
  notices: readonly StoredNotice[],
): Promise<readonly SeenNotice[]> {
  const wanted = notices.filter(
    ({ open, kind, person }) => open && person === preferences.person && preferences.kinds.includes(kind),
  );
  const world = worldAt(directory, now);
  const all = await seen(deps, readerOf(directory, preferences.person, now), wanted);
  return all.filter((one) => (one.view !== null || waitingOf(one.notice) !== null) && isActionable(deps, world, one));
}

/** One item for what is to be done on an instance: the newest, be it the turn or a reminder of it; each piece of news is its own. */
function onceEach(told: readonly SeenNotice[]): readonly SeenNotice[] {
  const byItem = new Map<string, SeenNotice>();
  for (const one of told) {
    const key = one.notice.visit === null ? one.notice.id : one.notice.instance;
    if (!byItem.has(key)) byItem.set(key, one);
  }
  return [...byItem.values()];
}

async function sendNotices(
  making: Making,
  effect: LeasedEffect,
  told: readonly SeenNotice[],
  isCut: boolean,
): Promise<EffectOutcome> {
  const { deps, preferences, now } = making;
  const outcome = await send(making, effect, { to: preferences.address ?? '', view: noticeMail(making, told, isCut) });
  if (outcome.kind === 'done')
    await deps.store.notices.markMailed(
      effect.authority,
      told.map(({ notice }) => notice.id),
      now,
    );
  return outcome;
}

/**
 * Hands a mail over with its ledger around it: at least once, and at most twice. What the server certainly did not take is tried again,
 * later and later; what it refuses is parked with its words; where nobody knows, the same mail goes once more under the same Message-ID.
 */
async function send(
  { deps, mailing, now }: Making,
  effect: LeasedEffect,
  { to, view }: { readonly to: string; readonly view: MailView },
): Promise<EffectOutcome> {
  const { authority, id, token } = effect;
  const begun = await deps.store.mails.begin(authority, id, token, now);
  if (begun === 'sent') return { kind: 'done', note: 'sentBefore' };
  if (begun === 'superseded') return { kind: 'obsolete', note: begun };
  if (begun === 'givenUp') return { kind: 'parked', reason: { code: 'mailOutcomeUnknown' } };
  const one: Mail = { messageId: messageIdOf(id, mailing.address), to, subject: view.subject, ...mailTexts(view) };
  await deps.hook('before-mail');
  const answer = await mailing.mailer.send(one);
  await deps.hook('after-mail');
  if (answer.kind === 'accepted') {
    await deps.store.mails.end(authority, id, token, { state: 'sent', reason: answer.reason, at: now });
    return begun === 'again' ? { kind: 'done', note: 'sentTwice' } : { kind: 'done' };
  }
  if (answer.kind !== 'unknown')
    await deps.store.mails.end(authority, id, token, { state: 'notSent', reason: answer.reason, at: now });
  if (answer.kind === 'busy') return { kind: 'retry', inMs: busyRetryMs, reason: answer.reason, patient: true };
  if (answer.kind === 'refused' || effect.attempts + 1 >= mailAttemptsMax)
    return {
      kind: 'parked',
      reason: { code: answer.kind === 'refused' ? 'mailRefused' : 'mailNotTaken', reason: answer.reason },
    };
  return { kind: 'retry', inMs: Math.min(mailRetryMsMax, mailing.retryFirstMs * 2 ** effect.attempts), reason: answer.reason };
}

const messageIdHexChars = 32;

/** Follows from the effect alone, so that a second copy is known by it; says nothing of the instance. */
function messageIdOf(effect: string, address: string): string {
  return `<${sha256(new TextEncoder().encode(effect)).slice(0, messageIdHexChars)}@${new URL(address).hostname}>`;
}
