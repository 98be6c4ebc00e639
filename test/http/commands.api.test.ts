import { expect } from 'chai';
import { disposition } from '../../src/http/api/renditions.js';
import { act, must, newKey, openPlan, proofFor, putInForce } from '../support/application.js';
import { textOf } from './proofSupport.js';
import { preparedOf, startWeb, type Web } from './support.js';

describe('commands by the API', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('commandsapi');
  });
  after(() => web.close());

  const submitted = async () => {
    const plan = await openPlan(web.app);
    return must(web.app, plan.id, 'off-nv', 'SUBMIT');
  };
  const path = (id: string, command: string) => `/api/v1/instances/${id}/commands/${command}`;

  it('answers an acceptance with its revision as ETag and what may be done next', async () => {
    const plan = await submitted();
    const reply = await (await web.api('head-nv')).post(
      path(plan.id, 'APPROVE_CONTENT'),
      { saw: plan.content },
      { 'if-match': '"2"' },
    );
    expect([reply.status, reply.headers.get('etag')]).to.deep.equal([200, '"3"']);
    const { commands, instance } = reply.json as unknown as {
      commands: { command: string; open: boolean }[];
      instance: { state: unknown };
    };
    expect(instance.state).to.deep.equal({ reviewing: { content: 'approved', form: 'waiting' } });
    expect(commands.find(({ command }) => command === 'RETURN')?.open).to.equal(true);
    expect(commands.find(({ command }) => command === 'APPROVE_FORM')?.open).to.equal(false);
  });

  it('leaves out what may be done next where only the least is wanted', async () => {
    const plan = await submitted();
    const reply = await (await web.api('head-nv')).post(
      path(plan.id, 'APPROVE_CONTENT'),
      { saw: plan.content },
      { prefer: 'return=minimal' },
    );
    expect(reply.headers.get('preference-applied')).to.equal('return=minimal');
    expect(reply.json).not.to.have.property('commands');
  });

  it('412 with what happened meanwhile, when the named revision is not the present one', async () => {
    const plan = await submitted();
    await must(web.app, plan.id, 'form', 'APPROVE_FORM', { saw: plan.content ?? '' });
    const reply = await (await web.api('head-nv')).post(
      path(plan.id, 'APPROVE_CONTENT'),
      { saw: plan.content },
      { 'if-match': '"2"' },
    );
    expect([reply.status, reply.json.code, reply.json.revision]).to.deep.equal([412, 'revisionMoved', 3]);
    expect((reply.json.happened as unknown as { command: string }[]).map(({ command }) => command)).to.deep.equal([
      'APPROVE_FORM',
    ]);
  });

  it('403 for what is another’s, with who could; 409 for what is not possible now; 400 for input that does not fit', async () => {
    const plan = await submitted();
    const yours = await (await web.api('off-nv')).post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content });
    expect([yours.status, yours.json.code]).to.deep.equal([403, 'notYours']);
    expect((yours.json.blockers as unknown as { who: { key: string; label: string }[] }[])[0]?.who).to.deep.equal([
      { key: 'post:nv/head', label: 'Trưởng đơn vị, Phòng Nội vụ (Người ví dụ 08)' },
    ]);
    const early = await (await web.api('deputy')).post(path(plan.id, 'SIGN'), {}, { 'accept-language': 'en' });
    expect([early.status, early.json.code]).to.deep.equal([409, 'notPossibleHere']);
    expect(early.json.detail).to.contain('“Sign”').and.to.contain('Content awaits approval · Form awaits its check');
    const input = await (await web.api('head-nv')).post(path(plan.id, 'RETURN'), { saw: plan.content, input: { why: 'x' } });
    expect([input.status, input.json.code]).to.deep.equal([400, 'inputInvalid']);
    expect(input.json.detail).to.contain('“Lý do” chưa nhập');
  });

  it('case 6: the same key again gives the same answer once; with other content 422', async () => {
    const plan = await submitted();
    const api = await web.api('head-nv');
    const key = { 'idempotency-key': newKey() };
    const first = await api.post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content }, key);
    const again = await api.post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content }, key);
    expect([again.status, again.json.replayed, again.headers.get('etag')]).to.deep.equal([200, true, first.headers.get('etag')]);
    const other = await api.post(path(plan.id, 'RETURN'), { saw: plan.content, input: { reason: 'x' } }, key);
    expect([other.status, other.json.code]).to.deep.equal([422, 'keyReused']);
    const opening = { definition: 'document', context: { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: 'Một' } };
    const off = await web.api('off-nv');
    const [one, two] = [await off.post('/api/v1/instances', opening, key), await off.post('/api/v1/instances', opening, key)];
    expect(one.headers.get('location')).to.equal(two.headers.get('location'));
    expect(two.json.replayed).to.equal(true);
  });

  it('an acceptance of long ago is not told to who may no longer read', async () => {
    // given a head who approved, and has left since
    const plan = await submitted();
    const api = await web.api('head-nv');
    const key = { 'idempotency-key': newKey() };
    await api.post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content }, key);
    const { revision: _, ...directory } = await web.app.deps.store.directory.snapshot(web.app.authority);
    const left = directory.appointments.map((one) => (one.id === 'a-head-nv-nv' ? { ...one, to: '2026-01-31' } : one));
    await web.app.deps.store.directory.save({ ...directory, appointments: left });
    try {
      expect((await api.post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content }, key)).status).to.equal(404);
      expect((await api.post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content })).status).to.equal(404);
    } finally {
      await web.app.deps.store.directory.save(directory);
    }
  });

  it('bulk gives each its verdict, and tells nothing of what may not be read', async () => {
    const plans = [await submitted(), await submitted()];
    const hidden = await openPlan(web.app);
    const items = [
      ...plans.map(({ id, content }) => ({ instance: id, saw: content })),
      { instance: hidden.id },
      { instance: `${web.app.authority}.${'0'.repeat(24)}` },
    ];
    const own = await (await web.api('head-nv')).post('/api/v1/bulk', { command: 'APPROVE_CONTENT', items });
    const verdicts = own.json.verdicts as unknown as { accepted: boolean; revision?: number; problem?: { code: string } }[];
    expect(verdicts.map(({ accepted }) => accepted)).to.deep.equal([true, true, false, false]);
    expect(verdicts.map(({ problem }) => problem?.code)).to.deep.equal([undefined, undefined, 'notPossibleHere', 'notFound']);
    const stranger = await (await web.api('head-p2')).post('/api/v1/bulk', { command: 'RETURN', items });
    expect(
      (stranger.json.verdicts as unknown as { problem: { code: string } }[]).map(({ problem }) => problem.code),
    ).to.deep.equal(['notFound', 'notFound', 'notFound', 'notFound']);
  });

  it('an inbox shows what waits for a post and for those it acts for, and goes on where it ended', async () => {
    for (let index = 0; index < 3; index += 1) await submitted();
    const { revision: _, ...directory } = await web.app.deps.store.directory.snapshot(web.app.authority);
    await web.app.deps.store.directory.save({
      ...directory,
      delegations: [
        {
          id: 'd1',
          delegator: 'head-nv',
          delegate: 'head-vhtt',
          definitions: null,
          types: null,
          commands: null,
          from: '2026-03-01',
          to: '2026-03-31',
          revokedAt: null,
          reason: 'Đi công tác (ví dụ)',
        },
      ],
    });
    const api = await web.api('head-vhtt');
    const all = (await api.get('/api/v1/inbox')).json as unknown as {
      items: { id: string; onBehalfOf: string }[];
      count: number;
    };
    expect(all.items.length).to.be.greaterThan(2);
    expect(new Set(all.items.map(({ onBehalfOf }) => onBehalfOf))).to.deep.equal(new Set(['head-nv']));
    const walked: string[] = [];
    let after = '';
    do {
      const page = (await api.get(`/api/v1/inbox?limit=1${after}`)).json as unknown as {
        items: { id: string }[];
        next: string | null;
      };
      walked.push(...page.items.map(({ id }) => id));
      after = page.next === null ? '' : `&after=${encodeURIComponent(page.next)}`;
    } while (after !== '');
    expect(walked).to.deep.equal(all.items.map(({ id }) => id));
    const done = await api.post(path(walked[0] ?? '', 'RETURN'), {
      saw: (await openPlan(web.app)).content,
      input: { reason: 'Thiếu phụ lục' },
      onBehalfOf: 'head-nv',
    });
    expect(done.status).to.equal(200);
  });

  it('prints go from desk to desk: prepared to the signers, signed to the clerk too, sealed to every reader once it is issued', async () => {
    const plan = await openPlan(web.app);
    const saw = plan.content ?? '';
    await must(web.app, plan.id, 'off-nv', 'SUBMIT');
    await must(web.app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(web.app, plan.id, 'form', 'APPROVE_FORM', { saw });
    const people = ['off-nv', 'head-nv', 'deputy', 'chair', 'clerk', 'audit', 'head-p1', 'stranger'];
    let opened = 0;
    /** Who gets the print, by address and in the list alike. */
    const seen = async (hash: string) => {
      const found: string[] = [];
      for (const person of people) {
        const api = await web.api(person);
        const { status } = await api.get(`/api/v1/instances/${plan.id}/renditions/${hash}`);
        const listed = (await api.get(`/api/v1/instances/${plan.id}/renditions`)).text.includes(hash);
        expect([status, listed], person).to.deep.equal(status === 200 ? [200, true] : [404, false]);
        if (status === 200) found.push(person);
      }
      opened += found.length;
      return found;
    };
    const hash = preparedOf(await must(web.app, plan.id, 'deputy', 'PREPARE'));
    expect(await seen(hash)).to.deep.equal(['deputy', 'chair']);
    const signed = await must(web.app, plan.id, 'deputy', 'SIGN', { saw: hash, proof: await proofFor(web.app, 'deputy', hash) });
    expect(await seen(hash)).to.deep.equal([]);
    const signedFile = textOf(signed, 'signedFile');
    expect(await seen(signedFile)).to.deep.equal(['deputy', 'chair', 'clerk']);
    const sealedFile = textOf(await must(web.app, plan.id, 'clerk', 'SEAL'), 'sealedFile');
    expect(await seen(signedFile)).to.deep.equal([]);
    expect(await seen(sealedFile)).to.deep.equal(['deputy', 'chair', 'clerk']);
    await must(web.app, plan.id, 'clerk', 'ISSUE');
    expect(await seen(sealedFile)).to.deep.equal(['off-nv', 'head-nv', 'deputy', 'chair', 'clerk', 'audit']);
    expect([...(await seen(hash)), ...(await seen(signedFile))]).to.deep.equal([]);
    const audited = await web.app.deps.store.audit.list(web.app.authority, 500);
    expect(audited.filter(({ kind, subject }) => kind === 'renditionOpened' && subject === plan.id).length).to.equal(opened);
  });

  it('case 41: a file comes as an attachment under its own name, and may do nothing', async () => {
    const plan = await putInForce(web.app, await openPlan(web.app));
    const file = `/api/v1/instances/${plan.id}/renditions/${textOf(plan, 'sealedFile')}`;
    const { headers } = await (await web.api('deputy')).get(file);
    expect(headers.get('content-type')).to.equal('application/pdf');
    expect(headers.get('content-disposition')).to.match(
      /^attachment; filename="[ -!#-~]+\.pdf"; filename\*=UTF-8''[\w%.~-]+\.pdf$/,
    );
    expect(headers.get('content-security-policy')).to.contain('sandbox');
    expect(headers.get('x-content-type-options')).to.equal('nosniff');
    expect((await (await web.api('deputy')).get(`${file}?view=1`)).headers.get('content-disposition')).to.match(/^inline; /);
    expect(disposition('attachment', 'Kế hoạch "Đ"\r\nX: 1')).to.equal(
      'attachment; filename="Ke hoach -D---X- 1.pdf"; filename*=UTF-8\'\'K%E1%BA%BF%20ho%E1%BA%A1ch%20%22%C4%90%22%0D%0AX%3A%201.pdf',
    );
    // case 19: the hash of one paper opens nothing of another
    const other = await openPlan(web.app);
    const foreign = `/api/v1/instances/${other.id}/renditions/${textOf(plan, 'sealedFile')}`;
    expect((await (await web.api('deputy')).get(foreign)).status).to.equal(404);
  });

  it('case 1: the drafter cannot approve, whatever else he holds; denied and audited', async () => {
    const plan = await submitted();
    const outcome = await act(web.app, plan.id, 'off-nv', 'APPROVE_CONTENT', { saw: plan.content ?? '' });
    expect(outcome.kind).to.equal('refused');
    const reply = await (await web.api('off-nv')).post(path(plan.id, 'APPROVE_CONTENT'), { saw: plan.content });
    expect(reply.status).to.equal(403);
    const denials = (await web.app.deps.store.audit.list(web.app.authority, 300)).filter(
      ({ kind, subject }) => kind === 'commandDenied' && subject === plan.id,
    );
    expect(denials).to.have.length(2);
  });
});
