import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { idOfChild, open } from '../../src/commands/open.js';
import { readExample } from '../../src/store/exampleAuthority.js';
import { browserTestMsMax } from '../documents/support.js';
import { must, newKey, plan, startApplication } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { reviewFor } from '../support/clauses.js';
import { goodPassword, type Web, webOn } from './support.js';

const phone = 360;
const desktop = 1280;
const authority = 'go-vap';
/** Deputy chairmen: away in quarter two, and who has his field meanwhile; the head of the office, to whom he lends his work. */
const [away, other, lent] = ['vidu02', 'vidu03', 'vidu04'] as const;
const [chair, consolidator, ward] = ['vidu01', 'vidu11', 'vidu16'] as const;

describe('a deputy chairman on leave in quarter two, on the pages', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let browser: Browser;
  let paper: string;
  let duty: string;
  const pages = new Map<string, Page>();
  before(async () => {
    const wall = { shiftMs: 0 };
    const started = await startApplication('leave', { authority: 'unused', wallNowMs: () => Date.now() + wall.shiftMs });
    // given the example authority, before he has lent anything
    const example = await readExample();
    const people = example.people.map((one) => ({ ...one, login: `${authority}-${one.id}` }));
    await started.deps.store.directory.save({ ...example, people, delegations: [] });
    web = await webOn({ ...started, authority }, { wall });
    web.app.clock.set('2026-03-31T02:00:00.000Z');
    browser = await openBrowser();
  });
  after(async () => {
    await browser.close();
    await web.close();
  });

  /** A person's own browser, without scripts, at a path. */
  async function at(person: string, path: string, width = desktop): Promise<Page> {
    const known = pages.get(person);
    const page = known ?? (await (await browser.createBrowserContext()).newPage());
    if (known === undefined) {
      const { login, password } = await web.account(person);
      await page.setJavaScriptEnabled(false);
      await page.goto(`${web.origin}/sign-in`);
      await page.type('#login', login);
      await page.type('#password', password);
      await send(page, 'button.primary');
      pages.set(person, page);
    }
    await page.setViewport({ width, height: 860 });
    await page.goto(`${web.origin}${path}`);
    expect(await page.evaluate('document.documentElement.scrollWidth'), `${path} fits`).to.be.at.most(width);
    return page;
  }
  const send = (page: Page, selector: string) => Promise.all([page.waitForNavigation(), page.click(selector)]);
  const textOf = async (page: Page, selector = 'main'): Promise<string> =>
    (await page.$eval(selector, (found) => String(found.textContent))).replace(/\s+/g, ' ');
  /** Fills what is asked for and sends the form of one command. */
  async function give(
    page: Page,
    command: string,
    fill: (form: string) => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> {
    const form = `form[action$="/commands/${command}"]`;
    const folded = await page.$(`details:not([open]):has(> ${form}) > summary`);
    await folded?.click();
    await fill(form);
    await send(page, `${form} > button[type=submit]`);
    await web.app.relay.settle();
  }
  /** The browser's own field for days is typed in the order of its locale, so its value is set. */
  const setDay = (page: Page, selector: string, day: string) =>
    page.evaluate(`document.querySelector(${JSON.stringify(selector)}).value = ${JSON.stringify(day)}`);
  const vote = (page: Page, choice: string, reason = '') =>
    give(page, 'VOTE', async () => {
      await page.select('#VOTE-choice', choice);
      await page.type('#VOTE-reason', reason);
    });

  it('he lends his work on a phone, and is told when it begins', async () => {
    const page = await at(away, '/delegations', phone);
    await page.type('#delegate', `${authority}-${lent}`);
    await setDay(page, '#from', '2026-04-01');
    await setDay(page, '#to', '2026-06-30');
    await page.type('#reason', 'Nghỉ phép quý II');
    await page.click('input[name=definitions][value=document]');
    await send(page, '.inset button.primary');
    expect(await textOf(page, '[aria-labelledby=given]'))
      .to.contain('Người ví dụ 02 → Người ví dụ 04')
      .and.to.contain('chưa đến ngày')
      .and.to.contain('01/04/2026 – 30/06/2026');
  });

  it('a vote comes to its end: his delegate votes for himself, finds the absent member’s vote, and gives it with both names', async () => {
    web.app.clock.set('2026-04-06T02:00:00.000Z');
    paper = await laidBefore();
    const own = `/instances/${paper}`;
    const voters = [chair, away, other, lent];
    await give(await at(chair, own), 'PUT_TO_VOTE', async (form) => {
      for (const voter of voters) await pages.get(chair)?.click(`${form} input[value="${voter}"]`);
    });
    await vote(await at(other, own), 'reject', 'Chưa rõ kinh phí');
    await vote(await at(chair, own), 'approve');
    await vote(await at(lent, own), 'approve');
    // then what is left is the vote of the one who is away, and his delegate is shown it
    const inbox = await at(lent, '/inbox', phone);
    expect(await textOf(inbox, '[aria-labelledby=lent]'))
      .to.contain(plan.title)
      .and.to.contain('thay Người ví dụ 02');
    expect(await textOf(await at(lent, '/notices'))).to.contain('Chờ Ông/Bà xử lý');
    const page = await at(lent, own, phone);
    expect(await textOf(page, '.decide summary.primary')).to.equal('Biểu quyết (thay Người ví dụ 02)');
    await vote(page, 'approve');
    expect(await textOf(page, '.standing')).to.contain('Tập thể đã tán thành');
    expect(await textOf(page, '.timeline li')).to.contain('Biểu quyết: Tán thành · Người ví dụ 04 thay Người ví dụ 02');
    expect(await textOf(await at(lent, '/inbox'), 'h1')).to.equal('Việc cần xử lý 0');
  });

  it('who has his field signs for the chairman by the decision of that quarter; he and his delegate do not', async () => {
    const code = await web.factor(other);
    for (const person of [away, lent]) expect(await textOf(await at(person, '/sign', phone))).not.to.contain(plan.title);
    expect(await textOf(await at(lent, `/instances/${paper}`), '.closed')).to.contain(
      'Chưa có thẩm quyền ký văn bản này: ủy quyền xử lý công việc không kèm thẩm quyền ký.',
    );
    const page = await at(other, `/sign/${paper}`, phone);
    expect(await textOf(page)).to.contain('Ký: KT. CHỦ TỊCH, theo phân công 45/QĐ-UBND (ví dụ)');
    await send(page, 'form[action="/sign/prepare"] button');
    await page.goto(`${web.origin}/sign/${paper}`);
    expect(await textOf(page)).to.contain('Biểu quyết (Tán thành): Người ví dụ 04 (thay Người ví dụ 02)');
    await page.type('#proof-password', goodPassword);
    await page.type('#proof-code', code());
    await send(page, 'form[action="/sign/confirm"] button.primary');
    await web.app.relay.settle();
    const signed = (await web.app.deps.store.instances.load(authority, paper))?.instance;
    expect(signed?.state).to.equal('signed');
    expect(signed?.context.signature).to.include({ capacity: 'KT. CHỦ TỊCH', name: 'Người ví dụ 03' });
    // and the sheet that travels with the paper tells both names, and who was against
    const sheet = await (await web.api('vidu10')).get(`/api/v1/instances/${paper}/approval-sheet`);
    const { rows } = (
      JSON.parse(sheet.text) as { view: { rows: (Record<'who' | 'step' | 'opinion', string> & { behalf: string | null })[] } }
    ).view;
    const votes = rows.filter(({ step }) => step === 'Biểu quyết').map(({ who, behalf, opinion }) => [who, behalf, opinion]);
    expect(votes).to.deep.equal([
      ['Người ví dụ 03', null, 'Không tán thành. Chưa rõ kinh phí'],
      ['Người ví dụ 01', null, 'Tán thành'],
      ['Người ví dụ 04', null, 'Tán thành'],
      ['Người ví dụ 04', 'Người ví dụ 02', 'Tán thành'],
    ]);
  });

  it('a duty is urged with one click, which begins nothing anew; its extension is asked for and decided', async () => {
    duty = await assigned();
    web.app.clock.set('2026-04-13T02:00:00.000Z');
    const own = `/instances/${duty}`;
    await give(await at(consolidator, own), 'URGE');
    expect(await textOf(await at(ward, '/notices', phone))).to.contain('Đôn đốc – Người ví dụ 11');
    const inbox = await textOf(await at(ward, '/inbox', phone));
    expect(inbox).to.contain('06/04/2026 09:00').and.not.to.contain('13/04/2026');
    const page = await at(ward, own, phone);
    // the plan is linked as what it is, and its text not shown as a draft of this work
    expect(await textOf(page, '.delivered'))
      .to.contain('Giao tại điều khoản II.2 của văn bản')
      .and.to.contain('01/KH-UBND');
    expect(await textOf(page)).not.to.contain('DỰ THẢO');
    await give(page, 'ACCEPT');
    await give(page, 'REQUEST_EXTENSION', async () => {
      await setDay(page, '#REQUEST_EXTENSION-askedDueOn', '2026-05-29');
      await page.type('#REQUEST_EXTENSION-reason', 'Trùng đợt bầu cử');
    });
    expect(await textOf(await at(consolidator, '/notices'))).to.contain('Trùng đợt bầu cử');
    const decided = await at(consolidator, own);
    await give(decided, 'GRANT_EXTENSION', () => setDay(decided, '#GRANT_EXTENSION-dueOn', '2026-05-29'));
    expect(await textOf(await at(ward, own, phone), '.standing'))
      .to.contain('còn 31 ngày làm việc, 29/05/2026')
      .and.to.contain('Tiến độ (thời hạn 29/05/2026)');
    expect(await textOf(await at(ward, '/notices'))).to.contain('Đồng ý gia hạn');
  });

  /** A paper of the division for internal affairs, approved and laid before the signatory. */
  async function laidBefore(): Promise<string> {
    const { superior, name, place } = (await readExample()).authority;
    const content = { ...plan, issuer: { superior, name }, place };
    const hash = await web.app.deps.store.contents.put(authority, content as never);
    const context = { drafter: 'vidu10', draftingUnit: 'noi-vu', type: plan.type, title: plan.title };
    const more = { authority, definition: 'document', content: hash, actor: 'vidu10', key: newKey() };
    const opened = await open(web.app.deps, { ...more, context });
    if (opened.kind !== 'accepted') throw new Error(JSON.stringify(opened));
    const { id } = opened.instance;
    await must(web.app, id, 'vidu10', 'SUBMIT');
    await must(web.app, id, 'vidu08', 'APPROVE_CONTENT', { saw: hash });
    await must(web.app, id, 'vidu05', 'APPROVE_FORM', { saw: hash });
    return id;
  }

  /** One duty of the plan, which is in force, for one ward. */
  async function assigned(): Promise<string> {
    const { app } = web;
    const recipients = [{ name: 'Phường 1', unit: 'phuong-1', purpose: 'để thực hiện' }];
    for (const command of ['SEAL', 'ISSUE']) await must(app, paper, 'vidu06', command);
    const inForce = await must(app, paper, 'vidu06', 'SEND', { input: { recipients } });
    const review = await reviewFor(app.deps, inForce, ['II.2']);
    await must(app, paper, consolidator, 'REVIEW_CLAUSES', { input: { review } });
    const dueOn = '2026-05-15';
    await must(app, paper, consolidator, 'OPEN_DIRECTIVE', { input: { clause: 'II.2', title: 'Đối thoại với Nhân dân', dueOn } });
    await app.relay.settle();
    const directive = idOfChild(authority, { id: paper, kind: 'directive', key: 'II.2' });
    await must(app, directive, consolidator, 'ASSIGN', { input: { lead: ['phuong-1'], dueOn } });
    await app.relay.settle();
    return idOfChild(authority, { id: directive, kind: 'assignment', key: 'phuong-1' });
  }
});
