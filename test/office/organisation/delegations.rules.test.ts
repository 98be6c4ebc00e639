import { expect } from 'chai';
import fc from 'fast-check';
import { cycleOf } from '../../../src/office/organisation/delegations.js';
import type { Delegation } from '../../../src/office/organisation/directory.js';
import { delegation, directoryOf, secondDraft, tuesday, withDelegations } from '../../support/builders.js';
import { given, type Told } from '../../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const approves: Told = { do: 'APPROVE_CONTENT', by: 'colleague' };
const edits: Told = { do: 'EDIT', by: 'drafter', input: { content: secondDraft } };

describe('a delegation', () => {
  it('records both names and its own id in the decision', () => {
    const { entry } = given('document', [submits])
      .when({ ...approves, directory: withDelegations(delegation('cultureHead', 'colleague')) })
      .leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
    expect([entry.actor, entry.onBehalfOf, entry.by]).to.deep.equal(['colleague', 'cultureHead', 'cultureHead>colleague']);
  });

  it('reaches no further: what is held by delegation is not passed on', () => {
    const chain = withDelegations(delegation('cultureHead', 'financeHead'), delegation('financeHead', 'colleague'));
    given('document', [submits])
      .when({ ...approves, directory: chain })
      .isRefused('notYours');
    // while the one in between may act himself
    given('document', [submits])
      .when({ ...approves, by: 'financeHead', directory: chain })
      .leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
  });

  it('is bounded by definition, type of paper and command', () => {
    const scoped = (more: Partial<Delegation>) =>
      given('document', [submits]).when({
        ...approves,
        directory: withDelegations(delegation('cultureHead', 'colleague', more)),
      });
    for (const outside of [{ definitions: ['report'] }, { types: ['QĐ'] }, { commands: ['RETURN'] }, { types: [] }])
      scoped(outside).isRefused('notYours', 'delegationLapsed');
    scoped({ definitions: ['document'], types: ['KH', 'QĐ'], commands: ['APPROVE_CONTENT'] }).leadsTo({
      reviewing: { content: 'approved', form: 'waiting' },
    });
  });

  it('ends at the instant at which it is taken back', () => {
    const at = (revokedAt: string) =>
      given('document', [submits]).when({
        ...approves,
        directory: withDelegations(delegation('cultureHead', 'colleague', { revokedAt })),
      });
    at(tuesday).isRefused('notYours', 'delegationLapsed');
    at('2010-02-09T02:00:00.001Z').leadsTo({ reviewing: { content: 'approved', form: 'waiting' } });
  });

  describe('has no effect on what the delegator made', () => {
    const lent = withDelegations(delegation('cultureHead', 'colleague'));
    const draft = { drafter: 'drafter', draftingUnit: 'culture', type: 'KH', title: 'X' };

    it('whether he drafts it', () => {
      const mine = { context: { ...draft, drafter: 'cultureHead' }, by: 'cultureHead' };
      given('document', [{ ...submits, by: 'cultureHead' }], mine)
        .when({ do: 'RETURN', by: 'colleague', input: { reason: 'X' }, directory: lent })
        .isRefused('notYours', 'delegationLapsed');
    });

    it('has edited it', () => {
      // given a head who edited for the drafter
      const directory = directoryOf({
        delegations: [delegation('drafter', 'cultureHead'), delegation('cultureHead', 'colleague')],
      });
      given('document', [{ ...edits, by: 'cultureHead', directory }, submits])
        .when({ do: 'RETURN', by: 'colleague', saw: secondDraft, input: { reason: 'X' }, directory })
        .isRefused('notYours', 'delegationLapsed');
    });

    it('or only opened it', () => {
      // given an incoming paper that the clerk received, and a delegate of the clerk
      given('incoming')
        .when({
          do: 'RETURN_TO_SENDER',
          by: 'colleague',
          input: { reason: 'X' },
          directory: withDelegations(delegation('clerk', 'colleague')),
        })
        .isRefused('notYours', 'delegationLapsed');
    });

    it('but a delegate carries on his draft, in the role that names him', () => {
      const directory = withDelegations(delegation('drafter', 'colleague'));
      const { entry } = given('document')
        .when({ ...edits, by: 'colleague', directory })
        .leadsTo('drafting');
      expect([entry.role, entry.onBehalfOf]).to.deep.equal(['drafter', 'drafter']);
    });
  });
});

