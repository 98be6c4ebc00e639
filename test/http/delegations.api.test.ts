import { expect } from 'chai';
import { dayOf } from '../../src/office/time/clock.js';
import { must, newKey, openPlan, plan } from '../support/application.js';
import { startWeb, type Web } from './support.js';

describe('http/delegations', () => {
  let web: Web;
  let today: string;
  before(async () => {
    web = await startWeb('delegations');
    today = dayOf(web.app.clock.now());
  });
  after(() => web.close());

  const year = (): string => today.slice(0, 4);
  const ask = (delegate: string, more: Record<string, unknown> = {}) => ({
    delegate,
    from: today,
    to: `${year()}-12-31`,
    reason: 'Nghỉ phép',
    ...more,
  });
  const give = async (person: string, delegate: string, more: Record<string, unknown> = {}, headers?: Record<string, string>) =>
    (await web.api(person)).post('/api/v1/delegations', ask(delegate, more), headers);
  const audit = async (kind: string) =>
    (await web.app.deps.store.audit.list(web.app.authority, 500)).filter((record) => record.kind === kind);
  const inboxIds = async (person: string): Promise<string[]> => {
    const reply = await (await web.api(person)).get('/api/v1/inbox');
    return (reply.json.items as unknown as { id: string }[]).map(({ id }) => id);
  };

  it('is given, seen by both, acted on, audited, and at an end at once when taken back', async () => {
    const paper = await openPlan(web.app);
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    expect(await inboxIds('off-vhtt')).to.deep.equal([]);
    // when the head lends his approving of plans
    const given = await give('head-nv', 'off-vhtt', { definitions: ['document'], types: ['KH'], commands: ['APPROVE_CONTENT'] });
    expect([given.status, given.json.delegator, given.json.revokedAt]).to.deep.equal([201, 'head-nv', null]);
    const id = String(given.json.id);
    for (const person of ['head-nv', 'off-vhtt']) {
      const list = (await (await web.api(person)).get('/api/v1/delegations')).json.items as unknown as { id: string }[];
      expect(list.map((one) => one.id)).to.deep.equal([id]);
    }
    // then it waits for the delegate as well, with both names in what he decides
    expect(await inboxIds('off-vhtt')).to.deep.equal([paper.id]);
    const saw = paper.content ?? '';
    const refused = await (await web.api('off-vhtt')).post(`/api/v1/instances/${paper.id}/commands/RETURN`, {
      input: { reason: 'X' },
      saw,
    });
    expect(refused.status).not.to.equal(200);
    await must(web.app, paper.id, 'off-vhtt', 'APPROVE_CONTENT', { saw });
    const history = (await (await web.api('head-nv')).get(`/api/v1/instances/${paper.id}/history`)).json.entries as unknown as {
      actor: string;
      onBehalfOf: string | null;
      by: string;
    }[];
    expect(history.at(-1)).to.include({ actor: 'off-vhtt', onBehalfOf: 'head-nv', by: id });
    // when it is taken back, the next paper does not reach the delegate
    const next = await openPlan(web.app);
    await must(web.app, next.id, 'off-nv', 'SUBMIT');
    expect(await inboxIds('off-vhtt')).to.deep.equal([next.id]);
    const revoked = await (await web.api('head-nv')).post(`/api/v1/delegations/${id}/revoke`, {});
    expect([revoked.status, revoked.json.revokedAt]).to.deep.equal([200, web.app.clock.now()]);
    expect(await inboxIds('off-vhtt')).to.deep.equal([]);
    expect((await (await web.api('off-vhtt')).get(`/api/v1/instances/${next.id}`)).status).to.equal(404);
    const [gave] = await audit('delegationGiven');
    expect(gave).to.include({ actor: 'head-nv', subject: id });
    expect(gave?.details).to.include({ delegator: 'head-nv', delegate: 'off-vhtt', reason: 'Nghỉ phép' });
    expect((await audit('delegationRevoked'))[0]).to.include({ actor: 'head-nv', subject: id });
  });

  it('shows a delegate exactly what his scope holds, page by page', async () => {
    // given papers of two types that wait for the head, and a delegate for one of the types
    const ids: string[] = [];
    for (const type of ['BC', 'TB', 'BC', 'TB', 'TB', 'BC']) {
      const typeName = type === 'BC' ? 'BÁO CÁO' : 'THÔNG BÁO';
      const paper = await openPlan(web.app, { ...plan, type, typeName, symbol: `${type}-UBND` });
      await must(web.app, paper.id, 'off-nv', 'SUBMIT');
      if (type === 'BC') ids.push(paper.id);
    }
    const made = await give('head-nv', 'off-vhtt', { types: ['BC'] });
    expect(made.status).to.equal(201);
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 10; page += 1) {
      const reply = await (await web.api('off-vhtt')).get(`/api/v1/inbox?limit=1${after}`);
      const items = reply.json.items as unknown as { id: string }[];
      seen.push(...items.map(({ id }) => id));
      const next = reply.json.next as unknown as string | null;
      if (next === null) break;
      after = `&after=${encodeURIComponent(next)}`;
    }
    expect(ids.length).to.equal(3);
    expect([...seen].sort()).to.deep.equal([...ids].sort());
    await (await web.api('head-nv')).post(`/api/v1/delegations/${String(made.json.id)}/revoke`, {});
  });

  it('is refused to oneself, against its days, in a circle, and for what does not exist', async () => {
    const code = async (reply: Promise<{ json: Record<string, unknown> }>) => (await reply).json.code;
    expect(await code(give('deputy', 'deputy'))).to.equal('delegationSelf');
    expect(await code(give('deputy', 'cons', { to: '2000-01-01' }))).to.equal('delegationDates');
    expect(await code(give('deputy', 'cons', { from: '2000-01-01' }))).to.equal('delegationDates');
    const day = (days: number) => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
    expect(await code(give('deputy', 'cons', { to: day(366) }))).to.equal('delegationDates');
    expect(await code(give('deputy', 'nobody'))).to.equal('inputInvalid');
    for (const more of [{ definitions: ['nothing'] }, { types: ['XX'] }, { commands: ['TAKE_OVER'] }, { reason: '  ' }])
      expect(await code(give('deputy', 'cons', more)), JSON.stringify(more)).to.equal('inputInvalid');
    // 366 days, both counted, fit
    expect((await give('deputy', 'cons', { to: day(365) })).status).to.equal(201);
    expect(await code(give('cons', 'deputy'))).to.equal('delegationCycle');
    expect((await give('cons', 'deputy', { from: day(366), to: day(400) })).status).to.equal(201);
  });

  it('is given once for a key, and a key serves no second one', async () => {
    const headers = { 'idempotency-key': newKey() };
    const first = await give('clerk', 'form', {}, headers);
    const again = await give('clerk', 'form', {}, headers);
    expect([first.status, again.status, again.json.id]).to.deep.equal([201, 201, first.json.id]);
    expect((await give('clerk', 'audit', {}, headers)).json.code).to.equal('keyReused');
    // two at once do not close a circle between them
    const both = await Promise.all([give('head-p1', 'head-p2'), give('head-p2', 'head-p1')]);
    expect(both.map(({ status }) => status)).to.have.members([201, 409]);
  });

  it('is nobody else’s to give, to see or to take back but an administrator’s', async () => {
    const stolen = await give('head-p3', 'off-nv', { delegator: 'chair' });
    expect([stolen.status, stolen.json.code]).to.deep.equal([403, 'notAllowed']);
    expect((await audit('delegationDenied')).at(-1)).to.include({ actor: 'head-p3', subject: 'chair' });
    const recorded = await give('admin', 'deputy', { delegator: 'chair', reason: 'Ghi theo công văn 15/UBND' });
    expect([recorded.status, recorded.json.delegator]).to.deep.equal([201, 'chair']);
    const path = `/api/v1/delegations/${String(recorded.json.id)}/revoke`;
    expect((await (await web.api('head-p3')).post(path, {})).status).to.equal(404);
    expect((await (await web.api('deputy')).post(path, {})).status).to.equal(403);
    expect((await (await web.api('head-p3')).get('/api/v1/delegations?all=true')).status).to.equal(403);
    const all = (await (await web.api('admin')).get('/api/v1/delegations?all=true')).json.items as unknown as { id: string }[];
    expect(all.map(({ id }) => id)).to.include(recorded.json.id);
    expect((await (await web.api('admin')).post(path, {})).json.revokedAt).to.equal(web.app.clock.now());
  });

  it('is given and taken back on the page, which says what it does not give', async () => {
    const { login, password } = await web.account('head-vhtt');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const page = await visitor.get('/delegations');
    expect(page.text).to.contain('Ủy quyền xử lý không gồm').and.to.contain('ký thừa ủy quyền (TUQ.)');
    // people of the own unit come first
    const logins = [...page.text.matchAll(/<option value="([^"]+)"/g)].map(([, value]) => value);
    expect(logins[0]).to.equal(`${web.app.authority}-off-vhtt`);
    const fields = { _key: newKey(), from: today, to: today, reason: 'Đi học', types: ['KH', 'BC'] };
    const wrong = await visitor.form('/delegations', { ...fields, delegate: 'không có ai' });
    expect(wrong.status).to.equal(400);
    expect(wrong.text).to.contain('value="không có ai"').and.to.contain('value="KH" checked');
    const sent = await visitor.form('/delegations', { ...fields, delegate: `${web.app.authority}-off-vhtt` });
    expect(sent.headers.get('location')).to.equal('/delegations?done=given');
    const shown = await visitor.get('/delegations?done=given');
    expect(shown.text).to.contain('Kế hoạch, Báo cáo').and.to.contain('đang có hiệu lực');
    const id = /name="delegation" value="([^"]+)"/.exec(shown.text)?.[1] ?? '';
    expect((await visitor.form('/delegations/revoke', { delegation: id })).headers.get('location')).to.equal(
      '/delegations?done=revoked',
    );
    expect((await visitor.get('/delegations')).text).to.contain('đã thu hồi');
  });
});
