import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { browserTestMsMax } from '../documents/support.js';
import { must } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { reviewAll } from '../support/clauses.js';
import { openObligation, openPeriod } from '../support/reporting.js';
import { startWeb, type Web } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

describe('the page of a report in a browser', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let browser: Browser;
  let report: string;
  before(async () => {
    web = await startWeb('reportbrowser');
    const { plan, obligation } = await openObligation(web.app, { units: ['p1'] });
    await reviewAll(web.app, plan, ['II.1', 'II.2']);
    for (const [clause, title] of [
      ['II.1', 'Tuyên truyền, vận động nhân dân tham gia phong trào thi đua ở khu dân cư'],
      ['II.2', 'Rà soát, niêm yết công khai thủ tục hành chính tại nơi tiếp công dân'],
    ] as const) {
      await must(web.app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title, dueOn: '2026-12-15' } });
      await web.app.relay.settle();
    }
    for (const directive of await web.app.deps.store.instances.childrenOf(web.app.authority, plan.id, 'directive', 5))
      await must(web.app, directive.id, 'cons', 'ASSIGN', { input: { lead: ['p1'] } });
    await web.app.relay.settle();
    report = (await openPeriod(web.app, obligation.id, '2026-Q1')).reportOf('p1');
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await web.close();
  });

  async function signedIn(person: string): Promise<Page> {
    const { login, password } = await web.account(person);
    const page = await (await browser.createBrowserContext()).newPage();
    await page.setJavaScriptEnabled(false);
    await page.setViewport({ width: 1280, height: 860 });
    await page.goto(`${web.origin}/sign-in`);
    await page.type('#login', login);
    await page.type('#password', password);
    await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
    return page;
  }
  const address = (): string => `${web.origin}/instances/${encodeURIComponent(report)}/report`;

  it('is filled, saved, sent and confirmed without JavaScript, fits a phone, and passes the accessibility rules', async () => {
    const page = await signedIn('head-p1');
    await page.goto(address());
    const shot = async (name: string): Promise<void> => {
      const folder = process.env['TRINHKY_TEST_SHOTS'];
      if (folder === undefined) return;
      for (const width of [1280, 360]) {
        await page.setViewport({ width, height: 860 });
        await page.screenshot({ path: `${folder}/${name}-${width}.png`, fullPage: true });
      }
      await page.setViewport({ width: 1280, height: 860 });
    };
    for (const index of [0, 1]) {
      await page.type(`#s-${index}-ketQua`, `Kết quả của nhiệm vụ thứ ${index + 1}`);
      await page.click(`[name="s.${index}.dungTienDo"][value="yes"]`);
    }
    await page.type('#s-0-tienDo', '45,5');
    await page.type('#a-soCuocHop', '3');
    await page.type('#a-soLuotNguoi', '1.250 lượt');
    await page.type('#a-soKienNghi', '17');
    await page.type('#a-moHinh-0-ten', 'Tuyến đường tự quản');
    await page.type('#a-phuongHuong', 'Tiếp tục thực hiện.');
    await page.click('[name="a.coQuyChe"][value="yes"]');
    await Promise.all([page.waitForNavigation(), page.click('button[value="send"]')]);
    await shot('report-faults');
    const text = (selector: string) => page.$eval(selector, (element) => (element as unknown as { innerText: string }).innerText);
    expect(await text('main')).to.contain('chỉ nhập số, không nhập kèm đơn vị tính');
    for (const width of [1280, 360]) {
      await page.setViewport({ width, height: 860 });
      const { scrolls, view } = (await page.evaluate(
        '({ scrolls: document.documentElement.scrollWidth, view: window.innerWidth })',
      )) as { scrolls: number; view: number };
      expect(scrolls, String(width)).to.be.at.most(view);
    }
    await page.setJavaScriptEnabled(true);
    await page.evaluate(axeSource);
    const faults = (await page.evaluate(
      'axe.run().then((r) => r.violations.map((v) => v.id + ": " + v.nodes[0]?.html))',
    )) as string[];
    expect(faults).to.deep.equal([]);
    await page.setJavaScriptEnabled(false);
    await page.setViewport({ width: 1280, height: 860 });
    await page.$eval('#a-soLuotNguoi', (input) => {
      (input as unknown as { value: string }).value = '1.250';
    });
    await Promise.all([page.waitForNavigation(), page.click('button[value="send"]')]);
    await shot('report-receipt');
    expect(await text('h1')).to.equal('Phiếu xác nhận gửi báo cáo');
    const superior = await signedIn('cons');
    await superior.goto(address());
    expect(await superior.$$eval('main textarea', (list) => list.length)).to.equal(0);
    const folder = process.env['TRINHKY_TEST_SHOTS'];
    if (folder !== undefined) await superior.screenshot({ path: `${folder}/report-read.png`, fullPage: true });
  });
});
