import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import { idOfChild } from '../../src/commands/open.js';
import { browserTestMsMax } from '../documents/support.js';
import { must, openPlan, putInForce } from '../support/application.js';
import { openBrowser } from '../support/browser.js';
import { reviewAll } from '../support/clauses.js';
import { type Reply, startWeb, type Visitor, type Web } from './support.js';

describe('the page of a duty', function () {
  this.timeout(browserTestMsMax);
  let web: Web;
  let duty: string;
  let head: Visitor;
  let login: { readonly login: string; readonly password: string };
  before(async () => {
    web = await startWeb('duty-pages');
    const { app } = web;
    app.clock.set('2026-03-02T02:00:00.000Z');
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Tuyên truyền', dueOn: '2026-06-30' } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: ['p1'], cooperating: ['p2', 'p3'], dueOn: '2026-06-30' } });
    await app.relay.settle();
    duty = idOfChild(app.authority, { id: directive, kind: 'assignment', key: 'p1' });
    await must(app, duty, 'head-p1', 'ACCEPT');
    await must(app, duty, 'system', 'CARRY_OVER', { input: { period: '2026-Q1' } });
    login = await web.account('head-p1');
    head = web.visitor();
    await head.signIn(login.login, login.password);
  });
  after(() => web.close());

  const path = () => `/instances/${encodeURIComponent(duty)}`;
  async function complete(fields: Record<string, string>): Promise<Reply> {
    await head.get(path());
    const held = await web.app.deps.store.instances.load(web.app.authority, duty);
    const revision = String(held?.instance.revision ?? 0);
    return head.form(`${path()}/commands/COMPLETE`, { _key: randomUUID(), _revision: revision, _saw: '', ...fields });
  }

  it('takes evidence row by row without a script, keeps what was typed, and shows every round', async () => {
    const form = (await head.get(path())).text;
    expect(form).to.contain('name="input.figures.0.name"').and.to.contain('name="input.figures.3.measure"');
    const sent = {
      'input.result': 'Đã tổ chức 3 buổi tuyên truyền',
      'input.figures.0.name': 'Lượt người dự',
      'input.figures.0.value': '1.234',
      'input.figures.0.measure': 'lượt',
      'input.figures.2.name': 'Tờ rơi (nghìn tờ)',
      'input.figures.2.value': '12,5',
    };
    // when: one figure is none
    const wrong = await complete({ ...sent, 'input.figures.2.value': 'nhiều' });
    expect(wrong.status).to.equal(409);
    expect(wrong.text).to.contain('Tờ rơi (nghìn tờ): “nhiều”').and.to.contain('value="1.234"');
    // then: put right it is kept, and shown as it is printed
    expect((await complete(sent)).status).to.equal(303);
    await must(web.app, duty, 'cons', 'RETURN', { input: { reason: 'Thiếu danh sách' } });
    const page = (await head.get(path())).text;
    for (const text of ['Phường 2; Phường 3', 'Lần 1', '>1.234<', '>12,5<', 'Bị trả lại ngày 02/03/2026', 'Hết Quý I năm 2026'])
      expect(page).to.contain(text);
  });

  it('shows the parts with their rule, and takes them row by row too', async () => {
    const form = (await head.get(path())).text;
    expect(form).to.contain('name="input.parts.0.title"').and.to.contain('<option value="lead">Các phần của chính đơn vị');
    const held = await web.app.deps.store.instances.load(web.app.authority, duty);
    const reply = await head.form(`${path()}/commands/SPLIT`, {
      _key: randomUUID(),
      _revision: String(held?.instance.revision ?? 0),
      _saw: '',
      'input.parts.0.title': 'Khảo sát',
      'input.parts.0.unit': 'p2',
      'input.parts.1.title': 'In tờ rơi',
      'input.parts.1.unit': 'p1',
      'input.parts.1.dueOn': '2026-05-15',
      'input.closing': 'atLeast',
      'input.closingCount': '1',
    });
    expect(reply.status).to.equal(303);
    await web.app.relay.settle();
    const page = (await head.get(path())).text;
    expect(page).to.contain('có ít nhất 1 phần được xác nhận').and.to.contain('15/05/2026').and.to.contain('Chờ tiếp nhận');
  });

  it('fits a phone as it fits a desktop', async () => {
    const browser = await openBrowser();
    try {
      for (const width of [1280, 360]) {
        const page = await (await browser.createBrowserContext()).newPage();
        await page.setJavaScriptEnabled(false);
        await page.setViewport({ width, height: 900 });
        await page.goto(`${web.origin}/sign-in`);
        await page.type('#login', login.login);
        await page.type('#password', login.password);
        await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
        await page.goto(`${web.origin}${path()}`);
        for (const summary of await page.$$('aside.decide summary')) await summary.click();
        expect(await page.evaluate('document.documentElement.scrollWidth'), `${width} px`).to.be.at.most(width);
        const shots = process.env.TRINHKY_TEST_SHOTS;
        if (shots !== undefined) {
          await mkdir(shots, { recursive: true });
          await page.screenshot({ path: `${shots}/duty-${width}.png`, fullPage: true });
        }
      }
    } finally {
      await browser.close();
    }
  });
});
