import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { browserTestMsMax } from '../documents/support.js';
import { must, openPlan, plan } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { issuedPaper } from './proofSupport.js';
import { startWeb, type Web } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Case 28: what breaks out of text, of an attribute, of an address; and template text. */
const corpus = [
  '<script>window.hit=1</script>',
  '"><img src=x onerror="window.hit=1">',
  "' onmouseover='window.hit=1",
  '</textarea><svg onload=window.hit=1>',
  'javascript:window.hit=1',
  '{{constructor}}{{{w}}}{{> pageFrame}}',
  '<a href="//evil.example">x</a><style>*{display:none}</style>',
  '&lt;script&gt;&#60;b&#62;',
];

describe('pages in a browser', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let browser: Browser;
  const complaints: string[] = [];
  before(async () => {
    web = await startWeb('pages');
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await web.close();
  });

  async function opened(person: string, more: { dark?: boolean; width?: number; script?: boolean } = {}): Promise<Page> {
    const { login, password } = await web.account(person);
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setJavaScriptEnabled(more.script ?? false);
    await page.setViewport({ width: more.width ?? 1280, height: 860 });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: more.dark === true ? 'dark' : 'light' }]);
    await page.goto(`${web.origin}/sign-in`);
    await page.type('#login', login);
    await page.type('#password', password);
    await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
    return page;
  }

  const textOf = (page: Page, selector: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).textContent`);

  async function axe(page: Page): Promise<string[]> {
    await page.setBypassCSP(true);
    await page.setJavaScriptEnabled(true);
    await page.reload();
    await page.evaluate(axeSource);
    const results = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    return results.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary ?? ''}`).join(' | ')}`,
    );
  }

  it('work without scripts from sign-in to a decision, and tell what was done', async () => {
    // given a paper in review
    const paper = await openPlan(web.app);
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    const page = await opened('head-nv');
    // when its head finds it in the inbox, and approves
    await Promise.all([page.waitForNavigation(), page.click(`a[href="/instances/${paper.id}"]`)]);
    await Promise.all([page.waitForNavigation(), page.click('.decide form[action$="APPROVE_CONTENT"] button')]);
    // then the page says so, at an address that says nothing to others
    expect(page.url()).to.match(/\?done=APPROVE_CONTENT$/);
    expect(await textOf(page, '.box.good')).to.contain('Duyệt nội dung');
    const other = await opened('form');
    await other.goto(`${web.origin}/instances/${paper.id}?done=APPROVE_CONTENT`);
    expect(await other.$('.box.good')).to.equal(null);
    // and going back shows what is, not what was
    await page.goBack();
    expect(await page.$('.decide form[action$="APPROVE_CONTENT"]')).to.equal(null);
  });

  it('case 6: the same form sent twice does it once, and leads to the same place', async () => {
    const paper = await openPlan(web.app);
    const visitor = web.visitor();
    const { login, password } = await web.account('off-nv');
    await visitor.signIn(login, password);
    const { text } = await visitor.get(`/instances/${paper.id}`);
    const form = /<form method="post" action="([^"]+\/SUBMIT)"[\s\S]*?<\/form>/.exec(text);
    const fields = Object.fromEntries(
      [...(form?.[0] ?? '').matchAll(/name="(_\w+)" value="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
    );
    const [first, second] = [await visitor.form(form?.[1] ?? '', fields), await visitor.form(form?.[1] ?? '', fields)];
    expect([first.status, second.status]).to.deep.equal([303, 303]);
    expect(second.headers.get('location')).to.equal(first.headers.get('location'));
    expect((await web.app.deps.store.instances.load(web.app.authority, paper.id))?.instance.revision).to.equal(2);
  });

  it('keep what was typed when somebody was faster, and when the input does not fit', async () => {
    const paper = await openPlan(web.app);
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    const page = await opened('head-nv');
    await page.goto(`${web.origin}/instances/${paper.id}`);
    await page.click('.decide summary');
    const typed = 'Cần bổ sung phụ lục:\n  “chỉ tiêu” & <thời hạn>';
    await page.type('#RETURN-reason', typed);
    await must(web.app, paper.id, 'form', 'APPROVE_FORM', { saw: paper.content ?? '' });
    await Promise.all([page.waitForNavigation(), page.click('.decide details[open] button')]);
    expect(await textOf(page, '[role=alert]')).to.contain('Kiểm tra thể thức');
    expect(await page.evaluate('document.querySelector("#RETURN-reason").value')).to.equal(typed);
    // and the second time it goes through
    await Promise.all([page.waitForNavigation(), page.click('.decide details[open] button')]);
    expect(await textOf(page, '.timeline blockquote')).to.equal(typed);
  });

  it('case 28: show whatever is stored or sent as the text that it is', async () => {
    for (const text of corpus) {
      const paper = await openPlan(web.app, {
        ...plan,
        title: text,
        typeName: text,
        bases: [text],
        body: [
          { kind: 'heading', level: 1, marker: text, text },
          { kind: 'paragraph', marker: text, level: 1, text },
          { kind: 'table', caption: text, head: [text], rows: [[text]], numeric: [] },
        ],
        recipients: [{ name: text, purpose: text }],
      });
      await must(web.app, paper.id, 'off-nv', 'SUBMIT');
      await must(web.app, paper.id, 'head-nv', 'RETURN', { saw: paper.content ?? '', input: { reason: text } });
      const page = await opened('off-nv', { script: true });
      for (const path of [
        '/inbox',
        `/instances/${paper.id}`,
        `/instances/${paper.id}?done=${encodeURIComponent(text)}`,
        `/sign-in?next=${encodeURIComponent(text)}`,
        `/${encodeURIComponent(text)}`,
      ]) {
        await page.goto(`${web.origin}${path}`);
        expect(await page.evaluate('window.hit'), `${path} ${text}`).to.equal(undefined);
        expect(
          await page.$$eval(
            'script, svg, img, style, iframe, a[href*="evil"], [onmouseover], [onerror], [onload], a[href^="javascript"]',
            (found) => found.length,
          ),
          `${path} ${text}`,
        ).to.equal(0);
      }
      await page.goto(`${web.origin}/instances/${paper.id}`);
      expect(await textOf(page, 'h1')).to.equal(text);
      expect(await textOf(page, '.timeline blockquote')).to.equal(text);
      await page.browserContext().close();
    }
  });

  it('load nothing but themselves, without a complaint of the browser', async () => {
    const page = await opened('cons', { script: true });
    const foreign: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(web.origin)) foreign.push(request.url());
    });
    complaints.length = 0;
    await page.goto(`${web.origin}/inbox`);
    expect(
      await page.evaluate('document.fonts.ready.then(() => document.fonts.check("16px Be Vietnam Pro", "Đắk Lắk ữ"))'),
    ).to.equal(true);
    expect(foreign).to.deep.equal([]);
    expect(complaints).to.deep.equal([]);
  });

  it('have no fault that axe finds, in both themes, on a desktop and on a phone', async () => {
    const paper = await openPlan(web.app);
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    web.app.clock.advance(7 * 24 * 60 * 60 * 1000);
    for (const view of [
      { dark: false, width: 1280 },
      { dark: true, width: 1280 },
      { dark: false, width: 390 },
    ]) {
      const page = await opened('head-nv', view);
      for (const path of ['/inbox', `/instances/${paper.id}`, '/password', '/none']) {
        await page.goto(`${web.origin}${path}`);
        expect(await axe(page), `${path} ${JSON.stringify(view)}`).to.deep.equal([]);
      }
      await page.goto(`${web.origin}/instances/${paper.id}`);
      const width = await page.evaluate('document.documentElement.scrollWidth');
      expect(width, 'no page is wider than the screen').to.be.at.most(view.width);
      await page.browserContext().close();
    }
    const signIn = await browser.newPage();
    await signIn.goto(`${web.origin}/sign-in`);
    expect(await axe(signIn)).to.deep.equal([]);
  });

  it('show the distribution of a paper, and a delivery, so that axe finds no fault and a phone shows it whole', async () => {
    const paper = await issuedPaper(web.app);
    const path = `/instances/${paper.id}/send`;
    const recipients = [{ name: 'Phường 3', unit: 'p3', purpose: 'để thực hiện' }];
    await must(web.app, paper.id, 'clerk', 'SEND', { input: { recipients } });
    await web.app.relay.settle();
    const [delivery] = await web.app.deps.store.instances.childrenOf(web.app.authority, paper.id, 'delivery', 1);
    for (const view of [{ width: 1280 }, { dark: true, width: 360 }])
      for (const [person, address] of [
        ['clerk', path],
        ['head-p3', `/instances/${delivery?.id}`],
        ['head-p3', `/instances/${paper.id}`],
      ] as const) {
        const page = await opened(person, view);
        await page.goto(`${web.origin}${address}`);
        expect(await axe(page), `${address} ${JSON.stringify(view)}`).to.deep.equal([]);
        expect(await page.evaluate('document.documentElement.scrollWidth')).to.be.at.most(view.width);
        await page.browserContext().close();
      }
  });

  it('go to sign-in when the session is over, and come back to where one was', async () => {
    const page = await opened('deputy');
    await page.deleteCookie(...(await page.cookies()));
    await page.goto(`${web.origin}/inbox?after=x`);
    expect(new URL(page.url()).pathname).to.equal('/sign-in');
    await page.type('#login', `${web.app.authority}-deputy`);
    await page.type('#password', (await web.account('deputy')).password);
    await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
    expect(page.url()).to.equal(`${web.origin}/inbox?after=x`);
  });
});
