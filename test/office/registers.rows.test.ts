import { expect } from 'chai';
import fc from 'fast-check';
import { registerCsv, registerSheet, volumeRowsMax } from '../../src/commands/papers/registers.js';
import {
  type RegisterKind,
  type RegisterNumber,
  type RegisterPaper,
  type RegisterSource,
  registerKinds,
} from '../../src/office/registers/data.js';
import { registerOf } from '../../src/office/registers/register.js';
import { directory } from '../support/builders.js';

const row = (number: number, more: Partial<RegisterNumber> = {}): RegisterNumber => ({
  series: 'KH-UBND',
  year: 2010,
  number,
  symbol: 'KH-UBND',
  document: `example.${number}`,
  day: '2010-02-09',
  status: 'used',
  reason: 'SIGN',
  ...more,
});

const paper = (id: string, context: RegisterPaper['context'] = {}, state = 'inForce'): RegisterPaper => ({
  id,
  definition: 'document',
  state,
  open: true,
  context: {
    type: 'KH',
    title: 'Triển khai ví dụ',
    draftingUnit: 'culture',
    signature: { name: 'Người ví dụ 02' },
    sentOn: '2010-02-10',
    sentTo: ['ward1'],
    ...context,
  },
});

const mapOf = (papers: readonly RegisterPaper[]) => new Map(papers.map((one) => [one.id, one]));

function sourceOf(more: Partial<RegisterSource>): RegisterSource {
  return {
    directory,
    language: 'vi',
    from: '2010-01-01',
    to: '2010-12-31',
    numbers: [],
    papers: new Map(),
    deliveries: new Map(),
    uses: [],
    ...more,
  };
}

const cellsOf = (kind: RegisterKind, source: RegisterSource) => registerOf(kind, source).rows.map(({ cells }) => cells);

