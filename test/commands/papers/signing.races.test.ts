import { expect } from 'chai';
import { sweepNumbers } from '../../../src/commands/papers/sweepNumbers.js';
import type { Instance } from '../../../src/engine/instance.js';
import { textAt } from '../../../src/engine/json.js';
import { act, must, newKey, openPlan, proofFor, startApplication, type TestApplication } from '../../support/application.js';
import { fakeClock } from '../../support/clock.js';

const nextDayMs = 26 * 60 * 60 * 1_000;

describe('signing in two processes', () => {
  const clock = fakeClock();
  let here: TestApplication;
  let there: TestApplication;
  before(async () => {
    here = await startApplication('signingRaces', { clock });
    there = await startApplication('signingRaces', { clock });
  });
  after(async () => {
    await there.close();
    await here.close();
  });

  /** A paper prepared for the deputy chairman, which both processes hold as it is now. */
  async function prepared(): Promise<Instance> {
    const paper = await openPlan(here);
    const saw = paper.content ?? '';
    await must(here, paper.id, 'off-nv', 'SUBMIT');
    await must(here, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(here, paper.id, 'form', 'APPROVE_FORM', { saw });
    return must(there, (await must(here, paper.id, 'deputy', 'PREPARE')).id, 'deputy', 'PREPARE');
  }
  const signing = async (paper: Instance) => {
    const saw = textAt(paper.context, 'prepared');
    return { saw, proof: await proofFor(here, 'deputy', saw) };
  };
  const printsOf = async (paper: Instance, mode: string) =>
    (await here.deps.store.renditions.listOf(here.authority, paper.id)).filter((one) => one.mode === mode);
  const numbersOf = async (paper: Instance) =>
    (await here.deps.store.numbers.rows(here.authority, 'KH-UBND', Number(paper.context.year))).filter(
      ({ document }) => document === paper.id,
    );
  const codesOf = (outcome: Awaited<ReturnType<typeof act>>) =>
    outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : ['accepted'];

  it('a paper that was returned in one is not signed by the other, which still holds it as prepared: no file is made', async () => {
    const paper = await prepared();
    const ask = await signing(paper);
    await must(here, paper.id, 'deputy', 'RETURN', { saw: paper.content ?? '', input: { reason: 'Sửa' } });
    expect(codesOf(await act(there, paper.id, 'deputy', 'SIGN', ask))).to.deep.equal(['notPossibleHere']);
    expect(await printsOf(paper, 'signed')).to.deep.equal([]);
  });

  it('a paper that was made void in one gets no seal from the other', async () => {
    const paper = await prepared();
    await must(there, paper.id, 'deputy', 'SIGN', await signing(paper));
    await must(here, paper.id, 'chair', 'VOID', { input: { reason: 'Sai' } });
    expect(codesOf(await act(there, paper.id, 'clerk', 'SEAL'))).to.deep.equal(['ended']);
    expect(await printsOf(paper, 'sealed')).to.deep.equal([]);
  });

  it('a paper that was signed in one takes no further number in the other the day after', async () => {
    const paper = await prepared();
    await must(here, paper.id, 'deputy', 'SIGN', await signing(paper));
    await here.relay.settle();
    clock.advance(nextDayMs);
    expect(codesOf(await act(there, paper.id, 'deputy', 'PREPARE'))).to.deep.equal(['notPossibleHere']);
    expect((await numbersOf(paper)).map(({ number, status }) => [number, status])).to.deep.equal([
      [paper.context.number, 'used'],
    ]);
  });

  it('a number that such a PREPARE took all the same is settled the day after, though the signed paper is still open', async () => {
    const paper = await prepared();
    await must(here, paper.id, 'deputy', 'SIGN', await signing(paper));
    await here.relay.settle();
    clock.advance(nextDayMs);
    // given the process was killed between number and write
    const lost = await here.deps.store.numbers.reserve({
      authority: here.authority,
      series: 'KH-UBND',
      symbol: 'KH-UBND',
      year: Number(paper.context.year),
      day: clock.now().slice(0, 10),
      document: paper.id,
      prepareRevision: paper.revision + 1,
    });
    clock.advance(nextDayMs);
    // when
    await sweepNumbers(here.deps, here.authority);
    // then
    expect((await numbersOf(paper)).map(({ number, status, reason }) => [number, status, reason])).to.deep.equal([
      [paper.context.number, 'used', 'SIGN'],
      [lost.number, 'cancelled', 'signedUnderOther'],
    ]);
  });

  it('two signatures at the same time: one is committed, and no other file of them is named anywhere', async () => {
    const paper = await prepared();
    const ask = await signing(paper);
    const outcomes = await Promise.all(
      [here, there, here, there].map((app, index) =>
        act(app, paper.id, 'deputy', 'SIGN', { ...ask, key: `${newKey()}-${index}` }),
      ),
    );
    expect(outcomes.filter(({ kind }) => kind === 'accepted').length).to.equal(1);
    const now = (await here.deps.store.instances.load(here.authority, paper.id))?.instance;
    const entries = await here.deps.store.instances.history(here.authority, paper.id, 1, 100);
    expect(entries.filter(({ bytes }) => bytes.includes('"command":"SIGN"')).length).to.equal(1);
    expect((await printsOf(paper, 'signed')).map(({ hash }) => hash)).to.include(now?.context.signedFile);
  });

  it('the same request in both at the same time, under the same key, is answered the same, and signed once', async () => {
    const paper = await prepared();
    const ask = { ...(await signing(paper)), key: newKey() };
    const [one, two] = await Promise.all([here, there].map((app) => act(app, paper.id, 'deputy', 'SIGN', ask)));
    expect([one, two].every((outcome) => outcome?.kind === 'accepted')).to.equal(true);
    // and again later, with a proof that is worth nothing any more
    const again = await act(here, paper.id, 'deputy', 'SIGN', { ...ask, proof: 'x'.repeat(43) });
    expect(again).to.include({ kind: 'accepted', replayed: true });
  });
});
