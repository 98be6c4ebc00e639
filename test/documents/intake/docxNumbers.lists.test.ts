import { expect } from 'chai';
import { AlignmentType, Document, LevelFormat, Packer, Paragraph } from 'docx';
import { withNumbers } from '../../../src/documents/intake/docxNumbers.js';
import { textOfFile } from '../../../src/documents/intake/textOfFile.js';
import { readPlan } from '../../../src/office/reading/readPlan.js';

/** `numbering.xml` with one abstract list: the format and text of each level. */
function numbering(
  levels: readonly (readonly [format: string, text: string])[],
  lists = '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
): string {
  const inside = levels.map(
    ([format, text], level) =>
      `<w:lvl w:ilvl="${level}"><w:start w:val="1"/><w:numFmt w:val="${format}"/><w:lvlText w:val="${text}"/></w:lvl>`,
  );
  return `<w:numbering><w:abstractNum w:abstractNumId="7">${inside.join('')}</w:abstractNum>${lists}</w:numbering>`;
}
const item = (level: number, list = 1): string =>
  `<w:p w:rsidR="0"><w:pPr><w:pStyle w:val="x"/><w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${list}"/></w:numPr></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>`;
const markers = (xml: string): readonly string[] =>
  [...xml.matchAll(/<\/w:pPr>(?:<w:r><w:t xml:space="preserve">([^<]*)<\/w:t><\/w:r>)?<w:r><w:t>Việc/g)].map(
    (match) => match[1] ?? '',
  );

describe('the numbers that a word processor draws', () => {
  it('are counted in their levels, and begin anew below each of them', () => {
    const lists = numbering([
      ['upperRoman', '%1.'],
      ['decimal', '%2.'],
      ['lowerLetter', '%3)'],
      ['bullet', '-'],
    ]);
    const document = [0, 1, 1, 2, 2, 3, 1, 0, 1].map((level) => item(level)).join('');
    expect(markers(withNumbers(document, lists, ''))).to.deep.equal([
      'I. ',
      '1. ',
      '2. ',
      'a) ',
      'b) ',
      '- ',
      '3. ',
      'II. ',
      '1. ',
    ]);
  });

  it('are written with the levels above, escaped, and with signs of other fonts as dashes', () => {
    const lists = numbering([
      ['decimal', '%1&amp;'],
      ['decimalZero', '%1.%2'],
      ['bullet', '\uf0b7'],
      ['none', '%4'],
    ]);
    expect(markers(withNumbers([0, 1, 2, 3].map((level) => item(level)).join(''), lists, ''))).to.deep.equal([
      '1&amp; ',
      '1.01 ',
      '- ',
      '',
    ]);
  });

  it('go on from list to list of the same kind, unless one begins anew', () => {
    const three = [1, 2, 3].map(
      (id) =>
        `<w:num w:numId="${id}"><w:abstractNumId w:val="7"/>${id === 3 ? '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>' : ''}</w:num>`,
    );
    const lists = numbering([['decimal', '%1.']], three.join(''));
    expect(markers(withNumbers([1, 2, 3, 3, 2].map((list) => item(0, list)).join(''), lists, ''))).to.deep.equal([
      '1. ',
      '2. ',
      '5. ',
      '6. ',
      '3. ',
    ]);
  });

  it('come from the style too, and stay where a change is tracked', () => {
    const styles = '<w:style w:type="paragraph" w:styleId="Muc"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>';
    const styled =
      '<w:p><w:pPr><w:pStyle w:val="Muc"/><w:pPrChange w:id="1"><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>';
    expect(markers(withNumbers(styled, numbering([['upperLetter', '%1.']]), styles))).to.deep.equal(['A. ']);
  });

  it('leave everything else as it is', () => {
    const document = '<w:p><w:pPr><w:jc w:val="both"/></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p><w:p/><w:p><w:pPr></w:pPr></w:p>';
    expect(withNumbers(document, numbering([['decimal', '%1.']]), '')).to.equal(document);
    expect(withNumbers(item(0, 9), numbering([['decimal', '%1.']]), '')).to.equal(item(0, 9));
    expect(withNumbers(item(0), '', '')).to.equal(item(0));
  });

  it('give a plan written with automatic lists its clauses', async () => {
    const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
      level: at,
      format,
      text,
      alignment: AlignmentType.LEFT,
    });
    const line = (text: string, at?: number) =>
      new Paragraph(at === undefined ? { text } : { text, numbering: { reference: 'plan', level: at } });
    const document = new Document({
      numbering: {
        config: [
          {
            reference: 'plan',
            levels: [
              level(0, LevelFormat.UPPER_ROMAN, '%1.'),
              level(1, LevelFormat.DECIMAL, '%2.'),
              level(2, LevelFormat.BULLET, '-'),
            ],
          },
        ],
      },
      sections: [
        {
          children: [
            line('ỦY BAN NHÂN DÂN QUẬN VÍ DỤ'),
            line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'),
            line('Độc lập - Tự do - Hạnh phúc'),
            line('Số: 08/KH-UBND'),
            line('Ví Dụ, ngày 09 tháng 02 năm 2026'),
            line('KẾ HOẠCH'),
            line('Thực hiện công tác ví dụ năm 2026'),
            line('MỤC ĐÍCH, YÊU CẦU', 0),
            line('Nâng cao nhận thức.', 1),
            line('NỘI DUNG THỰC HIỆN', 0),
            line('Tuyên truyền:', 1),
            line('Phòng Văn hóa chủ trì tổ chức.', 2),
            line('Các phường phối hợp.', 2),
            line('Sơ kết trước ngày 30/6/2026.', 1),
            line('Nơi nhận:'),
            line('- Như trên;'),
            line('- Lưu: VT.'),
          ],
        },
      ],
    });
    const { text } = await textOfFile(await Packer.toBuffer(document), 'a.docx');
    expect(readPlan(text).clauses.map((clause) => clause.path)).to.deep.equal(['I.1', 'II.1.-1', 'II.1.-2', 'II.2']);
  });

  it('costs no search to the end for every tag that is left open', () => {
    // given: what took a third of a minute when each opening looked for an end that never comes
    const open = '<w:p><w:pPr>'.repeat(60_000);
    const changes = '<w:pPrChange w:id="1">'.repeat(60_000);
    const lists = '<w:abstractNum w:abstractNumId="1">'.repeat(60_000);
    const start = performance.now();
    expect(withNumbers(open + changes, lists, '')).to.equal(open + changes);
    expect(performance.now() - start).to.be.lessThan(3_000);
  });

  it('reads properties that are empty, and numbers the paragraph behind them', () => {
    const numbering =
      '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>';
    const item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="2"/></w:numPr></w:pPr><w:r><w:t>Việc</w:t></w:r></w:p>';
    const text = withNumbers(`<w:p><w:pPr /><w:r><w:t>Đầu</w:t></w:r></w:p>${item}${item}`, numbering, '').replace(
      /<[^>]*>/g,
      '|',
    );
    expect(text.split('|').filter((part) => part !== '')).to.deep.equal(['Đầu', '1. ', 'Việc', '2. ', 'Việc']);
  });
});
