import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { browserTestMsMax } from '../documents/support.js';
import { openPlan, plan, putInForce } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { goodPassword, startWeb, type Web } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const example = fileURLToPath(new URL('../../examples/plan-2010.txt', import.meta.url));
const words = [
  '<script>window.hit=1</script>',
  '"><img src=x onerror="window.hit=1">',
  '{{constructor}}{{{w}}}',
  '</textarea><svg onload=window.hit=1>',
];

describe('pages for what comes in, in a browser', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let browser: Browser;
  before(async () => {
    web = await startWeb('intakebrowser');
    for (const person of ['cons', 'off-nv']) await web.account(person);
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await web.close();
  });

  async function opened(person: string, { dark = false, width = 1280 } = {}): Promise<Page> {
    const page = await (await browser.createBrowserContext()).newPage();
    await page.setJavaScriptEnabled(false);
    await page.setViewport({ width, height: 860 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    await page.goto(`${web.origin}/sign-in`);
    await page.type('#login', `${web.app.authority}-${person}`);
    await page.type('#password', goodPassword);
    await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
    return page;
  }

  /** What axe finds on the page as it stands, reached without scripts; then scripts are let in to look. */
  async function violations(page: Page, { width, dark }: { width: number; dark: boolean }): Promise<string[]> {
    expect(await page.evaluate('window.hit'), 'no text became a script').to.equal(undefined);
    expect(await page.evaluate('document.documentElement.scrollWidth'), 'no page is wider than the screen').to.be.at.most(width);
    const html = await page.content();
    const copy = await page.browserContext().newPage();
    await copy.setBypassCSP(true);
    await copy.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]);
    await copy.setViewport({ width, height: 860 });
    await copy.goto(`${web.origin}/healthz`);
    await copy.setContent(html.replaceAll('href="/assets', `href="${web.origin}/assets`));
    await copy.evaluate(axeSource);
    const found = (await copy.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    await copy.close();
    return found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary ?? ''}`);
  }

  for (const view of [
    { dark: false, width: 1280 },
    { dark: true, width: 1280 },
    { dark: false, width: 390 },
  ]) {
    it(`can be used by everybody, without scripts: ${JSON.stringify(view)}`, async () => {
      // given a plan in force whose words would break out of a page that let them
      const body = words.map((text, index) => ({
        kind: 'paragraph' as const,
        marker: `${index + 1}.`,
        level: 1 as const,
        text: `Rà soát ${text}`,
      }));
      const { id } = await putInForce(web.app, await openPlan(web.app, { ...plan, body }));
      const consolidator = await opened('cons', view);
      await consolidator.goto(`${web.origin}/instances/${id}/clauses`);
      expect(await violations(consolidator, view)).to.deep.equal([]);
      // when one is marked "no action" without a reason, the page says so at its place
      await consolidator.click('#act-1-none');
      await Promise.all([consolidator.waitForNavigation(), consolidator.click('.send button')]);
      expect(await consolidator.$$('.fault')).to.have.length(1);
      expect(await violations(consolidator, view)).to.deep.equal([]);
      await consolidator.type('#reason-1', 'Đã làm xong');
      await Promise.all([consolidator.waitForNavigation(), consolidator.click('.send button')]);
      expect(consolidator.url()).to.match(/\?done=REVIEW_CLAUSES$/);
      await consolidator.browserContext().close();

      const drafter = await opened('off-nv', view);
      await drafter.goto(`${web.origin}/import`);
      expect(await violations(drafter, view)).to.deep.equal([]);
      const input = (await drafter.$('input[type="file"]')) as { uploadFile(path: string): Promise<void> } | null;
      await input?.uploadFile(example);
      await Promise.all([drafter.waitForNavigation(), drafter.click('form.upload button')]);
      expect((await drafter.$$('mark')).length).to.be.greaterThan(20);
      expect(await violations(drafter, view)).to.deep.equal([]);
      await Promise.all([drafter.waitForNavigation(), drafter.click('.import-open button')]);
      const draft = drafter.url();
      await drafter.goto(`${draft}/attachments`);
      const file = (await drafter.$('input[type="file"]')) as { uploadFile(path: string): Promise<void> } | null;
      await file?.uploadFile(example);
      await Promise.all([drafter.waitForNavigation(), drafter.click('form.upload button')]);
      expect(await drafter.$$('.files li')).to.have.length(1);
      expect(await violations(drafter, view)).to.deep.equal([]);
      await drafter.browserContext().close();
    });
  }
});
