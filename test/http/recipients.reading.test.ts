import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import { must, openPlan, plan } from '../support/application.js';
import { textOf } from './proofSupport.js';
import { preparedOf, startWeb, type Web } from './support.js';

const opinion = 'Chưa thống nhất với cách tính ở mục II';
const dropped = 'Bản đầu, đã bỏ';

describe('what those read to whom a paper was sent', () => {
  let web: Web;
  let paper: Instance;
  before(async () => {
    web = await startWeb('recipients');
    const { app } = web;
    // given a paper that was returned with an opinion, changed, and came into force
    const early = await openPlan(app, { ...plan, title: dropped });
    const content = await app.deps.store.contents.put(app.authority, { ...plan, title: dropped } as never);
    await must(app, early.id, 'off-nv', 'EDIT', { input: { content, title: dropped } });
    await must(app, early.id, 'off-nv', 'SUBMIT');
    await must(app, early.id, 'head-nv', 'RETURN', { saw: content, input: { reason: opinion } });
    paper = await sent(early.id);
    await app.relay.settle();
  });
  after(() => web.close());

  async function sent(id: string): Promise<Instance> {
    const { app } = web;
    const content = await app.deps.store.contents.put(app.authority, plan as never);
    await must(app, id, 'off-nv', 'EDIT', { input: { content, title: plan.title } });
    await must(app, id, 'off-nv', 'SUBMIT');
    await must(app, id, 'head-nv', 'APPROVE_CONTENT', { saw: content });
    await must(app, id, 'form', 'APPROVE_FORM', { saw: content });
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
    const recipients = [{ name: 'Phường 1', unit: 'p1' }];
    return must(app, id, 'clerk', 'SEND', { input: { recipients } });
  }
  const get = async (person: string, rest = '') => (await web.api(person)).get(`/api/v1/instances/${paper.id}${rest}`);
  const commandsOf = (text: string) =>
    (JSON.parse(text) as { entries: { command: string }[] }).entries.map(({ command }) => command);
  const modesOf = (text: string) => new Set([...text.matchAll(/"mode":"([a-z]+)"/g)].map(([, mode]) => mode));

  it('nothing of who could act on it inside the house', async () => {
    expect((await get('off-nv', '/who')).status).to.equal(200);
    const refused = await get('head-p1', '/who');
    expect([refused.status, refused.json.code]).to.deep.equal([403, 'notAllowed']);
    const path = `/api/v1/instances/${paper.id}/commands/CLOSE?explain=1`;
    expect((await (await web.api('off-nv')).post(path, {})).json).to.include.keys('whoCould', 'wayOut');
    expect((await (await web.api('head-p1')).post(path, {})).json).not.to.have.any.keys('whoCould', 'wayOut');
  });

  it('case 17: nothing of who worked on it, which the house itself reads', async () => {
    const contextOf = (text: string) => (JSON.parse(text) as { instance: { context: Record<string, unknown> } }).instance.context;
    const inner = ['approvers', 'contentApprovedBy', 'editors', 'formApprovedBy', 'preparedBy', 'returned', 'signedFile'];
    expect(contextOf((await get('off-nv')).text)).to.include.keys(...inner);
    const seen = contextOf((await get('head-p1')).text);
    expect(Object.keys(seen).filter((field) => inner.includes(field) || field === 'formFindings')).to.deep.equal([]);
    expect(seen).to.include.keys('title', 'number', 'sealedFile', 'signedBy', 'sentTo');
  });

  it('case 17: the paper as it was issued, and none of its drafts', async () => {
    const listed = await get('head-p1', '/renditions');
    expect([...modesOf(listed.text)]).to.deep.equal(['sealed']);
    expect((await get('head-p1', `/renditions/${textOf(paper, 'sealedFile')}`)).status).to.equal(200);
    const drafts = (await web.app.deps.store.renditions.listOf(web.app.authority, paper.id)).filter(
      ({ mode }) => mode === 'draft',
    );
    // at least one was printed: a text that is written over before its turn is printed no more
    expect(drafts.length).to.be.greaterThan(0);
    for (const { hash } of drafts) expect((await get('head-p1', `/renditions/${hash}`)).status).to.equal(404);
    expect([...modesOf((await get('off-nv', '/renditions')).text)]).to.include('draft');
  });

  it('case 17: what happened to it since it was issued, and no opinion from before', async () => {
    const own = await get('head-p1', '/history');
    expect(own.status).to.equal(200);
    expect(own.text).not.to.contain(opinion);
    expect(commandsOf(own.text)).to.deep.equal(['SEND']);
    const whole = await get('head-nv', '/history');
    expect(whole.text).to.contain(opinion);
    expect(commandsOf(whole.text)).to.include.members(['OPEN', 'RETURN', 'SIGN', 'SEND']);
  });

  it('case 17: the same on its page', async () => {
    const visitor = web.visitor();
    const { login, password } = await web.account('head-p1');
    await visitor.signIn(login, password);
    const page = await visitor.get(`/instances/${paper.id}`);
    expect(page.status).to.equal(200);
    expect(page.text).to.contain(plan.title).and.not.to.contain(opinion);
    const inside = web.visitor();
    const drafter = await web.account('off-nv');
    await inside.signIn(drafter.login, drafter.password);
    expect((await inside.get(`/instances/${paper.id}`)).text).to.contain(opinion);
  });

  it('another ward reads nothing of it', async () => {
    expect((await get('head-p2', '/history')).status).to.equal(404);
  });
});
