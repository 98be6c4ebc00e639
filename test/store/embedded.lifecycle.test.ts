import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { MongoClient } from 'mongodb';
import { TrinhkyError } from '../../src/errors.js';
import { type Embedded, startEmbedded } from '../../src/store/embedded/launcher.js';
import { isRunning, markOf } from '../../src/store/embedded/process.js';
import { mongodCache } from '../support/mongod.js';

const CONDITION_MS_MAX = 15_000;

async function until(what: string, condition: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + CONDITION_MS_MAX;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`not within ${CONDITION_MS_MAX} ms: ${what}`);
    await delay(25);
  }
}

async function faultOf(work: Promise<unknown>): Promise<TrinhkyError> {
  const outcome = await work.then(
    () => null,
    (error: unknown) => error,
  );
  if (outcome instanceof TrinhkyError) return outcome;
  throw new Error(`expected a TrinhkyError, got ${String(outcome)}`);
}

async function write(embedded: Embedded, id: string): Promise<void> {
  await withClient(embedded, (client) =>
    client
      .db()
      .collection<{ _id: string }>('notes')
      .insertOne({ _id: id }, { writeConcern: { w: 'majority', j: true } }),
  );
}

function read(embedded: Embedded): Promise<string[]> {
  return withClient(embedded, async (client) =>
    (await client.db().collection<{ _id: string }>('notes').find().sort({ _id: 1 }).toArray()).map((note) => note._id),
  );
}

