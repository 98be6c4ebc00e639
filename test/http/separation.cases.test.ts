import { expect } from 'chai';
import { perform } from '../../src/commands/perform.js';
import type { Instance } from '../../src/engine/instance.js';
import { activePaths } from '../../src/engine/machine.js';
import type { Appointment } from '../../src/office/organisation/directory.js';
import { must, newKey, openPlan, plan } from '../support/application.js';
import { modelOf } from '../support/given.js';
import { town } from '../support/town.js';
import { goodPassword, startWeb, type Visitor, type Web } from './support.js';

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

/** What somebody is answered, by whichever way he asks. */
interface Told {
  readonly status: number;
  readonly codes: readonly string[];
}

type Way = (person: string, paper: Instance, command: string) => Promise<Told>;

describe('separation of duties and order, case by case', () => {
  let web: Web;
  const visitors = new Map<string, Visitor>();
  before(async () => {
    web = await startWeb('separation');
    const base = town(web.app.authority);
    const lends = (id: string, delegator: string, delegate: string) => {
      const all = { definitions: null, types: null, commands: null, revokedAt: null, reason: 'Đi họp' };
      return { id, delegator, delegate, from: '2000-01-01', to: '2099-12-31', ...all };
    };
    await web.app.deps.store.directory.save({
      ...base,
      appointments: [
        ...base.appointments,
        // the drafter holds every other post on the way of his paper
        holds('off-nv', 'nv', 'head'),
        holds('off-nv', 'ubnd', 'formChecker'),
        holds('off-nv', 'ubnd', 'chair'),
        holds('head-p5', 'nv', 'officer'),
      ],
      delegations: [lends('one', 'off-nv', 'head-p2'), lends('two', 'head-p2', 'head-p3')],
    });
  });
  after(() => web.close());

  const path = ({ id }: Instance, command: string): string => `/api/v1/instances/${id}/commands/${command}`;
  const stored = async ({ id }: Instance) => (await web.app.deps.store.instances.load(web.app.authority, id))?.instance;
  const saw = (paper: Instance) => ({ saw: paper.content ?? '' });
  const sawFor = (paper: Instance, command: string): string =>
    command === 'SIGN' && typeof paper.context.prepared === 'string' ? paper.context.prepared : (paper.content ?? '');
  const codesOf = (json: { readonly blockers?: unknown }) =>
    ((json.blockers ?? []) as readonly { code: string }[]).map(({ code }) => code);
  const denialsOf = async ({ id }: Instance) =>
    (await web.app.deps.store.audit.list(web.app.authority, 1_000)).filter(
      ({ kind, subject }) => kind === 'commandDenied' && subject === id,
    ).length;

  const byApi: Way = async (person, paper, command) => {
    const reply = await (await web.api(person)).post(path(paper, command), { saw: sawFor(paper, command) });
    return { status: reply.status, codes: codesOf(reply.json) };
  };
  const inBulk: Way = async (person, paper, command) => {
    const items = [{ instance: paper.id, saw: sawFor(paper, command) }];
    const reply = await (await web.api(person)).post('/api/v1/bulk', { command, items });
    const [first] = reply.json.verdicts as unknown as readonly { problem?: { status: number; blockers?: unknown } }[];
    return { status: first?.problem?.status ?? 200, codes: codesOf(first?.problem ?? {}) };
  };
  const byForm: Way = async (person, paper, command) => {
    let visitor = visitors.get(person);
    if (visitor === undefined) {
      visitor = web.visitor();
      visitors.set(person, visitor);
      await visitor.signIn((await web.account(person)).login, goodPassword);
    }
    await visitor.get(`/instances/${paper.id}`);
    const fields = { _key: newKey(), _revision: String((await stored(paper))?.revision), _saw: sawFor(paper, command) };
    const { status, text } = await visitor.form(`/instances/${paper.id}/commands/${command}`, fields);
    // a page says it in words, and never that it was done
    expect(text).to.contain('role="alert"').and.not.to.contain('role="status"');
    return { status, codes: [] };
  };
  const ways: Readonly<Record<string, Way>> = { API: byApi, bulk: inBulk, form: byForm };

  /** Refused by every way, audited each time, and nothing is moved. */
  async function barred(person: string, paper: Instance, command: string, code: string): Promise<void> {
    const before = [(await stored(paper))?.head, await denialsOf(paper)] as const;
    for (const [name, way] of Object.entries(ways)) {
      const told = await way(person, paper, command);
      const what = `${person} ${command} by ${name}`;
      expect(told.status, what).to.be.oneOf([403, 409]);
      if (name !== 'form') expect(told.codes, what).to.include(code);
    }
    expect([(await stored(paper))?.head, await denialsOf(paper)]).to.deep.equal([before[0], before[1] + 3]);
  }

  async function submitted(): Promise<Instance> {
    return must(web.app, (await openPlan(web.app)).id, 'off-nv', 'SUBMIT');
  }
  async function laidBefore(): Promise<Instance> {
    const paper = await submitted();
    await must(web.app, paper.id, 'head-nv', 'APPROVE_CONTENT', saw(paper));
    return must(web.app, paper.id, 'form', 'APPROVE_FORM', saw(paper));
  }

  for (const [title, person, code] of [
    ['case 1: the drafter, who holds the post as well', 'off-nv', 'mustDiffer'],
    ['case 3: a delegate of the drafter', 'head-p2', 'delegationLapsed'],
  ] as const) {
    it(`${title}, approves and signs nothing by API, bulk or form; denied, audited, unmoved`, async () => {
      const paper = await submitted();
      for (const command of ['APPROVE_CONTENT', 'APPROVE_FORM']) await barred(person, paper, command, code);
      const laid = await laidBefore();
      await barred(person, laid, 'PREPARE', code);
      const prepared = await must(web.app, laid.id, 'deputy', 'PREPARE');
      await barred(person, prepared, 'SIGN', code);
    });
  }

  it('case 3: to a delegate of that delegate the paper does not even exist', async () => {
    const paper = await submitted();
    for (const [name, way] of Object.entries({ API: byApi, bulk: inBulk }))
      expect((await way('head-p3', paper, 'APPROVE_CONTENT')).status, name).to.equal(404);
    expect((await stored(paper))?.head).to.equal(paper.head);
  });

  it('case 2: who edited after it had been submitted is barred as its author, by every way', async () => {
    // given a paper that came back, went to a colleague, was edited by him, and came back to its first drafter's unit head
    const paper = await submitted();
    await must(web.app, paper.id, 'form', 'RETURN', { ...saw(paper), input: { reason: 'Sai thể thức' } });
    await must(web.app, paper.id, 'head-nv', 'REASSIGN', { input: { newDrafter: 'head-p5', reason: 'Nghỉ phép' } });
    const content = await web.app.deps.store.contents.put(web.app.authority, { ...plan, title: 'Đã sửa' } as never);
    await must(web.app, paper.id, 'head-p5', 'EDIT', { input: { content } });
    const again = await must(web.app, paper.id, 'head-p5', 'SUBMIT');
    // then neither who edited first nor who edits now approves
    await barred('off-nv', again, 'APPROVE_CONTENT', 'mustDiffer');
    await barred('off-nv', again, 'APPROVE_FORM', 'mustDiffer');
    await barred('head-p5', again, 'APPROVE_CONTENT', 'notYours');
  });

  it('case 4: no command is taken out of its order, whoever asks', async () => {
    const model = modelOf('document');
    const papers = [await openPlan(web.app), await submitted(), await laidBefore()];
    let refusals = 0;
    for (const paper of papers) {
      const active = activePaths(paper.state);
      for (const [command, transitions] of model.byCommand) {
        const here = transitions.some(({ source }) => source.parent === null || active.includes(source.path));
        if (here) continue;
        for (const person of ['off-nv', 'deputy']) {
          const { status, codes } = await byApi(person, paper, command);
          expect([status, codes], `${person} ${command} in ${JSON.stringify(paper.state)}`).to.deep.equal([
            409,
            ['notPossibleHere'],
          ]);
          refusals += 1;
        }
      }
      expect((await stored(paper))?.revision).to.equal(paper.revision);
    }
    expect(refusals).to.be.greaterThan(80);
  });

  it('case 5: of two approvals at once one succeeds, with one entry and one effect', async () => {
    const paper = await submitted();
    const api = await web.api('head-nv');
    const both = await Promise.all(
      [1, 2].map(() => api.post(path(paper, 'APPROVE_CONTENT'), saw(paper), { 'idempotency-key': newKey() })),
    );
    expect(both.map(({ status }) => status)).to.have.members([200, 409]);
    await web.app.relay.settle();
    const entries = await web.app.deps.store.instances.history(web.app.authority, paper.id, 1, 50);
    expect(entries.filter(({ bytes }) => bytes.includes('"command":"APPROVE_CONTENT"'))).to.have.length(1);
  });

  it('case 6: the same form posted twice is one approval; its key with other content is refused', async () => {
    const paper = await submitted();
    const visitor = web.visitor();
    await visitor.signIn((await web.account('head-nv')).login, goodPassword);
    await visitor.get(`/instances/${paper.id}`);
    const fields = { _key: newKey(), _revision: String(paper.revision), _saw: paper.content ?? '' };
    const send = (more: object = {}) => visitor.form(`/instances/${paper.id}/commands/APPROVE_CONTENT`, { ...fields, ...more });
    const [first, again] = [await send(), await send()];
    expect([first.status, again.status]).to.deep.equal([303, 303]);
    expect((await stored(paper))?.revision).to.equal(paper.revision + 1);
    expect((await send({ _saw: 'a'.repeat(64) })).status).to.equal(422);
  });

  it('case 7: a failure before the write leaves nothing, one after it everything, and asking again settles both', async () => {
    for (const [place, done] of [
      ['before-write', false],
      ['after-write', true],
    ] as const) {
      const paper = await submitted();
      const fails = async (at: string): Promise<void> => {
        if (at === place) throw new Error('power cut');
      };
      const asked = { authority: web.app.authority, instance: paper.id, actor: 'head-nv', command: 'APPROVE_CONTENT' };
      const ask = { ...asked, key: newKey(), ...saw(paper) };
      await perform({ ...web.app.deps, hook: fails }, ask).then(
        () => expect.fail('it did not fail'),
        (error: unknown) => expect(String(error)).to.contain('power cut'),
      );
      expect((await stored(paper))?.revision, place).to.equal(paper.revision + (done ? 1 : 0));
      web.app.deps.held.drop(paper.id);
      const again = await perform(web.app.deps, ask);
      expect(again.kind === 'accepted' && again.replayed, place).to.equal(done);
      expect((await stored(paper))?.revision, place).to.equal(paper.revision + 1);
    }
  });

  it('case 8: the server’s clock decides what is past; a time that a client sends is refused', async () => {
    const paper = await submitted();
    const api = await web.api('off-nv');
    const today = web.app.clock.now().slice(0, 10);
    const consult = (dueOn: string, more: object = {}) =>
      api.post(path(paper, 'CONSULT'), { input: { people: ['clerk'], question: 'Ý kiến?', dueOn, ...more } });
    const past = await consult('2020-01-01');
    expect([past.status, codesOf(past.json)]).to.deep.equal([409, ['duePassed']]);
    expect((await consult('2099-12-31', { now: '2000-01-01T00:00:00Z' })).status).to.equal(400);
    const dated = await (await web.api('head-nv')).post(path(paper, 'APPROVE_CONTENT'), { ...saw(paper), at: '2000-01-01' });
    expect(dated.status).to.equal(400);
    await must(web.app, paper.id, 'head-nv', 'APPROVE_CONTENT', saw(paper));
    const [last] = await web.app.deps.store.instances.history(web.app.authority, paper.id, 3, 1);
    expect(JSON.parse(last?.bytes ?? '{}').at).to.contain(today);
  });
});
