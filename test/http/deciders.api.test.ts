import { expect } from 'chai';
import { bulk } from '../../src/commands/bulk.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Appointment, Delegation, Directory } from '../../src/office/organisation/directory.js';
import { act, must, newKey, openPlan, plan } from '../support/application.js';
import { town } from '../support/town.js';
import { goodPassword, type Reply, startWeb, type Web } from './support.js';

const holds = (person: string, unit: string, post: string): Appointment => ({
  id: `a-${person}-${unit}-${post}`,
  person,
  unit,
  post,
  title: null,
  acting: false,
  from: '2000-01-01',
  to: null,
});
const lends = (delegator: string, delegate: string): Delegation => ({
  id: `${delegator}>${delegate}`,
  delegator,
  delegate,
  definitions: null,
  types: null,
  commands: null,
  from: '2000-01-01',
  to: '2099-12-31',
  revokedAt: null,
  reason: 'Đi công tác',
});

describe('people who decide, over the API and the pages', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('deciders');
    const base = town(web.app.authority);
    const directory: Omit<Directory, 'revision'> = {
      ...base,
      appointments: [
        ...base.appointments,
        holds('cons', 'nv', 'head'),
        holds('off-nv', 'ubnd', 'formChecker'),
        holds('head-vhtt', 'ubnd', 'formChecker'),
        holds('head-p5', 'nv', 'officer'),
      ],
      delegations: [lends('head-nv', 'off-nv'), lends('cons', 'head-vhtt'), lends('head-p1', 'head-p2')],
    };
    await web.app.deps.store.directory.save(directory);
  });
  after(() => web.close());

  const ask = async (person: string, paper: Instance, command: string, body: object = {}): Promise<Reply> =>
    (await web.api(person)).post(`/api/v1/instances/${paper.id}/commands/${command}`, body);
  const revisionOf = async (paper: Instance) =>
    (await web.app.deps.store.instances.load(web.app.authority, paper.id))?.instance.revision;
  const codesOf = ({ json }: Reply) => ((json.blockers ?? []) as readonly { code: string }[]).map(({ code }) => code);
  const saw = (paper: Instance) => ({ saw: paper.content ?? '' });

  async function submitted(): Promise<Instance> {
    const paper = await openPlan(web.app);
    return must(web.app, paper.id, 'off-nv', 'SUBMIT');
  }
  async function laidBefore(): Promise<Instance> {
    const paper = await submitted();
    await must(web.app, paper.id, 'head-nv', 'APPROVE_CONTENT', saw(paper));
    return must(web.app, paper.id, 'form', 'APPROVE_FORM', saw(paper));
  }

  it('cases 1 and 3: the drafter approves nothing by a second post, by a delegation, or in bulk; denied, audited, unmoved', async () => {
    const paper = await submitted();
    for (const command of ['APPROVE_CONTENT', 'APPROVE_FORM']) {
      const reply = await ask('off-nv', paper, command, saw(paper));
      expect([reply.status, codesOf(reply)], command).to.deep.equal([409, ['mustDiffer']]);
      const [verdict] = await bulk(web.app.deps, {
        authority: web.app.authority,
        command,
        actor: 'off-nv',
        key: newKey(),
        items: [{ instance: paper.id, ...saw(paper) }],
      });
      expect(JSON.stringify(verdict), command).to.contain('mustDiffer');
    }
    expect(await revisionOf(paper)).to.equal(paper.revision);
    const denials = (await web.app.deps.store.audit.list(web.app.authority, 300)).filter(
      ({ kind, subject }) => kind === 'commandDenied' && subject === paper.id,
    );
    expect(denials).to.have.length(4);
  });

  it('case 2: who edited after it had been submitted is its author from then on, and so is who drafted it before', async () => {
    // given a paper that was returned, handed to a colleague by the head, and edited by him
    const paper = await submitted();
    await must(web.app, paper.id, 'form', 'RETURN', { ...saw(paper), input: { reason: 'Sai thể thức' } });
    await must(web.app, paper.id, 'head-nv', 'REASSIGN', { input: { newDrafter: 'cons', reason: 'Nghỉ phép' } });
    const content = await web.app.deps.store.contents.put(web.app.authority, { ...plan, title: 'Kế hoạch sửa' } as never);
    await must(web.app, paper.id, 'cons', 'EDIT', { input: { content, title: 'Kế hoạch sửa' } });
    await must(web.app, paper.id, 'cons', 'SUBMIT');
    // when the new drafter asks as head of the unit, the old one as form checker, and a delegate of the new one
    const asked: readonly (readonly [string, string, number, ...string[]])[] = [
      ['cons', 'APPROVE_CONTENT', 409, 'mustDiffer'],
      ['off-nv', 'APPROVE_FORM', 409, 'mustDiffer'],
      // a delegation has no effect on a paper of the delegator's own
      ['head-vhtt', 'APPROVE_CONTENT', 403, 'notYours', 'delegationLapsed'],
    ];
    for (const [person, command, status, ...codes] of asked) {
      const reply = await ask(person, paper, command, { saw: content });
      expect([reply.status, codesOf(reply)], `${person} ${command}`).to.deep.equal([status, codes]);
    }
    // then nobody of them approves, and the others do
    expect((await ask('head-nv', paper, 'APPROVE_CONTENT', { saw: content })).status).to.equal(200);
    expect((await ask('head-vhtt', paper, 'APPROVE_FORM', { saw: content })).status).to.equal(200);
  });

  it('tells every decision with its content, and what took it away', async () => {
    const paper = await laidBefore();
    const returned = await ask('deputy', paper, 'RETURN', { ...saw(paper), input: { step: 'content', reason: 'Xem lại mục 1' } });
    expect(returned.status).to.equal(200);
    const { json } = await (await web.api('deputy')).get(`/api/v1/instances/${paper.id}/decisions`);
    const decisions = json.decisions as unknown as readonly {
      command: string;
      content: string;
      by: string;
      fell: JsonObject | null;
    }[];
    expect(
      decisions.map(({ command, content, by, fell }) => [command, content === paper.content, by, fell?.command ?? null]),
    ).to.deep.equal([
      ['APPROVE_CONTENT', true, 'a-head-nv-nv', 'RETURN'],
      ['APPROVE_FORM', true, 'a-form-ubnd', null],
    ]);
    expect(decisions[0]?.fell).to.include({ why: 'undone', actor: 'deputy', reason: 'Xem lại mục 1' });
    const page = await pageOf('head-nv', paper.id);
    expect(page).to.contain('Không còn giá trị: Trả lại').and.to.contain('Xem lại mục 1');
  });

  it('opens a question for each who is asked, shows the answers to those who decide, and to nobody else', async () => {
    const paper = await submitted();
    const input = { units: ['p1', 'p2'], people: ['clerk'], question: 'Kinh phí đã rõ chưa?', dueOn: '2026-12-31' };
    expect((await ask('off-nv', paper, 'CONSULT', { input })).status).to.equal(200);
    await web.app.relay.settle();
    const [first, second] = await questionsOf(paper, ['head-p1', 'head-p2']);
    const remarks = [{ place: '1.', quote: 'tổ chức thực hiện', text: 'Ghi rõ nguồn kinh phí.' }];
    const answer = { stance: 'agreeWithRemarks', opinion: 'Nhất trí, đề nghị bổ sung.', remarks };
    // an answer is on the text that was asked about, by who was asked
    expect((await act(web.app, first, 'head-p1', 'ANSWER', { saw: 'a'.repeat(64), input: answer })).kind).to.equal('refused');
    await must(web.app, first, 'head-p1', 'ANSWER', { ...saw(paper), input: answer });
    // and his delegate answers for nobody else
    expect((await act(web.app, second, 'head-p1', 'ANSWER', { ...saw(paper), input: answer })).kind).to.equal('refused');
    for (const reader of ['off-nv', 'head-nv', 'deputy']) {
      const page = await pageOf(reader, paper.id);
      expect(page, reader).to.contain('Ghi rõ nguồn kinh phí.').and.to.contain('Nhất trí, có góp ý');
    }
    expect((await (await web.api('head-p3')).get(`/api/v1/instances/${first}`)).status).to.be.oneOf([403, 404]);
    expect((await (await web.api('head-p1')).get(`/api/v1/instances/${paper.id}`)).status).to.be.oneOf([403, 404]);
  });

  it('shows whoever is asked the very text, with the places he can remark on, and nothing more of the paper', async () => {
    const paper = await submitted();
    const input = { people: ['head-p1'], question: 'Đề nghị góp ý mục 1.', dueOn: '2026-12-31' };
    expect((await ask('off-nv', paper, 'CONSULT', { input })).status).to.equal(200);
    await web.app.relay.settle();
    const [question] = await questionsNamed(paper, ['person:head-p1']);
    const page = await pageOf('head-p1', question);
    // then the text stands on the page of the question itself, and so do its places
    expect(page).to.contain('Các đơn vị tổ chức thực hiện.').and.to.contain('Các mục có thể góp ý');
    expect(page).to.match(/<strong>1\.<\/strong> Các đơn vị/);
    // and no link leads to what he may not open
    expect(page).not.to.contain(`/instances/${paper.id}"`).and.not.to.contain(`/instances/${paper.id}/`);
    const api = await web.api('head-p1');
    expect((await api.get(`/api/v1/instances/${question}/content`)).json).to.include({ hash: paper.content });
    for (const rest of ['', '/content', '/history', '/decisions', '/renditions', '/attachments', '/draft.docx'])
      expect((await api.get(`/api/v1/instances/${paper.id}${rest}`)).status, rest).to.equal(404);
    // while whoever asked has the link
    expect(await pageOf('off-nv', question)).to.contain(`/instances/${paper.id}"`);
  });

  it('tells the drafter who takes over what was answered before him', async () => {
    const paper = await submitted();
    const input = { people: ['head-p1'], question: 'Ý kiến về kinh phí?', dueOn: '2026-12-31' };
    expect((await ask('off-nv', paper, 'CONSULT', { input })).status).to.equal(200);
    await web.app.relay.settle();
    const [question] = await questionsNamed(paper, ['person:head-p1']);
    await must(web.app, question, 'head-p1', 'ANSWER', { ...saw(paper), input: { stance: 'agree', opinion: 'Đã đủ nguồn.' } });
    await must(web.app, paper.id, 'head-nv', 'REASSIGN', { input: { newDrafter: 'head-vhtt', reason: 'Chuyển công tác' } }).then(
      () => expect.fail('he holds no post in the unit'),
      (error: unknown) => expect(String(error)).to.contain('notOfUnit'),
    );
    await must(web.app, paper.id, 'head-nv', 'REASSIGN', { input: { newDrafter: 'head-p5', reason: 'Nghỉ phép' } });
    const page = await pageOf('head-p5', paper.id);
    expect(page).to.contain('Ý kiến về kinh phí?').and.to.contain('Đã đủ nguồn.');
    expect(page).not.to.contain(`/instances/${question}"`);
  });

  it('asks one after the other in the order of the numbers, without a script', async () => {
    const paper = await submitted();
    const visitor = web.visitor();
    await visitor.signIn((await web.account('off-nv')).login, goodPassword);
    const page = await visitor.get(`/instances/${paper.id}`);
    expect(page.text).to.contain('name="input.line:post:p2/head"').and.to.contain('name="input.line:person:clerk"');
    const sent = await visitor.form(`/instances/${paper.id}/commands/CONSULT`, {
      _key: newKey(),
      _revision: String(await revisionOf(paper)),
      'input.units': 'p1',
      'input.line:post:p1/head': '3',
      'input.line:person:clerk': '1',
      'input.line:post:p2/head': '2',
      'input.line:post:p3/head': '',
      'input.question': 'Theo thứ tự',
      'input.dueOn': '2026-12-31',
      'input.order': '',
    });
    expect(sent.status, sent.text).to.equal(303);
    await web.app.relay.settle();
    const [question] = await questionsNamed(paper, ['person:clerk']);
    const { context } = (await web.app.deps.store.instances.load(web.app.authority, question))?.instance ?? paper;
    expect(context.line).to.deep.equal(['person:clerk', 'post:p2/head', 'post:p1/head']);
    expect(context.asked).to.equal('person:clerk');
  });

  it('is voted on from the inbox of each member, and disappears from it with the vote', async () => {
    const paper = await laidBefore();
    await must(web.app, paper.id, 'chair', 'PUT_TO_VOTE', { ...saw(paper), input: { voters: ['chair', 'head-p1', 'head-p3'] } });
    const waits = async (person: string) =>
      ((await (await web.api(person)).get('/api/v1/inbox')).json.items as unknown as readonly { id: string }[]).some(
        ({ id }) => id === paper.id,
      );
    expect([await waits('head-p3'), await waits('head-p2')]).to.deep.equal([true, true]);
    const voted = await ask('head-p3', paper, 'VOTE', { ...saw(paper), input: { choice: 'approve' } });
    expect(voted.status).to.equal(200);
    expect(await waits('head-p3')).to.equal(false);
    // the delegate of a member votes for him, and the member is awaited no more
    const delegated = await ask('head-p2', paper, 'VOTE', { ...saw(paper), input: { choice: 'approve' }, onBehalfOf: 'head-p1' });
    expect(delegated.status).to.equal(200);
    expect(await waits('head-p2')).to.equal(false);
    const { json } = await (await web.api('chair')).get(`/api/v1/instances/${paper.id}`);
    expect((json.instance as unknown as Instance).state).to.deep.equal({ signing: 'agreed' });
    const again = await ask('head-p1', paper, 'VOTE', { ...saw(paper), input: { choice: 'reject' } });
    expect(again.status).to.equal(409);
  });

  async function pageOf(person: string, id: string): Promise<string> {
    const visitor = web.visitor();
    const { login } = await web.account(person);
    await visitor.signIn(login, goodPassword);
    return (await visitor.get(`/instances/${encodeURIComponent(id)}`)).text;
  }

  /** The questions on a paper that wait for these principal keys. */
  async function questionsNamed(paper: Instance, keys: readonly string[]): Promise<readonly [string, ...string[]]> {
    const { json } = await (await web.api('off-nv')).get(
      `/api/v1/instances?parent=${encodeURIComponent(paper.id)}&definition=opinion`,
    );
    const items = json.items as unknown as readonly { id: string; waitsFor: readonly { key: string }[] }[];
    const found = keys.map((key) => items.find(({ waitsFor }) => waitsFor.some((one) => one.key === key))?.id ?? '');
    return [found[0] ?? '', ...found.slice(1)];
  }
  /** The questions on a paper that wait for these people. */
  async function questionsOf(paper: Instance, people: readonly string[]): Promise<readonly [string, string]> {
    const found = await Promise.all(people.map((person) => questionOf(paper, person)));
    return [found[0] ?? '', found[1] ?? ''];
  }
  async function questionOf(paper: Instance, person: string): Promise<string> {
    const reply = await (await web.api(person)).get(
      `/api/v1/instances?parent=${encodeURIComponent(paper.id)}&definition=opinion`,
    );
    const items = reply.json.items as unknown as readonly { id: string; waitsFor: readonly { key: string }[] }[];
    const unit = person.slice('head-'.length);
    return items.find(({ waitsFor }) => waitsFor.some(({ key }) => key === `post:${unit}/head`))?.id ?? '';
  }
});
