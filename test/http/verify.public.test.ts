import { expect } from 'chai';
import { verifyUploadBytesMax } from '../../src/commands/papers/verifyPaper.js';
import type { Instance } from '../../src/engine/instance.js';
import { sha256 } from '../../src/engine/json.js';
import { verifiesMax } from '../../src/store/addressLimiter.js';
import { must } from '../support/application.js';
import { fileOf, issuedPaper, preparedPaper, sealedPaper, signedPaper, textOf } from './proofSupport.js';
import { raw, startWeb, type Web } from './support.js';

describe('verification by anybody', () => {
  let web: Web;
  let issued: Instance;
  before(async () => {
    web = await startWeb('verify', { trustProxy: 1 });
    issued = await issuedPaper(web.app, 'Kế hoạch để kiểm tra');
  });
  after(() => web.close());

  let addresses = 0;
  /** Everybody comes from an address of his own, or the limit of one would end the test. */
  const from = () => {
    addresses += 1;
    return { 'x-forwarded-for': `203.0.113.${addresses % 250}` };
  };
  const byCode = async (code: unknown, headers: Record<string, string> = from()) => {
    const response = await fetch(`${web.origin}/api/v1/verify/${encodeURIComponent(String(code))}`, { headers });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const byFile = async (bytes: Uint8Array, headers: Record<string, string> = {}) => {
    const response = await fetch(`${web.origin}/api/v1/verify`, {
      method: 'POST',
      headers: { ...from(), 'content-type': 'application/pdf', ...headers },
      body: Buffer.from(bytes),
    });
    return { status: response.status, json: (await response.json()) as Record<string, unknown> };
  };
  const upload = async (parts: readonly [name: string, value: Uint8Array | string][], accept = 'vi') => {
    const form = new FormData();
    for (const [name, value] of parts)
      if (typeof value === 'string') form.append(name, value);
      else form.append(name, new File([Buffer.from(value)], 'van-ban.pdf', { type: 'application/pdf' }));
    const response = await fetch(`${web.origin}/verify`, {
      method: 'POST',
      headers: { ...from(), accept: 'text/html', 'accept-language': accept },
      body: form,
    });
    return { status: response.status, text: await response.text() };
  };

  it('tells by the code what was signed, by whom, in which capacity and when, and how it stands', async () => {
    const { status, json } = await byCode(issued.context.code);
    expect(status).to.equal(200);
    expect(json).to.deep.include({
      title: 'Kế hoạch để kiểm tra',
      agency: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      issuedOn: '2026-03-02',
      standing: 'issued',
      replacedBy: null,
      file: issued.context.sealedFile,
      code: issued.context.code,
      signedAt: issued.context.signedAt,
    });
    expect(json.number).to.match(/^\d{2,}\/KH-UBND$/);
    expect(json.signature).to.deep.equal(issued.context.signature);
    expect((json.signatoryCertificate as { name: string }).name).to.equal('deputy');
    expect((json.sealCertificate as { name: string }).name).to.equal('agency');
    // as somebody types it
    const typed = ` ${textOf(issued, 'code').toLowerCase().replaceAll('-', ' ')}`;
    expect((await byCode(typed)).json.file).to.equal(issued.context.sealedFile);
  });

  it('says the same of no code, of an unknown code, and of every paper that is not issued', async () => {
    const notYet = [await preparedPaper(web.app), await signedPaper(web.app), await sealedPaper(web.app)];
    const voided = await sealedPaper(web.app);
    await must(web.app, voided.id, 'deputy', 'VOID', { input: { reason: 'Sai' } });
    const codes = ['x', 'AAAA-AAAA-AAAA-AAAA', ...[...notYet, voided].map(({ context }) => context.code)];
    const answers: Record<string, unknown>[] = [];
    for (const code of codes) {
      const { status, json } = await byCode(code);
      answers.push({ status, ...json, requestId: '' });
    }
    for (const answer of answers) expect(answer).to.deep.equal(answers[0]);
    expect(answers[0]?.status).to.equal(404);
  });

  it('case 12, 13: knows the issued file, and no other file of it', async () => {
    const sealed = await fileOf(web.app, issued, 'sealedFile');
    const genuine = (await byFile(sealed)).json;
    expect(genuine.verdict).to.equal('genuine');
    expect((genuine.report as { hash: string }).hash).to.equal(sha256(sealed));
    expect((genuine.paper as { file: string }).file).to.equal(issued.context.sealedFile);
    // the same with anything after it, and the parts of it that were never issued
    const grown = Buffer.concat([sealed, Buffer.from('\n%more')]);
    for (const [what, bytes] of [
      ['grown', grown],
      ['signed, not sealed', await fileOf(web.app, issued, 'signedFile')],
      ['prepared', await fileOf(web.app, issued, 'prepared')],
    ] as const) {
      const { json } = await byFile(bytes);
      expect(json.verdict, what).to.equal('altered');
      expect((json.report as { faults: string[] }).faults, what).to.include('bytesOther');
      expect((json.report as { sound: boolean }).sound, what).to.equal(false);
    }
    expect((await byFile(Buffer.from('no paper of ours'))).json).to.deep.include({ verdict: 'unsigned', paper: null });
  });

  it('reveals nothing of a paper that is not issued, by its file either', async () => {
    for (const [paper, field] of [
      [await preparedPaper(web.app), 'prepared'],
      [await signedPaper(web.app), 'signedFile'],
      [await sealedPaper(web.app), 'sealedFile'],
    ] as const) {
      const { json } = await byFile(await fileOf(web.app, paper, field));
      expect(json.paper, field).to.equal(null);
      expect(json.verdict, field).to.be.oneOf(['soundButUnknown', 'unsigned']);
    }
  });

  it('says that a paper was made void after it had been issued, with the day, by its code and by its file', async () => {
    const paper = await issuedPaper(web.app, 'Kế hoạch bị hủy');
    web.app.clock.advance(24 * 60 * 60 * 1000);
    await must(web.app, paper.id, 'deputy', 'VOID', { input: { reason: 'Nội dung riêng' } });
    const { status, json } = await byCode(paper.context.code);
    expect([status, json.standing, json.voidedOn]).to.deep.equal([200, 'voided', '2026-03-03']);
    expect(JSON.stringify(json)).not.to.contain('Nội dung riêng');
    const file = (await byFile(await fileOf(web.app, paper, 'sealedFile'))).json;
    expect(file.verdict).to.equal('genuineButOver');
    for (const [accept, text] of [
      ['vi', 'Đã hủy ngày 03/03/2026'],
      ['en', 'Void since 03/03/2026'],
    ] as const) {
      const response = await fetch(`${web.origin}/verify?code=${textOf(paper, 'code')}`, {
        headers: { ...from(), accept: 'text/html', 'accept-language': accept },
      });
      expect(await response.text()).to.contain(`<strong class="over">${text}</strong>`);
    }
  });

  it('says that a paper is withdrawn, of its code and of its file', async () => {
    const paper = await issuedPaper(web.app, 'Sẽ thu hồi');
    await must(web.app, paper.id, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 1', unit: 'p1' }] } as never });
    await web.app.relay.settle();
    await must(web.app, paper.id, 'deputy', 'WITHDRAW', { input: { reason: 'Sai thẩm quyền' } });
    expect((await byCode(paper.context.code)).json.standing).to.equal('withdrawn');
    expect((await byFile(await fileOf(web.app, paper, 'sealedFile'))).json.verdict).to.equal('genuineButOver');
  });

  it('keeps nothing of a file: no rendition, attachment or file appears', async () => {
    const counts = async () => {
      const { db } = web.app.connection;
      return Promise.all(
        ['renditions', 'attachments', 'files.files', 'contents', 'entries'].map((name) => db.collection(name).countDocuments()),
      );
    };
    await web.app.relay.settle();
    const before = await counts();
    await byFile(Buffer.from('%PDF-1.7 somebody’s own letter'));
    await upload([['file', Buffer.from('%PDF-1.7 somebody’s own letter')]]);
    expect(await counts()).to.deep.equal(before);
  });

  it('refuses what is no PDF body, too large, or cut off, in a bounded way', async () => {
    expect((await byFile(Buffer.from('x'), { 'content-type': 'text/html' })).json.code).to.equal('uploadInvalid');
    expect((await byFile(Buffer.from('x'), { 'content-encoding': 'gzip' })).json.code).to.equal('uploadInvalid');
    expect((await byFile(Buffer.alloc(0))).json.code).to.equal('uploadInvalid');
    // a length that is announced is refused before a byte of it is read
    const announced = await raw(web, {
      method: 'POST',
      path: '/api/v1/verify',
      headers: {
        ...from(),
        'content-type': 'application/pdf',
        'content-length': String(verifyUploadBytesMax + 1),
        connection: 'close',
      },
    });
    expect(announced.status).to.equal(413);
    // and one that is not announced as soon as it has grown too long
    const chunk = Buffer.alloc(1024 * 1024);
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 52) controller.close();
        else controller.enqueue(chunk);
      },
    });
    const grown = await fetch(`${web.origin}/api/v1/verify`, {
      method: 'POST',
      headers: { ...from(), 'content-type': 'application/pdf' },
      body,
      duplex: 'half',
    } as RequestInit);
    expect(grown.status).to.equal(413);
  });

  it('limits how often one address may ask, by code and by file together, and nobody else', async () => {
    const one = { 'x-forwarded-for': '198.51.100.7' };
    const statuses: number[] = [];
    for (let round = 0; round <= verifiesMax; round += 1)
      statuses.push(round === 3 ? (await byFile(Buffer.from('x'), one)).status : (await byCode('x', one)).status);
    expect(statuses.slice(0, 3)).to.deep.equal([404, 404, 404]);
    expect(statuses[3]).to.equal(200);
    expect(statuses.at(-1)).to.equal(429);
    expect(statuses.filter((status) => status === 429)).to.have.length(1);
    expect((await byCode(issued.context.code)).status).to.equal(200);
  });

  describe('on its page', () => {
    const page = async (query: string, accept = 'vi') => {
      const response = await fetch(`${web.origin}/verify${query}`, {
        headers: { ...from(), accept: 'text/html', 'accept-language': accept },
      });
      return { status: response.status, text: await response.text(), headers: response.headers };
    };

    it('needs no session and makes none, is linked from sign-in, and speaks both languages', async () => {
      const reply = await page('');
      expect(reply.status).to.equal(200);
      expect(reply.headers.getSetCookie()).to.deep.equal([]);
      expect(reply.text).to.contain('Kiểm tra văn bản');
      expect((await page('', 'en')).text).to.contain('Verify a paper');
      expect((await web.visitor().get('/sign-in')).text).to.contain('href="/verify"');
    });

    it('shows the paper of a code, and says of any other only that there is none', async () => {
      const found = await page(`?code=${textOf(issued, 'code')}`);
      for (const text of ['Kế hoạch để kiểm tra', 'PHÓ CHỦ TỊCH', 'Đã phát hành', textOf(issued, 'sealedFile'), '02/03/2026'])
        expect(found.text).to.contain(text);
      expect(found.text).to.contain('không có giá trị pháp lý');
      const none = await page('?code=%3Cscript%3Ealert(1)%3C%2Fscript%3E');
      expect(none.status).to.equal(404);
      expect(none.text).not.to.contain('<script');
    });

    it('judges an uploaded file with a clear sentence', async () => {
      const sealed = await fileOf(web.app, issued, 'sealedFile');
      const genuine = await upload([['file', sealed]]);
      expect(genuine.status).to.equal(200);
      expect(genuine.text).to.contain('Đúng là tệp đã phát hành').and.to.contain('Chữ ký của người có thẩm quyền');
      const altered = await upload([['file', Buffer.concat([sealed, Buffer.from('x')])]], 'en');
      expect(altered.text).to.contain('This is not the issued file').and.to.contain('role="status"');
      expect((await upload([['file', new Uint8Array(0)]])).status).to.equal(400);
    });

    it('case 42: bears with malformed forms', async () => {
      const boundary = 'xx';
      const bodies: Record<string, string> = {
        'no end': `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\nabc`,
        'no name': `--${boundary}\r\nContent-Disposition: form-data; filename="a.pdf"\r\n\r\nabc\r\n--${boundary}--\r\n`,
        'two files': `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\na\r\n--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="b"\r\n\r\nb\r\n--${boundary}--\r\n`,
        'other field': `--${boundary}\r\nContent-Disposition: form-data; name="__proto__"; filename="a"\r\n\r\na\r\n--${boundary}--\r\n`,
        'many fields': `${Array.from({ length: 40 }, (_, index) => `--${boundary}\r\nContent-Disposition: form-data; name="f${index}"\r\n\r\nx\r\n`).join('')}--${boundary}--\r\n`,
        nothing: '',
        noise: '\u0000\u0001'.repeat(500),
      };
      for (const [what, body] of Object.entries(bodies)) {
        const { status } = await raw(web, {
          method: 'POST',
          path: '/verify',
          headers: { ...from(), 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'text/html' },
          body,
        });
        expect(status, what).to.be.within(400, 415);
      }
      const plain = await raw(web, { method: 'POST', path: '/verify', headers: { ...from(), accept: 'text/html' }, body: 'x' });
      expect(plain.status).to.equal(400);
      // and goes on serving
      expect((await upload([['file', await fileOf(web.app, issued, 'sealedFile')]])).status).to.equal(200);
    });

    it('takes a form from its own pages only', async () => {
      const { status } = await raw(web, {
        method: 'POST',
        path: '/verify',
        headers: { ...from(), 'sec-fetch-site': 'cross-site', 'content-type': 'multipart/form-data; boundary=x' },
        body: '',
      });
      expect(status).to.equal(403);
    });
  });
});
