import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'chai';
import { assemble } from '../../src/assemble.js';
import { perform } from '../../src/commands/perform.js';
import { TrinhkyError } from '../../src/errors.js';
import { type Embedded, startEmbedded } from '../../src/store/embedded/launcher.js';
import { webOn } from '../http/support.js';
import { chainFaults, newKey, openPlan, plainPrinter, type TestApplication, workflowsFolder } from '../support/application.js';
import { fakeClock } from '../support/clock.js';
import { mongodCache } from '../support/mongod.js';
import { plainSigning } from '../support/signing.js';
import { town } from '../support/town.js';

const failFastMs = 4_000;
/** A heartbeat and its time-out, then the search for a primary. */
const noticedMsMax = 12_000;

/** A database of its own, since it is killed under load. */
describe('mongod killed under load', function () {
  this.timeout(120_000);
  let folder = '';
  let embedded: Embedded;
  let app: TestApplication;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-kill-'));
    embedded = await startEmbedded({
      dataFolder: folder,
      cacheFolder: mongodCache,
      configuredBinary: process.env.TRINHKY_MONGOD,
    });
    const clock = fakeClock();
    const assembled = await assemble({
      uri: embedded.uri('kill'),
      database: 'kill',
      workflowsFolder,
      cacheFolder: folder,
      keyFolder: join(folder, 'keys'),
      signing: plainSigning,
      clock,
      printer: plainPrinter,
      onWarning: () => undefined,
    });
    app = { ...assembled, clock, authority: 'kill', warnings: [] };
    await app.deps.store.directory.save(town('kill'));
  });
  after(async () => {
    await app.close();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('keeps every command that was answered, fails fast meanwhile, and recovers by itself', async () => {
    const plans = await Promise.all(Array.from({ length: 8 }, () => openPlan(app)));
    const answered = new Map<string, number>();
    const failures: string[] = [];
    let slowestMs = 0;
    let running = true;
    const writer = async (id: string, content: string): Promise<void> => {
      while (running) {
        const started = performance.now();
        try {
          const outcome = await perform(app.deps, {
            authority: 'kill',
            instance: id,
            actor: 'off-nv',
            command: 'EDIT',
            key: newKey(),
            input: { content },
          });
          if (outcome.kind === 'accepted') answered.set(id, outcome.entry.seq);
        } catch (error) {
          failures.push(error instanceof TrinhkyError ? error.code : String(error));
          slowestMs = Math.max(slowestMs, performance.now() - started);
          await pause(50);
        }
      }
    };
    const writers = plans.map((plan) => writer(plan.id, plan.content ?? ''));
    for (let round = 0; round < 3; round += 1) {
      await pause(700);
      process.kill(embedded.pid, 'SIGKILL');
      await recovered(app);
    }
    running = false;
    await Promise.all(writers);
    await app.relay.settle();
    for (const [id, seq] of answered)
      expect((await app.deps.store.instances.load('kill', id))?.instance.revision).to.be.at.least(seq);
    expect(await chainFaults(app)).to.deep.equal([]);
    expect([...new Set(failures)].filter((code) => code !== 'databaseAway' && code !== 'busy')).to.deep.equal([]);
    expect(slowestMs).to.be.lessThan(failFastMs);
  });

  it('answers 503 within its time over HTTP while the database is away, and 200 by itself afterwards', async () => {
    const web = await webOn(app);
    const plan = await openPlan(app);
    const client = await web.api('off-nv');
    const body = { input: { content: plan.content } };
    const path = `/api/v1/instances/${plan.id}/commands/EDIT`;
    const edit = () => client.post(path, body, { 'idempotency-key': newKey() });
    expect((await edit()).status).to.equal(200);
    // given a database that does not answer (a killed one is back before the driver has given up)
    process.kill(embedded.pid, 'SIGSTOP');
    const away: { told: string; ms: number }[] = [];
    try {
      for (let round = 0; round < 3; round += 1) {
        const started = performance.now();
        const { status, json } = await edit();
        away.push({ told: `${status} ${String(json.code)}`, ms: performance.now() - started });
      }
    } finally {
      process.kill(embedded.pid, 'SIGCONT');
    }
    expect(away.map(({ told }) => told)).to.deep.equal(['503 databaseAway', '503 databaseAway', '503 databaseAway']);
    // The first one notices; from then on nobody waits longer than the driver looks for a primary.
    expect(away[0]?.ms).to.be.lessThan(noticedMsMax);
    expect(Math.max(...away.slice(1).map(({ ms }) => ms))).to.be.lessThan(failFastMs);
    // when it answers again, so do we
    await recovered(app);
    expect((await edit()).status).to.equal(200);
    expect((await client.get('/readyz')).status).to.equal(200);
    await web.closeDoor();
  });
});

async function recovered(app: TestApplication): Promise<void> {
  for (let round = 0; round < 400; round += 1) {
    if (await app.ready()) return;
    await pause(50);
  }
  throw new Error('the database did not come back');
}