async function withClient<T>(embedded: Embedded, work: (client: MongoClient) => Promise<T>): Promise<T> {
  const client = new MongoClient(embedded.uri('notes'), { serverSelectionTimeoutMS: CONDITION_MS_MAX });
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

describe('embedded database: its life', function () {
  this.timeout(40_000);

  let folder: string;
  const running: Embedded[] = [];
  const start = async (dataFolder: string): Promise<Embedded> => {
    const embedded = await startEmbedded({
      dataFolder,
      cacheFolder: mongodCache,
      configuredBinary: process.env['TRINHKY_MONGOD'],
    });
    running.push(embedded);
    return embedded;
  };

  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'trinhky-embedded-')));
  });

  afterEach(async () => {
    for (const embedded of running.splice(0)) await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('starts again on the same data, and leaves only private files', async () => {
    // given
    const first = await start(folder);
    await write(first, 'one');
    // when
    await first.stop();
    expect(await first.exited).to.deep.equal({ code: 0, signal: null });
    const second = await start(folder);
    // then
    expect(await read(second)).to.deep.equal(['one']);
    expect((await stat(join(folder, 'run'))).mode & 0o777).to.equal(0o700);
    expect((await stat(second.socket)).mode & 0o777).to.equal(0o600);
    expect((await readFile(join(folder, 'mongod.log'), 'utf8')).match(/"msg":"MongoDB starting"/g)).to.have.length(2);
  });

  it('starts with a stale lock, a stale socket and a record whose number another process has got', async () => {
    // given a data folder as a power cut leaves it, with this very process under the recorded number
    const first = await start(folder);
    await write(first, 'before');
    await cp(join(folder, 'db', 'mongod.lock'), join(folder, 'lock'));
    await first.stop();
    await rename(join(folder, 'lock'), join(folder, 'db', 'mongod.lock'));
    await writeFile(first.socket, 'stale');
    await writeFile(join(folder, 'server.json'), JSON.stringify({ server: { pid: process.pid, started: 'another boot/17' } }));
    // when
    const second = await start(folder);
    // then
    expect(await read(second)).to.deep.equal(['before']);
  });

  it('starts where the data folder was moved to, also when the new path is too long for a socket', async () => {
    // given
    const first = await start(join(folder, 'here'));
    await write(first, 'moved');
    await first.stop();
    const long = join(folder, 'x'.repeat(60), 'y'.repeat(60));
    await mkdir(join(folder, 'x'.repeat(60)));
    await rename(join(folder, 'here'), long);
    // when
    const second = await start(long);
    // then the socket lies elsewhere, in a private folder
    expect(await read(second)).to.deep.equal(['moved']);
    expect(second.socket.startsWith(long)).to.equal(false);
    expect((await stat(join(second.socket, '..'))).mode & 0o777).to.equal(0o700);
    await second.stop();
    // and the next start finds the same place
    const third = await start(long);
    expect(third.socket).to.equal(second.socket);
    await third.stop();
    await rm(join(third.socket, '..'), { recursive: true, force: true });
  });

  it('refuses a second server on one data folder at once, with the number and address of the first', async () => {
    // given
    const first = await start(folder);
    await first.announce('http://127.0.0.1:4711');
    // when
    const begun = performance.now();
    const fault = await faultOf(start(folder));
    // then
    expect(fault.code).to.equal('dataFolderInUse');
    expect(fault.params).to.deep.equal({ pid: process.pid, address: 'http://127.0.0.1:4711', folder });
    expect(performance.now() - begun).to.be.lessThan(500);
    // and the first is untouched, and the folder free after it
    await write(first, 'still here');
    await first.stop();
    expect(existsSync(join(folder, 'server.json'))).to.equal(false);
  });

  it('lets one of two servers that start together have the folder', async () => {
    const outcomes = await Promise.allSettled([start(folder), start(folder), start(folder)]);
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).to.have.length(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).to.include({ code: 'dataFolderInUse' });
    }
    expect((await readdir(folder)).filter((name) => name.startsWith('server.json'))).to.deep.equal(['server.json']);
  });

  it('brings mongod back when it is killed, with every acknowledged write', async () => {
    // given
    const embedded = await start(folder);
    const killed = embedded.pid;
    await withClient(embedded, async (client) => {
      const notes = client.db().collection<{ _id: string }>('notes');
      await notes.insertOne({ _id: 'before' }, { writeConcern: { w: 'majority', j: true } });
      // when, with a client that stays connected
      process.kill(killed, 'SIGKILL');
      await until('writes are taken again', () =>
        notes
          .updateOne({ _id: 'after' }, { $set: { sound: true } }, { upsert: true, writeConcern: { w: 'majority', j: true } })
          .then(
            () => true,
            () => false,
          ),
      );
    });
    // then
    expect(embedded.pid).not.to.equal(killed);
    expect(await read(embedded)).to.deep.equal(['after', 'before']);
  });

  it('does not bring it back after stop, nor when stop comes while it is down', async () => {
    const embedded = await start(folder);
    process.kill(embedded.pid, 'SIGKILL');
    await embedded.stop();
    await embedded.exited;
    expect(await isRunning(await markOf(embedded.pid))).to.equal(false);
    expect(existsSync(join(folder, 'server.json'))).to.equal(false);
  });

  it('leaves no mongod behind when its server is killed, and the folder can be used at once', async () => {
    // given a server in a process of its own
    const script = fileURLToPath(new URL('./embeddedChild.ts', import.meta.url));
    const server = fork(script, [folder], { stdio: ['pipe', 'ignore', 'inherit', 'ipc'] });
    const [{ pid }] = (await once(server, 'message')) as [{ pid: number }];
    const mongod = await markOf(pid);
    expect(await isRunning(mongod)).to.equal(true);
    // when
    server.kill('SIGKILL');
    await once(server, 'exit');
    const next = await start(folder);
    // then
    expect(await isRunning(mongod)).to.equal(false);
    await write(next, 'next');
  });

  it('ends the mongod of a killed server with no help from the next', async () => {
    const script = fileURLToPath(new URL('./embeddedChild.ts', import.meta.url));
    const server = fork(script, [folder], { stdio: ['pipe', 'ignore', 'inherit', 'ipc'] });
    const [{ pid }] = (await once(server, 'message')) as [{ pid: number }];
    const mongod = await markOf(pid);
    server.kill('SIGKILL');
    await until('mongod has ended', async () => !(await isRunning(mongod)));
  });
});
