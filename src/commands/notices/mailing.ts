import { TrinhkyError } from '../../errors.js';
import type { NoticeKind } from './ports.js';

/** A mail as it is handed to the mail server. The texts are finished; the address is the one that its person confirmed. */
export interface Mail {
  /** The same for every attempt of one effect: a second copy can be known by it. */
  readonly messageId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/**
 * What became of a mail. `busy`: not even begun, for want of a connection; `deferred`: certainly not taken, may be tried again; `refused`: for good; `unknown`: the line broke after the
 * text had been sent, so the server may have taken it.
 */
export type MailAnswer =
  | { readonly kind: 'accepted'; readonly reason: string }
  | { readonly kind: 'busy' | 'deferred' | 'refused' | 'unknown'; readonly reason: string };

export interface Mailer {
  /** Never throws for anything that a server or a line does. */
  send(mail: Mail): Promise<MailAnswer>;
  close(): Promise<void>;
}

/** What mails are made with; absent where no mail server is set, and then nothing is planned. */
export interface Mailing {
  readonly mailer: Mailer;
  /** The address of this server in links, without a closing slash. */
  readonly address: string;
  readonly retryFirstMs: number;
}

export const mailRetryFirstMs = 60_000;
/** Greylisting asks for minutes, a mail server that is down for hours. */
export const mailRetryMsMax = 60 * 60 * 1_000;
/** About a day. */
export const mailAttemptsMax = 30;

export type MailFrequency = 'each' | 'daily' | 'weekly' | 'none';
export const mailFrequencies: readonly MailFrequency[] = ['each', 'daily', 'weekly', 'none'];

/** An address that its owner has not confirmed yet. The code stands only in the mail; here is its hash. */
export interface PendingAddress {
  readonly address: string;
  /** Counts the requests of this person: an older mail's effect does nothing. */
  readonly number: number;
  readonly codeHash: string | null;
  readonly tries: number;
  readonly askedAt: string;
}

/** How a person is told by mail. In the system itself everything is shown whatever stands here. */
export interface Preferences {
  readonly authority: string;
  readonly person: string;
  readonly mail: MailFrequency;
  /** The hour of the digest, 0 to 23, Asia/Ho_Chi_Minh. */
  readonly hour: number;
  readonly language: 'vi' | 'en';
  readonly kinds: readonly NoticeKind[];
  /** Confirmed; null: no mail. */
  readonly address: string | null;
  readonly pending: PendingAddress | null;
  /** Requests to confirm an address on `askedOn`. */
  readonly asked: number;
  readonly askedOn: string;
  /** Grows with every change. */
  readonly revision: number;
}

export interface PreferenceStore {
  /** Of those who have any. */
  of(authority: string, persons: readonly string[]): Promise<readonly Preferences[]>;
  /** Writes where the stored revision is the one before; false where another write came first. */
  save(preferences: Preferences): Promise<boolean>;
}

/** Where sending a mail stands, by the id of its effect: what makes a repeated mail recognisable, and the third one impossible. */
export interface MailLedger {
  /**
   * Before a mail is handed over. `again`: an earlier attempt ended without an answer, so this may be its second copy; `givenUp`: two
   * attempts did; `superseded`: another claim of the effect is at it.
   */
  begin(authority: string, id: string, token: number, at: string): Promise<'first' | 'again' | 'sent' | 'givenUp' | 'superseded'>;
  end(
    authority: string,
    id: string,
    token: number,
    answer: { readonly state: 'sent' | 'notSent'; readonly reason: string; readonly at: string },
  ): Promise<void>;
}

export const mailAddressCharsMax = 254;
const LOCAL = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const localCharsMax = 64;

/**
 * A plain mail address (RFC 5321 without quoted parts, comments, groups, display names and literals), so that nothing in it can be read
 * as a second address or as a header. Throws `inputInvalid` with the reason `mailAddress`.
 */
export function mailAddressOf(text: string): string {
  const [local = '', domain = '', ...more] = text.split('@');
  const sound =
    more.length === 0 &&
    text.length <= mailAddressCharsMax &&
    local.length <= localCharsMax &&
    LOCAL.test(local) &&
    DOMAIN.test(domain);
  if (!sound) throw new TrinhkyError('inputInvalid', { field: 'mailAddress', reason: 'mailAddress' });
  return `${local}@${domain.toLowerCase()}`;
}
