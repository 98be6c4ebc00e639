import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { textOfPaper } from '../../../src/office/papers/paperText.js';
import { paperOf } from '../../../src/office/reading/paperOf.js';
import { readPlan } from '../../../src/office/reading/readPlan.js';
import { plan } from '../../support/papers.js';

const example = readFileSync(new URL('../../../examples/plan-2010.txt', import.meta.url), 'utf8');
const shared = new URL('../../../../shared/domain/', import.meta.url);
const told = (text: string) => readPlan(text).clauses.map(({ path, text: words }) => `${path} ${words}`);

describe('a paper as plain text', () => {
  it('is the same for the same content, in the order of the form', () => {
    const lines = textOfPaper(plan).split('\n');
    expect(lines.slice(0, 3)).to.deep.equal(['UBND THÀNH PHỐ VÍ DỤ', 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ', 'Số:     /KH-UBND']);
    expect(lines.slice(-4)).to.deep.equal([
      '1. Các đơn vị tổ chức thực hiện.',
      'Nơi nhận:',
      '- Các phường (để thực hiện);',
      '- Lưu: VT.',
    ]);
  });

  it('is read again with the same clauses', () => {
    expect(told(textOfPaper(paperOf(readPlan(example))))).to.deep.equal(told(example));
  });

  it('writes a table as rows, and an article with its title', () => {
    const table = { kind: 'table', caption: 'Bảng 1', head: ['TT', 'Việc'], rows: [['1', 'Một\nhai']], numeric: [0] } as const;
    const article = { kind: 'article', marker: 'Điều 1.', title: 'Phạm vi', text: null } as const;
    expect(
      textOfPaper({ ...plan, body: [article, table] })
        .split('\n')
        .slice(9, 13),
    ).to.deep.equal(['Điều 1. Phạm vi', 'Bảng 1', '| TT | Việc |', '| 1 | Một hai |']);
  });

  it('of an issued paper bears number, day and signature, and behind it the tasks of an appendix', () => {
    const table = {
      kind: 'table',
      caption: null,
      head: ['STT', 'Nội dung nhiệm vụ', 'Đơn vị chủ trì', 'Thời gian hoàn thành'],
      rows: [['1', 'Rà soát hộ nghèo', 'Phòng Nội vụ', 'Tháng 6/2026']],
      numeric: [],
    } as const;
    const appendices = [{ marker: 'Phụ lục', title: 'PHÂN CÔNG', orientation: 'landscape', body: [table] }] as const;
    const signature = { authority: 'TM. ỦY BAN NHÂN DÂN', capacity: 'KT. CHỦ TỊCH', title: 'PHÓ CHỦ TỊCH', name: 'Người Ví Dụ' };
    const text = textOfPaper({ ...plan, appendices }, { number: 8, issuedOn: '2026-02-09', signature });
    expect(text).to.contain('\nSố: 08/KH-UBND\n').and.contain('\nVí Dụ, ngày 09 tháng 02 năm 2026\n');
    expect(told(text)).to.deep.equal(['1 Các đơn vị tổ chức thực hiện.', 'PL/1 Rà soát hộ nghèo']);
    expect(readPlan(text).clauses[1]?.due?.date).to.equal('2026-06-30');
  });

  it('keeps the clauses of real plans that are no annex', function () {
    if (!existsSync(shared)) this.skip();
    const names = readdirSync(shared).filter((name) => name.endsWith('.txt'));
    expect(names).not.to.deep.equal([]);
    for (const name of names) {
      const text = readFileSync(new URL(name, shared), 'utf8');
      expect(told(textOfPaper(paperOf(readPlan(text)))), name).to.deep.equal(told(text));
    }
  });
});
