import fc from 'fast-check';
import { paperTemplate } from '../../src/documents/html.js';
import { viewOf } from '../../src/documents/view.js';
import type { Block, Paper, PaperContent } from '../../src/office/papers/paper.js';

/** What a reader must find in a random plan again. */
export interface ExpectedClause {
  readonly path: string;
  readonly text: string;
  readonly units: readonly { readonly name: string; readonly role: 'lead' | 'coordinate' }[];
  readonly dueOn: string | null;
}

export interface RandomPlan {
  readonly paper: Paper;
  readonly clauses: readonly ExpectedClause[];
}

interface Office {
  readonly superior: string | null;
  readonly name: string;
  readonly symbol: string;
  readonly place: string;
  readonly units: readonly string[];
  readonly signature: { readonly authority: string | null; readonly capacity: string | null; readonly title: string };
}

const committee = (capacity: boolean) => ({
  authority: 'TM. ỦY BAN NHÂN DÂN',
  capacity: capacity ? 'KT. CHỦ TỊCH' : null,
  title: capacity ? 'PHÓ CHỦ TỊCH' : 'CHỦ TỊCH',
});

/** Offices of several provinces, levels and times; the people who sign are marked examples. */
const offices: readonly Office[] = [
  {
    superior: null,
    name: 'ỦY BAN NHÂN DÂN TỈNH HÀ GIANG',
    symbol: 'KH-UBND',
    place: 'Hà Giang',
    units: [
      'Sở Nội vụ',
      'Sở Giáo dục và Đào tạo',
      'Ban Dân tộc tỉnh',
      'UBND các huyện, thành phố',
      'Công an tỉnh',
      'Sở Nông nghiệp và Phát triển nông thôn',
    ],
    signature: committee(true),
  },
  {
    superior: 'ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG',
    name: 'ỦY BAN NHÂN DÂN QUẬN THANH KHÊ',
    symbol: 'KH-UBND',
    place: 'Thanh Khê',
    units: [
      'Phòng Nội vụ',
      'Phòng Tài chính - Kế hoạch',
      'Công an quận',
      'UBND 10 phường',
      'Thanh tra quận',
      'Văn phòng HĐND và UBND quận',
    ],
    signature: committee(true),
  },
  {
    superior: 'UBND HUYỆN CỦ CHI',
    name: 'ỦY BAN NHÂN DÂN XÃ TRUNG AN',
    symbol: 'KH-UBND',
    place: 'Trung An',
    units: ['Công an xã', 'Đoàn Thanh niên xã', 'Trạm Y tế xã', 'các ấp', 'Hội Nông dân xã', 'Công chức Địa chính - Xây dựng'],
    signature: committee(false),
  },
  {
    superior: 'UBND TỈNH CÀ MAU',
    name: 'SỞ Y TẾ',
    symbol: 'KH-SYT',
    place: 'Cà Mau',
    units: [
      'Phòng Nghiệp vụ Y',
      'Văn phòng Sở',
      'Trung tâm Y tế các huyện',
      'Bệnh viện Đa khoa tỉnh',
      'Thanh tra Sở',
      'Phòng Kế hoạch - Tài chính',
    ],
    signature: { authority: null, capacity: 'KT. GIÁM ĐỐC', title: 'PHÓ GIÁM ĐỐC' },
  },
  {
    superior: 'BỘ TƯ PHÁP',
    name: 'CỤC TRỢ GIÚP PHÁP LÝ',
    symbol: 'KH-CTGPL',
    place: 'Hà Nội',
    units: ['Văn phòng Cục', 'Phòng Quản lý chất lượng', 'các đơn vị thuộc Cục', 'Phòng Chính sách', 'Trung tâm Thông tin'],
    signature: { authority: null, capacity: null, title: 'CỤC TRƯỞNG' },
  },
  {
    superior: null,
    name: 'ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH',
    symbol: 'KH-UBND',
    place: 'Thành phố Hồ Chí Minh',
    units: [
      'Sở Khoa học và Công nghệ',
      'Sở Công Thương',
      'Ủy ban nhân dân các phường, xã, đặc khu',
      'Sở Tài chính',
      'Công an Thành phố',
    ],
    signature: committee(true),
  },
];

