import { expect } from 'chai';
import { textOfFile } from '../../../src/documents/intake/textOfFile.js';
import { docxOf, pdfOf } from './files.js';
import { refusal } from './support.js';

const VIETNAMESE = 'Điều 1. Giao Uỷ ban nhân dân các phường thực hiện trước ngày 31/3/2026.';

describe('the words of a file', () => {
  it('reads text in UTF-8 with and without its mark, and UTF-16 of both orders', async () => {
    // given the same sentence in four forms
    const le = Buffer.from(`\ufeff${VIETNAMESE}`, 'utf16le');
    const forms = [Buffer.from(VIETNAMESE), Buffer.from(`\ufeff${VIETNAMESE}`), le, Buffer.from(le).swap16()];
    // then each gives it without its mark
    for (const bytes of forms)
      expect(await textOfFile(bytes, 'a.txt')).to.deep.equal({ text: VIETNAMESE, mediaType: 'text/plain' });
  });

  it('keeps the places of a text: nothing is normalised but the ends of lines', async () => {
    const decomposed = 'Kế hoạch'.normalize('NFD');
    expect((await textOfFile(Buffer.from(`${decomposed}\r\nb\rc`), 'a.TXT')).text).to.equal(`${decomposed}\nb\nc`);
  });

  it('says of TCVN3 and Windows-1258 that they are old codes', async () => {
    // given "Kế hoạch" as TCVN3 has it, and a letter of Windows-1258
    for (const bytes of [Buffer.from([0x4b, 0xd5, 0x20, 0x68, 0x6f, 0xb9, 0x63, 0x68]), Buffer.from([0x4b, 0xea, 0xec])])
      expect((await refusal(textOfFile(bytes, 'a.txt'))).code).to.equal('fileEncodingOld');
  });

  it('reads a .docx with a line for each paragraph and a row for each row', async () => {
    const bytes = await docxOf([
      'KẾ HOẠCH',
      [
        ['STT', 'Nhiệm vụ'],
        ['1', 'Rà soát\nhộ nghèo'],
      ],
      VIETNAMESE,
    ]);
    const { text, mediaType } = await textOfFile(bytes, 'Kế hoạch.docx');
    expect(text).to.equal(`KẾ HOẠCH\n| STT | Nhiệm vụ |\n| 1 | Rà soát hộ nghèo |\n${VIETNAMESE}`);
    expect(mediaType).to.match(/wordprocessingml\.document$/);
  });

  it('tells a table that only lays out the head cell by cell', async () => {
    const bytes = await docxOf([[['UBND QUẬN\nSố: 08/KH-UBND', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập']], 'KẾ HOẠCH']);
    expect((await textOfFile(bytes, 'a.docx')).text.split('\n')).to.deep.equal([
      'UBND QUẬN',
      'Số: 08/KH-UBND',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập',
      'KẾ HOẠCH',
    ]);
  });

  it('refuses a .docx set in the fonts of an old code', async () => {
    const bytes = await docxOf(['KÕ ho¹ch c«ng t¸c d©n vËn'], '.VnTime');
    const { code, params } = await refusal(textOfFile(bytes, 'a.docx'));
    expect([code, params.font]).to.deep.equal(['fileEncodingOld', '.VnTime']);
  });

  it('reads a PDF page after page', async () => {
    const bytes = await pdfOf(['Ke hoach so 08/KH-UBND\nthang 02', 'Trang hai']);
    const { text, mediaType } = await textOfFile(bytes, 'a.pdf');
    expect(text).to.equal('Ke hoach so 08/KH-UBND\nthang 02\nTrang hai');
    expect(mediaType).to.equal('application/pdf');
  });
});
