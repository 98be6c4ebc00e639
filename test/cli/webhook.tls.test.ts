import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { startApplication, type TestApplication } from '../support/application.js';
import { startTlsReceiver, type TlsReceiver } from '../support/tlsReceiver.js';
import { hostOf, terminal } from './terminal.js';

const senderModule = new URL('../../src/effects/webhookSend.ts', import.meta.url).href;

describe('a webhook to a receiver with a certificate of its own', () => {
  let app: TestApplication;
  let receiver: TlsReceiver;
  let folder: string;
  before(async () => {
    app = await startApplication('clitls', { webhooks: { allow: ['localhost'], loopbackHttp: false } });
    receiver = await startTlsReceiver();
    folder = await mkdtemp(join(tmpdir(), 'trinhky-tls-'));
  });
  after(async () => {
    await app.close();
    await receiver.close();
    await rm(folder, { recursive: true });
  });
  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 160 });
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['webhook', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out() };
  }

  it('is sent nothing while nobody vouches for it, and the administrator is told why and what to do', async () => {
    const id = /webhook ([0-9a-f]{12})/.exec((await run('add', receiver.url)).out)?.[1] ?? '';
    const { code, out } = await run('ping', id);
    expect(code).to.equal(1);
    expect(out).to.contain('không được tin cậy (DEPTH_ZERO_SELF_SIGNED_CERT)').and.to.contain('NODE_EXTRA_CA_CERTS');
    expect((await run('ping', id, '--lang', 'en')).out).to.contain('TLS certificate of the receiver is not trusted');
    expect(receiver.got).to.deep.equal([]);
  });

  it('is sent to by a process that was started to trust it', async function () {
    this.timeout(30_000);
    const trusted = join(folder, 'receiver.pem');
    await writeFile(trusted, receiver.certificate);
    const message = { url: receiver.url, headers: { 'webhook-id': 'a message' }, body: '{}' };
    const script = `
      import { makeWebhookSender } from ${JSON.stringify(senderModule)};
      const sender = makeWebhookSender({ allow: ['localhost'], loopbackHttp: false });
      console.log(JSON.stringify(await sender.post(${JSON.stringify(message)})));
      sender.close();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: trusted },
    });
    const said: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk));
    await new Promise((resolve) => child.once('close', resolve));
    expect(Buffer.concat(said).toString().trim()).to.equal('{"kind":"answered","status":204,"retryAfterMs":null}');
    expect(receiver.got).to.deep.equal(['a message']);
  });
});
