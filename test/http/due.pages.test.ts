import { expect } from 'chai';
import { loadCalendar } from '../../src/commands/calendar/load.js';
import { idOfChild } from '../../src/commands/open.js';
import type { JsonObject } from '../../src/engine/json.js';
import { must, openPlan, putInForce } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';
import { startWeb, type Web } from './support.js';

describe('the due date of a duty, on its page and in the API', function () {
  this.timeout(30_000);
  let web: Web;
  let duty: string;
  before(async () => {
    web = await startWeb('duepages');
    const { app } = web;
    app.clock.set('2026-03-02T02:00:00.000Z');
    const plan = await putInForce(app, await openPlan(app));
    await reviewAll(app, plan, ['II.9']);
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.9', title: 'Việc ví dụ', dueOn: '2026-03-20' } });
    await app.relay.settle();
    const directive = idOfChild(app.authority, { id: plan.id, kind: 'directive', key: 'II.9' });
    await must(app, directive, 'cons', 'ASSIGN', { input: { lead: ['p2'], dueOn: '2026-03-20' } });
    await app.relay.settle();
    duty = idOfChild(app.authority, { id: directive, kind: 'assignment', key: 'p2' });
    await must(app, duty, 'head-p2', 'ACCEPT');
    app.clock.set('2026-03-09T03:00:00.000Z');
    await must(app, duty, 'cons', 'SUSPEND', { input: { reason: 'Chờ hướng dẫn' } });
    app.clock.set('2026-03-11T03:00:00.000Z');
    await must(app, duty, 'cons', 'RESUME');
  });
  after(() => web.close());

  async function pageOf(person: string): Promise<string> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return (await visitor.get(`/instances/${encodeURIComponent(duty)}`)).text.replace(/\s+/g, ' ');
  }

  it('shows how the work stands, and the sum of days behind a fold', async () => {
    web.app.clock.set('2026-03-18T03:00:00.000Z');
    const page = await pageOf('head-p2');
    expect(page).to.contain('còn 4 ngày làm việc, 24/03/2026');
    expect(page).to.contain('<dd>Đang thực hiện – trong hạn</dd>');
    expect(page).to.contain('<summary>Cách tính hạn</summary>');
    expect(page).to.contain(
      '<td class="num">09/03/2026 – 10/03/2026</td><td class="num"></td><td>tạm hoãn, không tính · Chờ hướng dẫn</td>',
    );
    expect(page).to.contain('<p>Hạn: hết ngày 24/03/2026</p>');
    web.app.clock.set('2026-03-23T03:00:00.000Z');
    expect(await pageOf('cons')).to.contain('Đang thực hiện – sắp đến hạn');
    web.app.clock.set('2026-03-26T03:00:00.000Z');
    const late = await pageOf('cons');
    expect(late).to.contain('quá hạn 2 ngày làm việc, 24/03/2026');
    expect(late).to.contain('<dd class="late">Đang thực hiện – quá hạn</dd>');
  });

  it('gives the steps, the history and the standing to those who may read the work', async () => {
    web.app.clock.set('2026-03-18T03:00:00.000Z');
    const { status, json } = await (await web.api('cons')).get(`/api/v1/instances/${duty}/due`);
    expect(status).to.equal(200);
    const { terms, progress, history } = json as unknown as {
      terms: {
        path: string;
        due: string;
        steps: { reason: string; counted: number | null; told: { why: string } }[];
        suspended: object[];
      }[];
      progress: object;
      history: { command: string }[];
    };
    expect(terms.map(({ path, due }) => [path, due])).to.deep.equal([['/executing', '2026-03-24T16:59:59.999Z']]);
    expect(terms[0]?.steps.map(({ reason, counted }) => [reason, counted])).to.deep.equal([
      ['given', null],
      ['suspended', null],
      ['rest', null],
      ['rest', null],
      ['working', 1],
      ['working', 2],
    ]);
    expect(terms[0]?.suspended).to.deep.equal([{ from: '2026-03-09', to: '2026-03-11', reason: 'Chờ hướng dẫn', by: 'cons' }]);
    expect(progress).to.deep.equal({
      stage: 'inProgress',
      timing: 'inTime',
      workingDays: 4,
      due: '2026-03-24T16:59:59.999Z',
      told: 'Đang thực hiện – trong hạn',
    });
    expect(history.map(({ command }) => command)).to.deep.equal(['OPEN', 'ACCEPT', 'RESUME']);
    expect((await (await web.api('head-p3')).get(`/api/v1/instances/${duty}/due`)).status).to.equal(404);
  });

  it('has a button for urging, which tells the unit and closes until the next working day', async () => {
    web.app.clock.set('2026-03-18T03:00:00.000Z');
    const api = await web.api('cons');
    const urged = await api.post(`/api/v1/instances/${duty}/commands/URGE`, {});
    expect(urged.status).to.equal(200);
    await web.app.relay.settle();
    const notices = await web.app.deps.store.notices.listFor(web.app.authority, 'head-p2', 20);
    expect(
      notices.filter(({ params }) => params.moment === 'urged').map(({ kind, params }) => [kind, params.actor]),
    ).to.deep.equal([['reminder', 'cons']]);
    const again = await api.post(`/api/v1/instances/${duty}/commands/URGE`, {});
    expect([again.status, again.json.code]).to.deep.equal([409, 'urgedToday']);
    web.app.clock.set('2026-03-19T03:00:00.000Z');
    expect((await api.post(`/api/v1/instances/${duty}/commands/URGE`, {})).status).to.equal(200);
    expect(await pageOf('cons')).to.contain('Hôm nay đã đôn đốc rồi');
  });

  it('explains the date by the calendar of its time, whatever came into force since', async () => {
    web.app.clock.set('2026-03-20T03:00:00.000Z');
    const { calendar } = await web.app.deps.store.directory.snapshot(web.app.authority);
    const localDays = [{ day: '2026-03-24', name: { vi: 'Ngày truyền thống', en: 'Local day' }, source: 'Quyết định ví dụ' }];
    const brought = {
      ...calendar,
      version: 'later',
      localDays,
      validFrom: '2026-01-01',
      validTo: '2026-12-31',
    } as unknown as JsonObject;
    await loadCalendar(web.app.deps, { authority: web.app.authority, by: 'commandLine', dryRun: false, calendar: brought });
    const page = await pageOf('head-p2');
    expect(page).to.contain('<p>Hạn: hết ngày 24/03/2026</p>').and.to.contain('<td class="num">24/03/2026</td>');
    expect(page).not.to.contain('Tính theo lịch hiện nay').and.not.to.contain('Ngày truyền thống');
  });
});
