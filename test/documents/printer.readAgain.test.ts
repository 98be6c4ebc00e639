import { expect } from 'chai';
import fc from 'fast-check';
import { textOfFile } from '../../src/documents/intake/textOfFile.js';
import { makePrinter } from '../../src/documents/printer.js';
import { printedNumber } from '../../src/office/papers/paper.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { randomPlans } from '../support/randomPlan.js';
import { uncovered } from '../support/readingCoverage.js';
import { browserTestMsMax, cacheFolder } from './support.js';

/** Fixed, so that a failure can be looked at again; the many random ones are in test/office/reading.random.test.ts. */
const seed = 20_100_209;
const plansPrinted = 2;

describe('documents/printer: a plan as PDF, read again', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  after(() => printer.close());

  for (const [i, { paper, clauses }] of fc.sample(randomPlans, { numRuns: plansPrinted, seed }).entries()) {
    it(`gives the same plan back (${i + 1})`, async () => {
      // given the PDF of a plan
      const { bytes } = await printer.print(paper);
      // when its text is taken and read
      const { text } = await textOfFile(bytes, 'plan.pdf');
      const reading = readPlan(text);
      // then head, clauses, units, ends, recipients and signature are those of the plan
      const { content, number, issuedOn, signature } = paper;
      expect(reading.issuer).to.deep.equal(content.issuer);
      expect([reading.number, reading.symbol, reading.place, reading.issuedOn]).to.deep.equal([
        printedNumber(number ?? 0),
        content.symbol,
        content.place,
        issuedOn,
      ]);
      expect(reading.title).to.equal(content.title);
      expect(
        reading.clauses.map(({ path, text: words, units, due }) => ({ path, text: words, units, dueOn: due?.date ?? null })),
      ).to.deep.equal(clauses.map(({ path, text: words, units, dueOn }) => ({ path, text: words, units, dueOn })));
      expect(reading.recipients).to.deep.equal(content.recipients);
      expect(reading.signature).to.deep.equal(signature);
      expect(uncovered(text, reading)).to.deep.equal([]);
    });
  }
});
