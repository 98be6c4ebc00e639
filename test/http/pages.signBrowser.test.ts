import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { browserTestMsMax } from '../documents/support.js';
import { openBrowser } from '../support/browser.js';
import { issuedPaper, laidBefore, preparedPaper, textOf } from './proofSupport.js';
import { goodPassword, startWeb, type Web } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A telephone of the smallest usual width, and a desktop. */
const phone = 360;
const desktop = 1280;

describe('sign desk, account and verification in a browser', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let browser: Browser;
  let code: () => string;
  before(async () => {
    web = await startWeb('signbrowser');
    browser = await openBrowser();
    await web.account('deputy');
    code = await web.factor('deputy');
  });
  after(async () => {
    await browser.close();
    await web.close();
  });

  async function opened(more: { dark?: boolean; width: number; visitor?: true }): Promise<Page> {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.setJavaScriptEnabled(false);
    await page.setViewport({ width: more.width, height: 800 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: more.dark === true ? 'dark' : 'light' }]);
    if (more.visitor) return page;
    await page.goto(`${web.origin}/sign-in`);
    await page.type('#login', `${web.app.authority}-deputy`);
    await page.type('#password', goodPassword);
    await send(page, 'button.primary');
    return page;
  }

  const send = (page: Page, selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)]);

  async function complaints(page: Page): Promise<string[]> {
    await page.setBypassCSP(true);
    await page.setJavaScriptEnabled(true);
    await page.reload();
    await page.evaluate(axeSource);
    const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    const wide = (await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')) as number;
    await page.setJavaScriptEnabled(false);
    return [
      ...violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`).join(' | ')}`,
      ),
      ...(wide > 0 ? [`${wide} pixels wider than the screen`] : []),
    ];
  }

  it('signs on a telephone, without scripts: choose, prove, signed', async () => {
    const [one, two] = [
      await preparedPaper(web.app, 'Trên điện thoại, một'),
      await preparedPaper(web.app, 'Trên điện thoại, hai'),
    ];
    const page = await opened({ width: phone });
    await send(page, 'a[href="/sign"]');
    for (const paper of [one, two]) await page.click(`input[type=checkbox][value$="${paper.id}"]`);
    await page.type('#proof-password', goodPassword);
    await page.type('#proof-code', code());
    await send(page, '.proof button.primary');
    expect(await page.$$eval('.verdict.yes', (found) => found.length)).to.equal(2);
    for (const { id } of [one, two])
      expect((await web.app.deps.store.instances.load(web.app.authority, id))?.instance.state).to.equal('signed');
  });

  it('have no fault that axe finds, and fit, on a telephone and a desktop, in both themes', async () => {
    const alone = await preparedPaper(
      web.app,
      'Kế hoạch thực hiện một việc có tên dài để xem dòng chữ xuống hàng thế nào trên màn hình hẹp',
    );
    await laidBefore(web.app, 'Còn chờ cấp số');
    const issued = await issuedPaper(web.app, 'Đã phát hành');
    const paths = [
      '/sign',
      `/sign/${alone.id}`,
      '/account',
      '/delegations',
      '/verify',
      `/verify?code=${textOf(issued, 'code')}`,
      '/verify?code=x',
    ];
    for (const view of [
      { width: phone, dark: false },
      { width: phone, dark: true },
      { width: desktop, dark: false },
    ]) {
      const page = await opened(view);
      for (const path of paths) {
        await page.goto(`${web.origin}${path}`);
        expect(await complaints(page), `${path} ${JSON.stringify(view)}`).to.deep.equal([]);
      }
      await page.browserContext().close();
    }
  });

  it('verifies a file that somebody uploads, signed in nowhere', async () => {
    const page = await opened({ width: phone, visitor: true });
    await page.goto(`${web.origin}/sign-in`);
    await send(page, 'a[href="/verify"]');
    const field = await page.$('#file');
    await field?.uploadFile(new URL('../../package.json', import.meta.url).pathname);
    await send(page, 'form[method=post][enctype] button');
    expect(await page.$eval('.box[role=status]', (found) => String(found.textContent))).to.contain('không có chữ ký số');
  });
});
