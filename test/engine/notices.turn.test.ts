import { expect } from 'chai';
import type { JsonObject } from '../../src/engine/json.js';
import { firstDraft, preparation } from '../support/builders.js';
import { given, type Start, type Told } from '../support/given.js';

/** What one command of the example `note` plans to tell; null where it tells nothing. */
function toldBy(commands: readonly Told[], start: Partial<Start> = {}): JsonObject | null {
  const effects = given('note', commands, start).last?.effects.filter(({ kind }) => kind === 'notify') ?? [];
  expect(effects.length, 'one effect at most').to.be.lessThan(2);
  return effects[0]?.params ?? null;
}

const submit: Told = { do: 'SUBMIT', by: 'drafter' };
const approve: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
const check: Told = { do: 'APPROVE_FORM', by: 'formChecker' };
const returned: Told = { do: 'RETURN', by: 'cultureHead', input: { reason: '  Thiếu căn cứ \n pháp lý ' } };

describe('what a command has to tell', () => {
  it('nothing, where the turn stays in the actor’s own hands', () => {
    // opened by the drafter, who is awaited himself
    expect(toldBy([])).to.equal(null);
  });

  it('the turn, where others are awaited than before, once for the whole command', () => {
    expect(toldBy([submit])).to.deep.equal({ turn: true, command: 'SUBMIT', actor: 'drafter', revision: 2 });
    // whoever has approved may still return it, and so is awaited as before
    expect(toldBy([submit, approve])).to.equal(null);
    // the last approval closes both regions and reaches the signatory in the same revision
    expect(toldBy([submit, approve, check])).to.deep.include({ turn: true, revision: 4 });
  });

  it('outcome and reason to whoever opened, with the roles of the definition in the same effect', () => {
    // the definition names the drafter itself; neither makes a second effect
    expect(toldBy([submit, returned])).to.deep.equal({
      roles: ['drafter'],
      turn: true,
      outcome: true,
      reason: 'Thiếu căn cứ pháp lý',
      command: 'RETURN',
      actor: 'cultureHead',
      revision: 3,
    });
  });

  it('the end, whatever the definition says', () => {
    const end = toldBy([submit, approve, check, { do: 'SIGN', by: 'deputy' }]);
    expect(end).to.deep.equal({ turn: true, outcome: true, command: 'SIGN', actor: 'deputy', revision: 5 });
  });

  it('no outcome to the actor himself, and none where the engine opened it', () => {
    const own = given('document', [{ do: 'DISCARD', by: 'drafter', input: { reason: 'Không còn cần' } }]);
    expect(own.last?.effects.filter(({ kind }) => kind === 'notify')).to.deep.equal([]);
    const child = given('assignment', [{ do: 'RELEASE', by: 'consolidator', input: { reason: 'Giao lại' } }]);
    const [told] = child.last?.effects.filter(({ kind }) => kind === 'notify') ?? [];
    expect(told?.params).to.not.have.property('outcome');
  });

  it('a long reason is cut between characters; the entry keeps all of it', () => {
    const reason = '𝐋'.repeat(600);
    const told = toldBy([submit, { ...returned, input: { reason } }]);
    expect(told?.reason).to.equal('𝐋'.repeat(500));
    expect(given('note', [submit, { ...returned, input: { reason } }]).last?.entry.input.reason).to.equal(reason);
  });

  it('a signature and coming to rest are outcomes of a paper, though the definition names nobody', () => {
    // given a paper that was laid before the signatory and prepared
    const steps: readonly Told[] = [
      submit,
      { ...approve, saw: firstDraft },
      { ...check, saw: firstDraft },
      { do: 'PREPARE', by: 'deputy', given: { preparation: preparation() } },
      { do: 'SIGN', by: 'deputy', saw: preparation().prepared },
      { do: 'SEAL', by: 'clerk' },
      { do: 'ISSUE', by: 'clerk' },
      { do: 'SEND', by: 'clerk', input: { recipients: [{ name: 'Phường 1', unit: 'ward1', purpose: 'để thực hiện' }] } },
    ];
    const told = (count: number) =>
      given('document', steps.slice(0, count)).last?.effects.find(({ kind }) => kind === 'notify')?.params ?? null;
    expect(told(4), 'prepared by the same hands').to.equal(null);
    expect(told(5)).to.deep.include({ turn: true, outcome: true, command: 'SIGN' });
    expect(told(6), 'sealed: the clerk goes on').to.equal(null);
    expect(told(8)).to.deep.include({ turn: true, outcome: true, command: 'SEND' });
    expect(told(8)).to.not.have.property('roles');
  });
});
