import { expect } from 'chai';
import fc from 'fast-check';
import { decide } from '../../src/engine/decide.js';
import type { PanelDefinition } from '../../src/engine/definition.js';
import { type Choice, countOf, memberOf, tally } from '../../src/engine/panel.js';
import { delegation } from '../support/builders.js';
import { commandOf, factsOf, type Told } from '../support/given.js';
import { ballotIn, everyone, modelWith, outcome, reached, type Someone, submit, town, vote } from '../support/poll.js';

type Act =
  | { readonly kind: 'vote'; readonly by: Someone; readonly for: Someone | null; readonly choice: Choice }
  | { readonly kind: 'staff'; readonly deputies: readonly Someone[] }
  | { readonly kind: 'count' };

const someone = fc.constantFrom(...everyone);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('vote'),
      by: someone,
      for: fc.option(someone),
      choice: fc.constantFrom<Choice>('approve', 'approve', 'approve', 'reject', 'abstain'),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('staff'), deputies: fc.uniqueArray(someone, { maxLength: 6 }) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'count' }) },
);

describe('random votes in random order', () => {
  it('leave a panel when, and only when, an independent count is decided; nobody ever has two votes', () => {
    const seen = { accepted: 0, passed: 0, failed: 0, delegated: 0 };
    const rules = fc.constantFrom<PanelDefinition['rule']>('all', 'any', { atLeast: 2 }, { share: 0.5 }, { share: 0.75 });
    const memberships = fc.constantFrom<PanelDefinition['membership']>('frozen', 'leaversDrop', 'follows');
    const lent = fc.uniqueArray(fc.tuple(someone, someone), { maxLength: 6, selector: String });
    fc.assert(
      fc.property(
        rules,
        memberships,
        lent,
        fc.uniqueArray(someone, { minLength: 2, maxLength: 5 }),
        fc.array(act, { minLength: 5, maxLength: 14 }),
        (rule, membership, pairs, start, acts) => {
          const panel = { rule, membership, abstain: true as const };
          const model = modelWith(panel);
          const delegations = pairs.map(([from, to]) => delegation(from, to));
          let deputies: readonly Someone[] = start;
          let instance = reached(model, town(start), [submit]);
          // the independent book: whose vote is what
          const book = new Map<string, Choice>();
          let onBallot: readonly string[] = start;
          for (const one of acts) {
            if (one.kind === 'staff') {
              deputies = one.deputies;
              continue;
            }
            const told: Told =
              one.kind === 'count'
                ? { do: 'COUNT_VOTE', by: 'system' }
                : vote(one.by, one.choice, one.for === null ? {} : { onBehalfOf: one.for });
            const decision = decide(model, instance, commandOf(told), factsOf({ directory: town(deputies, { delegations }) }));
            const counting = votersNow(membership, onBallot, deputies);
            if (decision.kind === 'refused') {
              // then no vote is refused that is his own, and not yet given
              if (one.kind === 'vote' && one.for === null) expect(counting.includes(one.by) && !book.has(one.by)).to.equal(false);
              continue;
            }
            seen.accepted += 1;
            if (one.kind === 'vote') {
              const last = ballotIn(decision.next).votes.at(-1);
              const member = last === undefined ? '' : memberOf(last);
              // then the vote is his who may vote and has not voted, cast by himself or by a delegate
              expect(counting).to.include(member);
              expect(book.has(member)).to.equal(false);
              expect(member === one.by || pairs.some(([from, to]) => from === member && to === one.by)).to.equal(true);
              if (member !== one.by) seen.delegated += 1;
              book.set(member, one.choice);
            }
            if (membership === 'follows') onBallot = counting;
            const votes = [...book].map(([person, choice]) => ({ person, choice }));
            const result = tally(panel, countOf(counting, votes));
            expect(decision.next.state).to.equal(result === 'passed' ? 'agreed' : result === 'failed' ? 'refused' : 'voting');
            instance = decision.next;
            if (result === 'open') continue;
            seen[result] += 1;
            return;
          }
          // and at every rest a count is either undecided or can be asked for
          const result = tally(
            panel,
            countOf(
              votersNow(membership, onBallot, deputies),
              [...book].map(([person, choice]) => ({ person, choice })),
            ),
          );
          const recount = outcome(model, instance, town(deputies), { do: 'COUNT_VOTE', by: 'system' });
          if (result !== 'open') expect(recount).to.equal(result === 'passed' ? 'agreed' : 'refused');
        },
      ),
      { numRuns: 600 },
    );
    expect(Math.min(...Object.values(seen)), JSON.stringify(seen)).to.be.greaterThan(20);
  }).timeout(60_000);
});

function votersNow(
  membership: PanelDefinition['membership'],
  onBallot: readonly string[],
  deputies: readonly string[],
): readonly string[] {
  if (membership === 'frozen') return onBallot;
  return membership === 'follows' ? deputies : onBallot.filter((member) => deputies.includes(member));
}
