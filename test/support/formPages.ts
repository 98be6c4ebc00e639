import type { MeasuredBox, MeasuredLine, MeasuredPage, MeasuredRule, PaperMeasures } from '../../src/office/form/measures.js';
import { type FormSubject, subjectOf } from '../../src/office/form/subject.js';
import type { PaperContent, SignatureBlock } from '../../src/office/papers/paper.js';

/** Pages laid out by hand as NĐ 30/2020 asks, in millimetres: left edge of the text at 30, right edge at 195. */

export interface Style {
  readonly sizePt?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly colour?: string;
  readonly family?: string;
}

const usual = { sizePt: 14, bold: false, italic: false, colour: '#000000', family: 'Times New Roman' };

export function line(text: string, xMm: number, baseMm: number, widthMm: number, style: Style = {}): MeasuredLine {
  const { sizePt, bold, italic, colour, family } = { ...usual, ...style };
  const run = { text, xMm, baseMm, widthMm, sizePt, family, bold, italic, colour };
  return { text, xMm, baseMm, widthMm, sizePt, runs: [run] };
}

export const around = (text: string, centreMm: number, baseMm: number, widthMm: number, style: Style = {}): MeasuredLine =>
  line(text, centreMm - widthMm / 2, baseMm, widthMm, style);

export const ruleAt = (centreMm: number, yMm: number, lengthMm: number): MeasuredRule => ({
  xMm: centreMm - lengthMm / 2,
  yMm,
  lengthMm,
  thicknessPt: 0.7,
});

const [leftColumn, rightColumn, middle] = [67, 150, 112.5];
const bold = { bold: true } as const;
const italic = { italic: true } as const;

function page(number: number, lines: readonly MeasuredLine[], more: Partial<MeasuredPage> = {}): MeasuredPage {
  const size = { widthMm: 210, heightMm: 297, widthPt: 595.28, heightPt: 841.89 };
  const sorted = [...lines].sort((a, b) => a.baseMm - b.baseMm || a.xMm - b.xMm);
  return { number, ...size, lines: sorted, rules: [], boxes: [], images: [], turned: [], ...more };
}

/** Paragraphs of three lines from a base line on: 16.4 pt from line to line, 6.6 pt more between paragraphs. */
function paragraphs(baseMm: number, count: number, last = 'hết.'): readonly MeasuredLine[] {
  const step = 5.79;
  return Array.from({ length: count }, (_, index) => {
    const first = baseMm + index * (3 * step + 2.33);
    const end = index === count - 1 ? last : 'cuối đoạn.';
    return [
      line('Các đơn vị tổ chức thực hiện theo Phụ lục', 42.7, first, 152.3),
      line('bằng những việc cụ thể, có thời hạn', 30, first + step, 165),
      line(end, 30, first + 2 * step, 40),
    ];
  }).flat();
}

export const signature: SignatureBlock = {
  authority: 'TM. ỦY BAN NHÂN DÂN',
  capacity: 'KT. CHỦ TỊCH',
  title: 'PHÓ CHỦ TỊCH',
  name: 'Người ví dụ 01',
};

