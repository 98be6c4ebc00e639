import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { expect } from 'chai';
import { uploadsPerDayMax } from '../../src/commands/papers/attachments.js';
import { docxOf, scanOf, smallPng } from '../documents/intake/files.js';
import { must, openPlan, putInForce } from '../support/application.js';
import { type Reply, raw, startWeb, type Web, webOn } from './support.js';

const note = Buffer.from('Phụ lục: danh sách hộ nghèo.\n');

/** A form with one file, as bytes: what a client that is none would write too. */
function formOf(
  name: string,
  bytes: Uint8Array,
  type = 'text/plain',
  field = 'file',
): { body: Buffer; headers: Record<string, string> } {
  const head = `--grenze\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--grenze--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=grenze' },
  };
}

describe('files that come in', function () {
  this.timeout(40_000);
  let web: Web;
  before(async () => {
    web = await startWeb('uploads');
  });
  after(() => web.close());

  const send = async (person: string, form: ReturnType<typeof formOf>, on = web) =>
    raw(on, {
      method: 'POST',
      path: '/api/v1/attachments',
      headers: { authorization: `Bearer ${await on.token(person)}`, ...form.headers },
      body: form.body,
    });
  const stored = async () => ({
    rows: await web.app.connection.collection('attachments').countDocuments(),
    files: await web.app.connection.collection('files.files').countDocuments(),
    chunks: await web.app.connection.collection('files.chunks').countDocuments(),
  });
  const codeOf = (reply: { text: string }) => (JSON.parse(reply.text) as { code?: string }).code;
  const upload = async (person: string, name: string, bytes: Uint8Array, type?: string) => {
    const reply = await send(person, formOf(name, bytes, type));
    expect(reply.status, reply.text).to.equal(201);
    return JSON.parse(reply.text) as { hash: string; name: string; mediaType: string; length: number; state: string };
  };

  it('are stored once by their hash, under a clean name', async () => {
    // given a name in NFD with a path before it
    const kept = await upload('off-nv', 'C:\\x\\Phụ lục.txt'.normalize('NFD'), note);
    expect(kept).to.deep.include({ name: 'Phụ lục.txt', mediaType: 'text/plain', length: note.length, state: 'clean' });
    const before = await stored();
    // when somebody else brings the same bytes under another name
    const again = await upload('head-nv', 'khác.txt', note);
    // then it is the same file, and each has his own name of it
    expect([again.hash, again.name]).to.deep.equal([kept.hash, 'khác.txt']);
    expect(await stored()).to.deep.equal(before);
  });

  it('are attached while drafting, by the drafter, who counts as an editor; then approvals cover them', async () => {
    const { hash, name } = await upload('off-nv', 'Phụ lục.txt', note);
    const plan = await openPlan(web.app);
    const input = { hash, name };
    const attached = await must(web.app, plan.id, 'off-nv', 'ATTACH', { input });
    expect(attached.context.attachments).to.deep.equal([{ hash, name }]);
    expect(attached.context.editors).to.deep.equal(['off-nv']);
    const api = await web.api('off-nv');
    const command = (id: string, what: string, more: object): Promise<Reply> =>
      api.post(`/api/v1/instances/${id}/commands/${what}`, { input: more });
    expect((await command(plan.id, 'ATTACH', { hash: 'f'.repeat(64), name })).json['code']).to.equal('attachmentUnknown');
    expect((await command(plan.id, 'ATTACH', { hash, name: 'a.pdf' })).json['code']).to.equal('attachmentMisnamed');
    // when it is in review, nothing is attached or detached
    const inForce = await putInForce(web.app, attached);
    expect((await command(inForce.id, 'DETACH', { hash })).json['code']).to.equal('notPossibleHere');
    expect(inForce.context.attachments).to.deep.equal([{ hash, name }]);
  });

  it('case 41: are given out as attachments that can do nothing, by their own type, with an encoded name', async () => {
    const { hash } = await upload('off-nv', 'đồ hình.png', smallPng, 'image/png');
    const plan = await openPlan(web.app);
    await must(web.app, plan.id, 'off-nv', 'ATTACH', { input: { hash, name: 'Sơ đồ "1"_(a).png'.replaceAll('"', '') } });
    const reply = await fetch(`${web.origin}/api/v1/instances/${plan.id}/attachments/${hash}`, {
      headers: { authorization: `Bearer ${await web.token('off-nv')}` },
    });
    expect(reply.status).to.equal(200);
    expect(Buffer.from(await reply.arrayBuffer()).equals(smallPng)).to.equal(true);
    expect(reply.headers.get('content-type')).to.equal('image/png');
    expect(reply.headers.get('content-disposition')).to.equal(
      `attachment; filename="So do 1_-a-.png"; filename*=UTF-8''S%C6%A1%20%C4%91%E1%BB%93%201_%28a%29.png`,
    );
    expect(reply.headers.get('x-content-type-options')).to.equal('nosniff');
    expect(reply.headers.get('content-security-policy')).to.match(/default-src 'none';.*sandbox/);
  });

  it('case 19: are read only through an instance that names them and that one may read', async () => {
    const { hash, name } = await upload('off-nv', 'Phụ lục.txt', note);
    const plan = await openPlan(web.app);
    await must(web.app, plan.id, 'off-nv', 'ATTACH', { input: { hash, name } });
    const other = await openPlan(web.app);
    const status = async (person: string, id: string, of: string) =>
      (await (await web.api(person)).get(`/api/v1/instances/${id}/attachments/${of}`)).status;
    expect(await status('off-nv', plan.id, hash)).to.equal(200);
    expect(await status('stranger', plan.id, hash)).to.equal(404);
    expect(await status('off-nv', other.id, hash)).to.equal(404);
    expect(await status('off-nv', plan.id, 'a'.repeat(64))).to.equal(404);
    expect(await status('off-nv', plan.id, '..%2f..%2fetc')).to.equal(404);
    const kinds = (await web.app.deps.store.audit.list(web.app.authority, 50)).map(({ kind }) => kind);
    expect(kinds).to.include.members(['attachmentOpened', 'readDenied']);
  });

  it('case 38: are refused where name, declared type and bytes disagree, and nothing is kept', async () => {
    const before = await stored();
    for (const [name, bytes, type] of [
      ['a.pdf', Buffer.from('<html><script>'), 'application/pdf'],
      ['a.svg', Buffer.from('<svg/>'), 'image/svg+xml'],
      ['a.txt', note, 'text/html'],
      ['a.exe', note, 'application/octet-stream'],
    ] as const) {
      const reply = await send('off-nv', formOf(name, bytes, type));
      expect([reply.status, codeOf(reply)], name).to.deep.equal([415, 'fileTypeRefused']);
    }
    for (const name of ['', '.txt', `${'x'.repeat(300)}.txt`, 'a\u202etxt.exe.txt', 'a\u0007.txt', 'a.txt:x'])
      expect(codeOf(await send('off-nv', formOf(name, note))), JSON.stringify(name)).to.be.oneOf([
        'fileNameInvalid',
        'uploadInvalid',
      ]);
    expect(await stored()).to.deep.equal(before);
  });

  it('that bear a degree of secrecy where a stamp stands are refused, and nothing is kept', async () => {
    const before = await stored();
    const head = ['UBND QUẬN VÍ DỤ', 'Số: 12/BC-UBND', 'TỐI MẬT', 'BÁO CÁO', 'Về việc ví dụ'];
    const open = head.filter((line) => line !== 'TỐI MẬT');
    for (const [name, bytes] of [
      ['a.txt', Buffer.from(head.join('\n'))],
      ['a.docx', await docxOf(head)],
    ] as const) {
      const reply = await send('off-nv', formOf(name, bytes, 'application/octet-stream'));
      expect([reply.status, codeOf(reply)], name).to.deep.equal([422, 'secretRefused']);
    }
    expect(await stored()).to.deep.equal(before);
    await upload('off-nv', 'a.docx', await docxOf(open), 'application/octet-stream');
    await upload('off-nv', 'ban-quet.pdf', await scanOf(2), 'application/pdf');
  });

  it('case 40: of 300 MB are refused early, announced or not, and memory stays flat', async () => {
    const before = await stored();
    const authorization = `Bearer ${await web.token('off-nv')}`;
    const head = formOf('a.pdf', new Uint8Array(), 'application/pdf');
    const rss = process.memoryUsage.rss();
    for (const announced of [true, false]) {
      let sent = 0;
      const status = await new Promise<number>((done, fail) => {
        const request = httpRequest({
          host: '127.0.0.1',
          port: web.port,
          method: 'POST',
          path: '/api/v1/attachments',
          headers: { authorization, ...head.headers, ...(announced ? { 'content-length': 300_000_000 } : {}) },
        });
        let answered = false;
        request.on('response', (response) => {
          answered = true;
          response.resume();
          response.on('end', () => {
            request.destroy();
            done(response.statusCode ?? 0);
          });
        });
        request.on('error', (error) => answered || fail(error));
        request.write(head.body.subarray(0, head.body.indexOf('\r\n\r\n') + 4));
        const chunk = Buffer.alloc(1_000_000);
        const more = (): void => {
          if (answered || sent >= 300_000_000) return;
          sent += chunk.length;
          request.write(chunk, () => setImmediate(more));
        };
        if (!announced) more();
      });
      expect(status).to.equal(413);
      expect(sent).to.be.below(100_000_000);
    }
    expect(process.memoryUsage.rss() - rss).to.be.below(200_000_000);
    expect(await stored()).to.deep.equal(before);
  });

  it('case 40: that break off leave nothing, and the next one is taken', async () => {
    const before = await stored();
    const form = formOf('a.txt', Buffer.alloc(1_000_000, 'x'));
    for (let round = 0; round < 6; round += 1) {
      const socket = connect(web.port, '127.0.0.1');
      const lines = [
        'POST /api/v1/attachments HTTP/1.1',
        'host: 127.0.0.1',
        `authorization: Bearer ${await web.token('off-nv')}`,
        `content-type: ${form.headers['content-type'] ?? ''}`,
        `content-length: ${form.body.length}`,
      ];
      await new Promise<void>((sent) =>
        socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), form.body.subarray(0, 70_000)]), () => sent()),
      );
      socket.destroy();
      await new Promise((closed) => socket.once('close', closed));
    }
    // more of them than may be read at once: each gave its place back
    await until(async () => (await send('off-nv', formOf('b.txt', Buffer.from(`sau ${Math.random()}`)))).status === 201);
    const after = await stored();
    expect(after.rows).to.equal(before.rows + 1);
    expect(after.files).to.equal(before.files + 1);
  });

  it('case 42: in malformed forms are refused, and the server goes on', async () => {
    const token = `Bearer ${await web.token('off-nv')}`;
    const multipart = { 'content-type': 'multipart/form-data; boundary=grenze' };
    const part = (disposition: string, body = 'x', more = '') =>
      `--grenze\r\nContent-Disposition: ${disposition}\r\n${more}\r\n${body}\r\n`;
    const end = '--grenze--\r\n';
    const file = part('form-data; name="file"; filename="a.txt"');
    const corpus: Readonly<Record<string, [Record<string, string>, string]>> = {
      'no type': [{}, 'x'],
      JSON: [{ 'content-type': 'application/json' }, '{}'],
      'no boundary': [{ 'content-type': 'multipart/form-data' }, file + end],
      'an empty boundary': [{ 'content-type': 'multipart/form-data; boundary=' }, file + end],
      'another boundary': [{ 'content-type': 'multipart/form-data; boundary=x' }, file + end],
      compressed: [{ ...multipart, 'content-encoding': 'gzip' }, file + end],
      nothing: [multipart, ''],
      'only the end': [multipart, end],
      'no end': [multipart, file],
      'cut in the head of a part': [multipart, '--grenze\r\nContent-Disposition: form-da'],
      'no file': [multipart, part('form-data; name="a"') + end],
      'another field': [multipart, part('form-data; name="other"; filename="a.txt"') + end],
      'two files': [multipart, file + file + end],
      'an empty file name': [multipart, part('form-data; name="file"; filename=""') + end],
      'no name': [multipart, part('form-data; filename="a.txt"') + end],
      'deep field names': [multipart, part(`form-data; name="a${'[b]'.repeat(5_000)}"`) + end],
      'numeric field names': [multipart, Array.from({ length: 200 }, (_, n) => part(`form-data; name="${n}"`)).join('') + end],
      'a prototype': [multipart, part('form-data; name="__proto__"') + part('form-data; name="constructor"') + end],
      'a field twice': [multipart, part('form-data; name="a"') + part('form-data; name="a"') + file + end],
      'a long field': [multipart, part('form-data; name="a"', 'x'.repeat(50_000)) + file + end],
      'many headers in a part': [
        multipart,
        part('form-data; name="file"; filename="a.txt"', 'x', 'X-A: b\r\n'.repeat(3_000)) + end,
      ],
      'a header without an end': [multipart, `--grenze\r\n${'x'.repeat(200_000)}`],
      'zero bytes': [multipart, `--grenze\r\nContent-Disposition: form-data; name="\0"; filename="\0.txt"\r\n\r\nx\r\n${end}`],
    };
    const before = await stored();
    for (const [what, [headers, body]] of Object.entries(corpus)) {
      const reply = await raw(web, {
        method: 'POST',
        path: '/api/v1/attachments',
        headers: { authorization: token, ...headers },
        body,
      });
      expect(reply.status, `${what}: ${reply.text.slice(0, 200)}`).to.be.within(400, 429);
    }
    expect(await stored()).to.deep.equal(before);
    expect(({} as Record<string, unknown>)['x']).to.equal(undefined);
    expect((await send('off-nv', formOf('c.txt', note))).status).to.equal(201);
  });

  it('case 30: from a page need the token of the session', async () => {
    const { login, password } = await web.account('off-vhtt');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const form = formOf('a.txt', note);
    const cookie = [...visitor.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await raw(web, {
      method: 'POST',
      path: '/api/v1/attachments',
      headers: { cookie, ...form.headers },
      body: form.body,
    });
    expect([reply.status, codeOf(reply)]).to.deep.equal([403, 'csrfFailed']);
  });

  it('case 40: are counted for each person and day', async () => {
    const { store } = web.app.deps;
    const used = { files: uploadsPerDayMax - 1, bytes: 0 };
    expect(await store.attachments.spend(web.app.authority, 'head-p2', used)).to.equal(true);
    expect((await send('head-p2', formOf('a.txt', note))).status).to.equal(201);
    const over = await send('head-p2', formOf('a.txt', note));
    expect([over.status, codeOf(over)]).to.deep.equal([429, 'uploadsTooMany']);
    expect((await send('head-p1', formOf('a.txt', note))).status).to.equal(201);
  });

  it('case 43: wait in quarantine until a scanner finds them clean', async () => {
    // given a scanner that first does not answer with a verdict
    let verdict: 'clean' | 'infected' | 'later' | 'broken' = 'broken';
    const scanner = { scan: () => (verdict === 'broken' ? Promise.reject(new Error('away')) : Promise.resolve(verdict)) };
    const scanned = await webOn({ ...web.app, deps: { ...web.app.deps, scanner } });
    try {
      const bytes = Buffer.from('chờ quét\n');
      const reply = await send('off-nv', formOf('q.txt', bytes), scanned);
      const { hash, state } = JSON.parse(reply.text) as { hash: string; state: string };
      expect([reply.status, state]).to.deep.equal([201, 'quarantined']);
      // then it is not attached
      const plan = await openPlan(web.app);
      const api = await scanned.api('off-nv');
      const attach = () => api.post(`/api/v1/instances/${plan.id}/commands/ATTACH`, { input: { hash, name: 'q.txt' } });
      expect((await attach()).json['code']).to.equal('fileQuarantined');
      // when it is found infected it stays there, and that is audited
      verdict = 'infected';
      await send('off-nv', formOf('q.txt', bytes), scanned);
      expect((await attach()).json['code']).to.equal('fileQuarantined');
      const kinds = (await web.app.deps.store.audit.list(web.app.authority, 20)).map(({ kind }) => kind);
      expect(kinds).to.include('fileInfected');
      // and when a later scan clears it, it may be attached and read
      verdict = 'clean';
      expect((await attach()).status).to.equal(200);
      expect((await api.get(`/api/v1/instances/${plan.id}/attachments/${hash}`)).text).to.equal('chờ quét\n');
    } finally {
      await scanned.closeDoor();
    }
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 50; tries += 1) if (await holds()) return;
  throw new Error('never held');
}
