import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as the server took it. */
export interface TakenMail {
  readonly from: string;
  readonly to: readonly string[];
  /** The whole message: headers, an empty line, the parts. */
  readonly raw: string;
  readonly secure: boolean;
}

/** What the server says to the recipient or to the text; null takes it. */
export interface SmtpMood {
  recipient?: (count: number) => { readonly code: number; readonly text: string } | null;
  text?: (count: number) => { readonly code: number; readonly text: string } | null;
  /** Takes the text and never answers. */
  silent?: boolean;
  /** Takes the text and drops the line in place of an answer. */
  drops?: boolean;
}

export interface TestSmtp {
  readonly port: number;
  readonly taken: TakenMail[];
  readonly mood: SmtpMood;
  close(): Promise<void>;
}

/** A real SMTP server on loopback, in this process. It keeps what it takes. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const taken: TakenMail[] = [];
  const mood: SmtpMood = {};
  let recipients = 0;
  let texts = 0;
  const refusal = (said: { readonly code: number; readonly text: string }): Error =>
    Object.assign(new Error(said.text), { responseCode: said.code });
  const server = new SMTPServer({
    authOptional: true,
    disableReverseLookup: true,
    closeTimeout: 100,
    ...(options.key === undefined ? { disabledCommands: ['STARTTLS', 'AUTH'] } : {}),
    onRcptTo(_address, _session, done) {
      recipients += 1;
      const said = mood.recipient?.(recipients) ?? null;
      done(said === null ? null : refusal(said));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        texts += 1;
        const said = mood.text?.(texts) ?? null;
        if (said === null)
          taken.push({
            from: session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address,
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString('utf8'),
            secure: session.secure,
          });
        if (mood.drops === true) for (const connection of lines(server)) connection._socket.destroy();
        else if (mood.silent !== true) done(said === null ? null : refusal(said));
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    port: (listening.address() as AddressInfo).port,
    taken,
    mood,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The headers of a raw mail, unfolded, in small letters; each name once or the test ends. */
export function headersOf(raw: string): ReadonlyMap<string, string> {
  const head = raw.slice(0, raw.indexOf('\r\n\r\n')).replace(/\r\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const at = line.indexOf(':');
    const name = line.slice(0, at).toLowerCase();
    if (at < 1 || headers.has(name)) throw new Error(`header twice or broken: ${line}`);
    headers.set(name, line.slice(at + 1).trim());
  }
  return headers;
}

/** The decoded parts of a multipart/alternative mail, by content type. */
export function partsOf(raw: string): ReadonlyMap<string, string> {
  const boundary = /boundary="([^"]+)"/.exec(raw)?.[1] ?? '';
  const parts = new Map<string, string>();
  for (const part of raw.split(`--${boundary}`).slice(1, -1)) {
    const [head = '', ...body] = part.replace(/^\r\n/, '').split('\r\n\r\n');
    const type = /Content-Type: ([\w/]+)/i.exec(head)?.[1] ?? '';
    const encoding = /Content-Transfer-Encoding: (\S+)/i.exec(head)?.[1] ?? '7bit';
    parts.set(type, decoded(body.join('\r\n\r\n'), encoding));
  }
  return parts;
}

function decoded(text: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(text, 'base64').toString('utf8');
  if (encoding !== 'quoted-printable') return text;
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** The words of an encoded subject (RFC 2047). */
export function subjectOf(raw: string): string {
  const subject = headersOf(raw).get('subject') ?? '';
  return subject.replace(/\?=\s+=\?/g, '?==?').replace(/(=\?UTF-8\?[BQ]\?[^?]*\?=)+/gi, (words) => {
    const bytes = [...words.matchAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi)].map(([, kind = '', text = '']) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64')
        : Buffer.from(
            text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
            'latin1',
          ),
    );
    return Buffer.concat(bytes).toString('utf8');
  });
}

/** The open lines of a server, which it keeps without telling their type. */
function lines(server: SMTPServer): Iterable<{ readonly _socket: Socket }> {
  return (server as unknown as { readonly connections: Set<{ readonly _socket: Socket }> }).connections;
}
