import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import { must } from '../support/application.js';
import { laidBefore, preparedPaper, textOf } from './proofSupport.js';
import { goodPassword, preparedOf, startWeb, type Visitor, type Web } from './support.js';

describe('the sign desk', () => {
  let web: Web;
  let visitor: Visitor;
  let code: () => string;
  before(async () => {
    web = await startWeb('signdesk');
    const { login, password } = await web.account('deputy');
    code = await web.factor('deputy');
    visitor = web.visitor();
    await visitor.signIn(login, password);
  });
  after(() => web.close());

  const chosen = (paper: Instance) => `${preparedOf(paper)}|${paper.id}`;
  const waiting = (paper: Instance) => `${paper.revision}|${paper.id}`;
  const keyIn = (text: string) => /name="_key" value="([^"]+)"/.exec(text)?.[1] ?? '';
  const stateOf = async (paper: Instance) =>
    (await web.app.deps.store.instances.load(web.app.authority, paper.id))?.instance.state;
  const confirm = async (papers: readonly Instance[], more: Record<string, string> = {}) => {
    const key = keyIn((await visitor.get('/sign')).text);
    return visitor.form('/sign/confirm', {
      _key: key,
      item: papers.map(chosen),
      password: goodPassword,
      code: more.code ?? code(),
      ...more,
    });
  };

  it('is a place of those who sign, and of nobody else', async () => {
    const { login, password } = await web.account('off-nv');
    const other = web.visitor();
    await other.signIn(login, password);
    expect((await visitor.get('/inbox')).text).to.contain('href="/sign"');
    expect((await other.get('/inbox')).text).not.to.contain('href="/sign"');
    const reply = await other.get('/sign');
    expect(reply.status).to.equal(200);
    expect(reply.text).to.contain('Không có văn bản nào chờ Ông/Bà ký');
  });

  it('prepares several at once, and shows each with number, pages, print, hash, and who stands behind it', async () => {
    const papers = [await laidBefore(web.app, 'Kế hoạch một'), await laidBefore(web.app, 'Kế hoạch hai')];
    const before = await visitor.get('/sign');
    expect(before.text).to.contain('Kế hoạch một').and.to.contain('Đã trình, chưa cấp số');
    const reply = await visitor.form('/sign/prepare', { _key: keyIn(before.text), item: papers.map(waiting) });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, '/sign']);
    const desk = (await visitor.get('/sign')).text;
    for (const paper of papers) {
      const now = (await web.app.deps.store.instances.load(web.app.authority, paper.id))?.instance as Instance;
      expect(now.state).to.deep.equal({ signing: 'prepared' });
      for (const text of [
        `value="${chosen(now)}"`,
        `<code>${preparedOf(now)}</code>`,
        `/api/v1/instances/${paper.id}/renditions/${preparedOf(now)}`,
        `${String(now.context.number as number).padStart(2, '0')}/KH-UBND`,
        'Duyệt nội dung',
        'Trưởng đơn vị, Phòng Nội vụ',
        'Người kiểm tra thể thức',
        '1 trang',
      ])
        expect(desk, text).to.contain(text);
    }
    // one form, one password and one code for all of them
    expect([...desk.matchAll(/name="password"/g)]).to.have.length(1);
    expect([...desk.matchAll(/action="\/sign\/confirm"/g)]).to.have.length(1);
  });

  it('signs what was chosen with one proof, goes on under a new session id, and tells each verdict with its links', async () => {
    const papers = [await preparedPaper(web.app, 'Ký một'), await preparedPaper(web.app, 'Ký hai')];
    const left = await preparedPaper(web.app, 'Để lại');
    const cookie = visitor.cookies().get('trinhky');
    const reply = await confirm(papers);
    expect(reply.status).to.equal(200);
    expect(reply.text).to.contain('Đã ký 2 trên 2 văn bản');
    expect(reply.text).to.contain('Ký một').and.to.contain('Ký hai').and.not.to.contain('Để lại');
    for (const paper of papers) {
      const now = (await web.app.deps.store.instances.load(web.app.authority, paper.id))?.instance as Instance;
      expect(now.state).to.equal('signed');
      expect(reply.text).to.contain(`/api/v1/instances/${paper.id}/renditions/${textOf(now, 'signedFile')}`);
    }
    expect(await stateOf(left)).to.deep.equal({ signing: 'prepared' });
    expect(visitor.cookies().get('trinhky')).not.to.equal(cookie);
    expect((await visitor.get('/sign')).status).to.equal(200);
  });

  it('a wrong proof signs nothing and keeps the choice; the same form cannot be sent twice', async () => {
    const paper = await preparedPaper(web.app, 'Sai mã');
    const wrong = await confirm([paper], { code: '000000' });
    expect(wrong.status).to.equal(401);
    expect(wrong.text).to.contain('Mật khẩu hoặc mã xác thực không đúng');
    expect(wrong.text).to.match(new RegExp(`value="${chosen(paper).replace('|', '\\|')}" checked`));
    expect(wrong.text).not.to.contain(goodPassword);
    expect(await stateOf(paper)).to.deep.equal({ signing: 'prepared' });
    const used = code();
    expect((await confirm([paper], { code: used })).text).to.contain('Đã ký 1 trên 1');
    expect((await confirm([paper], { code: used })).text).to.contain('Đã ký 0 trên 1');
  });

  it('in a batch, what cannot be signed is told and stops no other; nothing that may not be read is named', async () => {
    const [good, gone] = [await preparedPaper(web.app, 'Còn ký được'), await preparedPaper(web.app, 'Đã trả lại')];
    await must(web.app, gone.id, 'deputy', 'RETURN', { saw: gone.content ?? '', input: { reason: 'Sửa lại' } });
    const changed = { ...good, id: `${web.app.authority}.${'0'.repeat(24)}` } as Instance;
    const reply = await confirm([gone, good, changed]);
    expect(reply.text).to.contain('Đã ký 1 trên 3 văn bản').and.to.contain('Đã trả lại');
    expect(await stateOf(good)).to.equal('signed');
    expect(await stateOf(gone)).to.equal('drafting');
  });

  it('returns a paper with a reason, from the desk and back to it', async () => {
    const paper = await preparedPaper(web.app, 'Trả từ bàn ký');
    const desk = (await visitor.get('/sign')).text;
    const form = new RegExp(
      `<form id="([^"]+)" method="post" action="(/instances/${paper.id}/commands/RETURN)">([\\s\\S]*?)</form>`,
    ).exec(desk);
    const fields = Object.fromEntries(
      [...(form?.[3] ?? '').matchAll(/name="(_\w+)" value="([^"]*)"/g)].map((one) => [one[1] ?? '', one[2] ?? '']),
    );
    expect(desk).to.contain(`form="${form?.[1]}" name="input.reason"`);
    const reply = await visitor.form(form?.[2] ?? '', { ...fields, 'input.reason': 'Thiếu phụ lục' });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, '/sign']);
    expect(await stateOf(paper)).to.equal('drafting');
  });

  it('one paper on its own page: prepared and signed there, one post proves and signs', async () => {
    const paper = await laidBefore(web.app, 'Một mình');
    const path = `/sign/${encodeURIComponent(paper.id)}`;
    const first = await visitor.get(path);
    expect(first.text).to.contain('Chuẩn bị bản ký (cấp số)').and.not.to.contain('name="password"');
    const prepared = await visitor.form('/sign/prepare', { _key: keyIn(first.text), item: waiting(paper) });
    expect(prepared.headers.get('location')).to.equal(path);
    const page = await visitor.get(path);
    const item = /name="item" value="([0-9a-f]{64}\|[^"]+)"/.exec(page.text)?.[1] ?? '';
    expect(page.text).to.contain('PHÓ CHỦ TỊCH').and.to.contain('name="password"');
    // the dossier leads here too: its own form could not ask for the proof
    const dossier = (await visitor.get(`/instances/${paper.id}`)).text;
    expect(dossier).to.contain(`href="${path}"`).and.not.to.contain('commands/SIGN');
    const wrong = await visitor.form('/sign/confirm', {
      _key: keyIn(page.text),
      _one: '1',
      item,
      password: 'không đúng',
      code: code(),
    });
    expect(wrong.status).to.equal(401);
    expect(wrong.text).to.contain('<h1>Một mình</h1>');
    const right = await visitor.form('/sign/confirm', {
      _key: keyIn(page.text),
      _one: '1',
      item,
      password: goodPassword,
      code: code(),
    });
    expect(right.text).to.contain('Đã ký 1 trên 1 văn bản');
    // signed: the page leads to the dossier
    expect((await visitor.get(path)).headers.get('location')).to.equal(`/instances/${paper.id}`);
  });

  it('says why a print of an earlier day cannot be signed, and offers to prepare it again', async () => {
    const paper = await preparedPaper(web.app, 'Hôm qua');
    web.app.clock.advance(24 * 60 * 60 * 1000);
    const { text } = await visitor.get(`/sign/${encodeURIComponent(paper.id)}`);
    expect(text).to.contain('class="reason"').and.to.contain('Chuẩn bị lại bản ký').and.not.to.contain('name="password"');
    const reply = await confirm([paper]);
    expect(reply.text).to.contain('Đã ký 0 trên 1 văn bản');
  });

  it('asks for a choice, and takes nothing that it has not offered', async () => {
    expect((await visitor.form('/sign/confirm', { _key: 'k', password: 'x', code: '1' })).status).to.equal(400);
    expect((await visitor.form('/sign/prepare', { _key: 'k' })).status).to.equal(400);
    for (const item of ['x', '|', 'zz|id', `${'a'.repeat(64)}|`, ''])
      expect((await visitor.form('/sign/confirm', { _key: 'k', item, password: 'x', code: '1' })).status, item).to.equal(400);
    expect((await visitor.form('/sign/prepare', { _key: 'k', item: 'abc|x' })).status).to.equal(400);
  });

  it('without a second factor there is no proof to give, and the page says where to get one', async () => {
    await preparedPaper(web.app, 'Chưa có mã');
    await web.app.secondFactors.remove({ authority: web.app.authority, person: 'deputy' });
    const { text } = await visitor.get('/sign');
    expect(text).to.contain('href="/account"').and.not.to.contain('name="password"');
    code = await web.factor('deputy');
  });
});
