import { expect } from 'chai';
import { draftConsolidation } from '../../src/commands/reporting/consolidate.js';
import { openBrowser } from '../support/browser.js';
import { asking, correct, growTown, now, openObligation, openPeriod, sendAndAccept, wards } from '../support/quarter.js';
import { startWeb, type Visitor, type Web } from './support.js';

/** Where screenshots go; none are taken without it. */
const shots = process.env.TRINHKY_TEST_SHOTS;

describe('the page of a consolidation', function () {
  this.timeout(60_000);
  let web: Web;
  let period = '';
  let reports: ReadonlyMap<string, string> = new Map();
  let visitor: Visitor;
  before(async () => {
    web = await startWeb('conspages');
    await growTown(web.app);
    const obligation = await openObligation(web.app, '2026-Q1');
    const opened = await openPeriod(web.app, obligation, '2026-Q1');
    period = opened.id;
    reports = opened.reports;
    for (const unit of wards.slice(3))
      await sendAndAccept(web.app, reports.get(unit) ?? '', unit, {
        hoi: unit.slice(1),
        khoKhan: 'Thiếu kinh phí.',
        deXuat: `Đề nghị của phường ${unit}.`,
      });
    await web.app.relay.settle();
    const { login, password } = await web.account('cons');
    visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get('/inbox');
  });
  after(() => web.close());

  const hiddenOf = (html: string): Record<string, string> =>
    Object.fromEntries([...html.matchAll(/name="(_\w+)" value="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
  const open = async (path: string): Promise<string> => {
    const reply = await visitor.get(path);
    expect(reply.status, path).to.equal(200);
    return reply.text;
  };
  const send = async (path: string, fields: Record<string, string | readonly string[]>) => {
    const { _key, ...hidden } = hiddenOf(await open(path));
    return visitor.form(path, { ...hidden, _key: `${_key ?? ''}-${String(fields._act)}`, ...fields });
  };
  const paperOf = async (): Promise<string> => {
    const [paper] = await web.app.deps.store.instances.childrenOf(web.app.authority, period, 'consolidation', 5);
    return paper?.id ?? '';
  };

  it('shows who is silent first, and urges them with one button', async () => {
    const html = await open(`/instances/${period}/consolidation`);
    expect(html).to.include('13/16 báo cáo đã tiếp nhận');
    expect(html.indexOf('Phường 3<')).to.be.lessThan(html.indexOf('Phường 4<'));
    expect(html).to.include('Đôn đốc 3 đơn vị');
    const reply = await send(`/instances/${period}/consolidation`, { _act: 'urge' });
    expect(reply.status).to.equal(303);
    expect((await now(web.app, reports.get('p2') ?? '')).context.timesUrged).to.equal(1);
    expect((await now(web.app, reports.get('p5') ?? '')).context.timesUrged).to.equal(undefined);
  });

  it('takes the figures, and every number leads to the exact reports behind it', async () => {
    const reply = await send(`/instances/${period}/consolidation`, { _act: 'draft' });
    expect(reply.status).to.equal(303);
    await web.app.relay.settle();
    const paper = await paperOf();
    const html = await open(`/instances/${paper}/consolidation`);
    expect(html).to.include('Phường 1, Phường 2 và Phường 3');
    const links = [...html.matchAll(/href="([^"]*\/sources\?[^"]*)"/g)].map((match) =>
      (match[1] ?? '').replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
    );
    expect(links.length).to.be.greaterThan(25);
    const pages = new Map<string, string>();
    for (const link of links) pages.set(link, await open(link));
    // the figure: 4 + ... + 16 = 130, of thirteen reports, each with its value and version
    const figure = [...pages.values()].find((page) => page.includes('130 cuộc')) ?? '';
    expect([...figure.matchAll(/\/reported\?content(?:=|&#x3D;)[0-9a-f]{64}/g)]).to.have.length(13);
    const version = /href="([^"]*\/reported\?content[^"]*)"/.exec(figure)?.[1]?.replaceAll('&#x3D;', '=') ?? '';
    expect(await open(version)).to.include('Đây là bản đang được chấp nhận.');
    // another content is not shown under a report
    const other = await visitor.get(version.replace(/[0-9a-f]{64}/, 'a'.repeat(64)));
    expect(other.status).to.equal(404);
  });

  it('edits a paragraph without script, merges what units wrote, and says whose words they are', async () => {
    const paper = await paperOf();
    const here = `/instances/${paper}/consolidation`;
    const html = await open(here);
    const edit = /href="([^"]*\?edit[^"]*)"/.exec(html)?.[1]?.replaceAll('&#x3D;', '=').split('#')[0] ?? '';
    const form = await open(edit);
    const place = /name="place" value="([^"]*)"/.exec(form)?.[1] ?? '';
    const saved = await send(here, { _act: 'add', place, text: 'Quận đã tổ chức hai cuộc họp giao ban.' });
    expect(saved.status).to.equal(303);
    expect(await open(here)).to.include('lời của Người ví dụ');
    const merging = await open(`${here}?merge=deXuat`);
    expect(merging).to.include('Đề nghị của phường p7.');
    const merged = await send(here, {
      _act: 'merge',
      of: 'deXuat',
      rule: 'sideBySide',
      report: [reports.get('p7') ?? '', reports.get('p8') ?? ''],
    });
    expect(merged.status).to.equal(303);
    const text = await open(here);
    expect(text).to.include('Phường 7: Đề nghị của phường p7.');
    expect(text).to.not.include('phường p9.');
  });

  it('shows on the paper and its page that a source was corrected', async () => {
    const paper = await paperOf();
    await correct(web.app, reports.get('p6') ?? '', 'p6', { hoi: '600' });
    expect(await open(`/instances/${paper}`)).to.include('Báo cáo nguồn đã thay đổi');
    const html = await open(`/instances/${paper}/consolidation`);
    expect(html).to.include('bản đã dùng');
    const refreshed = await send(`/instances/${paper}/consolidation`, { _act: 'refresh' });
    expect(refreshed.status).to.equal(303);
    expect(await open(`/instances/${paper}/consolidation`)).to.not.include('bản đã dùng');
  });

  it('tells the second of two what stands in the way, and is for nobody who may not read it', async () => {
    const reply = await send(`/instances/${period}/consolidation`, { _act: 'urge' });
    expect(reply.status).to.equal(303);
    const { outcome } = await draftConsolidation(web.app.deps, { ...asking(web.app, 'cons2'), period });
    expect(outcome.kind).to.equal('refused');
    const { login, password } = await web.account('stranger');
    const stranger = web.visitor();
    await stranger.signIn(login, password);
    for (const path of ['consolidation', 'sources?place=/title', `reported?content=${'a'.repeat(64)}`])
      expect((await stranger.get(`/instances/${await paperOf()}/${path}`)).status).to.equal(404);
  });

  it('fits a phone and a desk with scripts off', async () => {
    const browser = await openBrowser();
    try {
      const page = await browser.newPage();
      await page.setJavaScriptEnabled(false);
      const host = new URL(web.origin).hostname;
      await browser.setCookie(...[...visitor.cookies()].map(([name, value]) => ({ name, value, domain: host, path: '/' })));
      const paper = await paperOf();
      const links = [...(await open(`/instances/${paper}/consolidation`)).matchAll(/href="([^"]*\/sources\?[^"]*)"/g)];
      const figure = links.map((match) => plainHref(match[1] ?? '')).find((link) => link.includes('%2Frows%2F0')) ?? '';
      const places = {
        period: `/instances/${period}/consolidation`,
        paper: `/instances/${paper}/consolidation?edit=/body/2/text`,
        merge: `/instances/${paper}/consolidation?merge=deXuat`,
        sources: figure,
      };
      for (const width of [1280, 360])
        for (const [name, path] of Object.entries(places)) {
          await page.setViewport({ width, height: 900 });
          await page.goto(`${web.origin}${path}`);
          if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
          const wide = (await page.evaluate('document.documentElement.scrollWidth')) as number;
          expect(wide, `${name} at ${width}`).to.be.at.most(width);
        }
    } finally {
      await browser.close();
    }
  });
});

/** An address as it stands in a page, without what the template escapes. */
function plainHref(href: string): string {
  return href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '=');
}
