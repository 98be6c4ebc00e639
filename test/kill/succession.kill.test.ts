import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { readEntry } from '../../src/engine/entry.js';
import type { Instance } from '../../src/engine/instance.js';
import { chainFaults, startApplication, type TestApplication } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';
import { dayBefore, openReport, province, reform } from '../support/province.js';

const childFile = fileURLToPath(new URL('./successionChild.ts', import.meta.url));
const childMsMax = 60_000;

describe('a succession whose process is killed', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('succession-kill');
  });
  after(() => app.close());

  async function run(authority: string, fault = '-'): Promise<NodeJS.Signals | null> {
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', childFile, testDatabaseUri('succession-kill'), authority, 'nhap-x1', fault],
      {
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    );
    const [, signal] = (await once(child, 'close', { signal: AbortSignal.timeout(childMsMax) })) as [
      number | null,
      NodeJS.Signals | null,
    ];
    return signal;
  }

  for (const fault of ['kill:before-write:1', 'kill:after-write:4']) {
    it(`at ${fault} is finished by the next run: nothing twice, nothing lost`, async () => {
      const authority = `cut-${fault.replaceAll(':', '-').slice(5)}`;
      app.clock.set(dayBefore);
      await app.deps.store.directory.save({ ...province(authority, 4), successions: reform(4) });
      const reports: Instance[] = [];
      for (let n = 0; n < 10; n += 1) reports.push(await openReport(app, authority, `w${(n % 4) + 1}`, `r${n}`));
      await app.relay.settle();
      expect(await run(authority, fault)).to.equal('SIGKILL');
      expect(await run(authority)).to.equal(null);
      for (const { id } of reports) {
        const held = await app.deps.store.instances.load(authority, id);
        expect(held?.instance.context.unit).to.equal('x1');
        const entries = (await app.deps.store.instances.history(authority, id, 1, 100)).map(({ bytes }) => readEntry(bytes));
        expect(entries.filter(({ command }) => command === 'TAKE_OVER')).to.have.lengthOf(1);
      }
      const directory = await app.deps.store.directory.snapshot(authority);
      expect(directory.lists[0]?.units).to.deep.equal(['x1']);
      expect(await chainFaults({ ...app, authority })).to.deep.equal([]);
    }).timeout(childMsMax);
  }
});