const verbs = ['rà soát', 'kiểm tra', 'lập', 'cập nhật', 'tuyên truyền', 'bố trí', 'hướng dẫn'];
const objects = [
  'danh sách hộ có nhà ở xuống cấp',
  'hồ sơ cây xanh trên các tuyến đường chính, kể cả cây mới trồng',
  'kết quả đợt tiêm chủng mở rộng cho trẻ dưới 05 tuổi',
  'quy định về giờ mở cửa của 24 nhà văn hóa',
  'bản đồ điểm ngập khi mưa trên 50 mm',
  'tài liệu hỏi đáp về thủ tục đăng ký khai sinh (bản in và bản điện tử)',
];
const headings = ['Công tác tuyên truyền', 'Kiểm tra, xử lý vi phạm', 'Chuẩn bị cơ sở vật chất', 'Bồi dưỡng cán bộ'];
const titles = [
  ['MỤC TIÊU', 'NHIỆM VỤ', 'TỔ CHỨC THỰC HIỆN'],
  ['MỤC ĐÍCH, YÊU CẦU', 'NỘI DUNG THỰC HIỆN', 'GIẢI PHÁP', 'TỔ CHỨC THỰC HIỆN'],
  ['NHIỆM VỤ TRỌNG TÂM', 'KINH PHÍ', 'TỔ CHỨC THỰC HIỆN'],
] as const;
const ROMAN = ['I', 'II', 'III', 'IV'];
const QUARTERS = ['I', 'II', 'III', 'IV'];
const two = (n: number) => String(n).padStart(2, '0');
const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
const lastDay = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);

interface Due {
  readonly words: string;
  readonly on: string | null;
}

const dues = (year: number): fc.Arbitrary<Due> =>
  fc
    .record({ day: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }), way: fc.integer({ min: 0, max: 5 }) })
    .map(({ day, month, way }): Due => {
      const on = `${year}-${two(month)}-${two(day)}`;
      if (way === 0) return { words: ` trước ngày ${two(day)}/${month}/${year}`, on };
      if (way === 1) return { words: `, xong trước ngày ${two(day)} tháng ${two(month)} năm ${year}`, on };
      if (way === 2) return { words: ` trong tháng ${two(month)}/${year}`, on: lastDay(year, month) };
      if (way === 3) return { words: ` trong quý ${QUARTERS[month % 4]}/${year}`, on: lastDay(year, ((month % 4) + 1) * 3) };
      return { words: '', on: null };
    });

interface Sentence {
  readonly text: string;
  readonly units: ExpectedClause['units'];
  readonly dueOn: string | null;
}

function sentences(office: Office, year: number, aims: boolean): fc.Arbitrary<Sentence> {
  return fc
    .record({
      verb: fc.constantFrom(...verbs),
      object: fc.constantFrom(...objects),
      due: dues(year),
      units: fc.shuffledSubarray([...office.units], { minLength: 3, maxLength: 3 }),
      way: fc.integer({ min: 0, max: 3 }),
    })
    .map(({ verb, object, due, units, way }): Sentence => {
      const [first = '', second = '', third = ''] = units;
      const task = `${verb} ${object}${due.words}`;
      const alone = { text: `${capital(task)}.`, units: [], dueOn: due.on };
      if (aims || way === 0) return alone;
      const lead = { name: way === 2 ? first : capital(first), role: 'lead' } as const;
      if (way === 1) return { text: `${capital(first)} ${task}.`, units: [lead], dueOn: due.on };
      if (way === 2) return { text: `Giao ${first} ${task}.`, units: [lead], dueOn: due.on };
      const helpers = [second, third].map((name) => ({ name, role: 'coordinate' }) as const);
      return {
        text: `${capital(first)} chủ trì, phối hợp với ${second}, ${third} ${task}.`,
        units: [lead, ...helpers],
        dueOn: due.on,
      };
    });
}

