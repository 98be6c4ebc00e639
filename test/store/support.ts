import type { NumberRow } from '../../src/commands/papers/numbering.js';
import { ensureIndexes } from '../../src/store/collections.js';
import { type Connection, connect } from '../../src/store/connection.js';
import { testDatabaseUri } from '../support/mongod.js';

/** An empty database of its own with every index; call it inside a hook or a test. */
export async function emptyDatabase(name: string): Promise<Connection> {
  const connection = await secondProcess(name);
  await connection.db.dropDatabase();
  await ensureIndexes(connection);
  return connection;
}

/** Another connection to the same database: what a second process would hold. */
export function secondProcess(name: string): Promise<Connection> {
  const uri = testDatabaseUri(name);
  return connect({ uri, db: databaseOf(uri), onWarning: () => undefined });
}

export function databaseOf(uri: string): string {
  return /\/([A-Za-z0-9_-]+)(?:\?|$)/.exec(uri)?.[1] ?? 'test';
}

export async function dropAndClose(connection: Connection): Promise<void> {
  await connection.db.dropDatabase();
  await connection.close();
}

/** The code of the TrinhkyError that a promise ends with, or what else happened. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    return `no error: ${JSON.stringify(await promise)}`;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

export const numbersOf = (rows: readonly NumberRow[]): number[] => rows.map((row) => row.number);
