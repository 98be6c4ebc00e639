import { expect } from 'chai';
import { refuseSecret } from '../../../src/commands/refuseSecret.js';
import { TrinhkyError } from '../../../src/errors.js';
import { secrecyIn } from '../../../src/office/papers/secrecy.js';

const head = (stamp: string) =>
  `ỦY BAN NHÂN DÂN\nQUẬN VÍ DỤ\nSố: 12/KH-UBND\n${stamp}\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nKẾ HOẠCH\nVề việc ví dụ`;

describe('a paper that bears a degree of secrecy', () => {
  const secret: readonly [string, unknown, string][] = [
    ['a stamp on a line of its own', head('MẬT'), 'MẬT'],
    ['a stamp in a frame', head('[ TỐI  MẬT ]'), 'TỐI MẬT'],
    ['a stamp in decomposed letters', head('TUYỆT MẬT').normalize('NFD'), 'TUYỆT MẬT'],
    ['a text that lost its lines', head('MẬT').replaceAll('\n', ' '), 'MẬT'],
    ['a text that lost its lines, stamp on the right', 'ỦY BAN NHÂN DÂN Số: 05/BC TỐI MẬT CỘNG HÒA XÃ HỘI CHỦ NGHĨA', 'TỐI MẬT'],
    ['a line that says so', 'BÁO CÁO\nĐộ mật: Tối mật\nNội dung', 'TỐI MẬT'],
    ['a field of that name, in any case', { title: 'Ví dụ', secrecy: 'mật' }, 'MẬT'],
    ['letters set apart', head('T U Y Ệ T   M Ậ T'), 'TUYỆT MẬT'],
    ['a hyphen in it', head('TỐI-MẬT'), 'TỐI MẬT'],
    ['two lines', head('TỐI\nMẬT'), 'MẬT'],
    ['small letters in the head of a paper', head('Mật'), 'MẬT'],
    ['small letters that mean nothing else', { note: 'Tuyệt mật' }, 'TUYỆT MẬT'],
    ['marks of any kind around it', head('«★ MẬT! ★»'), 'MẬT'],
    ['a joiner that is not seen', head('M\u200bẬT'), 'MẬT'],
    ['a soft hyphen', head('MẬT\u00ad'), 'MẬT'],
    ['letters of another script', head('М\u0410\u0302\u0323Т'), 'MẬT'],
    ['full-width letters', head('ＭẬＴ'), 'MẬT'],
    ['line ends of another kind', head('MẬT').replaceAll('\n', '\u2028'), 'MẬT'],
    ['a line that it shares with the number', 'Số: 12/BC-VP\t\tMẬT\nBÁO CÁO', 'MẬT'],
    ['a column of a line', 'UBND XÃ VÍ DỤ          TỐI MẬT          Ví Dụ', 'TỐI MẬT'],
    ['a field whose name is decomposed', { ['độ mật'.normalize('NFD')]: 'mật' }, 'MẬT'],
    ['a stamp deep in a content', { body: [{ kind: 'paragraph', text: 'MẬT' }] }, 'MẬT'],
  ];
  for (const [name, value, mark] of secret) {
    it(`is recognised by ${name}`, () => {
      expect(secrecyIn(value)).to.equal(mark);
      expect(() => refuseSecret(value))
        .to.throw(TrinhkyError)
        .and.include({ code: 'secretRefused', status: 422 });
    });
  }

  const open: readonly [string, unknown][] = [
    ['a law on state secrets', 'LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC\nĐiều 1. Bí mật nhà nước gồm tuyệt mật, tối mật, mật'],
    ['a list of what is secret', 'QUYẾT ĐỊNH\nBan hành danh mục bí mật nhà nước độ Tối mật, độ Mật của ngành'],
    ['density and passwords', 'BÁO CÁO\nMẬT ĐỘ DÂN SỐ\nQUẢN LÝ MẬT KHẨU'],
    ['a line that lost its lines', 'Số: 15/KH-UBND MẬT ĐỘ XÂY DỰNG CỘNG HÒA'],
    ['honey in a table', { rows: [['Mật', '3 lít']] }],
    ['a word that a narrow column broke', 'KẾ HOẠCH\nAN TOÀN, BẢO\nMẬT\nTHÔNG TIN'],
    ['honey in small letters where no paper begins', 'Danh mục hàng\nmật\nđường'],
    ['honey in capitals with its kind', 'SẢN PHẨM OCOP\nMẬT ONG\nMẬT MÍA'],
    ['a name', 'Nguyễn Thị Mật'],
    ['a field that says it is not', { secrecy: 'không', circulation: 'LƯU HÀNH NỘI BỘ' }],
    ['a line far below the head', `${'Dòng\n'.repeat(40)}MẬT`],
  ];
  for (const [name, value] of open) {
    it(`is not ${name}`, () => expect(secrecyIn(value)).to.equal(null));
  }
});
