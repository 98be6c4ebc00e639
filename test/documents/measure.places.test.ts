import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { degrees, PDFDocument, type PDFFont, type PDFPage, rgb, StandardFonts } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { measurePdf } from '../../src/documents/measure/measurePdf.js';
import { TrinhkyError } from '../../src/errors.js';
import type { MeasuredPage, PaperMeasures } from '../../src/office/form/measures.js';
import { installed } from './support.js';

const ptPerMm = 72 / 25.4;
const a4: [number, number] = [595.28, 841.89];
const toleranceMm = 0.2;
const black: [number, number, number] = [0, 0, 0];

interface Drawn {
  readonly page: PDFPage;
  readonly regular: PDFFont;
  readonly boldItalic: PDFFont;
  /** Text with its base line at millimetres from the top left corner. */
  text(
    words: string,
    xMm: number,
    baseMm: number,
    sizePt: number,
    more?: { font?: PDFFont; colour?: [number, number, number] },
  ): void;
}

async function pdf(draw: (drawn: Drawn) => void): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const regular = await document.embedFont(StandardFonts.TimesRoman);
  const boldItalic = await document.embedFont(StandardFonts.TimesRomanBoldItalic);
  const page = document.addPage(a4);
  draw({
    page,
    regular,
    boldItalic,
    text: (words, xMm, baseMm, sizePt, { font = regular, colour = black } = {}) =>
      page.drawText(words, {
        x: xMm * ptPerMm,
        y: page.getHeight() - baseMm * ptPerMm,
        size: sizePt,
        font,
        color: rgb(colour[0], colour[1], colour[2]),
      }),
  });
  return document.save();
}

const only = ({ pages }: PaperMeasures): MeasuredPage => {
  const [page] = pages;
  if (pages.length !== 1 || page === undefined) throw new Error('one page was drawn');
  return page;
};

