import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { idOfOpening } from '../../src/commands/open.js';
import { createWebhook } from '../../src/commands/webhooks/manage.js';
import { webhookFreshMs } from '../../src/commands/webhooks/ports.js';
import { startApplication } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';
import { manualVerify, startReceiver, until } from '../support/webhookReceiver.js';

const childFile = fileURLToPath(new URL('./webhookChild.ts', import.meta.url));

describe('webhooks: a process killed after it sent and before it noted that', function () {
  this.timeout(60_000);

  it('sends again from another process, under the same id, so that the receiver can tell', async () => {
    const app = await startApplication('webhookkilled', { webhooks: { allow: [], loopbackHttp: true } });
    const receiver = await startReceiver();
    const ask = { url: receiver.url, label: 'Ví dụ', definitions: ['document'], commands: ['OPEN'] };
    const made = await createWebhook(app.deps, { authority: app.authority, actor: 'admin' }, ask);
    app.clock.advance(webhookFreshMs);
    // given a process that dies by power cut while the receiver has its message and has not answered
    const child = spawn(
      process.execPath,
      ['--import', 'tsx', childFile, testDatabaseUri('webhookkilled'), app.authority, app.clock.now()],
      { stdio: ['ignore', 'ignore', 'inherit'] },
    );
    receiver.answer((_response) => child.kill('SIGKILL'));
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    expect([signal, receiver.got.length]).to.deep.equal(['SIGKILL', 1]);
    // when another one goes on, as it would after the lease
    receiver.answer((response) => response.writeHead(204).end());
    await app.deps.store.relay.expireLeases(app.authority, app.clock.now());
    app.relay.wake();
    await until('it comes again', () => receiver.got.length === 2);
    await app.relay.settle();
    // then
    const id = `${idOfOpening(app.authority, 'off-nv', 'child')}/1/webhook/${made.subscription.id}`;
    expect(receiver.got.map((one) => one.headers['webhook-id'])).to.deep.equal([id, id]);
    expect(receiver.got[1]?.body).to.equal(receiver.got[0]?.body);
    const isGenuine = await manualVerify(made.secret);
    expect(receiver.got.every((one) => isGenuine(one.headers, one.body))).to.equal(true);
    const row = await app.connection.collection<{ _id: string; state: string }>('outbox').findOne({ _id: id });
    expect(row?.state).to.equal('done');
    await app.close();
    await receiver.close();
  });
});
