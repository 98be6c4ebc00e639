import { expect } from 'chai';
import fc from 'fast-check';
import { TrinhkyError } from '../../src/errors.js';
import { readPlan } from '../../src/office/reading/readPlan.js';

interface SmallPlan {
  readonly superior: string | null;
  readonly issuer: string;
  readonly number: number;
  readonly place: string;
  readonly day: { readonly d: number; readonly m: number; readonly y: number };
  readonly sections: readonly {
    readonly title: string;
    readonly items: readonly { readonly text: string; readonly dashes: readonly string[] }[];
  }[];
}

const ROMAN = ['I', 'II', 'III', 'IV', 'V'];
const vocabulary =
  'nhân dân phường quận tuyên truyền kiểm tra hồ sơ – 15 năm 2010 thủ tục (2009-2010) một cửa, “Dân vận khéo” Quận 3 ISO 9001:2000'.split(
    ' ',
  );
const opening = ['Rà', 'Mở', 'Đưa', 'Gắn', 'Ổn', 'Ưu'];
const words = (min: number, max: number) =>
  fc
    .tuple(fc.constantFrom(...opening), fc.array(fc.constantFrom(...vocabulary), { minLength: min, maxLength: max }))
    .map(([first, rest]) => [first, ...rest].join(' '));
const sentence = words(3, 12).map((text) => `${text} xong.`);
const title = words(1, 5).map((text) => `${text} việc`);
const plans: fc.Arbitrary<SmallPlan> = fc.record({
  superior: fc.constantFrom(null, 'UBND TỈNH VÍ DỤ', 'ỦY BAN NHÂN DÂN THÀNH PHỐ HẢI PHÒNG'),
  issuer: fc.constantFrom('ỦY BAN NHÂN DÂN QUẬN 3', 'UBND HUYỆN MẪU', 'SỞ NỘI VỤ'),
  number: fc.integer({ min: 1, max: 9999 }),
  place: fc.constantFrom('Quận 3', 'Gò Vấp', 'Thành phố Hồ Chí Minh', 'Bà Rịa - Vũng Tàu'),
  day: fc.record({
    d: fc.integer({ min: 1, max: 28 }),
    m: fc.integer({ min: 1, max: 12 }),
    y: fc.integer({ min: 2005, max: 2030 }),
  }),
  sections: fc.array(
    fc.record({
      title,
      items: fc.array(fc.record({ text: sentence, dashes: fc.array(sentence, { maxLength: 4 }) }), {
        minLength: 1,
        maxLength: 5,
      }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
});

const two = (n: number) => String(n).padStart(2, '0');

/** A tiny printer of the form: enough of a plan to read again. */
function print(plan: SmallPlan): string {
  const body = plan.sections.flatMap((section, s) => [
    `${ROMAN[s]}. ${section.title}:`,
    ...section.items.flatMap((item, i) =>
      item.dashes.length === 0
        ? [`${i + 1}. ${item.text}`]
        : [`${i + 1}. ${item.text.replace(/\.$/, ':')}`, ...item.dashes.map((dash) => `- ${dash}`)],
    ),
  ]);
  return [
    ...(plan.superior === null ? [] : [plan.superior]),
    plan.issuer,
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    `Số: ${two(plan.number)}/KH-UBND`,
    `${plan.place}, ngày ${two(plan.day.d)} tháng ${two(plan.day.m)} năm ${plan.day.y}`,
    'KẾ HOẠCH',
    'VỀ VIỆC LÀM MẪU ĐỂ ĐỌC LẠI',
    'Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ về công tác văn thư;',
    'Cơ quan lập kế hoạch như sau:',
    ...body,
    'Nơi nhận:',
    '- Như trên;',
    '- Lưu: VT.',
    'KT. CHỦ TỊCH',
    'PHÓ CHỦ TỊCH',
    'Người Ví Dụ',
  ].join('\n');
}

function clausesOf(plan: SmallPlan): string[] {
  return plan.sections.flatMap((section, s) =>
    section.items.flatMap((item, i) =>
      item.dashes.length === 0
        ? [`${ROMAN[s]}.${i + 1} ${item.text}`]
        : item.dashes.map((dash, d) => `${ROMAN[s]}.${i + 1}.-${d + 1} ${dash}`),
    ),
  );
}

describe('reading what was printed', () => {
  it('gives head and clauses back, laid out in lines or scraped to one', () => {
    fc.assert(
      fc.property(plans, fc.boolean(), (plan, scraped) => {
        const text = print(plan);
        const reading = readPlan(scraped ? text.replace(/\s+/g, ' ') : text);
        expect(reading.clauses.map((clause) => `${clause.path} ${clause.text}`)).to.deep.equal(clausesOf(plan));
        expect(reading.issuer).to.deep.equal({ superior: plan.superior, name: plan.issuer });
        expect([reading.number, reading.symbol, reading.place]).to.deep.equal([two(plan.number), 'KH-UBND', plan.place]);
        expect(reading.issuedOn).to.equal(`${plan.day.y}-${two(plan.day.m)}-${two(plan.day.d)}`);
        expect(reading.title).to.equal('VỀ VIỆC LÀM MẪU ĐỂ ĐỌC LẠI');
        expect(reading.signature.name).to.equal('Người Ví Dụ');
        expect(reading.findings.filter(({ severity }) => severity !== 'note')).to.deep.equal([]);
      }),
      { numRuns: 300 },
    );
  });

  it('throws nothing but readingFailed, whatever it is given, and keeps its spans inside the text', () => {
    const pieces = fc.constantFrom(
      'Nơi nhận:',
      'KT. CHỦ TỊCH',
      '- ',
      '1. ',
      'II. ',
      'a) ',
      'Số: /',
      'PHỤ LỤC',
      'STT',
      '\n\n',
      '“',
      ';',
      'Sở Y tế ',
      '\u0301',
      '2 ',
      'Điều 1. ',
      'trước ngày 31/02/2025 ',
      'Đơn vị chủ trì: ',
      '\ud83d',
    );
    const garbage = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 400 }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 8 })), { maxLength: 60 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(garbage, (text) => {
        try {
          for (const { sourceSpan } of readPlan(text).clauses) {
            expect(sourceSpan[0]).to.be.within(0, text.length);
            expect(sourceSpan[1]).to.be.within(sourceSpan[0], text.length);
          }
        } catch (fault) {
          if (!(fault instanceof TrinhkyError)) throw fault;
          expect(fault.code).to.equal('readingFailed');
        }
      }),
      { numRuns: 500 },
    );
  });
});
