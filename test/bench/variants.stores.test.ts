import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { noteOf, steps } from '../../bench/case.js';
import { makeLoad } from '../../bench/run/load.js';
import type { RunAsk, RunResult } from '../../bench/run/runner.js';
import { makeVariant, type VariantName } from '../../bench/variants/index.js';
import type { Handlers, StoredCase } from '../../bench/variants/variant.js';
import { testDatabaseUri } from '../support/mongod.js';

const workflowsFolder = fileURLToPath(new URL('../../bench/workflows', import.meta.url));
const forMs = 20_000;

/** Two cases taken to their end, and what is stored of the first. */
async function storedBy(name: VariantName): Promise<StoredCase> {
  const uri = testDatabaseUri(`bench_${name}`);
  const database = new URL(uri).pathname.slice(1);
  const variant = makeVariant(name, {
    uri,
    database,
    built: false,
    workflowsFolder,
    cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
  });
  const load = makeLoad();
  const call = async <T>(handlers: Handlers, what: string, argument?: unknown): Promise<T> =>
    (await handlers[what]?.(argument)) as T;
  await call(variant, 'start');
  try {
    const ids = await call<string[]>(variant, 'seed', { count: 2, kind: 'approval' });
    const ask: RunAsk = { ids, workers: 2, forMs };
    const port = await call<number | undefined>(variant, 'port');
    const overHttp = { ...ask, variant: name, port, tokens: await call(variant, 'tokens') };
    const { commands } =
      port === undefined ? await call<RunResult>(variant, 'run', ask) : await call<RunResult>(load, 'run', overHttp);
    await call(variant, 'settle');
    expect(commands).to.equal(2 * steps.length);
    return await call<StoredCase>(variant, 'stored', ids[0]);
  } finally {
    await call(load, 'stop');
    await call(variant, 'stop');
  }
}

function expectWholeCase({ state, revision, entries }: StoredCase): void {
  expect(state).to.equal('issued');
  expect(revision).to.equal(8);
  expect(entries.map(({ command, actor }) => `${command} ${actor}`)).to.deep.equal([
    'SUBMIT officer',
    'RETURN head',
    'SUBMIT officer',
    'APPROVE head',
    'CHECK form',
    'SIGN deputy',
    'ISSUE clerk',
  ]);
  for (const { note } of entries) expect(Buffer.byteLength(note)).to.equal(400);
}

describe('what the measured variants store', function () {
  this.timeout(60_000);

  for (const name of ['engine', 'engineHttp', 'engineExpress', 'obvious'] as const) {
    it(`${name}: state, seven entries with their notes, an effect for each`, async () => {
      // given two cases, when each has taken its seven commands
      const stored = await storedBy(name);
      // then everything that was said of them is there
      expectWholeCase(stored);
      expect(stored.effects).to.equal(7);
    });
  }

  it('raw: state and seven entries with their notes, no effects', async () => {
    const stored = await storedBy('raw');
    expectWholeCase(stored);
    expect(stored.effects).to.equal(0);
  });

  it('bare: state and the last entry only', async () => {
    const { state, revision, entries } = await storedBy('bare');
    expect({ state, revision }).to.deep.equal({ state: 'issued', revision: 8 });
    expect(entries.map(({ command }) => command)).to.deep.equal(['ISSUE']);
  });

  it('makes notes of 400 bytes, each another text', () => {
    expect(new Set(Array.from({ length: 64 }, (_, number) => noteOf(number))).size).to.equal(64);
    expect(Buffer.byteLength(noteOf(63))).to.equal(400);
  });
});
