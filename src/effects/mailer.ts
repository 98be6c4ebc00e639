import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import type { Mail, MailAnswer, Mailer } from '../commands/notices/mailing.js';

const connectMsMax = 8_000;
const greetingMsMax = 8_000;
const silenceMsMax = 12_000;
/** Under half the lease of an effect: an answer that comes later finds the mail in the hands of another. */
export const sendMsMax = 20_000;
const connectionsMax = 2;
const mailsPerConnectionMax = 100;
/** A mail that finds no connection free for so long was certainly not taken. With `sendMsMax` it stays under half the lease of an effect. */
const waitMsMax = 8_000;
/** A server's words are kept as far as an administrator reads them. */
const reasonCharsMax = 300;

export interface MailerOptions {
  /** `smtp://` or `smtps://`, with user and password where the server asks for them. */
  readonly url: string;
  /** The sender: an address, or a name and an address in angle brackets. */
  readonly from: string;
  /** Where recipients set how they are told: named in the headers. */
  readonly preferencesUrl: string;
  /** A certificate to trust beside the system's, as PEM. */
  readonly ca?: string;
  /** Encryption is required everywhere but on this machine. */
  readonly requireTls?: boolean;
  readonly sendMsMax?: number;
  readonly waitMsMax?: number;
}

/** A mailer over SMTP. At most `connectionsMax` connections; no mail outlives `sendMsMax`; a server elsewhere is spoken to by TLS or not at all. */
export function makeMailer(options: MailerOptions): Mailer {
  const url = new URL(options.url);
  const secure = url.protocol === 'smtps:';
  const requireTLS = options.requireTls ?? !isLoopback(url.hostname);
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS,
    // On this machine a certificate is mostly self-signed or none.
    ignoreTLS: !secure && !requireTLS,
    tls: { minVersion: 'TLSv1.2', ...(options.ca === undefined ? {} : { ca: options.ca }) },
    ...(url.username === '' ? {} : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    pool: true,
    maxConnections: connectionsMax,
    maxMessages: mailsPerConnectionMax,
    // A mail that may have been taken is sent again by its ledger, or not at all.
    maxRequeues: 0,
    connectionTimeout: connectMsMax,
    greetingTimeout: greetingMsMax,
    socketTimeout: silenceMsMax,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const begun = watchTexts(transport);
  // Waiting for a connection is no part of sending: a mail in the pool's own queue could go out after its time was up.
  const places = makePlaces(connectionsMax);
  return {
    async send(mail) {
      if (!(await places.take(options.waitMsMax ?? waitMsMax))) return { kind: 'busy', reason: 'noConnectionFree' };
      const sending = sendOne(transport, options, mail, begun).finally(places.free);
      return withinTime(sending, options.sendMsMax ?? sendMsMax);
    },
    close: () => Promise.resolve(transport.close()),
  };
}

type Transport = ReturnType<typeof createTransport>;

/** Whether the text of a mail has begun to go out, by its Message-ID: the library's errors do not tell. */
function watchTexts(transport: Transport): Map<string, () => boolean> {
  const begun = new Map<string, () => boolean>();
  transport.use('stream', ({ message }, done) => {
    const create = message.createReadStream.bind(message);
    message.createReadStream = (...args) => {
      const stream = create(...args);
      begun.set(message.messageId(), () => stream.readableDidRead);
      return stream;
    };
    done();
  });
  return begun;
}

interface Places {
  /** Waits for a free place, at most so long; false where none came free. */
  take(msMax: number): Promise<boolean>;
  free(): void;
}

function makePlaces(count: number): Places {
  let left = count;
  const waiting = new Set<() => void>();
  return {
    take(msMax) {
      if (left > 0) {
        left -= 1;
        return Promise.resolve(true);
      }
      return new Promise((resolve) => {
        const mine = (): void => {
          clearTimeout(timer);
          resolve(true);
        };
        const timer = setTimeout(() => {
          waiting.delete(mine);
          resolve(false);
        }, msMax);
        waiting.add(mine);
      });
    },
    free() {
      const [next] = waiting;
      if (next === undefined) {
        left += 1;
        return;
      }
      waiting.delete(next);
      next();
    },
  };
}

async function sendOne(
  transport: Transport,
  options: MailerOptions,
  mail: Mail,
  begun: Map<string, () => boolean>,
): Promise<MailAnswer> {
  try {
    const { response } = (await transport.sendMail({
      messageId: mail.messageId,
      from: options.from,
      // As an object: an address is never parsed out of a text.
      to: { name: '', address: mail.to },
      subject: mail.subject,
      text: mail.text,
      html: mail.html,
      headers: {
        'Auto-Submitted': 'auto-generated',
        'X-Auto-Response-Suppress': 'All',
        'List-Unsubscribe': `<${options.preferencesUrl}>`,
      },
    })) as { response: string };
    return { kind: 'accepted', reason: shortened(response) };
  } catch (error) {
    return answerOf(error, begun.get(mail.messageId)?.() ?? false);
  } finally {
    begun.delete(mail.messageId);
  }
}

interface SmtpError {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
}

/** Only an answer to the envelope or the text is about this mail; whatever else a server says is about the server, and passes. */
const ABOUT_THE_MAIL = /^(MAIL FROM|RCPT TO|DATA)/;

function answerOf(error: unknown, hasBegun: boolean): MailAnswer {
  const { code = '', command = '', responseCode, response, message = '' } = (error ?? {}) as SmtpError;
  const reason = shortened(response ?? message);
  if (responseCode !== undefined)
    return { kind: responseCode >= 500 && ABOUT_THE_MAIL.test(command) && code !== 'EAUTH' ? 'refused' : 'deferred', reason };
  // The text was under way and no answer came: it may lie in the server's queue.
  return { kind: hasBegun ? 'unknown' : 'deferred', reason: `${code} ${reason}`.trim() };
}

async function withinTime(sending: Promise<MailAnswer>, msMax: number): Promise<MailAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<MailAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'unknown', reason: 'tookTooLong' }), msMax);
  });
  try {
    return await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

function isLoopback(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function shortened(text: string): string {
  return text.replace(/\s+/g, ' ').trim().slice(0, reasonCharsMax);
}
