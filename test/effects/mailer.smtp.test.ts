import { createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import type { Mail } from '../../src/commands/notices/mailing.js';
import { pemOf } from '../../src/documents/signing/certificate.js';
import { element, sequence } from '../../src/documents/signing/derWrite.js';
import { extension, issueCertificate, nameOf, newKey } from '../../src/documents/signing/testAuthority.js';
import { type MailerOptions, makeMailer } from '../../src/effects/mailer.js';
import { headersOf, partsOf, startSmtp, subjectOf, type TestSmtp } from '../support/smtp.js';

const from = 'UBND quận ví dụ <khong-tra-loi@vi-du.example>';
const mail: Mail = {
  messageId: '<0123456789abcdef@vi-du.example>',
  to: 'nguoi.vi-du-01@vi-du.example',
  subject: 'Chờ xử lý: Kế hoạch tuyên truyền, phổ biến pháp luật năm 2010 trên địa bàn quận',
  text: 'Kính gửi Ông/Bà.\n\nhttps://vi-du.example/notices\n',
  html: '<p>Kính gửi Ông/Bà.</p>',
};

describe('a mailer', () => {
  let server: TestSmtp | undefined;
  afterEach(() => server?.close());

  async function send(one: Partial<Mail> = {}, more: Partial<MailerOptions> = {}) {
    const preferencesUrl = 'https://vi-du.example/preferences';
    const mailer = makeMailer({ url: `smtp://127.0.0.1:${server?.port ?? 1}`, from, preferencesUrl, ...more });
    try {
      return await mailer.send({ ...mail, ...one });
    } finally {
      await mailer.close();
    }
  }

  it('hands over text and HTML, with headers that say it answers nobody', async () => {
    server = await startSmtp();
    expect((await send()).kind).to.equal('accepted');
    const [taken] = server.taken;
    expect([taken?.from, taken?.to]).to.deep.equal(['khong-tra-loi@vi-du.example', ['nguoi.vi-du-01@vi-du.example']]);
    const headers = headersOf(taken?.raw ?? '');
    expect(headers.get('message-id')).to.equal(mail.messageId);
    expect(headers.get('auto-submitted')).to.equal('auto-generated');
    expect(headers.get('list-unsubscribe')).to.equal('<https://vi-du.example/preferences>');
    expect(headers.get('content-type')).to.match(/^multipart\/alternative/);
    expect(headers.has('x-mailer')).to.equal(false);
    expect(subjectOf(taken?.raw ?? '')).to.equal(mail.subject);
    const parts = partsOf(taken?.raw ?? '');
    expect(parts.get('text/plain')?.replaceAll('\r\n', '\n')).to.contain('https://vi-du.example/notices');
    expect(parts.get('text/html')).to.contain('<p>Kính gửi Ông/Bà.</p>');
  });

  it('tells a mail that must wait (4xx) from one that is refused for good (5xx)', async () => {
    server = await startSmtp();
    server.mood.recipient = () => ({ code: 451, text: '4.7.1 Greylisted, try again later' });
    expect(await send()).to.deep.include({ kind: 'deferred' });
    expect((await send()).reason).to.contain('Greylisted');
    server.mood.recipient = () => ({ code: 550, text: '5.1.1 No such user' });
    expect(await send()).to.deep.include({ kind: 'refused' });
    delete server.mood.recipient;
    server.mood.text = () => ({ code: 452, text: '4.3.1 Disk full' });
    expect((await send()).kind).to.equal('deferred');
    server.mood.text = () => ({ code: 554, text: '5.7.1 Refused by policy' });
    expect((await send()).kind).to.equal('refused');
    expect(server.taken).to.deep.equal([]);
  });

  it('a server that is down, or that closes its door to everybody, has taken nothing', async () => {
    const away = await startSmtp();
    await away.close();
    server = undefined;
    expect((await send({}, { url: `smtp://127.0.0.1:${away.port}` })).kind).to.equal('deferred');
    server = await startSmtp({
      onConnect: (_session, done) => done(Object.assign(new Error('closed today'), { responseCode: 554 })),
    });
    expect((await send()).kind).to.equal('deferred');
  });

  it('where the text went out and no answer came, nobody knows; and it ends in time', async () => {
    server = await startSmtp();
    server.mood.silent = true;
    expect(await send({}, { sendMsMax: 400 })).to.deep.equal({ kind: 'unknown', reason: 'tookTooLong' });
    expect(server.taken.length).to.equal(1);
  });

  it('where the line breaks in place of the answer, nobody knows', async () => {
    server = await startSmtp();
    server.mood.drops = true;
    expect((await send()).kind).to.equal('unknown');
    expect(server.taken.length).to.equal(1);
  });

  it('time in the queue for a connection is not time of sending: a slow server gets each of many once', async () => {
    const slowly = { onMailFrom: (_address: unknown, _session: unknown, done: () => void) => void setTimeout(done, 60) };
    server = await startSmtp(slowly);
    const preferencesUrl = 'https://vi-du.example/preferences';
    const mailer = makeMailer({ url: `smtp://127.0.0.1:${server.port}`, from, preferencesUrl, sendMsMax: 500 });
    // twenty over two connections take longer than any of them may
    const to = Array.from({ length: 20 }, (_, index) => `nguoi-${index}@vi-du.example`);
    const answers = await Promise.all(to.map((one) => mailer.send({ ...mail, to: one })));
    await mailer.close();
    expect(answers.map(({ kind }) => kind)).to.deep.equal(Array(20).fill('accepted'));
    expect(server.taken.map(({ to: [one] }) => one)).to.have.members(to);
  });

  it('what waits too long for a connection was certainly not taken', async () => {
    server = await startSmtp();
    server.mood.silent = true;
    const preferencesUrl = 'https://vi-du.example/preferences';
    const options = { url: `smtp://127.0.0.1:${server.port}`, from, preferencesUrl, sendMsMax: 600, waitMsMax: 100 };
    const mailer = makeMailer(options);
    const answers = await Promise.all(['a', 'b', 'c'].map((one) => mailer.send({ ...mail, to: `${one}@vi-du.example` })));
    await mailer.close();
    expect(answers.map(({ kind }) => kind)).to.deep.equal(['unknown', 'unknown', 'busy']);
    expect(server.taken.length).to.equal(2);
  });

  it('speaks TLS where it must, and to no server without it', async () => {
    const { key, cert, ca } = certificateHere();
    server = await startSmtp({ key, cert, authOptional: true });
    expect((await send({}, { requireTls: true, ca })).kind).to.equal('accepted');
    expect(server.taken.map(({ secure }) => secure)).to.deep.equal([true]);
    // a certificate of nobody known
    expect((await send({}, { requireTls: true })).kind).to.equal('deferred');
    await server.close();
    // and a server that offers none
    server = await startSmtp();
    expect((await send({}, { requireTls: true })).kind).to.equal('deferred');
    expect(server.taken).to.deep.equal([]);
  });

  it('lets nothing in a text become a header or a second recipient', async () => {
    server = await startSmtp();
    const hostile = [
      'Kế hoạch\r\nBcc: ke.xau@ngoai.example',
      'Kế hoạch\nSubject: khác',
      'a\r\n\r\n<script>alert(1)</script>',
      '=?UTF-8?B?QmNjOiBhQGIuYw==?=',
      '"><img src=x onerror=alert(1)>',
      'RCPT TO:<ke.xau@ngoai.example>',
      '.\r\nMAIL FROM:<ke.xau@ngoai.example>',
      `${'dài '.repeat(400)}hết`,
    ];
    for (const subject of hostile) {
      const taken = server.taken.length;
      expect((await send({ subject, text: subject, html: '<p>.</p>' })).kind).to.equal('accepted');
      const [last] = server.taken.slice(taken);
      expect(last?.to, subject).to.deep.equal([mail.to]);
      const headers = headersOf(last?.raw ?? '');
      expect([...headers.keys()].sort().join(' '), subject).to.equal(
        'auto-submitted content-type date from list-unsubscribe message-id mime-version subject to x-auto-response-suppress',
      );
      expect(headers.get('message-id')).to.equal(mail.messageId);
    }
  });
});

/** A certificate for this machine by an authority of this test. */
function certificateHere(): { key: string; cert: string; ca: string } {
  const [rootKey, key] = [newKey(), newKey()];
  const subject = [['commonName', 'CA thử nghiệm']] as const;
  const issuer = { name: nameOf(subject), key: rootKey };
  const root = issueCertificate({ subject, publicKey: createPublicKey(rootKey), authority: true }, issuer);
  // subjectAltName, one iPAddress (RFC 5280, 4.2.1.6)
  const here = extension('2.5.29.17', sequence(element(0x87, Buffer.from([127, 0, 0, 1]))));
  const own = issueCertificate(
    { subject: [['commonName', '127.0.0.1']], publicKey: createPublicKey(key), extensions: [here] },
    issuer,
  );
  return { key: key.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pemOf(own), ca: pemOf(root) };
}
