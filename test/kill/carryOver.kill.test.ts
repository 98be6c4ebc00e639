import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { open } from '../../src/commands/open.js';
import { readEntry } from '../../src/engine/entry.js';
import { chainFaults, newKey, startApplication, type TestApplication } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';
import { town } from '../support/town.js';

const childFile = fileURLToPath(new URL('./carryOverChild.ts', import.meta.url));
const childMsMax = 90_000;
const dutiesCount = 12;
const database = 'carry-over-kill';

describe('duties that are carried over by a process that is killed', () => {
  async function run(authority: string, fault = '-'): Promise<NodeJS.Signals | null> {
    const child = spawn(process.execPath, ['--import', 'tsx', childFile, testDatabaseUri(database), authority, fault], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const [, signal] = (await once(child, 'close', { signal: AbortSignal.timeout(childMsMax) })) as [
      number | null,
      NodeJS.Signals | null,
    ];
    return signal;
  }

  async function opened(app: TestApplication, authority: string, plan: string, index: number): Promise<string> {
    const outcome = await open(app.deps, {
      authority,
      definition: 'assignment',
      context: { directive: 'd', plan, clause: 'II.1', title: `Việc ${index}`, unit: 'p1', part: 'lead' },
      content: null,
      parent: { id: 'd', kind: 'assignment', key: String(index) },
      actor: 'system',
      key: newKey(),
    });
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.instance.id;
  }

  for (const fault of ['kill:before-write:1', 'kill:before-write:5', 'kill:after-write:3', 'kill:after-effect:1']) {
    it(`at ${fault} are all carried over once by the next run`, async () => {
      const authority = `carry-${fault.replaceAll(':', '-').slice(5)}`;
      const plan = `${authority}.plan`;
      const duties: string[] = [];
      const before = await startApplication(database);
      before.clock.set('2026-04-06T02:00:00.000Z');
      await before.deps.store.directory.save(town(authority));
      for (let index = 0; index < dutiesCount; index += 1) duties.push(await opened(before, authority, plan, index));
      await before.relay.settle();
      // The effect is left to the process that is killed alone.
      await before.close();
      expect(await run(authority, fault)).to.equal('SIGKILL');
      expect(await run(authority)).to.equal(null);
      const app = await startApplication(database);
      try {
        for (const id of duties) {
          const entries = (await app.deps.store.instances.history(authority, id, 1, 100)).map(({ bytes }) => readEntry(bytes));
          expect(entries.filter(({ command }) => command === 'CARRY_OVER')).to.have.lengthOf(1);
        }
        expect(await chainFaults({ ...app, authority })).to.deep.equal([]);
      } finally {
        await app.close();
      }
    }).timeout(childMsMax);
  }
});
