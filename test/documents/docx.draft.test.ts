import { expect } from 'chai';
import mammoth from 'mammoth';
import { draftDocx } from '../../src/documents/docx/draftDocx.js';
import { checkZip } from '../../src/documents/intake/zipCheck.js';
import { decision, officialLetter } from './sampleForms.js';
import { plan, report } from './samplePapers.js';
import { withAppendices } from './sampleParts.js';

async function wordsOf(bytes: Uint8Array): Promise<string> {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(bytes) });
  return value.normalize('NFC').replace(/\s+/g, ' ');
}

const squeezed = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim();

describe('a draft as a Word file', () => {
  it('holds every text of the paper, in the order of the form', async () => {
    const { content } = plan();
    const words = await wordsOf(await draftDocx(content));
    const wanted = [content.issuer.name, content.typeName, content.title, 'Nơi nhận:'].map(squeezed);
    const places = wanted.map((text) => words.indexOf(text));
    expect(places).to.not.include(-1);
    expect([...places].sort((a, b) => a - b)).to.deep.equal(places);
    for (const block of content.body) if (block.kind === 'paragraph') expect(words).to.include(squeezed(block.text).slice(0, 40));
  });

  it('gives neither number nor date nor signer: only PREPARE does', async () => {
    const words = await wordsOf(await draftDocx(plan().content));
    expect(words).to.include(`Số: …/${plan().content.symbol}`);
    expect(words).to.include('ngày … tháng … năm …');
    expect(words).to.not.include(plan().signature?.name ?? '-');
  });

  it('has tables with all their cells', async () => {
    const { content } = report(5);
    const words = await wordsOf(await draftDocx(content));
    const cells = content.body.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []));
    expect(cells.length).to.be.greaterThan(10);
    expect(cells.filter((cell) => !words.includes(squeezed(cell)))).to.deep.equal([]);
  });

  for (const [name, paper] of [
    ['a decision', decision()],
    ['an official letter', officialLetter()],
    ['a paper with appendices', withAppendices()],
  ] as const) {
    it(`can be made of ${name}, and the same content gives a file that reads the same`, async () => {
      const [first, second] = [await draftDocx(paper.content), await draftDocx(paper.content)];
      expect(await wordsOf(first)).to.equal(await wordsOf(second));
      expect(await wordsOf(first)).to.include(squeezed(paper.content.title).slice(0, 30));
    });
  }

  it('gives a table on a sheet laid on its side the width of that sheet, and one that stands its own', async () => {
    const { content } = withAppendices();
    const parts = await checkZip(Buffer.from(await draftDocx(content)));
    const xml = parts.get('word/document.xml')?.toString('utf8') ?? '';
    // given: the sum of each table's columns, in millimetres
    const widths = xml.split('<w:tbl>').map((part) => {
      const [grid = ''] = part.split('</w:tblGrid>');
      const sum = [...grid.matchAll(/<w:gridCol w:w="(\d+)"/g)].reduce((all, [, width]) => all + Number(width), 0);
      return Math.round((sum / 1440) * 25.4);
    });
    expect(widths).to.include.members([252, 165]);
  });
});
