import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { usualPreferences } from '../../src/commands/notices/preferences.js';
import { startApplication } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';
import { headersOf, startSmtp } from '../support/smtp.js';

const childFile = fileURLToPath(new URL('./mailChild.ts', import.meta.url));
const childMsMax = 60_000;
const address = 'https://trinhky.vi-du.example';

describe('a process killed while it sends a mail', () => {
  for (const [fault, taken] of [
    ['kill:after-claim:1', 1],
    ['kill:before-mail:1', 1],
    ['kill:after-mail:1', 2],
    ['kill:after-effect:1', 1],
  ] as const) {
    it(`at ${fault}: the mail arrives, and a second copy is known by its Message-ID`, async () => {
      const name = `mail-${fault.replaceAll(':', '-')}`;
      const server = await startSmtp();
      const url = `smtp://127.0.0.1:${server.port}`;
      const preferencesUrl = `${address}/preferences`;
      const mail = { url, from: 'khong-tra-loi@vi-du.example', preferencesUrl, address, retryFirstMs: 1 };
      const app = await startApplication(name, { mail });
      try {
        const { authority } = app;
        const usual = usualPreferences({ authority, person: 'head-nv' });
        await app.deps.store.preferences.save({ ...usual, mail: 'each', address: 'head@vi-du.example', revision: 1 });
        const child = spawn(process.execPath, ['--import', 'tsx', childFile, testDatabaseUri(name), authority, url, fault], {
          stdio: ['ignore', 'ignore', 'inherit'],
        });
        const [, signal] = (await once(child, 'close', { signal: AbortSignal.timeout(childMsMax) })) as [unknown, string | null];
        expect(signal).to.equal('SIGKILL');
        // What the dead process had leased would be free after `leaseMs`.
        await app.deps.store.relay.expireLeases(authority, app.clock.now());
        await app.relay.settle();
        const ids = server.taken.map(({ raw }) => headersOf(raw).get('message-id'));
        expect(ids.length).to.equal(taken);
        expect(new Set(ids).size).to.equal(1);
        expect((await app.deps.store.notices.listFor(authority, 'head-nv', 5)).map(({ mailedAt }) => mailedAt)).not.to.include(
          null,
        );
        expect((await app.deps.store.outbox.counts(authority)).parked).to.equal(0);
      } finally {
        await app.close();
        await server.close();
      }
    }).timeout(childMsMax);
  }
});
