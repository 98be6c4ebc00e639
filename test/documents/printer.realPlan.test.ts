import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { textOfFile } from '../../src/documents/intake/textOfFile.js';
import { makePrinter } from '../../src/documents/printer.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { paperOf } from '../../src/office/reading/paperOf.js';
import type { PlanReading } from '../../src/office/reading/planReading.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const plans = [
  { name: 'the plan of the examples', file: new URL('../../examples/plan-2010.txt', import.meta.url) },
  { name: 'the real plan of 2010', file: new URL('../../../shared/domain/plan-08-KH-UBND.txt', import.meta.url) },
];

/** What must survive print and reading; where a line breaks says nothing. */
function told({ clauses }: PlanReading) {
  const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();
  return clauses.map(({ path, kind, text, units, due }) => ({
    path,
    kind,
    text: squeezed(text),
    units: units.map(({ name, role }) => `${role} ${squeezed(name)}`),
    due: due?.date ?? null,
  }));
}

describe('documents/printer: a whole plan printed, and read again from its PDF', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  after(() => printer.close());

  for (const { name, file } of plans) {
    it(`gives the same clauses: ${name}`, async function () {
      if (!existsSync(file)) {
        process.stdout.write(`      skipped: ${name} is not beside the repository\n`);
        this.skip();
      }
      // given the plan as it was read, printed as it would be issued
      const first = readPlan(await readFile(file, 'utf8'));
      const signature = {
        authority: first.signature.authority,
        capacity: first.signature.capacity,
        title: first.signature.title ?? '',
        name: first.signature.name ?? '',
      };
      const paper: Paper = {
        content: paperOf(first),
        number: Number(first.number),
        issuedOn: first.issuedOn,
        signature,
        final: true,
        test: true,
        code: 'K7TD-4MXP-92QF-23AB',
      };
      const { bytes } = await printer.print(paper);
      // when the text of the PDF is read
      const again = readPlan((await textOfFile(bytes, 'plan.pdf')).text);
      // then it orders the same
      expect(first.clauses.length).to.be.greaterThan(10);
      expect(told(again)).to.deep.equal(told(first));
      expect([again.number, again.symbol, again.issuedOn]).to.deep.equal([first.number, first.symbol, first.issuedOn]);
      expect(again.recipients.map((one) => one.name)).to.deep.equal(first.recipients.map((one) => one.name));
      expect(again.signature.name).to.equal(first.signature.name);
    });
  }
});
