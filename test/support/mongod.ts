import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runner } from 'mocha';
import { type Embedded, startEmbedded } from '../../src/store/embedded/launcher.js';

// What only tests may do (a fault at a named point) asks for this, here and in child processes.
process.env['NODE_ENV'] ??= 'test';

const testFolder = resolve(fileURLToPath(import.meta.url), '..', '..');

/** Tests that need no database: a run of these alone starts none. */
const pure = ['engine', 'office', 'definitions', 'architecture.test.ts', 'config.test.ts'];

let embedded: Embedded | null = null;
let dataFolder: string | null = null;

/** The folder where a fetched mongod is kept, shared with the product so that it is fetched once. */
export const mongodCache = process.env['TRINHKY_CACHE'] ?? join(homedir(), '.cache', 'trinhky');

/**
 * One database server for the whole run: MONGODB_URI where it is set, else an embedded mongod on a new data folder.
 * None with TRINHKY_TEST_DB=off, or when every file of the run is pure. TRINHKY_TEST_URI tells where it is.
 */
export async function mochaGlobalSetup(this: Runner): Promise<void> {
  const files = this.suite.suites.map((suite) => relative(testFolder, suite.file ?? ''));
  const needed = files.some((file) => !pure.includes(file.split(sep)[0] ?? ''));
  if (!needed || process.env['TRINHKY_TEST_DB'] === 'off') return;
  const given = process.env['MONGODB_URI'];
  if (given !== undefined && given !== '') {
    process.env['TRINHKY_TEST_URI'] = given;
    return;
  }
  dataFolder = await mkdtemp(join(tmpdir(), 'trinhky-test-'));
  embedded = await startEmbedded({
    dataFolder,
    cacheFolder: mongodCache,
    configuredBinary: process.env['TRINHKY_MONGOD'],
    onProgress: (line) => process.stderr.write(`${line}\n`),
  });
  process.env['TRINHKY_TEST_URI'] = embedded.uri('test');
}

export async function mochaGlobalTeardown(): Promise<void> {
  await embedded?.stop();
  if (dataFolder !== null) await rm(dataFolder, { recursive: true, force: true });
}

/**
 * The address of a database for one test file, on the server of this run; its name holds the process's number, so that two
 * runs on one server never share it. Call it inside a hook or a test: the server starts after the files are loaded.
 * @param name letters, digits, `-` and `_`.
 */
export function testDatabaseUri(name: string): string {
  const uri = process.env['TRINHKY_TEST_URI'];
  if (uri === undefined)
    throw new Error('no test database: call testDatabaseUri inside a hook or a test, without TRINHKY_TEST_DB=off');
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (parts === null) throw new Error('the address of the test database is not understood');
  return `${parts[1]}/trinhky_test_${name}_${process.pid}${parts[2] ?? ''}`;
}
