import type { Application } from '../commands/application.js';
import { TrinhkyError } from '../errors.js';
import type { Person } from '../office/organisation/directory.js';
import type { CliApplication, Host, Io } from './host.js';
import type { Words } from './words.js';

/** What a command of the command line works with. */
export interface Session {
  readonly host: Host;
  readonly io: Io;
  readonly words: Words;
  /** Nothing but JSON on stdout. */
  readonly json: boolean;
}

export const columnsDefault = 100;
export const rowsMax = 1_000;
const rowsDefault = '50';

export function print({ io }: Pick<Session, 'io'>, text: string): void {
  io.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

/** The answer of a command: one JSON value, or text. */
export function answer(session: Session, value: unknown, text: () => string): void {
  print(session, session.json ? JSON.stringify(value, null, 2) : text());
}

/** Runs work on the application of the data folder, beside a server that has it open, and closes what was opened. */
export async function withApplication<T>({ host }: Session, work: (app: CliApplication) => Promise<T>): Promise<T> {
  const app = await host.assemble({ attach: true, onProgress: (line) => host.io.stderr.write(`${line}\n`) });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}

/** The configured authority, or the only one. Throws `notFound` or `inputInvalid` with a reason. */
export async function authorityOf({ host }: Session, app: Application): Promise<string> {
  const authorities = await app.deps.store.directory.authorities();
  const { authority } = host.config;
  if (authority !== undefined && authorities.includes(authority)) return authority;
  const [only, ...others] = authorities;
  if (only === undefined || authority !== undefined)
    throw new TrinhkyError('notFound', { reason: 'authority', authority: authority ?? null });
  if (others.length > 0) throw new TrinhkyError('inputInvalid', { reason: 'authorityUnclear', authorities });
  return only;
}

export async function personOf(app: Application, authority: string, login: string): Promise<Person> {
  const { people } = await app.deps.store.directory.snapshot(authority);
  const person = people.find((one) => one.login === login);
  if (person === undefined) throw new TrinhkyError('notFound', { reason: 'login', login });
  return person;
}

/** A row count from the command line. */
export function limitOf(text = rowsDefault): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > rowsMax) throw new TrinhkyError('inputInvalid', { path: '--limit', reason: 'limit', max: rowsMax });
  return limit;
}

/** `09/02/2010 14:05` in Asia/Ho_Chi_Minh. */
export function shownInstant(instant: string): string {
  const local = new Date(Date.parse(instant) + 7 * 3_600_000).toISOString();
  return `${local.slice(0, 10).split('-').reverse().join('/')} ${local.slice(11, 16)}`;
}
