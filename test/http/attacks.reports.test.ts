import { expect } from 'chai';
import { draftConsolidation } from '../../src/commands/reporting/consolidate.js';
import { takeRollup } from '../../src/commands/reporting/takeRollup.js';
import type { Instance } from '../../src/engine/instance.js';
import { textAt } from '../../src/engine/json.js';
import { act, must, openPlan, type TestApplication } from '../support/application.js';
import { asking, correct, growTown, now, openObligation, openPeriod, sendAndAccept } from '../support/quarter.js';
import { preparedOf, startWeb, type Web } from './support.js';

const secret = 'Ý kiến riêng của phường 2, không gửi ai khác.';

/** The paper goes through every hand and out to a ward. */
async function issued(app: TestApplication, id: string): Promise<Instance> {
  await must(app, id, 'cons', 'SUBMIT');
  const { content } = await now(app, id);
  await must(app, id, 'head-nv', 'APPROVE_CONTENT', { saw: content ?? '' });
  await must(app, id, 'form', 'APPROVE_FORM', { saw: content ?? '' });
  const saw = preparedOf(await must(app, id, 'deputy', 'PREPARE'));
  const proof = await app.deps.store.proofs.issue(app.authority, {
    person: 'deputy',
    hashes: [saw],
    at: app.clock.now(),
    method: 'password+totp',
  });
  await must(app, id, 'deputy', 'SIGN', { saw, proof });
  await must(app, id, 'clerk', 'SEAL');
  await must(app, id, 'clerk', 'ISSUE');
  return must(app, id, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 1', unit: 'p1' }] } });
}

describe('who attacks reports and what is made of them', function () {
  this.timeout(60_000);
  let web: Web;
  let period = '';
  let paper = '';
  let reports: ReadonlyMap<string, string> = new Map();
  const of = (unit: string): string => reports.get(unit) ?? '';
  before(async () => {
    web = await startWeb('attackreports');
    await growTown(web.app);
    const opened = await openPeriod(web.app, await openObligation(web.app, '2026-Q1', ['p1', 'p2', 'p3']), '2026-Q1');
    period = opened.id;
    reports = opened.reports;
    for (const unit of ['p2', 'p3']) await sendAndAccept(web.app, of(unit), unit, { hoi: unit.slice(1), deXuat: secret });
    await web.app.relay.settle();
    const drafted = await draftConsolidation(web.app.deps, { ...asking(web.app), period });
    paper = drafted.paper ?? '';
    await web.app.relay.settle();
  });
  after(() => web.close());

  const codesOf = (outcome: Awaited<ReturnType<typeof act>>) =>
    outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : [];

  it('brings no roll-up, no form and no sources of his own making', async () => {
    const api = await web.api('cons');
    const { rollup } = await takeRollup(web.app.deps, { authority: web.app.authority, period });
    const { content } = await now(web.app, paper);
    const drafted = (await web.app.deps.store.contents.get(web.app.authority, content ?? '')) as Record<string, unknown>;
    const figures = rollup.figures.map((figure) => ({ ...figure, value: '999' }));
    const { sources, rollup: hash, ...text } = drafted;
    for (const forged of [
      { ...rollup, figures },
      { kind: 'reportForm', id: 'x' },
      { ...text, sources },
      { ...text, rollup: hash },
    ]) {
      const reply = await api.post('/api/v1/contents', { content: forged });
      expect([reply.status, reply.json.code]).to.deep.equal([422, 'contentReserved']);
    }
    // the text without sources may be brought, and is then a paper that cannot go on
    const bare = await api.post('/api/v1/contents', { content: text });
    expect(bare.status).to.equal(201);
    await must(web.app, paper, 'cons', 'EDIT', { input: { content: String(bare.json.hash) } });
    expect(codesOf(await act(web.app, paper, 'cons', 'SUBMIT'))).to.deep.equal(['sourceMissing']);
    await must(web.app, paper, 'cons', 'EDIT', { input: { content: content ?? '' } });
  });

  it('reads nothing of another ward through the paper that he received', async () => {
    await issued(web.app, paper);
    await web.app.relay.settle();
    await correct(web.app, of('p3'), 'p3', { hoi: '33' });
    const ward = await web.api('head-p1');
    const here = `/api/v1/instances/${paper}`;
    expect((await ward.get(here)).status).to.equal(200);
    const accepted = textAt((await now(web.app, of('p2'))).context, 'acceptedContent');
    const corrected = textAt((await now(web.app, of('p3'))).context, 'acceptedContent');
    const told = (await now(web.app, paper)).context;
    expect(told.outdated).to.have.length(1);
    for (const path of [here, `${here}/content`, `${here}/history`]) {
      const { status, text } = await ward.get(path);
      expect(status, path).to.equal(200);
      for (const hash of [accepted, corrected, textAt(told, 'rollup'), of('p2'), of('p3')])
        expect(text, `${path} ${hash}`).not.to.include(hash);
    }
    // the house itself sees where everything comes from
    expect((await (await web.api('cons')).get(`${here}/content`)).text).to.include(accepted);
    const visitor = web.visitor();
    const { login, password } = await web.account('head-p1');
    await visitor.signIn(login, password);
    expect((await visitor.get(`/instances/${paper}`)).text).not.to.include('Báo cáo nguồn đã thay đổi');
    for (const page of ['consolidation', 'sources?place=/title', 'sources?place=/appendices/0/body/0/rows/1'])
      expect((await visitor.get(`/instances/${paper}/${page}`)).status, page).to.equal(404);
  });

  it('is marked in force, and shown as outdated where it is closed and takes no mark any more', async () => {
    const standing = await now(web.app, paper);
    expect(standing.state).to.equal('inForce');
    expect(standing.context.outdated).to.have.length(1);
    // given another paper over the same quarter, that was closed before anything changed
    const other = await openPeriod(web.app, await openObligation(web.app, '2026-Q1', ['p1', 'p2', 'p3']), '2026-Q1');
    const ward = other.reports.get('p2') ?? '';
    await sendAndAccept(web.app, ward, 'p2', { hoi: '2' });
    const drafted = await draftConsolidation(web.app.deps, { ...asking(web.app), period: other.id });
    await web.app.relay.settle();
    const id = drafted.paper ?? '';
    await issued(web.app, id);
    const closed = await must(web.app, id, 'clerk', 'CLOSE');
    expect([closed.open, closed.context.outdated]).to.deep.equal([false, undefined]);
    await correct(web.app, ward, 'p2', { hoi: '22' });
    expect((await web.app.deps.store.outbox.counts(web.app.authority)).parked).to.equal(0);
    // then nothing of it is changed, and its page and that of the period tell of it
    expect((await now(web.app, id)).context).to.deep.equal(closed.context);
    const visitor = web.visitor();
    const { login, password } = await web.account('cons');
    await visitor.signIn(login, password);
    for (const page of [`/instances/${id}`, `/instances/${other.id}/consolidation`])
      expect((await visitor.get(page)).text, page).to.include('Báo cáo nguồn đã thay đổi');
  });

  it('shows a report and a roll-up under no instance but their own', async () => {
    const accepted = textAt((await now(web.app, of('p2'))).context, 'acceptedContent');
    // given a ward that has come by the mark of another's report, and puts it into its own
    const ward = await web.api('head-p1');
    const brought = await ward.post(`/api/v1/instances/${of('p1')}/commands/START`, { input: { content: accepted } });
    expect([brought.status, brought.json.code]).to.deep.equal([409, 'contentMissing']);
    for (const path of ['content', 'report']) {
      const reply = await ward.get(`/api/v1/instances/${of('p1')}/${path}`);
      expect(reply.text, path).not.to.include(secret);
    }
    // and nobody puts a roll-up or a report into a paper of his own
    const own = await openPlan(web.app);
    for (const hash of [accepted, textAt((await now(web.app, paper)).context, 'rollup')]) {
      const input = { content: hash, title: 'Một' };
      const put = await (await web.api('off-nv')).post(`/api/v1/instances/${own.id}/commands/EDIT`, { input });
      expect([put.status, put.json.code]).to.deep.equal([409, 'contentMissing']);
    }
    for (const rest of ['', '/content', '/report', '/history'])
      expect((await ward.get(`/api/v1/instances/${of('p2')}${rest}`)).status, rest).to.equal(404);
  });
});
