import { expect } from 'chai';
import { openBrowser } from '../support/browser.js';
import { type SmallYear, smallYear } from '../support/smallYear.js';
import { startWeb, type Visitor, type Web } from './support.js';

/** Where screenshots go; none are taken without it. */
const shots = process.env.TRINHKY_TEST_SHOTS;

describe('the page of coverage', function () {
  this.timeout(60_000);
  let web: Web;
  let year: SmallYear;
  let consolidator: Visitor;
  before(async () => {
    web = await startWeb('covpages');
    year = await smallYear(web.app);
    consolidator = await signedIn('cons');
  });
  after(() => web?.close());

  async function signedIn(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }
  const pathOf = (id: string) => `/instances/${id}/coverage`;

  it('shows every clause with links to what became of it, and is linked from the plan and from its work', async () => {
    const { status, text } = await consolidator.get(pathOf(year.plan));
    expect(status).to.equal(200);
    for (const id of [...year.directives.values(), ...year.duties.values(), year.part, year.periods[0], year.paper, year.summary])
      expect(text, id).to.include(`href="/instances/${String(id)}"`);
    expect(text).to.include('Chỉ nêu yêu cầu chung.').and.to.include('Mọi điều khoản đều có kết quả xử lý');
    for (const id of [year.plan, year.directives.get('II.1'), year.duties.get('II.1 p1')])
      expect((await consolidator.get(`/instances/${String(id)}`)).text).to.include(pathOf(year.plan));
  });

  it('shows a unit every clause and its own duties, and no one else at all', async () => {
    const ward = await signedIn('head-p1');
    const { text } = await ward.get(pathOf(year.plan));
    expect(text).to.include(year.duties.get('II.2 p1')).and.not.to.include(year.duties.get('II.2 p2'));
    expect(text).to.include('Chỉ gồm những gì bạn được xem.');
    const stranger = await signedIn('stranger');
    expect((await stranger.get(pathOf(year.plan))).status).to.equal(404);
  });

  it('answers the same over the API, each fault in words', async () => {
    const api = await web.api('cons');
    const whole = await api.get(`/api/v1${pathOf(year.plan)}`);
    expect(whole.json).to.deep.include({ faultCount: 0, faults: [], earlier: null, changes: null });
    // given the plan's record of a clause without action is gone
    const rows = web.app.connection.collection<{ _id: string }>('instances');
    await rows.updateOne({ _id: year.plan }, { $set: { 'context.noAction': [] } } as never);
    const { json } = await api.get(`/api/v1${pathOf(year.plan)}`);
    expect((json.faults as unknown as { code: string; kind: string; sentence: string }[])[0]).to.deep.include({
      code: 'clauseUnaccounted',
      kind: 'open',
      sentence: 'Điều khoản II.4: chưa mở nhiệm vụ, cũng chưa ghi rõ lý do không giao việc.',
    });
  });

  it('fits a phone and a desk with scripts off, and prints on A4 across', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.setJavaScriptEnabled(false);
      const host = new URL(web.origin).hostname;
      await browser.setCookie(...[...consolidator.cookies()].map(([name, value]) => ({ name, value, domain: host, path: '/' })));
      for (const width of [1280, 360]) {
        await page.setViewport({ width, height: 900 });
        await page.goto(`${web.origin}${pathOf(year.plan)}`);
        if (shots !== undefined) await page.screenshot({ path: `${shots}/coverage-${width}.png`, fullPage: true });
        expect(
          await page.$eval('html', (root: { readonly scrollWidth: number }) => root.scrollWidth),
          String(width),
        ).to.be.at.most(width);
      }
      const pdf = await page.pdf({ preferCSSPageSize: true, ...(shots === undefined ? {} : { path: `${shots}/coverage.pdf` }) });
      const [, width, height] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(Buffer.from(pdf).toString('latin1')) ?? [];
      expect(Number(width)).to.be.greaterThan(Number(height));
    } finally {
      await browser.close();
    }
  });
});