describe('the register of outgoing papers', () => {
  it('has the ten columns of the decree, in their order', () => {
    const labels = registerOf('outgoing', sourceOf({})).columns.map(({ label }) => label);
    expect(labels).to.deep.equal([
      'Số, ký hiệu văn bản',
      'Ngày tháng văn bản',
      'Tên loại và trích yếu nội dung văn bản',
      'Người ký',
      'Nơi nhận văn bản',
      'Đơn vị, người nhận bản lưu',
      'Số lượng bản',
      'Ngày chuyển',
      'Ký nhận',
      'Ghi chú',
    ]);
    const counts = registerKinds.map((kind) => registerOf(kind, sourceOf({})).columns.length);
    expect(counts).to.deep.equal([10, 10, 7, 6, 9]);
    for (const kind of registerKinds) {
      const widths = registerOf(kind, sourceOf({})).columns.map(({ width }) => width);
      expect(
        widths.reduce((sum, one) => sum + one, 0),
        kind,
      ).to.equal(100);
    }
  });

  it('shows a paper that was sent', () => {
    const [cells] = cellsOf('outgoing', sourceOf({ numbers: [row(8)], papers: mapOf([paper('example.8')]) }));
    expect(cells).to.deep.equal([
      '08/KH-UBND',
      '09/02/2010',
      'Kế hoạch: Triển khai ví dụ',
      'Người ví dụ 02',
      'Phường 1',
      'Văn thư; Phòng Văn hóa và Thông tin',
      '1',
      '10/02/2010',
      '',
      '',
    ]);
  });

  it('lists the recipients as they were sent to, and by post only those that went by post', () => {
    const to = (name: string, channel: string) => ({ paper: 'example.8', context: { name, channel } });
    const deliveries = new Map([['example.8', [to('Sở Ví dụ', 'post'), to('Phường 1', 'system')]]]);
    const source = sourceOf({ numbers: [row(8)], papers: mapOf([paper('example.8')]), deliveries });
    expect(cellsOf('outgoing', source)[0]?.slice(4, 7)).to.deep.equal([
      'Sở Ví dụ; Phường 1',
      'Văn thư; Phòng Văn hóa và Thông tin',
      '2',
    ]);
    expect(cellsOf('post', source)).to.deep.equal([['10/02/2010', '08/KH-UBND', 'Sở Ví dụ', '', '', '']]);
    // the day of sending counts, not that of the number
    expect(cellsOf('post', { ...source, from: '2010-02-11' })).to.deep.equal([]);
  });

  it('explains every number that no paper bears, and says nothing of signers there', () => {
    const numbers = [
      row(7, { status: 'takenOver', document: null, day: '2010-01-01', reason: 'Sổ giấy quý trước' }),
      row(8, { status: 'cancelled', reason: 'prepared again as 9' }),
      row(9, { status: 'cancelled', reason: 'prepared again as 1 of CT-UBND, 2010' }),
      row(10, { status: 'cancelled', reason: 'DISCARD' }),
      row(11, { status: 'reserved', reason: null }),
      row(12, { status: 'cancelled', reason: 'Ghi nhầm' }),
      row(13),
      row(14),
      row(15),
    ];
    const papers = mapOf([
      ...[8, 9, 10, 11, 12].map((n) => paper(`example.${n}`)),
      paper('example.13', {}, 'withdrawn'),
      paper('example.14', { reason: 'Sai tên đơn vị' }, 'voided'),
      paper('example.15', {}, 'voided'),
    ]);
    const cells = cellsOf('outgoing', sourceOf({ numbers, papers }));
    expect(cells.map((one) => [one[0], one[9]])).to.deep.equal([
      ['01 – 07', 'Số 01 đến 07: Sổ giấy quý trước'],
      ['08/KH-UBND', 'Số hủy: chuẩn bị lại, lấy số 09'],
      ['09/KH-UBND', 'Số hủy: chuẩn bị lại, lấy số 01 (CT-UBND, 2010)'],
      ['10/KH-UBND', 'Số hủy: dự thảo bị hủy'],
      ['11/KH-UBND', 'Đang giữ số, chưa ký'],
      ['12/KH-UBND', 'Số hủy: Ghi nhầm'],
      ['13/KH-UBND', 'Văn bản đã thu hồi'],
      ['14/KH-UBND', 'Văn bản bị hủy sau khi ký: Sai tên đơn vị'],
      ['15/KH-UBND', 'Văn bản bị hủy sau khi ký'],
    ]);
    expect(cells.slice(0, 6).map((one) => one.slice(3, 9).join(''))).to.deep.equal(['', '', '', '', '', '']);
    expect(cells[6]?.[3]).to.equal('Người ví dụ 02');
  });

  it('prints the symbol of each type in a shared series, and the year where the series wants it', () => {
    const series = [{ id: 'chung', name: 'Sổ chung', types: ['KH', 'BC'], withYear: true }];
    const own = { ...directory, authority: { ...directory.authority, papers: { series } } };
    const numbers = [
      row(1, { series: 'chung' }),
      row(2, { series: 'chung', symbol: 'BC-UBND' }),
      row(3, { series: 'QĐ-UBND', symbol: 'QĐ-UBND' }),
    ];
    const register = registerOf('outgoing', sourceOf({ directory: own, numbers }));
    expect(register.rows.map(({ cells }) => cells[0])).to.deep.equal(['01/2010/KH-UBND', '02/2010/BC-UBND', '03/QĐ-UBND']);
    expect(register.numbers).to.deep.equal({ first: '01/2010/KH-UBND; 03/QĐ-UBND', last: '02/2010/BC-UBND; 03/QĐ-UBND' });
  });

  it('has every number of the source exactly once, whatever became of it', () => {
    const anyRow = fc.record({
      status: fc.constantFrom('reserved', 'used', 'cancelled', 'takenOver') as fc.Arbitrary<RegisterNumber['status']>,
      known: fc.boolean(),
      reason: fc.option(fc.constantFrom('DISCARD', 'prepared again as 4', 'toString'), { nil: null }),
    });
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (list) => {
        const numbers = list.map(({ status, reason }, index) => row(index + 1, { status, reason }));
        const papers = mapOf(list.flatMap(({ known }, index) => (known ? [paper(`example.${index + 1}`)] : [])));
        for (const kind of ['outgoing', 'incoming'] as const) {
          const rows = registerOf(kind, sourceOf({ numbers, papers })).rows;
          expect(rows.length).to.equal(numbers.length);
          for (const [index, one] of rows.entries()) {
            expect(one.cells.join(' ')).to.contain(String(index + 1).padStart(2, '0'));
            expect(one.cells.length).to.equal(10);
            // what no paper bears explains itself
            if (numbers[index]?.status !== 'used') expect(one.cells[9]).not.to.equal('');
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the registers of incoming papers', () => {
  const arrival = (number: number, more: Partial<RegisterNumber> = {}) =>
    row(number, { series: 'den', symbol: 'Đến', reason: 'REGISTER', ...more });
  const incoming = (id: string, context: RegisterPaper['context'], state = 'underway'): RegisterPaper => ({
    id,
    definition: 'incoming',
    state,
    open: true,
    context: {
      title: 'Hướng dẫn ví dụ',
      typeName: 'Công văn',
      issuer: 'Sở Ví Dụ',
      codeNumber: '15',
      codeNotation: 'SVD-VP',
      issuedOn: '2010-02-05',
      receivedOn: '2010-02-08',
      ...context,
    },
  });

  it('show who has the paper and since when, and its urgency', () => {
    const context = {
      leadUnit: 'finance',
      handler: 'financeOfficer',
      cooperating: ['ward1', 'ward2'],
      directedOn: '2010-02-10',
      urgency: 'hoaToc',
    };
    const source = sourceOf({ numbers: [arrival(3)], papers: mapOf([incoming('example.3', context)]) });
    expect(cellsOf('incoming', source)).to.deep.equal([
      [
        '08/02/2010',
        '03',
        'Sở Ví Dụ',
        '15/SVD-VP',
        '05/02/2010',
        'Công văn: Hướng dẫn ví dụ',
        'Phòng Tài chính - Kế hoạch; Người ví dụ 13; Phối hợp: Phường 1, Phường 2',
        '10/02/2010',
        '',
        'Hỏa tốc',
      ],
    ]);
  });

  it('follow each paper to its reply, typed or linked', () => {
    const numbers = [1, 2, 3, 4, 5].map((n) => arrival(n, n === 5 ? { status: 'cancelled', reason: 'RETURN_TO_SENDER' } : {}));
    const papers = mapOf([
      incoming('example.1', {}, 'laidBefore'),
      incoming('example.2', { leadUnit: 'finance', dueOn: '2010-03-01', progress: 'Đang lấy ý kiến' }),
      incoming('example.3', { replyDocument: 'reply', resolvedOn: '2010-02-20' }, 'resolved'),
      incoming('example.4', { noReply: 'Chỉ để biết', resolvedOn: '2010-02-20' }, 'resolved'),
      paper('reply', { number: 9, symbol: 'UBND-TC' }),
    ]);
    const cells = cellsOf('followUp', sourceOf({ numbers, papers }));
    expect(cells.map((one) => [one[0], one[3], one[4], one[5], one[6]])).to.deep.equal([
      ['01', '', 'Chờ ý kiến chỉ đạo', '', ''],
      ['02', '01/03/2010', 'Đang lấy ý kiến', '', ''],
      ['03', '', 'Đã giải quyết ngày 20/02/2010', '09/UBND-TC', ''],
      ['04', '', 'Đã giải quyết ngày 20/02/2010', '', 'Không cần trả lời: Chỉ để biết'],
    ]);
    expect(cells[0]?.[1]).to.equal('Công văn, 15/SVD-VP, 05/02/2010, Sở Ví Dụ');
  });

  it('speak English on the screen of whoever reads English', () => {
    const source = sourceOf({ language: 'en', numbers: [arrival(1, { status: 'cancelled', reason: 'ended' })] });
    const register = registerOf('incoming', source);
    expect([register.name, register.columns[1]?.label, register.rows[0]?.cells[9]]).to.deep.equal([
      'Register of incoming papers',
      'Arrival number',
      'Cancelled: the paper ended without this number',
    ]);
  });
});

describe('the files of a register', () => {
  it('case 34: no cell of the CSV begins a formula', () => {
    const titles = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx', 'yên, "vui"\nhai dòng'];
    const papers = mapOf(titles.map((title, index) => paper(`example.${index + 1}`, { type: 'CV', title })));
    const csv = registerCsv(registerOf('outgoing', sourceOf({ numbers: titles.map((_, index) => row(index + 1)), papers })));
    expect(csv.charCodeAt(0)).to.equal(0xfeff);
    expect(csv.endsWith('\r\n')).to.equal(true);
    for (const title of titles.slice(0, 6)) expect(csv).to.contain(`'${title}`).and.not.to.contain(`,${title}`);
    expect(csv).to.contain('"yên, ""vui""\nhai dòng"');
  });

  it('are a book that can be bound: above its rows it asks for a shorter period', () => {
    const numbers = Array.from({ length: volumeRowsMax + 1 }, (_none, index) => row(index + 1));
    const shorter = registerOf('outgoing', sourceOf({ numbers: numbers.slice(1) }));
    expect(registerSheet(shorter, directory).mustShow.at(-1)).to.equal(`${volumeRowsMax + 1}/KH-UBND`);
    expect(() => registerSheet(registerOf('outgoing', sourceOf({ numbers })), directory)).to.throw('registerTooLong');
  });

  it('are a book with a cover that says what it holds, also when it holds nothing', () => {
    const register = registerOf('outgoing', sourceOf({ numbers: [row(8), row(9)] }));
    const { view, mustShow, day } = registerSheet(register, directory, '2');
    expect(view).to.include({
      body: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      years: '2010',
      first: '08/KH-UBND',
      last: '09/KH-UBND',
      volume: '2',
    });
    expect([day, mustShow[0], mustShow.at(-1)]).to.deep.equal(['2010-12-31', 'Sổ đăng ký văn bản đi', '09/KH-UBND']);
    expect(registerSheet(registerOf('post', sourceOf({})), directory).view).to.include({ empty: true, first: '………' });
  });
});
