import { expect } from 'chai';
import fc from 'fast-check';
import type { PanelRule } from '../../src/engine/definition.js';
import { type Choice, type Count, countOf, type Result, tally } from '../../src/engine/panel.js';

type Rule = { readonly rule: PanelRule; readonly veto?: boolean; readonly early?: boolean };

/** A second reading, vote by vote and in exact fractions: the result of a complete list of votes. */
function naive({ rule, veto }: Rule, votes: readonly Choice[]): 'passed' | 'failed' {
  const said = (choice: Choice) => votes.filter((vote) => vote === choice).length;
  if (votes.length === 0 || (veto && said('reject') > 0)) return 'failed';
  const decisive = votes.length - said('abstain');
  const wanted = {
    any: () => said('approve') >= 1,
    all: () => votes.every((vote) => vote === 'approve'),
    atLeast: (n: number) => said('approve') >= n,
    // a share of twentieths, so that nothing is rounded
    share: (twentieths: number) => decisive > 0 && said('approve') * 20 >= twentieths * decisive,
  };
  if (rule === 'any' || rule === 'all') return wanted[rule]() ? 'passed' : 'failed';
  const met = 'atLeast' in rule ? wanted.atLeast(rule.atLeast) : wanted.share(Math.round(rule.share * 20));
  return met ? 'passed' : 'failed';
}

function completions(count: number, choices: readonly Choice[]): readonly (readonly Choice[])[] {
  if (count === 0) return [[]];
  return completions(count - 1, choices).flatMap((rest) => choices.map((choice) => [...rest, choice]));
}

const countOfVotes = (members: number, votes: readonly Choice[]): Count => ({
  members,
  approve: votes.filter((vote) => vote === 'approve').length,
  reject: votes.filter((vote) => vote === 'reject').length,
  abstain: votes.filter((vote) => vote === 'abstain').length,
});

const choice = fc.constantFrom<Choice>('approve', 'reject', 'abstain');
const rule = fc.record(
  {
    rule: fc.oneof(
      fc.constantFrom<PanelRule>('all', 'any'),
      fc.integer({ min: 1, max: 6 }).map((atLeast) => ({ atLeast })),
      fc.integer({ min: 1, max: 20 }).map((twentieths) => ({ share: twentieths / 20 })),
    ),
    veto: fc.boolean(),
    early: fc.boolean(),
  },
  { requiredKeys: ['rule'] },
);

describe('the tally of a panel', () => {
  it('declares early exactly what every completion of the votes would give', () => {
    const seen: Record<Result, number> = { passed: 0, failed: 0, open: 0 };
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 5 }), fc.array(choice, { maxLength: 5 }), (panel, members, some) => {
        // given a rule, up to five members and the votes of some of them
        const votes = some.slice(0, members);
        const results = new Set(
          completions(members - votes.length, ['approve', 'reject', 'abstain']).map((rest) => naive(panel, [...votes, ...rest])),
        );
        // when the votes are counted
        const result = tally(panel, countOfVotes(members, votes));
        // then it is decided if and only if nothing could change it any more, and not before all voted where the rule says so
        const [only] = results;
        const waits = panel.early === false && votes.length < members;
        expect(result).to.equal(waits || results.size > 1 ? 'open' : only);
        seen[result] += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).to.be.greaterThan(150);
  });

  it('gives the same early result where nobody may abstain', () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 6 }), fc.array(choice, { maxLength: 6 }), (panel, members, some) => {
        const votes = some.filter((vote) => vote !== 'abstain').slice(0, members);
        const results = new Set(
          completions(members - votes.length, ['approve', 'reject']).map((rest) => naive(panel, [...votes, ...rest])),
        );
        const waits = panel.early === false && votes.length < members;
        expect(tally(panel, countOfVotes(members, votes))).to.equal(waits || results.size > 1 ? 'open' : [...results][0]);
      }),
      { numRuns: 2_000 },
    );
  });

  const cases: readonly [string, Rule, Count, Result][] = [
    ['nobody left to vote', { rule: 'all' }, { members: 0, approve: 0, reject: 0, abstain: 0 }, 'failed'],
    ['everybody abstains, any', { rule: 'any' }, { members: 3, approve: 0, reject: 0, abstain: 3 }, 'failed'],
    ['everybody abstains, share', { rule: { share: 0.5 } }, { members: 3, approve: 0, reject: 0, abstain: 3 }, 'failed'],
    ['an abstention is no agreement of all', { rule: 'all' }, { members: 3, approve: 1, reject: 0, abstain: 1 }, 'failed'],
    ['a share counts without abstentions', { rule: { share: 1 } }, { members: 3, approve: 2, reject: 0, abstain: 1 }, 'passed'],
    ['fewer members than wanted', { rule: { atLeast: 4 } }, { members: 3, approve: 0, reject: 0, abstain: 0 }, 'failed'],
    [
      'the fourth of seven for more than half',
      { rule: { share: 0.501 } },
      { members: 7, approve: 4, reject: 0, abstain: 0 },
      'passed',
    ],
    ['half is not more than half', { rule: { share: 0.501 } }, { members: 6, approve: 3, reject: 3, abstain: 0 }, 'failed'],
    ['three of thirty is a tenth', { rule: { share: 0.1 } }, { members: 30, approve: 3, reject: 27, abstain: 0 }, 'passed'],
    [
      'one vote against ends it',
      { rule: { atLeast: 2 }, veto: true },
      { members: 5, approve: 2, reject: 1, abstain: 0 },
      'failed',
    ],
    ['a veto may still come', { rule: 'any', veto: true }, { members: 3, approve: 2, reject: 0, abstain: 0 }, 'open'],
    [
      'a veto waits where all must vote',
      { rule: 'any', veto: true, early: false },
      { members: 3, approve: 1, reject: 1, abstain: 0 },
      'open',
    ],
  ];
  for (const [name, panel, count, result] of cases) {
    it(`${name}: ${result}`, () => expect(tally(panel, count)).to.equal(result));
  }

  it('counts a vote for its member, and not of who is no voter', () => {
    const votes = [
      { person: 'a', choice: 'approve' },
      { person: 'a', onBehalfOf: 'b', choice: 'reject' },
      { person: 'left', choice: 'reject' },
    ] as const;
    expect(countOf(['a', 'b', 'c'], votes)).to.deep.equal({ members: 3, approve: 1, reject: 1, abstain: 0 });
  });
});
