import { expect } from 'chai';
import { must, openPlan, plan, putInForce } from '../support/application.js';
import { startWeb, type Web } from './support.js';

const csvType = 'text/csv; charset=utf-8';

describe('registers on the web', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('registers-web');
    await putInForce(web.app, await openPlan(web.app));
    // a paper that took a number and was then discarded
    const paper = await openPlan(web.app, { ...plan, title: 'Kế hoạch <b>thử</b>' });
    const saw = paper.content ?? '';
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    await must(web.app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(web.app, paper.id, 'form', 'APPROVE_FORM', { saw });
    await must(web.app, paper.id, 'deputy', 'PREPARE');
    await must(web.app, paper.id, 'deputy', 'RETURN', { saw, input: { reason: 'Sai' } });
    await must(web.app, paper.id, 'off-nv', 'DISCARD', { input: { reason: '<Thôi>' } });
    await web.app.relay.settle();
  });
  after(() => web.close());

  const path = '/api/v1/registers/outgoing';
  const march = 'from=2026-03-01&to=2026-03-31';

  it('the API gives the table, the CSV and the book, to those who read everything, and says so in the audit', async () => {
    const clerk = await web.api('clerk');
    const table = await clerk.get(`${path}?${march}`);
    expect(table.status).to.equal(200);
    expect(table.json['kind']).to.equal('outgoing');
    expect((table.json['rows'] as unknown as string[][]).map((cells) => [cells[0], cells[9]])).to.deep.equal([
      ['01/KH-UBND', ''],
      ['02/KH-UBND', 'Số hủy: <Thôi>'],
    ]);
    expect(table.json['numbers']).to.deep.equal({ first: '01/KH-UBND', last: '02/KH-UBND' });
    const csv = await clerk.get(`${path}/table.csv?${march}`);
    expect([csv.status, csv.headers.get('content-type')]).to.deep.equal([200, csvType]);
    expect(csv.headers.get('content-disposition')).to.match(/^attachment; .*filename\*=UTF-8''S%E1%BB%95.*\.csv$/);
    const book = await clerk.get(`${path}/book.pdf?${march}&volume=3`);
    expect([book.status, book.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    const records = await web.app.deps.store.audit.list(web.app.authority, 200);
    const read = records.filter(({ kind }) => kind === 'registerRead').map(({ details }) => details['format']);
    expect(read).to.have.members(['csv', 'json', 'pdf']);
    for (const person of ['head-nv', 'admin', 'stranger'])
      for (const one of [path, `${path}/table.csv`, `${path}/book.pdf`])
        expect((await (await web.api(person)).get(`${one}?${march}`)).status, `${person} ${one}`).to.equal(403);
  });

  it('the API refuses what is no register and no period', async () => {
    const clerk = await web.api('clerk');
    expect((await clerk.get(`/api/v1/registers/toString?${march}`)).status).to.equal(404);
    expect((await clerk.get(path)).json['code']).to.equal('bodyInvalid');
    expect((await clerk.get(`${path}?from=2026-03-01&to=2026-02-30`)).json['code']).to.equal('bodyInvalid');
    expect((await clerk.get(`${path}?from=2026-03-02&to=2026-03-01`)).json['code']).to.equal('inputInvalid');
    expect((await clerk.get(`${path}?${march}&sort=x`)).json['code']).to.equal('bodyInvalid');
  });

  it('the page shows the year so far, links its files, escapes titles, and is for nobody else', async () => {
    const visitor = web.visitor();
    const { login, password } = await web.account('clerk');
    await visitor.signIn(login, password);
    const page = await visitor.get('/registers');
    expect(page.status).to.equal(200);
    expect(page.text).to.contain('02/KH-UBND').and.to.contain('Số hủy: &lt;Thôi&gt;');
    expect(page.text).to.contain('&lt;b&gt;').and.not.to.contain('<b>thử');
    const [, file = ''] = /href="([^"]+table\.csv[^"]+)"/.exec(page.text) ?? [];
    expect((await visitor.get(file.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='))).headers.get('content-type')).to.equal(
      csvType,
    );
    const wrong = await visitor.get('/registers?kind=incoming&from=2026-03-02&to=2026-03-01');
    expect(wrong.status).to.equal(200);
    expect(wrong.text).to.contain('role="alert"').and.to.contain('value="2026-03-02"');
    expect((await visitor.get('/registers?kind=x&from=%3Cx%3E&to=1')).text)
      .to.contain('role="alert"')
      .and.not.to.contain('<x>');

    const other = web.visitor();
    const head = await web.account('head-nv');
    const inbox = await other.signIn(head.login, head.password).then(() => other.get('/inbox'));
    expect(inbox.text).not.to.contain('href="/registers"');
    expect((await other.get('/registers')).status).to.equal(403);
  });

  it('the clerk receives a paper on a page, registers it, and nobody else may', async () => {
    const visitor = web.visitor();
    const { login, password } = await web.account('clerk');
    await visitor.signIn(login, password);
    const page = await visitor.get('/incoming');
    expect(page.text).to.contain('Cơ quan ban hành').and.to.contain('value="2026-03-02"');
    const fields = { 'input.title': 'Hướng dẫn ví dụ', 'input.issuer': 'Sở Ví Dụ', 'input.receivedOn': '2026-03-02' };
    const key = 'receive-1';
    const sent = await visitor.form('/incoming', { ...fields, 'input.urgency': 'hoaToc', 'input.pages': '3', _key: key });
    expect(sent.status, sent.text.slice(0, 300)).to.equal(303);
    const place = sent.headers.get('location') ?? '';
    expect((await visitor.get(place)).text)
      .to.contain('Hỏa tốc')
      .and.to.contain('Vào sổ, lấy số đến');
    const id = decodeURIComponent(place.split('/').at(-1) ?? '');
    const clerk = await web.api('clerk');
    expect((await clerk.get(`/api/v1/instances/${id}/slip.pdf`)).status).to.equal(404);
    await must(web.app, id, 'clerk', 'REGISTER');
    expect((await visitor.get(place)).text).to.contain('slip.pdf');
    const slip = await clerk.get(`/api/v1/instances/${id}/slip.pdf`);
    expect([slip.status, slip.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    // sent twice it is one paper
    await visitor.get('/incoming');
    const again = await visitor.form('/incoming', { ...fields, 'input.urgency': 'hoaToc', 'input.pages': '3', _key: key });
    expect(again.headers.get('location')).to.equal(place);
    // what is refused leaves everything typed
    await visitor.get('/incoming');
    const secret = await visitor.form('/incoming', { ...fields, 'input.typeName': 'TỐI MẬT', _key: 'receive-2' });
    expect([secret.status, secret.text.includes('độ mật'), secret.text.includes('value="TỐI MẬT"')]).to.deep.equal([
      422,
      true,
      true,
    ]);
    await visitor.get('/incoming');
    const bare = await visitor.form('/incoming', { 'input.title': 'Chỉ có trích yếu', _key: 'receive-3' });
    expect([bare.status, bare.text.includes('Chỉ có trích yếu')]).to.deep.equal([422, true]);
    const other = web.visitor();
    const head = await web.account('head-vhtt');
    await other.signIn(head.login, head.password);
    await other.get('/inbox');
    expect((await other.get('/incoming')).status).to.equal(403);
    expect((await other.form('/incoming', { ...fields, _key: 'receive-4' })).status).to.equal(403);
  });

  it('a text with the mark of secrecy is not stored', async () => {
    const reply = await (await web.api('off-nv')).post('/api/v1/contents', { content: { ...plan, circulation: 'TUYỆT MẬT' } });
    expect([reply.status, reply.json['code']]).to.deep.equal([422, 'secretRefused']);
  });
});