interface Item {
  readonly heading: string;
  readonly form: 'number' | 'dashes' | 'letters';
  readonly sentences: readonly Sentence[];
}

const items = (office: Office, year: number, aims: boolean): fc.Arbitrary<Item> =>
  fc.record({
    heading: fc.constantFrom(...headings),
    form: fc.constantFrom('number', 'dashes', 'letters'),
    sentences: fc.array(sentences(office, year, aims), { minLength: 2, maxLength: 4 }),
  });

/** A section in blocks and in the clauses that it makes. */
function laid(roman: string, title: string, list: readonly Item[]): { blocks: Block[]; clauses: ExpectedClause[] } {
  const blocks: Block[] = [{ kind: 'heading', level: 1, marker: `${roman}.`, text: title }];
  const clauses: ExpectedClause[] = [];
  list.forEach(({ form, heading, sentences: told }, i) => {
    const number = `${i + 1}.`;
    if (form === 'number') {
      const [only] = told;
      if (!only) return;
      blocks.push({ kind: 'paragraph', marker: number, level: 1, text: only.text });
      clauses.push({ path: `${roman}.${i + 1}`, ...only });
      return;
    }
    blocks.push({ kind: 'heading', level: 2, marker: number, text: form === 'letters' ? heading : `${heading}:` });
    told.forEach((sentence, j) => {
      const letter = 'abcd'.charAt(j);
      blocks.push({ kind: 'paragraph', marker: form === 'dashes' ? '-' : `${letter})`, level: 2, text: sentence.text });
      clauses.push({ path: `${roman}.${i + 1}.${form === 'dashes' ? `-${j + 1}` : letter}`, ...sentence });
    });
  });
  return { blocks, clauses };
}

const recipients = [
  { name: 'Thường trực Tỉnh ủy', purpose: 'để báo cáo' },
  { name: 'Chủ tịch, các Phó Chủ tịch', purpose: null },
  { name: 'Các sở, ban, ngành, đoàn thể', purpose: 'để thực hiện' },
  { name: 'Công an tỉnh; Bộ Chỉ huy quân sự tỉnh', purpose: null },
  { name: 'Như mục III', purpose: null },
] as const;
const signers = ['Nguyễn Văn Ví Dụ', 'Trần Thị Ví Dụ', 'Rơ Châm Ví Dụ', 'Lê Ví Dụ'];
const subjects = ['về chăm sóc cây xanh', 'phòng, chống ngập úng', 'tiêm chủng mở rộng cho trẻ em', 'cải tạo nhà văn hóa'];

/** Plans of several authorities and years, with the clauses, units and ends that a reader must find in their print. */
export const randomPlans: fc.Arbitrary<RandomPlan> = fc
  .record({ office: fc.constantFrom(...offices), year: fc.integer({ min: 2003, max: 2026 }), titles: fc.constantFrom(...titles) })
  .chain(({ office, year, titles: sections }) =>
    fc
      .record({
        number: fc.integer({ min: 1, max: 9_999 }),
        month: fc.integer({ min: 1, max: 12 }),
        day: fc.integer({ min: 1, max: 28 }),
        subject: fc.constantFrom(...subjects),
        loud: fc.boolean(),
        name: fc.constantFrom(...signers),
        recipients: fc.shuffledSubarray([...recipients], { minLength: 1 }),
        sections: fc.tuple(
          ...sections.map((title) => fc.array(items(office, year, title.startsWith('MỤC')), { minLength: 1, maxLength: 4 })),
        ),
      })
      .map((drawn): RandomPlan => {
        const parts = drawn.sections.map((list, i) => laid(ROMAN[i] ?? '', sections[i] ?? '', list));
        const title = `Triển khai công tác ${drawn.subject} năm ${year}`;
        const content: PaperContent = {
          type: 'KH',
          typeName: 'KẾ HOẠCH',
          issuer: { superior: office.superior, name: office.name },
          symbol: office.symbol,
          place: office.place,
          title: drawn.loud ? title.toUpperCase() : title,
          bases: [`Căn cứ Nghị quyết số 15/NQ-HĐND ngày 10/12/${year - 1} của Hội đồng nhân dân về nhiệm vụ năm ${year};`],
          body: parts.flatMap(({ blocks }) => blocks),
          recipients: drawn.recipients,
          archive: 'Lưu: VT, TH',
        };
        const paper: Paper = {
          content,
          number: drawn.number,
          issuedOn: `${year}-${two(drawn.month)}-${two(drawn.day)}`,
          signature: { ...office.signature, name: drawn.name },
          final: true,
        };
        return { paper, clauses: parts.flatMap(({ clauses }) => clauses) };
      }),
  );

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  '#x27': "'",
  '#x3D': '=',
  '#x60': '`',
};

