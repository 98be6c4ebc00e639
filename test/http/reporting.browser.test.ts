import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { idOfChild } from '../../src/commands/open.js';
import { draftConsolidation } from '../../src/commands/reporting/consolidate.js';
import { loadForm } from '../../src/commands/reporting/forms.js';
import { textAt } from '../../src/engine/json.js';
import { browserTestMsMax } from '../documents/support.js';
import { must, openPlan, putInForce } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { asking, correct, growTown, now, onceForm, openPeriod, sendAndAccept } from '../support/quarter.js';
import { startWeb, type Web } from './support.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Where screenshots go; none are taken without it. */
const shots = process.env.TRINHKY_TEST_SHOTS;

/** Names and texts that break out of text, of an attribute, of a picture; and one of 300 characters. */
const hostile = [
  '<script>window.hit=1</script>',
  '"><img src=x onerror="window.hit=1">',
  "' onmouseover='window.hit=1",
  '</text></svg><svg onload=window.hit=1>',
  '{{constructor}}{{{w}}}{{> pageFrame}}',
  '=HYPERLINK("//evil.example")',
  `Phường ${'dài '.repeat(73)}`.trim(),
];
const units = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'];

describe('the pages of reports and consolidation, with hostile names', function () {
  this.timeout(2 * browserTestMsMax);
  let web: Web;
  let browser: Browser | undefined;
  const paths: string[] = [];
  const complaints: string[] = [];
  before(async () => {
    web = await startWeb('reportingpages');
    const { app } = web;
    await growTown(app);
    const { revision: _, ...records } = await app.deps.store.directory.snapshot(app.authority);
    await app.deps.store.directory.save({
      ...records,
      units: records.units.map((unit) => ({ ...unit, name: hostile[units.indexOf(unit.id)] ?? unit.name })),
    } as never);
    const label = (text: string) => ({ vi: text, en: text });
    const once = onceForm.once.map((item, at) => ({ ...item, label: label(hostile[at % hostile.length] ?? '') }));
    await loadForm(app.deps, { authority: app.authority, actor: 'cons' }, { ...onceForm, once } as never);
    const plan = await putInForce(app, await openPlan(app));
    const input = {
      code: 'quy',
      name: hostile.join(' '),
      units,
      frequency: 'quarter',
      regime: 'calendar',
      form: onceForm.id,
      first: '2026-Q1',
    };
    await must(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input });
    await app.relay.settle();
    const obligation = idOfChild(app.authority, { id: plan.id, kind: 'obligation', key: 'quy' });
    const { id: period, reports } = await openPeriod(app, { plan, id: obligation }, '2026-Q1');
    for (const [at, unit] of units.slice(1).entries())
      await sendAndAccept(app, reports.get(unit) ?? '', unit, {
        hoi: String(at),
        khoKhan: hostile[at] ?? '',
        deXuat: hostile.join(' '),
      });
    await app.relay.settle();
    const { paper } = await draftConsolidation(app.deps, { ...asking(app), period });
    await app.relay.settle();
    await correct(app, reports.get('p3') ?? '', 'p3', { hoi: '1234567' });
    const accepted = textAt((await now(app, reports.get('p3') ?? '')).context, 'acceptedContent');
    const own = (id: string) => `/instances/${id}`;
    paths.push(
      own(plan.id),
      `${own(plan.id)}/coverage`,
      `${own(plan.id)}/progress`,
      `${own(plan.id)}/progress?quarter=2026-Q1&kind=report`,
      `${own(plan.id)}/follow-up?unit=p2`,
      own(obligation),
      `${own(obligation)}/consolidation`,
      own(period),
      `${own(period)}/consolidation`,
      own(reports.get('p1') ?? ''),
      `${own(reports.get('p1') ?? '')}/report`,
      `${own(reports.get('p3') ?? '')}/reported?content=${accepted}`,
      own(paper ?? ''),
      `${own(paper ?? '')}/consolidation`,
      `${own(paper ?? '')}/consolidation?merge=deXuat`,
      `${own(paper ?? '')}/sources?place=/appendices/0/body/0/rows/0`,
    );
    browser = await openBrowser();
  });
  after(async () => {
    await browser?.close();
    await web.close();
  });

  async function signedIn(person: string): Promise<Page> {
    const { login, password } = await web.account(person);
    if (browser === undefined) throw new Error('no browser');
    const page = await (await browser.createBrowserContext()).newPage();
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setBypassCSP(true);
    await page.goto(`${web.origin}/sign-in`);
    await page.type('#login', login);
    await page.type('#password', password);
    await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
    return page;
  }

  const faultsOf = async (page: Page): Promise<string[]> => {
    await page.evaluate(axeSource);
    const { violations } = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as {
      violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[];
    };
    return violations.map(({ id, nodes: [node] }) => `${id}: ${node?.html.slice(0, 160) ?? ''} ${node?.failureSummary ?? ''}`);
  };

  it('run nothing that was typed, have no fault that axe finds, and fit every width, in both languages', async () => {
    const page = await signedIn('cons');
    const faults: string[] = [];
    for (const language of ['vi', 'en']) {
      await page.setExtraHTTPHeaders({ 'accept-language': language });
      for (const path of paths) {
        await page.setViewport({ width: 1280, height: 900 });
        const reply = await page.goto(`${web.origin}${path}`);
        if (reply?.status() !== 200) faults.push(`${path}: ${reply?.status()}`);
        const lang = await page.evaluate('document.documentElement.lang');
        if (lang !== language) faults.push(`${path}: ${String(lang)}`);
        if ((await page.evaluate('typeof window.hit')) !== 'undefined') faults.push(`${path} ran what was typed`);
        faults.push(...(await faultsOf(page)).map((fault) => `${language} ${path} ${fault}`));
        for (const width of [320, 768, 1280, 2560]) {
          await page.setViewport({ width, height: 900 });
          const over = (await page.evaluate(
            'document.documentElement.scrollWidth - document.documentElement.clientWidth',
          )) as number;
          if (over > 0) faults.push(`${language} ${path} at ${width}: ${over} px too wide`);
          if (shots !== undefined && width < 1300)
            await page.screenshot({ path: `${shots}/${language}-${paths.indexOf(path)}-${width}.png`, fullPage: true });
        }
        // The id of an instance stands in `code`, and a version's mark in figures of its own: to be quoted.
        const text = (await page.evaluate(
          'document.querySelectorAll("main code").forEach((one) => one.remove()), document.querySelector("main").innerText',
        )) as string;
        for (const raw of text.match(/\b\d{4}-\d\d-\d\d\b|\breportingpages\.[0-9a-f]{8,}|\bundefined\b|\[object/g) ?? [])
          faults.push(`${language} ${path} shows ${raw}`);
      }
    }
    expect([...new Set(faults)].join('\n')).to.equal('');
    expect(complaints).to.deep.equal([]);
  });
});
