import { expect } from 'chai';
import { type PdfLine, paragraphsOf } from '../../../src/documents/intake/pdfLines.js';

const height = 842;
const edge = { left: 85, right: 553 };

/** Lines of a page from the top down, 18 points apart; `>` indents, `.` at the end of a line of ours leaves it short. */
function page(...texts: readonly string[]): { height: number; lines: PdfLine[] } {
  const lines = texts.map((text, index): PdfLine => {
    const indented = text.startsWith('>');
    const bare = indented ? text.slice(1) : text;
    return {
      text: bare,
      left: indented ? 121 : edge.left,
      right: bare.endsWith('.') ? 300 : edge.right,
      y: 700 - index * 18,
      size: 14,
    };
  });
  return { height, lines };
}

const mark = (text: string, y: number): PdfLine => ({ text, left: 200, right: 400, y, size: 10 });

describe('documents/intake: the lines of a PDF', () => {
  it('are joined where the width broke them, and only there', () => {
    const text = paragraphsOf([
      page('>Một đoạn dài bị ngắt', 'hai lần', 'ở giữa câu.', '>Đoạn sau bắt đầu', 'và hết.', 'Dòng ở mép sau một dòng ngắn.'),
    ]);
    expect(text.split('\n')).to.deep.equal([
      'Một đoạn dài bị ngắt hai lần ở giữa câu.',
      'Đoạn sau bắt đầu và hết.',
      'Dòng ở mép sau một dòng ngắn.',
    ]);
  });

  it('are joined over the end of a page, without the number and the mark that stand between', () => {
    const first = page('>Câu này', 'đi', 'qua trang');
    const second = page('sau mới hết.', '>Đoạn giữa dài', 'hai dòng.', '>Đoạn cuối.');
    const pages = [
      { height, lines: [mark('DỰ THẢO', 40), ...first.lines] },
      { height, lines: [mark('2', 810), mark('DỰ THẢO', 40), ...second.lines] },
      { height, lines: [mark('3', 810), mark('DỰ THẢO', 41), ...page('>Trang ba.').lines] },
    ];
    expect(paragraphsOf(pages)).to.equal('Câu này đi qua trang sau mới hết.\nĐoạn giữa dài hai dòng.\nĐoạn cuối.\nTrang ba.');
  });

  it('keep a number in the margin that stands on one page alone, and a text that is repeated in the body', () => {
    const pages = [
      { height, lines: [mark('12/3', 810), ...page('>Như nhau.').lines] },
      { height, lines: page('>Như nhau.').lines },
    ];
    expect(paragraphsOf(pages)).to.equal('12/3\nNhư nhau.\nNhư nhau.');
  });

  it('leave the items of a list apart in a paper that indents nothing', () => {
    const lines = [
      '- Việc thứ nhất dài hết dòng',
      '- Việc thứ hai dài hết dòng',
      'và sang dòng sau.',
      '1. Mục một dài hết dòng',
      'a) Điểm a.',
    ];
    expect(paragraphsOf([page(...lines)]).split('\n')).to.deep.equal([
      '- Việc thứ nhất dài hết dòng',
      '- Việc thứ hai dài hết dòng và sang dòng sau.',
      '1. Mục một dài hết dòng',
      'a) Điểm a.',
    ]);
  });

  it('take a dash at the edge for words where first lines are indented', () => {
    const text = paragraphsOf([page('>Giai đoạn 2026', '- 2030 tiếp tục', 'sang năm', 'và hết.', '>Mục sau.', '>Mục cuối.')]);
    expect(text.split('\n')[0]).to.equal('Giai đoạn 2026 - 2030 tiếp tục sang năm và hết.');
  });

  it('of a page without any give nothing', () => {
    expect(paragraphsOf([{ height, lines: [] }])).to.equal('');
  });
});
