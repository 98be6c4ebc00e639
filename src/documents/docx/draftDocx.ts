import { Document, Footer, Header, Packer, PageNumber, Paragraph, SectionType, TextRun } from 'docx';
import type { PaperContent } from '../../office/papers/paper.js';
import { viewOf } from '../view.js';
import { appendixSection } from './appendix.js';
import { bodyParagraphs } from './body.js';
import { ending } from './ending.js';
import { addressees, bases, head, title } from './head.js';
import { face, points, sheet } from './measures.js';

/**
 * A draft as a Word file (Office Open XML), for whoever finishes it in a word processor: the same text and order as the print, A4 with
 * the margins of NĐ 30/2020 (Phụ lục I, phần I), page numbers from page 2. It says on every page that it is a draft; number, date
 * and signature stay open, since only PREPARE gives them. Throws `printFailed` as the view does.
 */
export async function draftDocx(content: PaperContent): Promise<Uint8Array> {
  const view = viewOf({ content, number: null, issuedOn: null, signature: null, final: false });
  const main = [head(view), ...title(view), ...addressees(view), ...bases(view), ...bodyParagraphs(view.body), ending(view)];
  const document = new Document({
    title: view.documentTitle,
    styles: { default: { document: { run: { font: face, size: points(14), language: { value: 'vi-VN' } } } } },
    sections: [
      { properties: { page: sheet(false), titlePage: true }, ...margins(), children: main },
      ...view.appendices.map((appendix, index) => ({
        properties: {
          page: sheet(view.page.appendices[index]?.landscape === true),
          titlePage: true,
          type: SectionType.NEXT_PAGE,
        },
        ...margins(),
        children: appendixSection(appendix, view.page.appendices[index]?.landscape === true),
      })),
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

/** Page numbers in the middle of the top margin, not on page 1, and the mark of a draft on every page. */
function margins() {
  const number = new Paragraph({
    alignment: 'center',
    children: [new TextRun({ children: [PageNumber.CURRENT], font: face, size: points(13) })],
  });
  const mark = () =>
    new Footer({
      children: [
        new Paragraph({ alignment: 'center', children: [new TextRun({ text: 'DỰ THẢO', font: face, size: points(10) })] }),
      ],
    });
  const empty = new Header({ children: [new Paragraph({})] });
  return {
    headers: { default: new Header({ children: [number] }), first: empty },
    footers: { default: mark(), first: mark() },
  };
}