describe('the measures of a PDF', () => {
  it('give place, width, size, family, style and colour of text at known millimetres', async () => {
    let width = 0;
    const bytes = await pdf(({ text, regular, boldItalic }) => {
      text('So: 08/KH-UBND', 47.3, 41.7, 13);
      text('Noi nhan:', 30, 200, 12, { font: boldItalic, colour: [1, 0, 0] });
      width = regular.widthOfTextAtSize('So: 08/KH-UBND', 13) / ptPerMm;
    });
    const { lines, widthMm, heightMm } = only(await measurePdf(bytes));
    expect([widthMm, heightMm].map(Math.round)).to.deep.equal([210, 297]);
    const [number, recipients] = lines;
    expect(number?.text).to.equal('So: 08/KH-UBND');
    expect(number?.xMm).to.be.closeTo(47.3, toleranceMm);
    expect(number?.baseMm).to.be.closeTo(41.7, toleranceMm);
    expect(number?.widthMm).to.be.closeTo(width, toleranceMm);
    expect(number?.runs[0]).to.include({ sizePt: 13, family: 'Times', bold: false, italic: false, colour: '#000000' });
    expect(recipients?.runs[0]).to.include({ sizePt: 12, bold: true, italic: true, colour: '#ff0000' });
    expect(recipients?.baseMm).to.be.closeTo(200, toleranceMm);
  });

  it('part columns on one height, join the words of a line, and put turned text aside', async () => {
    const bytes = await pdf(({ page, regular, text }) => {
      text('UY BAN NHAN DAN', 35, 30, 13);
      text('Doc lap - Tu do', 120, 30, 13);
      text('mot', 30, 60, 14);
      text('hai', 40, 60, 14);
      page.drawText('DU THAO', { x: 200, y: 300, size: 60, font: regular, rotate: degrees(45) });
    });
    const { lines, turned } = only(await measurePdf(bytes));
    expect(lines.map((line) => line.text)).to.deep.equal(['UY BAN NHAN DAN', 'Doc lap - Tu do', 'mot hai']);
    expect(turned.map((run) => run.text).join('')).to.include('DU');
  });

  it('find strokes and thin rectangles as lines, four lines or a frame as a box, and tell which are which', async () => {
    const bytes = await pdf(({ page }) => {
      const y = (mm: number): number => page.getHeight() - mm * ptPerMm;
      const line = (x0: number, y0: number, x1: number, y1: number): void =>
        page.drawLine({ start: { x: x0 * ptPerMm, y: y(y0) }, end: { x: x1 * ptPerMm, y: y(y1) }, thickness: 0.75 });
      line(122.5, 31.4, 178.75, 31.4);
      page.drawRectangle({ x: 50 * ptPerMm, y: y(33.2), width: 28.3 * ptPerMm, height: 0.7, color: rgb(0, 0, 0) });
      // a stamp of 30 by 8 mm
      page.drawRectangle({
        x: 31 * ptPerMm,
        y: y(68),
        width: 30 * ptPerMm,
        height: 8 * ptPerMm,
        borderWidth: 1,
        borderColor: rgb(1, 0, 0),
      });
      // and one of 20 by 8 mm drawn as four lines
      for (const at of [90, 98]) line(31, at, 51, at);
      for (const at of [31, 51]) line(at, 90, at, 98);
    });
    const { rules, boxes } = only(await measurePdf(bytes));
    expect(rules).to.have.length(2);
    expect(rules[0]?.xMm).to.be.closeTo(122.5, toleranceMm);
    expect(rules[0]?.yMm).to.be.closeTo(31.4, toleranceMm);
    expect(rules[0]?.lengthMm).to.be.closeTo(56.25, toleranceMm);
    expect(rules[1]?.lengthMm).to.be.closeTo(28.3, toleranceMm);
    expect(rules[1]?.thicknessPt).to.be.closeTo(0.7, 0.05);
    expect(boxes).to.have.length(2);
    expect(boxes.map(({ widthMm }) => Math.round(widthMm))).to.deep.equal([30, 20]);
    expect(boxes.map(({ heightMm }) => Math.round(heightMm))).to.deep.equal([8, 8]);
  });

  it('follow transformations, a page that is turned, and the place of a picture', async () => {
    const document = await PDFDocument.create();
    const font = await document.embedFont(StandardFonts.TimesRomanBold);
    const page = document.addPage([841.89, 595.28]);
    page.setRotation(degrees(90));
    page.drawText('Hello', { x: 100, y: 200, size: 14, font });
    const png = await document.embedPng(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    );
    page.drawImage(png, { x: 72, y: 36, width: 72, height: 36 });
    const measures = await measurePdf(await document.save());
    const { widthPt, heightPt, images, turned } = only(measures);
    expect([Math.round(widthPt), Math.round(heightPt)]).to.deep.equal([595, 842]);
    // turned by 90 degrees, what ran along the long side runs down the page
    expect(turned[0]?.text).to.equal('Hello');
    expect(images[0]?.widthMm).to.be.closeTo(36 / ptPerMm, toleranceMm);
    expect(images[0]?.heightMm).to.be.closeTo(72 / ptPerMm, toleranceMm);
    expect(measures.fonts).to.deep.equal([{ name: 'Times-Bold', family: 'Times', embedded: false }]);
  });

  it('agree with an independent reader, where it is installed', async function () {
    if (!installed('pdftotext')) this.skip();
    const words: readonly (readonly [string, number, number, number])[] = [
      ['QUYET', 30, 25, 14],
      ['nam', 121.4, 80.2, 13],
      ['Luu', 44, 250, 11],
    ];
    const bytes = await pdf(({ text }) => {
      for (const [word, x, base, size] of words) text(word, x, base, size);
    });
    const folder = mkdtempSync(join(tmpdir(), 'trinhky-measure-'));
    try {
      writeFileSync(join(folder, 'a.pdf'), bytes);
      const out = execFileSync('pdftotext', ['-bbox', join(folder, 'a.pdf'), '-'], { encoding: 'utf8' });
      const read = [...out.matchAll(/xMin="([\d.]+)"[^>]*xMax="([\d.]+)"[^>]*>([^<]+)</g)];
      const { lines } = only(await measurePdf(bytes));
      for (const [index, line] of lines.entries()) {
        const [, xMin = '', xMax = '', word = ''] = read[index] ?? [];
        expect(line.text).to.equal(word.normalize('NFC'));
        expect(line.xMm).to.be.closeTo(Number(xMin) / ptPerMm, toleranceMm);
        expect(line.xMm + line.widthMm).to.be.closeTo(Number(xMax) / ptPerMm, toleranceMm);
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('refuse what is no PDF, in one clear error', async () => {
    const code = await measurePdf(new TextEncoder().encode('<html>no</html>')).catch((error: unknown) => error);
    expect(code).to.be.instanceOf(TrinhkyError);
    expect((code as TrinhkyError).code).to.equal('readingFailed');
  });
});
