import { expect } from 'chai';
import { must, openPlan, plan, startApplication, type TestApplication } from '../support/application.js';
import { partsOf, startSmtp, type TestSmtp } from '../support/smtp.js';
import { town } from '../support/town.js';
import { type Visitor, type Web, webOn } from './support.js';

const publicAddress = 'http://127.0.0.1';

describe('the pages and the API of notices', () => {
  let web: Web;
  let app: TestApplication;
  let server: TestSmtp;
  before(async () => {
    server = await startSmtp();
    app = await startApplication('notices-web', {
      mail: {
        url: `smtp://127.0.0.1:${server.port}`,
        from: 'khong-tra-loi@vi-du.example',
        preferencesUrl: `${publicAddress}/preferences`,
        address: publicAddress,
        retryFirstMs: 1,
      },
    });
    web = await webOn(app);
  });
  after(async () => {
    await web.close();
    await server.close();
  });

  async function visiting(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }

  it('shows what is open first, counts it in the frame, and marks as read without scripts', async () => {
    const paper = await openPlan(app, { ...plan, title: 'Kế hoạch <i>ví dụ</i>' });
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    const head = await visiting('head-nv');
    const page = await head.get('/notices');
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('Kế hoạch &lt;i&gt;ví dụ&lt;/i&gt;').and.contain('Chưa đọc');
    expect(page.text).to.contain(`href="/instances/${encodeURIComponent(paper.id)}"`);
    expect(page.text).to.contain('<span class="count" aria-hidden="true">1</span>');
    // when all are marked as read
    const sent = await head.form('/notices/read', {});
    expect([sent.status, sent.headers.get('location')]).to.deep.equal([303, '/notices?done=read']);
    const after = await head.get('/notices?done=read');
    expect(after.text).to.contain('Đã đánh dấu đã đọc').and.not.contain('Chưa đọc');
    // it still waits for him, so it stays open
    expect((await head.get('/inbox')).text).to.contain('<span class="count" aria-hidden="true">1</span>');
    await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw: paper.content ?? '' });
    await app.relay.settle();
    const passed = await head.get('/notices');
    expect(passed.text).to.contain('Đã qua').and.not.contain('class="count"');
  });

  it('the API tells the same, pages through it, and marks one’s own only', async () => {
    const paper = await openPlan(app);
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await must(app, paper.id, 'form', 'RETURN', { saw: paper.content ?? '', input: { reason: 'Thiếu nơi nhận' } });
    await app.relay.settle();
    const api = await web.api('off-nv');
    const reply = await api.get('/api/v1/notices?limit=1');
    const [item] = reply.json.items as unknown as { id: string; kind: string; reason: string; open: boolean; instance: string }[];
    expect(item).to.include({ kind: 'turn', reason: 'Lý do: Thiếu nơi nhận', open: true, instance: paper.id });
    expect((await (await web.api('clerk')).post('/api/v1/notices/read', { ids: [item?.id] })).json.count).to.equal(0);
    expect((await api.post('/api/v1/notices/read', { ids: [item?.id] })).json.count).to.equal(1);
    expect((await api.post('/api/v1/notices/read', { ids: null })).json.count).to.equal(0);
    expect((await api.post('/api/v1/notices/read', { ids: ['x'], more: 1 })).status).to.equal(400);
  });

  it('tells nothing of an instance that its reader may not read any more', async () => {
    const paper = await openPlan(app, { ...plan, title: 'Việc kín của đơn vị khác' });
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await must(app, paper.id, 'head-nv', 'RETURN', {
      saw: paper.content ?? '',
      input: { reason: 'Lý do chỉ người trong việc được biết' },
    });
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    const base = town(app.authority);
    await app.deps.store.directory.save({
      ...base,
      appointments: base.appointments.map((one) => (one.person === 'head-nv' ? { ...one, to: '2026-03-01' } : one)),
    });
    try {
      const items = (await (await web.api('head-nv')).get('/api/v1/notices')).json.items as unknown as Record<string, unknown>[];
      const text = JSON.stringify(items);
      expect(items.length).to.be.greaterThan(0);
      expect(text).not.to.contain('Việc kín').and.not.to.contain('người trong việc');
      for (const item of items) expect(item).to.include({ instance: null, title: null, line: null, reason: null });
      const page = await (await visiting('head-nv')).get('/notices');
      expect(page.text).to.contain('không còn thuộc quyền xem').and.not.contain('Việc kín').and.not.contain(`${paper.id}"`);
    } finally {
      await app.deps.store.directory.save(base);
    }
  });

  it('an address counts only after the code that was mailed there; the link opens a page and does nothing', async () => {
    const person = await visiting('clerk');
    expect((await person.get('/preferences')).text).to.contain('Chưa có địa chỉ');
    for (const wrong of [
      'a@b',
      'x@vi-du.example\nBcc: y@vi-du.example',
      'x@vi-du.example, y@vi-du.example',
      '<x@vi-du.example>',
      '"x"@vi-du.example',
    ])
      expect((await person.form('/preferences/address', { address: wrong })).status, wrong).to.equal(400);
    await person.form('/preferences/address', { address: 'van-thu@vi-du.example' });
    await app.relay.settle();
    const [mail] = server.taken;
    expect(mail?.to).to.deep.equal(['van-thu@vi-du.example']);
    const html = partsOf(mail?.raw ?? '').get('text/html') ?? '';
    const code = /letter-spacing:4px">(\d{8})</.exec(html)?.[1] ?? '';
    expect(html).to.contain(`href="${publicAddress}/preferences"`).and.not.contain(`${code}"`);
    // the code is nowhere in the database
    const stored = await app.connection.collection('preferences').find({}).toArray();
    const rows = await app.connection.collection('outbox').find({ kind: 'confirmAddress' }).toArray();
    expect(JSON.stringify([stored, rows])).not.to.contain(code);
    // wrong codes are counted and tell nothing
    expect((await person.form('/preferences/address/confirm', { code: '00000000' })).status).to.equal(403);
    const confirmed = await person.form('/preferences/address/confirm', { code: `${code.slice(0, 4)} ${code.slice(4)}` });
    expect(confirmed.headers.get('location')).to.equal('/preferences?done=confirmed');
    expect((await person.get('/preferences')).text).to.contain('van-thu@vi-du.example');
    expect((await person.form('/preferences/address/confirm', { code })).status).to.equal(403);
    const kinds = (await app.deps.store.audit.list(app.authority, 20)).map(({ kind }) => kind);
    expect(kinds).to.include.members(['mailAddressAsked', 'mailAddressNotConfirmed', 'mailAddressConfirmed']);
    expect(JSON.stringify(await app.deps.store.audit.list(app.authority, 20))).not.to.contain('van-thu@');
  });

  it('a code ends with its day and with five tries; requests are few', async () => {
    const api = await web.api('form');
    const ask = () => api.post('/api/v1/preferences/address', { address: 'form@vi-du.example' });
    const codeNow = async (): Promise<string> => {
      await app.relay.settle();
      const html = partsOf(server.taken.at(-1)?.raw ?? '').get('text/html') ?? '';
      return /letter-spacing:4px">(\d{8})</.exec(html)?.[1] ?? '';
    };
    const confirm = async (code: string) => (await api.post('/api/v1/preferences/address/confirm', { code })).status;
    expect((await ask()).json).to.include({ address: null, addressWaiting: 'form@vi-du.example' });
    const first = await codeNow();
    for (let round = 0; round < 5; round += 1) expect(await confirm('12345678')).to.equal(403);
    expect(await confirm(first), 'tried too often').to.equal(403);
    await ask();
    const second = await codeNow();
    app.clock.advance(25 * 60 * 60 * 1_000);
    expect(await confirm(second), 'too old').to.equal(403);
    for (let round = 0; round < 5; round += 1) expect((await ask()).status).to.equal(200);
    expect((await ask()).status).to.equal(429);
    expect(await confirm(await codeNow())).to.equal(200);
    expect((await api.send('DELETE', '/api/v1/preferences/address', undefined)).json).to.include({ address: null });
  });

  it('preferences are kept, audited, and one’s own', async () => {
    const person = await visiting('deputy');
    await person.get('/preferences');
    const sent = await person.form('/preferences', { mail: 'weekly', hour: '16', language: 'en', kinds: ['turn', 'outcome'] });
    expect(sent.headers.get('location')).to.equal('/preferences?done=saved');
    expect((await (await web.api('deputy')).get('/api/v1/preferences')).json).to.include({
      mail: 'weekly',
      hour: 16,
      language: 'en',
    });
    expect((await (await web.api('chair')).get('/api/v1/preferences')).json).to.include({
      mail: 'daily',
      hour: 8,
      language: 'vi',
    });
    expect((await person.form('/preferences', { mail: 'hourly', hour: '16', language: 'en' })).status).to.equal(400);
    expect((await person.form('/preferences', { mail: 'daily', hour: '24', language: 'en' })).status).to.equal(400);
    expect((await app.deps.store.audit.list(app.authority, 5)).map(({ kind }) => kind)).to.include('preferencesChanged');
  });
});
