import { expect } from 'chai';
import { must, newKey } from '../support/application.js';
import { loaded, openObligation, openPeriod } from '../support/reporting.js';
import { startWeb, type Visitor, type Web } from './support.js';

describe('the page of a report', function () {
  this.timeout(30_000);
  let web: Web;
  let report: string;
  const visitors = new Map<string, Visitor>();
  before(async () => {
    web = await startWeb('reportpages');
    const { obligation } = await openObligation(web.app, { units: ['p1', 'p2'] });
    report = (await openPeriod(web.app, obligation.id, '2026-Q1')).reportOf('p1');
  });
  after(() => web.close());

  async function as(person: string): Promise<Visitor> {
    const known = visitors.get(person);
    if (known !== undefined) return known;
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get('/inbox');
    visitors.set(person, visitor);
    return visitor;
  }
  const hidden = (html: string): Record<string, string> =>
    Object.fromEntries([...html.matchAll(/name="(_\w+)" value="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const path = () => `/instances/${encodeURIComponent(report)}/report`;
  const send = async (visitor: Visitor, fields: Record<string, string>) =>
    visitor.form(path(), { ...hidden((await visitor.get(path())).text), ...fields });
  const typedIn = (html: string, name: string) => new RegExp(`name="${name}"[^>]*value="([^"]*)"`).exec(html)?.[1];

  it('draws the form from its data, with labels, units and what is asked for', async () => {
    const { text, status } = await (await as('head-p1')).get(path());
    expect(status).to.equal(200);
    for (const words of [
      'Số lượt người tham dự',
      'Đơn vị tính: lượt người',
      'Phương hướng, nhiệm vụ kỳ tới',
      'Quý I năm 2026',
      '20/03/2026',
    ])
      expect(text).to.contain(words);
    expect(text).to.match(/<input id="a-moHinh-0-soHo" name="a\.moHinh\.0\.soHo"/);
    expect(text).not.to.contain('<script');
  });

  it('keeps a draft with faults, shows what was typed and the finding beside its field', async () => {
    const visitor = await as('head-p1');
    const reply = await send(visitor, { 'a.soCuocHop': '3', 'a.soLuotNguoi': '12 lượt', 'a.soKienNghi': '1 700', _do: 'save' });
    expect(reply.status).to.equal(303);
    const { text } = await visitor.get(reply.headers.get('location') ?? '');
    expect(text).to.contain('Đã lưu bản nháp.');
    expect([typedIn(text, 'a.soLuotNguoi'), typedIn(text, 'a.soKienNghi'), typedIn(text, 'a.soCuocHop')]).to.deep.equal([
      '12 lượt',
      '1 700',
      '3',
    ]);
    expect(text).to.match(
      /<a href="#a-soLuotNguoi">Số lượt người tham dự: chỉ nhập số, không nhập kèm đơn vị tính \(lượt người\)\.<\/a>/,
    );
    expect(text).to.match(/name="a\.soLuotNguoi"[^>]*aria-invalid="true"/);
    expect((await loaded(web.app, report)).state).to.deep.equal({ preparing: 'drafting' });
  });

  it('does not send what has faults, and keeps it', async () => {
    const visitor = await as('head-p1');
    const reply = await send(visitor, { 'a.soCuocHop': 'ba', _do: 'send' });
    expect(reply.status).to.equal(409);
    expect(reply.text).to.contain('Báo cáo còn 5 chỗ chưa đạt yêu cầu của mẫu.');
    expect(typedIn(reply.text, 'a.soCuocHop')).to.equal('ba');
  });

  it('tells the second of two who save at once of the first, with everything that he typed', async () => {
    const visitor = await as('head-p1');
    const seen = hidden((await visitor.get(path())).text);
    await send(visitor, { 'a.soCuocHop': '4', _do: 'save' });
    const reply = await visitor.form(path(), { ...seen, 'a.soCuocHop': '5', _do: 'save' });
    expect(reply.status).to.equal(412);
    expect(typedIn(reply.text, 'a.soCuocHop')).to.equal('5');
  });

  it('sends a sound report and gives a receipt for it', async () => {
    const visitor = await as('head-p1');
    const reply = await send(visitor, {
      'a.soCuocHop': '3',
      'a.soLuotNguoi': '1.250',
      'a.soKienNghi': '17',
      'a.coQuyChe': 'yes',
      'a.moHinh.0.ten': 'Tuyến đường tự quản',
      'a.moHinh.0.soHo': '1.020',
      'a.phuongHuong': 'Tiếp tục thực hiện.',
      _do: 'send',
    });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, `${path()}/receipt`]);
    const receipt = await visitor.get(`${path()}/receipt`);
    for (const words of ['Phiếu xác nhận gửi báo cáo', 'Phường 1', 'Đúng hạn', (await loaded(web.app, report)).content ?? '?'])
      expect(receipt.text).to.contain(words);
    expect((await loaded(web.app, report)).state).to.equal('submitted');
  });

  it('shows the superior the report, and after a return what has changed', async () => {
    const superior = await as('cons');
    const first = await superior.get(path());
    expect(first.text).to.contain('1.250 lượt người').and.to.contain('Tuyến đường tự quản; 1.020').and.not.to.contain('name="a.');
    const saw = (await loaded(web.app, report)).content ?? '';
    await must(web.app, report, 'cons', 'RETURN', { saw, input: { reason: 'Kiểm tra lại số lượt người' } });
    const visitor = await as('head-p1');
    const fields = {
      'a.soCuocHop': '3',
      'a.soLuotNguoi': '1.300',
      'a.soKienNghi': '17',
      'a.coQuyChe': 'yes',
      'a.phuongHuong': 'Tiếp tục thực hiện.',
    };
    expect((await send(visitor, { ...fields, _do: 'send' })).status).to.equal(303);
    const second = await superior.get(path());
    expect(second.text).to.contain('1.300 lượt người').and.to.contain('Bản trước: <del>1.250 lượt người</del>');
    expect(second.text.match(/Bản trước:/g)?.length).to.equal(2);
  });

  it('does the same through the API, findings in the answer', async () => {
    const api = await web.api('head-p2');
    const other = await openedOf('p2');
    const read = await api.get(`/api/v1/instances/${other}/report`);
    expect([read.status, read.json.begun]).to.deep.equal([200, false]);
    const body = { sections: [], answers: { soCuocHop: '1,234', soLuotNguoi: '12', coQuyChe: true } };
    const put = (revision: string) =>
      api.send('PUT', `/api/v1/instances/${other}/report`, body, { 'if-match': revision, 'idempotency-key': newKey() });
    const saved = await put(read.headers.get('etag') ?? '');
    expect(saved.status, saved.text).to.equal(200);
    const { findings, report: stored } = saved.json as unknown as {
      findings: { code: string; place: string }[];
      report: { typed: object };
    };
    expect(findings.map(({ code, place }) => `${code} ${place}`)).to.include('figureAmbiguous /answers/soCuocHop');
    expect(stored.typed).to.deep.equal({ '/answers/soCuocHop': '1,234' });
    expect((await put(read.headers.get('etag') ?? '')).status).to.equal(412);
    expect((await api.send('PUT', `/api/v1/instances/${other}/report`, body, { 'idempotency-key': newKey() })).status).to.equal(
      400,
    );
    expect((await (await web.api('head-p1')).get(`/api/v1/instances/${other}/report`)).status).to.equal(404);
    expect((await api.post('/api/v1/report-forms', { form: {} })).status).to.equal(403);
    expect((await (await web.api('cons')).post('/api/v1/report-forms', { form: {} })).status).to.equal(400);
  });

  async function openedOf(unit: string): Promise<string> {
    const period = (await loaded(web.app, report)).parent?.id ?? '';
    const reports = await web.app.deps.store.instances.childrenOf(web.app.authority, period, 'report', 10);
    return reports.find(({ context }) => context.unit === unit)?.id ?? '';
  }
});