/** The words of a paper as its page gives them: one line for each block of the printed form. */
export function printedText(paper: Paper): string {
  const html = paperTemplate().render(viewOf(paper));
  const body = html.slice(html.indexOf('<body'));
  return body
    .replace(/\s+/gu, ' ')
    .replace(/<\/?(?:p|div|li|ul|ol|h\d|section|header|footer|article|main|table|tr|td|th|br|dl|dt|dd)\b[^>]*>/gu, '\n')
    .replace(/<[^>]*>/gu, '')
    .replace(/&([#\w]+);/gu, (whole, name: string) => ENTITIES[name] ?? whole)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** What happens to a text on its way through collections. */
export interface Dirt {
  /** All on one line, as scraped; or wrapped at so many columns; or as printed. */
  readonly lines: 'one' | 'printed' | number;
  readonly decomposed: boolean;
  /** Lone page numbers this far apart, in characters; null for none. */
  readonly pageChars: number | null;
  /** Semicolons of the recipients and the closing mark are lost. */
  readonly marksLost: boolean;
  readonly ruled: boolean;
}

export const dirt: fc.Arbitrary<Dirt> = fc.record({
  lines: fc.oneof(fc.constant('one' as const), fc.constant('printed' as const), fc.integer({ min: 60, max: 90 })),
  decomposed: fc.boolean(),
  pageChars: fc.option(fc.integer({ min: 1_500, max: 2_200 }), { nil: null }),
  marksLost: fc.boolean(),
  ruled: fc.boolean(),
});

/** Makes a text dirty as real ones are. */
export function scraped(text: string, { lines, decomposed, pageChars, marksLost, ruled }: Dirt): string {
  const given = text.split('\n').map((line) => (marksLost ? line.replace(/^(- .*);$/u, '$1').replace(/\.\/\.$/u, '.') : line));
  if (ruled) given.splice(1, 0, '-------');
  const wrapped = typeof lines === 'number' ? given.flatMap((line) => wrap(line, lines)) : given;
  const paged = pageChars === null ? wrapped : withPages(wrapped, pageChars, lines === 'one');
  const joined = lines === 'one' ? paged.join(' ') : paged.join('\n');
  return decomposed ? joined.normalize('NFD') : joined;
}

function wrap(line: string, columns: number): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of line.split(' ')) {
    if (row !== '' && row.length + 1 + word.length > columns) {
      rows.push(row);
      row = word;
    } else row = row === '' ? word : `${row} ${word}`;
  }
  return [...rows, row];
}

/** On one line a page number is told from other numbers by the end of a sentence before it and the start of an item after it. */
function withPages(lines: readonly string[], pageChars: number, plainPlaces: boolean): string[] {
  const out: string[] = [];
  let since = 0;
  let page = 1;
  for (const [i, line] of lines.entries()) {
    const plain = /\.$/u.test(lines[i - 1] ?? '') && /^(?:[a-d]\)|-|\d\.|[IV]+\.)/u.test(line);
    if (since > pageChars && (!plainPlaces || plain)) {
      page += 1;
      out.push(String(page));
      since = 0;
    }
    out.push(line);
    since += line.length + 1;
  }
  return out;
}
