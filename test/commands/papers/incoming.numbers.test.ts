import { expect } from 'chai';
import { open } from '../../../src/commands/open.js';
import { sweepNumbers } from '../../../src/commands/papers/sweepNumbers.js';
import type { Instance } from '../../../src/engine/instance.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { TrinhkyError } from '../../../src/errors.js';
import { act, must, newKey, startApplication, type TestApplication } from '../../support/application.js';
import { dayMs } from '../../support/clock.js';

const year = 2026;

async function receive(app: TestApplication, context: JsonObject = {}): Promise<Instance> {
  const outcome = await open(app.deps, {
    authority: app.authority,
    definition: 'incoming',
    context: { title: 'Hướng dẫn ví dụ', issuer: 'Sở Ví Dụ', receivedOn: app.clock.now().slice(0, 10), ...context },
    actor: 'clerk',
    key: newKey(),
  });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.instance;
}

const codeOf = (work: () => Promise<unknown>) =>
  Promise.resolve()
    .then(work)
    .then(
      () => 'done',
      (error: unknown) => (error instanceof TrinhkyError ? error.code : String(error)),
    );

describe('incoming papers take the next number', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let other: TestApplication;
  before(async () => {
    app = await startApplication('incoming');
    other = await startApplication('incoming', { clock: app.clock });
  });
  after(async () => {
    await other.close();
    await app.close();
  });

  const rows = () => app.deps.store.numbers.rows(app.authority, 'den', year);

  it('32 clerks of two processes at once: 1 to 32, none twice, each its own paper', async () => {
    const papers: Instance[] = [];
    for (let count = 0; count < 32; count += 1) papers.push(await receive(count % 2 === 0 ? app : other));
    const done = await Promise.all(papers.map(({ id }, index) => must(index % 2 === 0 ? app : other, id, 'clerk', 'REGISTER')));
    const numbers = done.map(({ context }) => Number(context['arrivalNumber']));
    expect([...numbers].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 32 }, (_, index) => index + 1));
    await app.relay.settle();
    const stored = await rows();
    expect(new Set(stored.map(({ status }) => status))).to.deep.equal(new Set(['used']));
    for (const [index, { id }] of papers.entries())
      expect(stored.find(({ document }) => document === id)?.number).to.equal(numbers[index]);
  });

  it('a double is refused with the number it has, until it is confirmed to be none', async () => {
    const same = { codeNumber: '015', codeNotation: 'SVD-VP', issuedOn: '2026-02-27' };
    const first = await must(app, (await receive(app, same)).id, 'clerk', 'REGISTER');
    const second = await receive(app, { ...same, codeNumber: '15', issuer: 'SỞ VÍ DỤ' });
    const refused = await act(app, second.id, 'clerk', 'REGISTER');
    expect(refused.kind === 'refused' && refused.blockers.map(({ code, params }) => [code, params['number']])).to.deep.equal([
      ['duplicatePaper', first.context['arrivalNumber']],
    ]);
    // no number was taken for it
    expect((await rows()).some(({ document }) => document === second.id)).to.equal(false);
    const taken = await must(app, second.id, 'clerk', 'REGISTER', { input: { confirmDuplicate: true } });
    expect(taken.context['arrivalNumber']).to.equal(Number(first.context['arrivalNumber']) + 1);
    // another year's, and another issuer's, are none
    await must(app, (await receive(app, { ...same, issuedOn: '2025-12-30' })).id, 'clerk', 'REGISTER');
    await must(app, (await receive(app, { ...same, issuer: 'Sở Khác' })).id, 'clerk', 'REGISTER');
  });

  it('no number for a form that is refused, and no file that was never stored', async () => {
    const before = (await rows()).length;
    const file = { hash: 'f'.repeat(64), name: 'ban-chup.pdf' };
    const attached = await act(app, (await receive(app)).id, 'clerk', 'ATTACH', { input: file });
    expect(attached.kind).to.equal('refused');
    const refused = await act(app, (await receive(app)).id, 'clerk', 'REGISTER', { input: { number: 7 } });
    expect(refused.kind).to.equal('refused');
    expect((await rows()).length).to.equal(before);
  });

  it('a paper that is marked secret is refused at the door: opened, corrected, whatever field bears the mark', async () => {
    expect(await codeOf(() => receive(app, { title: 'MẬT' }))).to.equal('secretRefused');
    expect(await codeOf(() => receive(app, { secrecy: 'Tối mật' }))).to.equal('secretRefused');
    const paper = await receive(app);
    expect(await codeOf(() => act(app, paper.id, 'clerk', 'EDIT', { input: { typeName: 'TUYỆT MẬT' } }))).to.equal(
      'secretRefused',
    );
    expect((await app.deps.store.instances.load(app.authority, paper.id))?.instance.revision).to.equal(1);
  });

  it('express papers come first in the leader’s inbox, whenever they came', async () => {
    const ids: string[] = [];
    for (const urgency of ['thuong', 'khan', 'hoaToc', 'thuongKhan']) {
      const { id } = await receive(app, { urgency });
      await must(app, id, 'clerk', 'REGISTER');
      await must(app, id, 'clerk', 'SUBMIT');
      ids.push(id);
    }
    const inbox = await app.deps.store.instances.inbox({
      authority: app.authority,
      person: 'deputy',
      keys: ['post:ubnd/deputyChair'],
      definitions: ['incoming'],
      after: null,
      limit: 10,
    });
    expect(inbox.map(({ id }) => ids.indexOf(id))).to.deep.equal([2, 3, 1, 0]);
  });

  it('a number that lost its race against the end of its paper is swept, with a reason; one that is borne is kept', async () => {
    const lost = await receive(app);
    const waiting = await receive(app);
    const registered = await receive(app);
    const reserve = (document: string) =>
      app.deps.store.numbers.reserve({
        authority: app.authority,
        series: 'den',
        symbol: 'Đến',
        year,
        day: '2026-03-02',
        document,
        prepareRevision: 2,
      });
    // given a number that is reserved only after its paper went back, so that no effect cancels it
    await must(app, lost.id, 'clerk', 'RETURN_TO_SENDER', { input: { reason: 'Gửi nhầm' } });
    await app.relay.settle();
    const [first, second] = [await reserve(lost.id), await reserve(waiting.id)];
    await must(app, registered.id, 'clerk', 'REGISTER');
    const statusOf = async (number: number) => {
      const row = (await rows()).find((one) => one.number === number);
      return [row?.status, row?.reason];
    };
    // when it is swept the same day, then nothing is touched
    await app.relay.settle();
    expect(await sweepNumbers(app.deps, app.authority)).to.equal(0);
    // and a day later only what ended without its number
    app.clock.advance(dayMs);
    expect(await sweepNumbers(app.deps, app.authority)).to.equal(1);
    expect(await statusOf(first.number)).to.deep.equal(['cancelled', 'ended']);
    expect(await statusOf(second.number)).to.deep.equal(['reserved', null]);
    expect(await sweepNumbers(app.deps, app.authority)).to.equal(0);
    // the waiting paper takes a number of its day; the old one says so
    const again = await must(app, waiting.id, 'clerk', 'REGISTER');
    await app.relay.settle();
    expect(await statusOf(second.number)).to.deep.equal([
      'cancelled',
      `prepared again as ${Number(again.context['arrivalNumber'])}`,
    ]);
  });

  it('the sweep runs by itself when a process starts', async () => {
    const paper = await receive(app);
    await must(app, paper.id, 'clerk', 'RETURN_TO_SENDER', { input: { reason: 'Gửi nhầm' } });
    await app.relay.settle();
    const day = app.clock.now().slice(0, 10);
    const lost = { authority: app.authority, series: 'den', symbol: 'Đến', year, day, document: paper.id, prepareRevision: 2 };
    const { number } = await app.deps.store.numbers.reserve(lost);
    app.clock.advance(dayMs);
    const third = await startApplication('incoming', { clock: app.clock });
    try {
      const swept = async () => (await rows()).find((row) => row.number === number)?.status === 'cancelled';
      while (!(await swept())) await new Promise((resolve) => setImmediate(resolve));
    } finally {
      await third.close();
    }
  });

  it('the sweep marks as used what an ended paper bears, and gives up what no paper ever came for', async () => {
    const day = app.clock.now().slice(0, 10);
    const paper = await must(app, (await receive(app)).id, 'clerk', 'REGISTER');
    await must(app, paper.id, 'clerk', 'SUBMIT');
    await must(app, paper.id, 'deputy', 'FILE');
    await app.relay.settle();
    const number = Number(paper.context['arrivalNumber']);
    // given that the effect which marks it was lost
    const numbers = app.connection.collection('numbers');
    await numbers.updateOne({ authority: app.authority, series: 'den', number }, { $set: { status: 'reserved', reason: null } });
    const stray = { authority: app.authority, series: 'den', symbol: 'Đến', year, day, prepareRevision: 2 };
    const none = await app.deps.store.numbers.reserve({ ...stray, document: `${app.authority}.none` });
    app.clock.advance(dayMs);
    expect(await sweepNumbers(app.deps, app.authority)).to.equal(1);
    app.clock.advance(3 * dayMs);
    expect(await sweepNumbers(app.deps, app.authority)).to.equal(1);
    const found = new Map((await rows()).map((row) => [row.number, row.status]));
    expect([found.get(number), found.get(none.number)]).to.deep.equal(['used', 'cancelled']);
  });
});