describe('a circle of delegations', () => {
  const now = tuesday;
  const ab = (more: Partial<Delegation> = {}): Delegation => delegation('a', 'b', more);

  it('is closed by giving back, directly or through others', () => {
    expect(cycleOf([ab()], delegation('b', 'a'), now)?.map(({ id }) => id)).to.deep.equal(['a>b']);
    expect(cycleOf([ab(), delegation('b', 'c')], delegation('c', 'a'), now)?.map(({ id }) => id)).to.deep.equal(['a>b', 'b>c']);
    expect(cycleOf([ab(), delegation('b', 'c')], delegation('a', 'c'), now)).to.equal(null);
  });

  it('needs a day, a definition, a type and a command that all its parts share', () => {
    const back = (more: Partial<Delegation>) =>
      cycleOf([ab({ types: ['KH'], commands: ['RETURN'] })], delegation('b', 'a', more), now);
    expect(back({})).not.to.equal(null);
    expect(back({ from: '2010-02-28', to: '2010-03-31' })).not.to.equal(null);
    expect(back({ from: '2010-03-01', to: '2010-03-31' })).to.equal(null);
    expect(back({ types: ['QĐ'] })).to.equal(null);
    expect(back({ commands: ['SUBMIT'] })).to.equal(null);
    // in pairs they meet, all three together they do not
    const parts = [ab({ types: ['KH', 'QĐ'] }), delegation('b', 'c', { types: ['QĐ', 'BC'] })];
    expect(cycleOf(parts, delegation('c', 'a', { types: ['BC', 'KH'] }), now)).to.equal(null);
    expect(cycleOf(parts, delegation('c', 'a', { types: ['QĐ'] }), now)).not.to.equal(null);
  });

  it('is not made by what was taken back', () => {
    expect(cycleOf([ab({ revokedAt: now })], delegation('b', 'a'), now)).to.equal(null);
  });

  it('never comes about when each is asked for before it is added, for any delegations', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd');
    const some = fc
      .record({
        who: fc.tuple(person, person).filter(([x, y]) => x !== y),
        from: fc.constantFrom('2010-02-01', '2010-02-10'),
        to: fc.constantFrom('2010-02-09', '2010-02-20'),
        types: fc.constantFrom(null, ['KH'], ['KH', 'QĐ']),
        commands: fc.constantFrom(null, ['RETURN']),
      })
      .map(({ who: [x, y], ...more }) => delegation(x, y, more));
    let refused = 0;
    fc.assert(
      fc.property(fc.array(some, { maxLength: 10 }), (asked) => {
        const kept: Delegation[] = [];
        for (const one of asked) {
          if (cycleOf(kept, one, now) === null) kept.push(one);
          else refused += 1;
        }
        // on no day and in no matter does anybody come back to himself
        for (const day of ['2010-02-01', '2010-02-09', '2010-02-10', '2010-02-20'])
          for (const type of ['KH', 'QĐ'])
            for (const command of ['RETURN', 'SUBMIT']) {
              const live = kept.filter(
                (one) =>
                  one.from <= day &&
                  day <= one.to &&
                  (one.types?.includes(type) ?? true) &&
                  (one.commands?.includes(command) ?? true),
              );
              expect(circular(live)).to.equal(false);
            }
      }),
      { numRuns: 1_000 },
    );
    expect(refused).to.be.greaterThan(100);
  });
});

/** Takes away who lends to nobody any more, until nobody is left or a circle is. */
function circular(live: readonly Delegation[]): boolean {
  const lends = new Set(live.map(({ delegator }) => delegator));
  const rest = live.filter(({ delegate }) => lends.has(delegate));
  return rest.length === live.length ? live.length > 0 : circular(rest);
}
