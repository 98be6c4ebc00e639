import { createHash, randomInt, timingSafeEqual } from 'node:crypto';
import { TrinhkyError } from '../../errors.js';
import { dayOf } from '../../office/time/clock.js';
import type { Identity } from '../application.js';
import type { Deps } from '../deps.js';
import { type MailFrequency, mailAddressOf, type PendingAddress, type Preferences } from './mailing.js';
import { type NoticeKind, noticeKinds } from './ports.js';

/** How often a person may ask for the mail that confirms an address, a day. */
export const addressAsksPerDayMax = 5;
export const addressTriesMax = 5;
export const addressCodeMs = 24 * 60 * 60 * 1_000;
const CODE_DIGITS = 8;
const usualHour = 8;

/** What holds for a person who has chosen nothing: one digest a day, as soon as there is an address. */
export function usualPreferences({ authority, person }: Identity): Preferences {
  const choices = { mail: 'daily', hour: usualHour, language: 'vi', kinds: noticeKinds } as const;
  return { authority, person, ...choices, address: null, pending: null, asked: 0, askedOn: '', revision: 0 };
}

/** A person's own preferences. */
export async function preferencesOf(deps: Pick<Deps, 'store'>, identity: Identity): Promise<Preferences> {
  const [found] = await deps.store.preferences.of(identity.authority, [identity.person]);
  return found ?? usualPreferences(identity);
}

export interface PreferenceChoice {
  readonly mail: MailFrequency;
  readonly hour: number;
  readonly language: 'vi' | 'en';
  readonly kinds: readonly NoticeKind[];
}

/** Changes how a person is told; only his own. Appended to the audit. */
export async function choosePreferences(
  deps: Pick<Deps, 'store' | 'clock'>,
  identity: Identity,
  choice: PreferenceChoice,
): Promise<Preferences> {
  const { mail, hour, language, kinds } = choice;
  const sound = Number.isInteger(hour) && hour >= 0 && hour <= 23;
  if (!sound) throw new TrinhkyError('inputInvalid', { field: 'digestHour', reason: 'hour' });
  const changed = await change(deps, identity, (now) => ({
    ...now,
    mail,
    hour,
    language,
    kinds: noticeKinds.filter((kind) => kinds.includes(kind)),
  }));
  await audit(deps, identity, 'preferencesChanged', { mail, hour, language, kinds: changed.kinds });
  return changed;
}

/**
 * Asks for mails to an address. It holds only once its owner has confirmed it with the code that is mailed there; until then the old one
 * stays. At most `addressAsksPerDayMax` a day. Throws `mailOff`, `inputInvalid`, `mailAddressTooOften`.
 */
export async function askAddress(
  deps: Pick<Deps, 'store' | 'clock' | 'mailing'>,
  identity: Identity,
  text: string,
): Promise<Preferences> {
  if (deps.mailing === undefined) throw new TrinhkyError('mailOff');
  const address = mailAddressOf(text.trim());
  const at = deps.clock.now();
  const today = dayOf(at);
  const changed = await change(deps, identity, (now) => {
    const asked = now.askedOn === today ? now.asked + 1 : 1;
    if (asked > addressAsksPerDayMax) throw new TrinhkyError('mailAddressTooOften', { perDayMax: addressAsksPerDayMax });
    const number = now.revision + 1;
    return { ...now, asked, askedOn: today, pending: { address, number, codeHash: null, tries: 0, askedAt: at } };
  });
  const { authority, person } = identity;
  const number = changed.pending?.number ?? 0;
  await deps.store.outbox.plan(authority, [
    {
      id: `${authority}.address/${person}/${number}`,
      instance: '',
      kind: 'confirmAddress',
      params: { person, number },
      dueAt: null,
    },
  ]);
  await audit(deps, identity, 'mailAddressAsked', {});
  return changed;
}

/**
 * A new code for the address that waits, or null where the request is over. Only its hash is kept, so a mail that is made again has
 * another code and the newest one counts.
 */
export async function makeAddressCode(
  deps: Pick<Deps, 'store' | 'clock'>,
  identity: Identity,
  number: number,
): Promise<{ readonly address: string; readonly code: string } | null> {
  const { pending } = await preferencesOf(deps, identity);
  if (pending?.number !== number || isOver(pending, deps.clock.now())) return null;
  const code = String(randomInt(10 ** CODE_DIGITS)).padStart(CODE_DIGITS, '0');
  const codeHash = hashOfCode(identity, pending.address, code);
  await change(deps, identity, (now) =>
    now.pending?.number === number ? { ...now, pending: { ...now.pending, codeHash } } : now,
  );
  return { address: pending.address, code };
}

/** Confirms the address that waits by its code. Each try is counted before it is judged. Throws `mailCodeWrong` for wrong, spent and expired alike. */
export async function confirmAddress(
  deps: Pick<Deps, 'store' | 'clock'>,
  identity: Identity,
  text: string,
): Promise<Preferences> {
  const now = deps.clock.now();
  const code = text.replace(/\s/g, '');
  const tried = await change(deps, identity, (one) =>
    one.pending === null ? one : { ...one, pending: { ...one.pending, tries: one.pending.tries + 1 } },
  );
  const { pending } = tried;
  const hash = pending === null ? '' : hashOfCode(identity, pending.address, code);
  const right =
    pending !== null &&
    pending.codeHash !== null &&
    pending.tries <= addressTriesMax &&
    !isOver(pending, now) &&
    sameText(hash, pending.codeHash);
  if (!right) {
    await audit(deps, identity, 'mailAddressNotConfirmed', {});
    throw new TrinhkyError('mailCodeWrong', { triesMax: addressTriesMax });
  }
  const confirmed = await change(deps, identity, (one) => ({ ...one, address: pending.address, pending: null }));
  await audit(deps, identity, 'mailAddressConfirmed', {});
  return confirmed;
}

/** Takes the address away, and the one that waits: no more mail. */
export async function removeAddress(deps: Pick<Deps, 'store' | 'clock'>, identity: Identity): Promise<Preferences> {
  const changed = await change(deps, identity, (now) => ({ ...now, address: null, pending: null }));
  await audit(deps, identity, 'mailAddressRemoved', {});
  return changed;
}

const changesMax = 5;

/** Reads, changes, writes where nobody else did in between; a few times, then `busy`. */
async function change(
  deps: Pick<Deps, 'store'>,
  identity: Identity,
  how: (now: Preferences) => Preferences,
): Promise<Preferences> {
  for (let round = 0; round < changesMax; round += 1) {
    const now = await preferencesOf(deps, identity);
    const next: Preferences = { ...how(now), revision: now.revision + 1 };
    if (await deps.store.preferences.save(next)) return next;
  }
  throw new TrinhkyError('busy', { queue: 'preferences' });
}

function isOver({ askedAt }: PendingAddress, now: string): boolean {
  return Date.parse(now) - Date.parse(askedAt) > addressCodeMs;
}

function hashOfCode({ authority, person }: Identity, address: string, code: string): string {
  return createHash('sha256')
    .update(JSON.stringify([authority, person, address, code]))
    .digest('hex');
}

function sameText(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

async function audit(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  { authority, person }: Identity,
  kind: string,
  details: Readonly<Record<string, string | number | readonly string[]>>,
): Promise<void> {
  await store.audit.append({ authority, at: clock.now(), actor: person, kind, subject: person, details });
}
