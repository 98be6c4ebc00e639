import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { checkForm } from '../../src/office/form/check.js';
import { locate } from '../../src/office/form/located.js';
import { subjectOf } from '../../src/office/form/subject.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { archivePapers } from './archivePapers.js';
import { browserTestMsMax, cacheFolder, squeezed } from './support.js';

/** Of these samples the words, not the print, are odd on purpose. */
const ODD_WORDS: ReadonlySet<string> = new Set(['plainest']);

describe('our own prints under the rules of form', function () {
  this.timeout(browserTestMsMax);
  const printer = makePrinter({ cacheFolder });
  after(() => printer.close());
  const day = '2026-03-02';
  /** As it would be issued, not the mark of a test. */
  const issued = (paper: Paper): Paper => ({ ...paper, issuedOn: day, test: false });

  for (const [name, sample] of Object.entries(archivePapers())) {
    if (ODD_WORDS.has(name)) continue;
    it(`${name}: nothing that is measured is found wrong under NĐ 30/2020`, async () => {
      // given a print
      const paper = issued(sample);
      const { bytes } = await printer.print(paper);
      // when it is measured and judged
      const measures = await measurePdf(bytes);
      const { findings } = checkForm(subjectOf(paper, measures, ['Tinos']), day);
      // then what is found, if anything, is in the words
      const measured = findings.filter(({ place }) => 'page' in place);
      expect(measured.map(({ rule, found, expected }) => ({ rule, found, expected }))).to.deep.equal([]);
    });
  }

  it('are found part by part, also by their words alone', async () => {
    const { withStamps } = archivePapers();
    if (withStamps === undefined) throw new Error('no such sample');
    const { bytes } = await printer.print(issued(withStamps));
    const located = locate(await measurePdf(bytes), null);
    for (const part of ['nation', 'motto', 'superior', 'issuer', 'number', 'placeAndDate', 'typeName', 'title'] as const)
      expect(located?.[part], part).not.to.equal(null);
    for (const part of ['capacity', 'signer', 'recipientsHead', 'recipients', 'contact'] as const)
      expect(located?.[part], part).not.to.equal(null);
    expect(located?.stamps).to.have.length(2);
    expect(located?.appendices.map(({ title, note }) => [title !== null, note !== null])).to.deep.equal([
      [true, true],
      [true, true],
    ]);
  });

  it('lose no letter in measuring: the text is what another reading of the file gives', async () => {
    const { plan } = archivePapers();
    if (plan === undefined) throw new Error('no such sample');
    const { bytes } = await printer.print(issued(plan));
    const letters = (text: string): string =>
      Array.from(squeezed(text))
        .sort((a, b) => (a < b ? -1 : 1))
        .join('');
    const { pages } = await measurePdf(bytes);
    const read = await textOf(bytes);
    pages.forEach(({ lines, number }) => {
      expect(letters(lines.map(({ text }) => text).join(''))).to.equal(letters(read[number - 1] ?? ''));
    });
  });

  it('bear a finding for a substitute of the font that the authority does not allow', async () => {
    const { letter } = archivePapers();
    if (letter === undefined) throw new Error('no such sample');
    const { bytes } = await printer.print(issued(letter));
    const { findings } = checkForm(subjectOf(issued(letter), await measurePdf(bytes)), day);
    expect(new Set(findings.filter(({ place }) => 'page' in place).map(({ rule }) => rule))).to.deep.equal(
      new Set(['ND30-P-04']),
    );
  });
});
