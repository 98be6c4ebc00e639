import { expect } from 'chai';
import fc from 'fast-check';
import { printedNumber } from '../../src/office/papers/paper.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { dirt, printedText, type RandomPlan, randomPlans, scraped } from '../support/randomPlan.js';
import { expectInPlace, uncovered } from '../support/readingCoverage.js';

/** The plan that was printed, as the reader must tell it. */
function told({ paper, clauses }: RandomPlan) {
  const { content, number, issuedOn, signature } = paper;
  return {
    issuer: content.issuer,
    number: printedNumber(number ?? 0),
    symbol: content.symbol,
    type: 'Kế hoạch',
    place: content.place,
    issuedOn,
    title: content.title,
    signature,
    recipients: content.recipients,
    archive: 'VT, TH',
    clauses: clauses.map(({ path, text, units, dueOn }) => ({ path, text, units, dueOn })),
  };
}

function read(text: string) {
  const reading = readPlan(text);
  const { issuer, number, symbol, type, place, issuedOn, title, signature, recipients, archive } = reading;
  const clauses = reading.clauses.map(({ path, text: words, units, due }) => ({
    path,
    text: words,
    units,
    dueOn: due?.date ?? null,
  }));
  return { reading, plan: { issuer, number, symbol, type, place, issuedOn, title, signature, recipients, archive, clauses } };
}

describe('a random plan, printed by the templates', () => {
  it('is read again as the same plan, whatever dirt comes between', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(randomPlans, dirt, (plan, how) => {
        // given a plan printed and scraped
        const text = scraped(printedText(plan.paper), how);
        // when it is read
        const { reading, plan: found } = read(text);
        // then it is the same plan, and nothing of the text is lost
        expect(found).to.deep.equal(told(plan));
        expect(uncovered(text, reading)).to.deep.equal([]);
        expectInPlace(text, reading);
      }),
      { numRuns: 150 },
    );
  });

  it('is read the same in the other spelling of ủy', () => {
    fc.assert(
      fc.property(randomPlans, (plan) => {
        const respelt = (value: unknown) =>
          JSON.parse(JSON.stringify(value).replaceAll('Ủy', 'Uỷ').replaceAll('ỦY', 'UỶ')) as unknown;
        const { plan: found } = read(printedText(plan.paper).replaceAll('Ủy', 'Uỷ').replaceAll('ỦY', 'UỶ'));
        expect(found).to.deep.equal(respelt(told(plan)));
      }),
      { numRuns: 30 },
    );
  });
});
