import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Runner, Suite } from 'mocha';
import { MongoClient } from 'mongodb';
import { type Embedded, startEmbedded } from '../../src/store/embedded/launcher.js';

// What only tests may do (a fault at a named point) asks for this, here and in child processes.
process.env['NODE_ENV'] ??= 'test';

const testFolder = resolve(fileURLToPath(import.meta.url), '..', '..');

/** Tests that need no database: a run of these alone starts none. */
const pure = ['engine', 'office', 'definitions', 'architecture.test.ts', 'config.test.ts'];

let embedded: Embedded | null = null;
let dataFolder: string | null = null;
/** Which file runs, counted from 0, and the databases that it asked for. */
let fileNumber = 0;
let fileNow: string | undefined;
let asked = new Set<string>();
let dropping: Promise<unknown> = Promise.resolve();
let client: MongoClient | null = null;
/** How long the test database keeps its past: more than the longest transaction of a test. */
const pastSeconds = 10;

/** The folder where a fetched mongod is kept, shared with the product so that it is fetched once. */
export const mongodCache = process.env['TRINHKY_CACHE'] ?? join(homedir(), '.cache', 'trinhky');

/**
 * One database server for the whole run: MONGODB_URI where it is set, else an embedded mongod on a new data folder.
 * None with TRINHKY_TEST_DB=off, or when every file of the run is pure. TRINHKY_TEST_URI tells where it is.
 */
export async function mochaGlobalSetup(this: Runner): Promise<void> {
  const files = this.suite.suites.map((suite) => relative(testFolder, suite.file ?? ''));
  this.on('suite', (suite: Suite) => {
    if (suite.parent?.root === true && suite.file !== fileNow) nextFile(suite.file);
  });
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
  // The files of a dropped database go when nobody can read the past any more in which it was there: five minutes, unless told otherwise.
  client = new MongoClient(embedded.uri('test'));
  await client.db('admin').command({ setParameter: 1, minSnapshotHistoryWindowInSeconds: pastSeconds });
}

/**
 * Drops what the file before left behind. Each database has some 140 files, and the server keeps every one open: after a hundred test
 * files it would pass the limit of the process and abort in the middle of a test. No later file bears the same name, so none waits for it.
 */
function nextFile(file: string | undefined): void {
  fileNow = file;
  fileNumber += 1;
  const uri = process.env['TRINHKY_TEST_URI'];
  const left = [...asked];
  asked = new Set();
  if (uri === undefined || left.length === 0) return;
  client ??= new MongoClient(uri);
  const server = client;
  for (const name of left) dropping = dropping.then(() => server.db(name).dropDatabase()).catch(() => undefined);
}

export async function mochaGlobalTeardown(): Promise<void> {
  nextFile(undefined);
  await dropping;
  await client?.close();
  await embedded?.stop();
  if (dataFolder !== null) await rm(dataFolder, { recursive: true, force: true });
}

/**
 * The address of a database for one test file, on the server of this run; its name holds the numbers of process and file,
 * so that two runs on one server never share it, nor two files of one run. Call it inside a hook or a test: the server starts after the files are loaded.
 * @param name letters, digits, `-` and `_`.
 */
export function testDatabaseUri(name: string): string {
  const uri = process.env['TRINHKY_TEST_URI'];
  if (uri === undefined)
    throw new Error('no test database: call testDatabaseUri inside a hook or a test, without TRINHKY_TEST_DB=off');
  const parts = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(uri);
  if (parts === null) throw new Error('the address of the test database is not understood');
  const database = `trinhky_test_${name}_${process.pid}_${fileNumber}`;
  asked.add(database);
  return `${parts[1]}/${database}${parts[2] ?? ''}`;
}