export const content: PaperContent = {
  type: 'KH',
  typeName: 'KẾ HOẠCH',
  issuer: { superior: 'UBND THÀNH PHỐ VÍ DỤ', name: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ' },
  symbol: 'KH-UBND',
  place: 'Ví Dụ',
  title: 'Thực hiện công tác ví dụ năm 2026',
  bases: [
    'Căn cứ Luật Ví dụ ngày 19 tháng 6 năm 2015',
    'Căn cứ Kế hoạch số 5827/KH-UBND ngày 06 tháng 11 năm 2025 của Ủy ban nhân dân Thành phố về công tác ví dụ',
  ],
  body: [
    { kind: 'heading', level: 1, marker: 'I.', text: 'NỘI DUNG' },
    { kind: 'paragraph', marker: '1.', level: 1, text: 'Các đơn vị tổ chức thực hiện theo Phụ lục.' },
    { kind: 'paragraph', marker: 'a)', level: 2, text: 'Phường 3 làm điểm.' },
    { kind: 'paragraph', marker: 'b)', level: 2, text: 'Quận tổng kết.' },
    { kind: 'paragraph', marker: '2.', level: 1, text: 'Phục vụ Nhân dân là việc của Nhà nước.' },
    { kind: 'heading', level: 1, marker: 'II.', text: 'TỔ CHỨC THỰC HIỆN' },
  ],
  recipients: [{ name: 'Các phường', purpose: 'để thực hiện' }],
  archive: 'Lưu: VT, NV',
};

const emblem: readonly MeasuredLine[] = [
  around('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', rightColumn, 25, 86, { ...bold, sizePt: 12 }),
  around('Độc lập - Tự do - Hạnh phúc', rightColumn, 30, 56, { ...bold, sizePt: 13 }),
  around('UBND THÀNH PHỐ VÍ DỤ', leftColumn, 25, 54, { sizePt: 12 }),
  around('ỦY BAN NHÂN DÂN QUẬN VÍ DỤ', leftColumn, 30, 70, { ...bold, sizePt: 12 }),
  around('Ví Dụ, ngày 02 tháng 3 năm 2026', rightColumn, 39, 66, { ...italic, sizePt: 13 }),
];
const emblemRules = [ruleAt(rightColumn, 32, 56), ruleAt(leftColumn, 32, 28)];

const closing = (baseMm: number, first: string): readonly MeasuredLine[] => [
  line('Nơi nhận:', 30, baseMm, 18, { ...bold, ...italic, sizePt: 12 }),
  line(first, 30, baseMm + 5, 50, { sizePt: 11 }),
  line('- Lưu: VT, NV.', 30, baseMm + 10, 24, { sizePt: 11 }),
  around('TM. ỦY BAN NHÂN DÂN', rightColumn, baseMm, 57, bold),
  around('KT. CHỦ TỊCH', rightColumn, baseMm + 6, 34, bold),
  around('PHÓ CHỦ TỊCH', rightColumn, baseMm + 12, 37, bold),
  around('Người ví dụ 01', rightColumn, baseMm + 42, 31, bold),
];

/** A plan of two pages with an appendix, with every part of the form in its place. */
export function planPages(): PaperMeasures {
  const first = page(
    1,
    [
      ...emblem,
      around('Số: 08/KH-UBND', leftColumn, 39, 34, { sizePt: 13 }),
      around('KẾ HOẠCH', middle, 52, 27, bold),
      around('Thực hiện công tác ví dụ năm 2026', middle, 58, 90, bold),
      line('Căn cứ Luật Ví dụ ngày 19 tháng 6 năm 2015;', 42.7, 70, 120, italic),
      line('Căn cứ Kế hoạch số 5827/KH-UBND ngày 06 tháng', 42.7, 78, 152.3, italic),
      line('11 năm 2025 về công tác ví dụ.', 30, 84, 80, italic),
      line('I. NỘI DUNG', 42.7, 94, 40, bold),
      line('Điều 1. Phạm vi', 42.7, 102, 40, bold),
      ...paragraphs(110, 5),
    ],
    { rules: [...emblemRules, ruleAt(middle, 61, 40)] },
  );
  const second = page(2, [
    around('2', middle, 14, 2.3),
    around('Chương I', middle, 26, 20, bold),
    around('QUY ĐỊNH CHUNG', middle, 33, 40, bold),
    around('Mục 1', middle, 42, 15, bold),
    around('PHẠM VI', middle, 49, 30, bold),
    ...paragraphs(60, 3, 'của thành phố./.'),
    ...closing(140, '- Các phường (để thực hiện);'),
  ]);
  const third = page(3, [
    around('Phụ lục', middle, 26, 16, bold),
    around('DANH SÁCH ĐƠN VỊ', middle, 33, 45, bold),
    around('(Kèm theo Kế hoạch số 08/KH-UBND)', middle, 40, 90, italic),
    ...paragraphs(55, 1),
  ]);
  const fourth = page(4, [around('2', middle, 14, 2.3), ...paragraphs(30, 1)]);
  return {
    pages: [first, second, third, fourth],
    fonts: [{ name: 'TimesNewRomanPSMT', family: 'Times New Roman', embedded: true }],
  };
}

export const appendix = { marker: 'Phụ lục', title: 'Danh sách đơn vị', orientation: 'portrait', body: [] } as const;

export function planSubject(): FormSubject {
  const paper = { content: { ...content, appendices: [appendix] }, number: 8, issuedOn: '2026-03-02', signature };
  return subjectOf(paper, planPages());
}

export const letterContent: PaperContent = {
  ...content,
  type: 'CV',
  typeName: 'CÔNG VĂN',
  symbol: 'UBND-NV',
  title: 'đôn đốc báo cáo',
  bases: [],
  body: [{ kind: 'paragraph', marker: null, level: 0, text: 'Đề nghị báo cáo.' }],
  recipients: [
    { name: 'Ủy ban nhân dân Phường 3', purpose: 'kính gửi' },
    { name: 'Phòng Nội vụ', purpose: 'kính gửi' },
  ],
  urgency: 'khan',
  circulation: 'LƯU HÀNH NỘI BỘ',
  drafterMark: { initials: 'PL', copies: 30 },
  contact: 'Số 1 đường Ví Dụ',
};

const stamp: MeasuredBox = { xMm: 31, yMm: 64, widthMm: 20, heightMm: 8 };
const circulation: MeasuredBox = { xMm: 120, yMm: 9, widthMm: 60, heightMm: 8 };

/** An urgent official letter of one page, with every stamp and the contact line. */
export function letterSubject(): FormSubject {
  const one = page(
    1,
    [
      ...emblem,
      around('Số: 150/UBND-NV', leftColumn, 39, 34, { sizePt: 13 }),
      around('V/v đôn đốc báo cáo', leftColumn, 46.4, 40, { sizePt: 13 }),
      around('LƯU HÀNH NỘI BỘ', 150, 15, 45, { ...bold, sizePt: 13 }),
      around('KHẨN', 41, 69.5, 15, { ...bold, sizePt: 13, colour: '#ff0000' }),
      line('Kính gửi:', 70, 82, 20),
      line('- Ủy ban nhân dân Phường 3;', 88, 88, 62),
      line('- Phòng Nội vụ.', 88, 94, 35),
      ...paragraphs(110, 2, 'trước ngày 22./.'),
      ...closing(180, '- Như trên;'),
      line('PL.(30)', 60, 195, 15, { sizePt: 11 }),
      around('Số 1 đường Ví Dụ', middle, 272, 40, { sizePt: 11 }),
    ],
    { rules: [...emblemRules, { xMm: 30, yMm: 267, lengthMm: 165, thicknessPt: 0.7 }], boxes: [circulation, stamp] },
  );
  const measures = { ...planPages(), pages: [one] };
  return subjectOf({ content: letterContent, number: 150, issuedOn: '2026-03-02', signature }, measures);
}

/** The same measures with some lines changed; the others stay as they are. Throws where none is meant. */
export function withLines(subject: FormSubject, meant: string, change: (line: MeasuredLine) => MeasuredLine | null): FormSubject {
  let count = 0;
  const pages = (subject.measures?.pages ?? []).map((one) => ({
    ...one,
    lines: one.lines.flatMap((each) => {
      if (!each.text.startsWith(meant)) return [each];
      count += 1;
      return change(each) ?? [];
    }),
  }));
  if (count === 0) throw new Error(`no line begins with ${meant}`);
  return { ...subject, measures: { fonts: subject.measures?.fonts ?? [], pages } };
}

/** A line in another style. */
export function styled(style: Style): (line: MeasuredLine) => MeasuredLine {
  return ({ text, xMm, baseMm, widthMm, runs }) => line(text, xMm, baseMm, widthMm, { ...runs[0], ...style });
}

export const moved =
  (xMm: number, yMm = 0) =>
  (each: MeasuredLine): MeasuredLine => ({ ...each, xMm: each.xMm + xMm, baseMm: each.baseMm + yMm });

export const said =
  (text: string) =>
  (each: MeasuredLine): MeasuredLine => ({ ...each, text, runs: each.runs.map((run) => ({ ...run, text })) });

export function withPages(subject: FormSubject, change: (page: MeasuredPage) => MeasuredPage): FormSubject {
  return { ...subject, measures: { fonts: subject.measures?.fonts ?? [], pages: (subject.measures?.pages ?? []).map(change) } };
}
