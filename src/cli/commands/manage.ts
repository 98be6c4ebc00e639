import { readFile } from 'node:fs/promises';
import { commandLineActor } from '../../commands/administers.js';
import { loadAuthority, readAuthority } from '../../commands/organisation/loadAuthority.js';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import {
  answer,
  authorityOf,
  columnsDefault,
  limitOf,
  personOf,
  print,
  type Session,
  shownInstant,
  withApplication,
} from '../session.js';
import { table } from '../table.js';

const states = ['waiting', 'parked', 'done'] as const;
type OutboxState = (typeof states)[number];

/** `trinhky serve`: runs until it is told to stop. */
export async function serve(session: Session): Promise<number> {
  const { host, words, json, io } = session;
  return host.serve({
    onAccounts: (accounts) => {
      if (json) return print(session, JSON.stringify({ accounts }));
      const head = ['login', 'password', 'name', 'posts'].map((name) => words.say(`serve.${name}`));
      const rows = accounts.map(({ login, oneTimePassword, name, posts }) => [login, oneTimePassword, name, posts.join(', ')]);
      print(
        session,
        `${words.say('serve.firstRun')}\n${table(head, rows, io.columns ?? columnsDefault)}\n${words.say('person.once')}`,
      );
    },
    onListening: (address) => print(session, json ? JSON.stringify({ address }) : words.say('serve.listening', { address })),
  });
}

export interface OutboxFlags {
  readonly state?: string;
  readonly retry?: string;
  readonly limit?: string;
}

/** `trinhky outbox`: effects by state; with `retry` a parked one is let go. */
export async function outbox(session: Session, flags: OutboxFlags): Promise<number> {
  const { words, io } = session;
  const state = states.find((one) => one === (flags.state ?? 'parked'));
  if (state === undefined) throw new TrinhkyError('inputInvalid', { path: '--state', reason: 'outboxState', value: flags.state });
  const limit = limitOf(flags.limit);
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    if (flags.retry !== undefined) {
      const released = await app.deps.store.outbox.retry(authority, flags.retry);
      if (!released) throw new TrinhkyError('notFound', { reason: 'effect', id: flags.retry });
      app.relay.wake();
      answer(session, { retried: flags.retry }, () => words.say('outbox.retried', { id: flags.retry ?? '' }));
      return 0;
    }
    const rows = await app.deps.store.outbox.list(authority, state satisfies OutboxState, limit, null);
    answer(session, rows, () => {
      if (rows.length === 0) return words.say('outbox.empty');
      const head = ['id', 'kind', 'due', 'tries', 'outcome'].map((name) => words.say(`outbox.${name}`));
      const shown = rows.map((row) => [
        row.id,
        row.kind,
        row.dueAt === null ? '' : shownInstant(row.dueAt),
        String(row.attempts),
        row.outcome === null ? '' : JSON.stringify(row.outcome),
      ]);
      return table(head, shown, io.columns ?? columnsDefault, [3]);
    });
    return 0;
  });
}

/** `trinhky person reset LOGIN`: a one-time password, printed this once. */
export async function resetPerson(session: Session, login: string): Promise<number> {
  const { words } = session;
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const person = await personOf(app, authority, login);
    // Whoever has never had an account gets one: records of people come without passwords.
    const password =
      (await app.accounts.reset(authority, login)) ?? (await app.accounts.create({ authority, person: person.id }, login));
    answer(session, { login, password }, () => `${words.say('person.reset', { login, password })}\n${words.say('person.once')}`);
    return 0;
  });
}

const authorityBytesMax = 20_000_000;

/** `trinhky authority load FILE`: records an authority from a file in the shape of `examples/authority.json`; with why, where it changes what is recorded. */
export async function authorityLoad(session: Session, file: string, flags: { readonly reason?: string }): Promise<number> {
  const loaded = readAuthority(await jsonOf(file));
  return withApplication(session, async (app) => {
    await loadAuthority(app.deps, loaded, commandLineActor, flags.reason ?? null);
    const { authority, units, people } = loaded;
    const counts = { authority: authority.id, units: units.length, people: people.length };
    answer(session, counts, () => session.words.say('authority.loaded', counts));
    return 0;
  });
}

async function jsonOf(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new TrinhkyError('inputInvalid', {
      path: file,
      reason: 'fileUnreadable',
      value: (error as NodeJS.ErrnoException).code,
    });
  });
  try {
    if (text.length > authorityBytesMax) throw new Error('too large');
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    throw new TrinhkyError('inputInvalid', {
      faults: [{ path: '', message: error instanceof Error ? error.message : String(error) }],
    });
  }
}
