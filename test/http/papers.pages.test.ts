import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readerOf, readFilter } from '../../src/office/organisation/visibility.js';
import { must, newKey, openPlan, plan, putInForce } from '../support/application.js';
import { laidBefore } from './proofSupport.js';
import { startWeb, type Visitor, type Web } from './support.js';

const planText = readFileSync(new URL('../../examples/plan-2010.txt', import.meta.url), 'utf8');

describe('the list of papers, and papers about a paper', () => {
  let web: Web;
  const visitors = new Map<string, Visitor>();
  before(async () => {
    web = await startWeb('papers-pages');
  });
  after(() => web.close());

  async function as(person: string): Promise<Visitor> {
    const known = visitors.get(person);
    if (known !== undefined) return known;
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    visitors.set(person, visitor);
    return visitor;
  }
  const issued = async (title: string) => putInForce(web.app, await openPlan(web.app, { ...plan, title }));
  const hiddenOf = (html: string, name: string): string => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '';
  const linked = (link: string, paper: string) => `/import?link=${link}&paper=${encodeURIComponent(paper)}`;

  /** Sends the example plan to the form at an address, and opens the draft with the fields given. */
  async function drafted(visitor: Visitor, address: string, fields: Record<string, string>) {
    const page = await visitor.get(address);
    const boundary = 'trinhky-test';
    const part = (name: string, more: string, value: string) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
    const cookie = [...visitor.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(web.origin + address, {
      method: 'POST',
      headers: { cookie, origin: web.origin, accept: 'text/html', 'content-type': `multipart/form-data; boundary=${boundary}` },
      body: `${part('_csrf', '', hiddenOf(page.text, '_csrf'))}${part('file', '; filename="plan.txt"', planText)}--${boundary}--\r\n`,
    });
    const read = await reply.text();
    const opened = await visitor.form(address.replace('/import', '/import/open'), {
      _key: newKey(),
      source: hiddenOf(read, 'source'),
      title: 'Kế hoạch mới',
      unit: 'nv',
      linkReason: 'Địa giới đã thay đổi',
      ...fields,
    });
    return { read, opened, id: decodeURIComponent((opened.headers.get('location') ?? '').split('/').pop() ?? '') };
  }

  it('shows what a person may read with its number, the newest step first, also what waits for nobody', async () => {
    // given two papers in force, sent to two wards, and a draft that only its unit reads
    const first = await issued('Kế hoạch đầu');
    web.app.clock.advance(60_000);
    const second = await issued('Kế hoạch <b>sau</b>');
    await openPlan(web.app, { ...plan, title: 'Nháp của phòng' });
    // when a ward and a stranger look
    const ward = await (await as('head-p1')).get('/papers');
    // then the later stands first, as text, and the draft is nowhere
    const places = [second, first].map(({ id }) => ward.text.indexOf(`/instances/${id}`));
    expect(places.every((place) => place > 0)).to.equal(true);
    expect(places).to.deep.equal([...places].sort((a, b) => a - b));
    expect(ward.text).to.contain('/KH-UBND').and.to.contain('&lt;b&gt;').and.not.to.contain('<b>sau');
    expect(ward.text).not.to.contain('Nháp của phòng');
    expect((await (await as('off-nv')).get('/papers')).text).to.contain('Nháp của phòng');
    expect((await (await as('stranger')).get('/papers')).text).to.contain('Chưa có hồ sơ nào');
    // and an address that is none of ours is the first page
    expect((await (await as('head-p1')).get('/papers?kind=__proto__&after=%7B%22%24gt%22%3A1%7D')).status).to.equal(200);
  });

  it('pages through the newest first without losing or doubling one, also within one instant', async () => {
    const { store, clock } = web.app.deps;
    for (let count = 0; count < 5; count += 1) await openPlan(web.app, { ...plan, title: `Cùng lúc ${count}` });
    const filter = readFilter(readerOf(await store.directory.snapshot(web.app.authority), 'clerk', clock.now()));
    const ask = { filter, definition: 'document', parent: null, open: null, originator: null, newestFirst: true } as const;
    const whole = (await store.instances.list({ ...ask, after: null, limit: 100 })).map(({ id }) => id);
    const paged: string[] = [];
    for (let after: string | null = null; ; ) {
      const rows = await store.instances.list({ ...ask, after, limit: 2 });
      paged.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = `${last.since}|${last.id}`;
    }
    expect(whole.length).to.be.greaterThan(6);
    expect(paged).to.deep.equal(whole);
  });

  it('offers the drafting unit, and nobody else, to replace, amend or correct a paper in force', async () => {
    const paper = await issued('Kế hoạch cũ');
    const own = (await (await as('off-nv')).get(`/instances/${paper.id}`)).text;
    for (const link of ['replaces', 'amends', 'corrects'])
      expect(own.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')).to.contain(linked(link, paper.id));
    expect((await (await as('head-p1')).get(`/instances/${paper.id}`)).text).not.to.contain('/import?link');
    // a draft is not replaced
    const draft = await openPlan(web.app);
    expect((await (await as('off-nv')).get(`/instances/${draft.id}`)).text).not.to.contain('replaces');
  });

  it('the link lasts from the address through the reading to the draft, and fixes the type', async () => {
    const paper = await issued('Kế hoạch bị thay');
    const visitor = await as('off-nv');
    // when the form is sent with another type than the replaced paper has
    const { read, opened, id } = await drafted(visitor, linked('replaces', paper.id), { type: 'QĐ' });
    // then the page said what is replaced, and the draft bears the link and the type that it must have
    expect(read).to.contain('Dự thảo này thay thế văn bản').and.to.contain('Kế hoạch bị thay');
    expect(opened.status).to.equal(303);
    const draft = (await web.app.deps.store.instances.load(web.app.authority, id))?.instance;
    expect(draft?.context).to.include({ replaces: paper.id, type: 'KH' });
    expect((await visitor.get(`/instances/${id}`)).text)
      .to.contain('Thay thế văn bản')
      .and.to.contain('Kế hoạch bị thay');
    // and says why, as its drafter did
    expect(read).to.match(/<textarea id="linkReason"[^>]*maxlength="1000"[^>]*required/);
    expect(draft?.context.linkReason).to.equal('Địa giới đã thay đổi');
    expect((await visitor.get(`/instances/${id}`)).text).to.contain('Lý do thay thế, sửa đổi hoặc đính chính</dt><dd>Địa giới');
    // and a correction is an official letter
    const letter = await drafted(visitor, linked('corrects', paper.id), { type: 'KH' });
    const corrected = (await web.app.deps.store.instances.load(web.app.authority, letter.id))?.instance;
    expect(corrected?.context).to.include({ corrects: paper.id, type: 'CV' });
  });

  it('a link without a reason opens nothing: the page says which field, and keeps what was typed', async () => {
    const paper = await issued('Kế hoạch chưa rõ lý do');
    const visitor = await as('off-nv');
    const ask = { newestFirst: true, definition: 'document', parent: null, open: null, originator: null, after: null } as const;
    const { store, clock } = web.app.deps;
    const filter = readFilter(readerOf(await store.directory.snapshot(web.app.authority), 'clerk', clock.now()));
    const newest = async () => (await store.instances.list({ ...ask, filter, limit: 1 }))[0]?.id;
    const before = await newest();
    for (const linkReason of ['', ' \r\n ']) {
      const { opened } = await drafted(visitor, linked('amends', paper.id), { linkReason, title: 'Sửa đổi <mới>' });
      expect(opened.status).to.equal(422);
      expect(opened.text).to.contain('“Lý do thay thế, sửa đổi hoặc đính chính” chưa nhập').and.to.contain('Sửa đổi &lt;mới&gt;');
    }
    expect(await newest()).to.equal(before);
    // and neither a paper that stands alone nor a new text of a draft is asked for one
    const draft = await openPlan(web.app);
    for (const address of ['/import', linked('edits', draft.id)])
      expect((await drafted(visitor, address, { type: 'KH' })).read)
        .to.contain('name="title"')
        .and.not.to.contain('linkReason');
  });

  it('the page of the old paper says what took its place and why, also to those who received it', async () => {
    const old = await issued('Kế hoạch thứ nhất');
    const { id } = await drafted(await as('off-nv'), linked('amends', old.id), { linkReason: 'Bổ sung <kinh phí>' });
    const next = await web.app.deps.store.instances.load(web.app.authority, id);
    if (next === null) throw new Error('not opened');
    await putInForce(web.app, next.instance);
    await web.app.relay.settle();
    for (const person of ['off-nv', 'head-p1']) {
      const page = (await (await as(person)).get(`/instances/${old.id}`)).text;
      const history = page.slice(page.indexOf('<ol class="timeline"'));
      expect(history).to.match(/Được sửa đổi, bổ sung<\/strong>: <a href="[^"]*">\d+\/KH-UBND – Kế hoạch mới/);
      expect(history).to.contain('<blockquote>Lý do: Bổ sung &lt;kinh phí&gt;</blockquote>');
    }
  });

  it('a paper that one may not read is not to be linked, nor told from one that is not', async () => {
    const secret = await laidBefore(web.app, 'Kế hoạch kín');
    const ward = await as('head-p1');
    for (const address of [linked('replaces', secret.id), linked('replaces', 'none')]) {
      expect((await ward.get(address)).status).to.equal(404);
      const sent = await ward.form(address.replace('/import', '/import/open'), {
        _key: newKey(),
        source: 'a',
        title: 'x',
        unit: 'p1',
      });
      expect(sent.status).to.equal(404);
      expect(sent.text).not.to.contain('Kế hoạch kín');
    }
    expect((await ward.get('/import?link=toString&paper=x')).status).to.equal(200);
  });

  it('whoever signs sees on the desk which paper he ends, and what the form check found', async () => {
    const old = await issued('Kế hoạch sắp hết');
    const { id } = await drafted(await as('off-nv'), linked('replaces', old.id), { type: 'KH' });
    const held = await web.app.deps.store.instances.load(web.app.authority, id);
    const saw = held?.instance.content ?? '';
    await must(web.app, id, 'off-nv', 'SUBMIT');
    await must(web.app, id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(web.app, id, 'form', 'APPROVE_FORM', { saw });
    await must(web.app, id, 'deputy', 'PREPARE');
    const desk = (await (await as('deputy')).get(`/sign/${id}`)).text;
    expect(desk).to.contain('Thay thế văn bản').and.to.contain('Kế hoạch sắp hết').and.to.contain('<q>Địa giới đã thay đổi</q>');
    expect(desk).to.match(/0 lỗi phải sửa, \d+ lỗi nên sửa/);
  });

  it('whoever only received a paper sees what it is, not who worked on it', async () => {
    const paper = await issued('Kế hoạch gửi đi');
    const [ward, clerk] = [await as('head-p1'), await as('clerk')];
    const inside = ['Người duyệt nội dung', 'Những người đã duyệt', 'Người chuẩn bị bản ký'];
    const [outer, inner] = [(await ward.get(`/instances/${paper.id}`)).text, (await clerk.get(`/instances/${paper.id}`)).text];
    for (const label of inside) {
      expect(outer).not.to.contain(label);
      expect(inner).to.contain(label);
    }
    expect(outer).to.contain('Mã tra cứu').and.to.contain('Kế hoạch</dd>');
  });

  it('a draft from the text of another authority, of another type, is one that its drafter can submit', async () => {
    // given a text whose issuer is not this authority and whose symbol is of a plan
    const { id } = await drafted(await as('off-nv'), '/import', { type: 'CV' });
    const held = await web.app.deps.store.instances.load(web.app.authority, id);
    const content = await web.app.deps.store.contents.get(web.app.authority, held?.instance.content ?? '');
    expect(content).to.include({ type: 'CV', typeName: 'CÔNG VĂN', symbol: 'UBND' });
    // when he submits it, then nothing is missing that he could not mend
    await must(web.app, id, 'off-nv', 'SUBMIT');
  });

  it('a draft gets another text from a file, and nobody is asked for a hash', async () => {
    const visitor = await as('off-nv');
    const draft = await openPlan(web.app, { ...plan, title: 'Bản cũ' });
    const page = (await visitor.get(`/instances/${draft.id}`)).text;
    expect(page).not.to.match(/<input[^>]*type="text"[^>]*name="input\.content"/);
    expect(page.replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')).to.contain(linked('edits', draft.id));
    // when the text comes from a file
    const { read, opened } = await drafted(visitor, linked('edits', draft.id), { title: 'Bản mới' });
    // then the same draft has it
    expect(read).to.contain('Cập nhật dự thảo');
    expect(opened.headers.get('location')).to.equal(`/instances/${draft.id}?done=EDIT`);
    const now = (await web.app.deps.store.instances.load(web.app.authority, draft.id))?.instance;
    expect(now?.context.title).to.equal('Bản mới');
    expect(now?.content).not.to.equal(draft.content);
    // and whoever is not its drafter changes nothing
    const other = await drafted(await as('head-nv'), linked('edits', draft.id), { title: 'Của người khác' });
    expect(other.opened.status).to.equal(422);
    expect((await web.app.deps.store.instances.load(web.app.authority, draft.id))?.instance.revision).to.equal(now?.revision);
  });

  it('a paper that came back says why at its head, as long as nobody did anything since', async () => {
    const draft = await openPlan(web.app);
    await must(web.app, draft.id, 'off-nv', 'SUBMIT');
    await must(web.app, draft.id, 'head-nv', 'RETURN', { saw: draft.content ?? '', input: { reason: 'Thiếu <i>căn cứ</i>' } });
    const head = (html: string) => html.slice(0, html.indexOf('<aside class="decide"'));
    expect(head((await (await as('off-nv')).get(`/instances/${draft.id}`)).text)).to.contain('Thiếu &lt;i&gt;căn cứ');
    await must(web.app, draft.id, 'off-nv', 'SUBMIT');
    expect(head((await (await as('off-nv')).get(`/instances/${draft.id}`)).text)).not.to.contain('Thiếu');
  });
});
