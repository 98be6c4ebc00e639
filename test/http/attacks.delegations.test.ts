import { expect } from 'chai';
import { addDays, dayOf } from '../../src/office/time/clock.js';
import { must, newKey, openPlan } from '../support/application.js';
import { town } from '../support/town.js';
import { startWeb, type Visitor, type Web } from './support.js';

describe('delegations that somebody tries to stretch', () => {
  let web: Web;
  let today: string;
  let page: Visitor;
  before(async () => {
    web = await startWeb('attack-delegations');
    today = dayOf(web.app.clock.now());
    const records = town(web.app.authority);
    const away = { id: 'away', name: 'Người ví dụ 98', login: `${web.app.authority}-away`, disabled: true };
    await web.app.deps.store.directory.save({ ...records, people: [...records.people, away] });
    page = await signedIn('head-nv');
  });
  after(() => web.close());

  async function signedIn(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }
  const stored = async () => (await web.app.deps.store.directory.snapshot(web.app.authority)).delegations;

  it('for the past, without an end, for ever, too long, to oneself or to nobody: refused with one code, by API and page, and not stored', async () => {
    const api = await web.api('head-nv');
    await page.get('/delegations');
    const tried: Record<string, [more: Record<string, unknown>, code: string]> = {
      'wholly past': [{ from: addDays(today, -9), to: addDays(today, -2) }, 'delegationDates'],
      'begun yesterday': [{ from: addDays(today, -1) }, 'delegationDates'],
      'ends before it begins': [{ from: addDays(today, 3), to: addDays(today, 2) }, 'delegationDates'],
      'a day too long': [{ to: addDays(today, 366) }, 'delegationDates'],
      'for ever': [{ to: '9999-12-31' }, 'delegationDates'],
      'beyond all years': [{ from: '+275760-01-01', to: '+275760-02-01' }, 'delegationDates'],
      'no day of the calendar': [{ to: `${today.slice(0, 7)}-99` }, 'delegationDates'],
      'no day at all': [{ from: 'zzzz', to: 'zzzz' }, 'delegationDates'],
      'without an end': [{ to: '' }, 'delegationDates'],
      'to himself': [{ delegate: 'head-nv' }, 'delegationSelf'],
      'to nobody': [{ delegate: 'nobody' }, 'inputInvalid'],
      'to whose account is closed': [{ delegate: 'away' }, 'inputInvalid'],
      'to a name of the language': [{ delegate: '__proto__' }, 'inputInvalid'],
      'of everything that is no command': [{ commands: ['constructor'] }, 'inputInvalid'],
    };
    for (const [name, [more, code]] of Object.entries(tried)) {
      const ask = { delegate: 'off-vhtt', from: today, to: today, reason: 'Thử', ...more };
      const reply = await api.post('/api/v1/delegations', ask);
      // what is no day is refused by the shape of the body before anybody asks further
      expect([code, 'bodyInvalid'], name).to.include(reply.json['code']);
      expect(reply.status, name).to.be.within(400, 409);
      const login = (id: string) => (/^(?:nobody|__)/.test(id) ? id : `${web.app.authority}-${id}`);
      const sent = await page.form('/delegations', { _key: newKey(), ...ask, delegate: login(ask.delegate) } as never);
      expect(sent.status, `${name}, page`).to.be.within(400, 409);
      expect(sent.text, `${name}, page`).to.contain('role="alert"').and.to.contain('name="reason"');
      expect(sent.text, `${name}, what was typed stays`).to.contain('value="Thử"');
    }
    for (const to of [null, undefined, 20_260_302])
      expect((await api.post('/api/v1/delegations', { delegate: 'off-vhtt', from: today, to, reason: 'Thử' })).status).to.equal(
        400,
      );
    expect(await stored()).to.deep.equal([]);
  });

  it('stores nothing of texts that deceive or overflow', async () => {
    const api = await web.api('head-nv');
    const reasons = ['Nghỉ\u202Eпhép', 'Nghỉ\u200Bphép', 'x'.repeat(10_000), '\u0000', '\uFEFFNghỉ', ' \n '];
    for (const reason of reasons) {
      const ask = { delegate: 'off-vhtt', from: today, to: today, reason };
      const reply = await api.post('/api/v1/delegations', ask);
      expect(reply.status, JSON.stringify(reason.slice(0, 9))).to.equal(400);
      await page.get('/delegations');
      const sent = await page.form('/delegations', { _key: newKey(), ...ask, delegate: `${web.app.authority}-off-vhtt` });
      expect(sent.status, JSON.stringify(reason.slice(0, 9))).to.equal(400);
    }
    expect(await stored()).to.deep.equal([]);
    const apart = await api.post('/api/v1/delegations', {
      delegate: 'off-vhtt',
      from: today,
      to: today,
      reason: 'Nghỉ phép đến Tết'.normalize('NFD'),
    });
    expect([apart.status, apart.json['reason']]).to.deep.equal([201, 'Nghỉ phép đến Tết']);
    await api.post(`/api/v1/delegations/${String(apart.json['id'])}/revoke`, {});
  });

  it('taken back between the page and the click: the decision is refused, and the page says so', async () => {
    const paper = await openPlan(web.app);
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    const api = await web.api('head-nv');
    const given = await api.post('/api/v1/delegations', { delegate: 'head-vhtt', from: today, to: today, reason: 'Họp' });
    const delegate = await signedIn('head-vhtt');
    const shown = await delegate.get(`/instances/${paper.id}`);
    expect(shown.text).to.contain('APPROVE_CONTENT');
    const revision = /name="_revision" value="(\d+)"/.exec(shown.text)?.[1] ?? '';
    // when it is taken back, also twice
    const path = `/api/v1/delegations/${String(given.json['id'])}/revoke`;
    const [first, again] = [await api.post(path, {}), await api.post(path, {})];
    expect([first.status, again.status, again.json['revokedAt']]).to.deep.equal([200, 200, first.json['revokedAt']]);
    // then the form that is still open does nothing
    const fields = { _key: newKey(), _revision: revision, _saw: paper.content ?? '' };
    const sent = await delegate.form(`/instances/${paper.id}/commands/APPROVE_CONTENT`, fields);
    expect(sent.status).to.equal(403);
    expect(sent.text).to.contain('Ủy quyền của Người ví dụ').and.to.contain('đã bị thu hồi');
    const byApi = await (await web.api('head-vhtt')).post(`/api/v1/instances/${paper.id}/commands/APPROVE_CONTENT`, {
      saw: paper.content,
    });
    expect([byApi.status, byApi.json['code']]).to.deep.equal([403, 'delegationLapsed']);
    const held = await web.app.deps.store.instances.load(web.app.authority, paper.id);
    expect([held?.instance.revision, held?.instance.context.contentApprovedBy]).to.deep.equal([2, undefined]);
    // who only asks learns nothing, and when the paper has moved on since, nobody is told of it
    expect((await delegate.get(`/instances/${paper.id}`)).status).to.equal(404);
    web.app.clock.advance(1_000);
    await must(web.app, paper.id, 'form', 'APPROVE_FORM', { saw: paper.content ?? '' });
    const late = await delegate.form(`/instances/${paper.id}/commands/APPROVE_CONTENT`, { ...fields, _key: newKey() });
    expect(late.status).to.equal(404);
    // and taking it back from a page that is older than the taking back changes nothing and is no fault
    const own = await page.form('/delegations/revoke', { delegation: String(given.json['id']) });
    expect(own.headers.get('location')).to.equal('/delegations?done=revoked');
  });
});
