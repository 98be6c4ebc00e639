/** One type of administrative paper: the abbreviation in its symbol and its name in sentence case. */
export interface DocumentType {
  /** What stands in the symbol (KH, QyĐ ...); `CV` and `TCg` only name the type inside trinhky and are never printed. */
  readonly abbreviation: string;
  readonly name: string;
  /** False for the two types whose symbol starts with the agency instead of a type. */
  readonly symbolled: boolean;
}

function named(abbreviation: string, name: string): DocumentType {
  return { abbreviation, name, symbolled: true };
}

/** The 29 types of Nghị định 30/2020/NĐ-CP, Điều 7, with the abbreviations of Phụ lục III. */
export const documentTypes: readonly DocumentType[] = [
  named('NQ', 'Nghị quyết'),
  named('QĐ', 'Quyết định'),
  named('CT', 'Chỉ thị'),
  named('QC', 'Quy chế'),
  named('QyĐ', 'Quy định'),
  named('TC', 'Thông cáo'),
  named('TB', 'Thông báo'),
  named('HD', 'Hướng dẫn'),
  named('CTr', 'Chương trình'),
  named('KH', 'Kế hoạch'),
  named('PA', 'Phương án'),
  named('ĐA', 'Đề án'),
  named('DA', 'Dự án'),
  named('BC', 'Báo cáo'),
  named('BB', 'Biên bản'),
  named('TTr', 'Tờ trình'),
  named('HĐ', 'Hợp đồng'),
  named('CĐ', 'Công điện'),
  named('BGN', 'Bản ghi nhớ'),
  named('BTT', 'Bản thỏa thuận'),
  named('GUQ', 'Giấy ủy quyền'),
  named('GM', 'Giấy mời'),
  named('GGT', 'Giấy giới thiệu'),
  named('GNP', 'Giấy nghỉ phép'),
  named('PG', 'Phiếu gửi'),
  named('PC', 'Phiếu chuyển'),
  named('PB', 'Phiếu báo'),
  { abbreviation: 'CV', name: 'Công văn', symbolled: false },
  { abbreviation: 'TCg', name: 'Thư công', symbolled: false },
];

/** The type with this abbreviation, exactly as Phụ lục III writes it; undefined where there is none. */
export function documentType(abbreviation: string): DocumentType | undefined {
  return documentTypes.find((type) => type.abbreviation === abbreviation);
}

/** The type with this name, whatever its case; undefined where there is none. */
export function documentTypeNamed(name: string): DocumentType | undefined {
  const wanted = name.normalize('NFC').trim().toLowerCase();
  return documentTypes.find((type) => type.name.toLowerCase() === wanted);
}

/**
 * The symbol of a paper (Nghị định 30/2020/NĐ-CP, Phụ lục I and III).
 * A named type: type, hyphen, agency (`KH-UBND`). An official letter: agency, hyphen, drafting unit or field (`UBND-VX`);
 * `field` is only read there, and without it the agency stands alone.
 */
export function symbolFor(type: string, issuerAbbreviation: string, field?: string): string {
  const known = documentType(type);
  if (known?.symbolled === false) return field === undefined ? issuerAbbreviation : `${issuerAbbreviation}-${field}`;
  return `${type}-${issuerAbbreviation}`;
}

/** Longest part of a file name taken from the title, in characters. */
export const slugCharsMax = 60;

/**
 * A title as lower-case ASCII words joined by hyphens, at most `slugCharsMax` characters and cut between words.
 * Empty when the title holds neither a letter nor a digit of the Latin script.
 */
export function slugOf(title: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (plain.length <= slugCharsMax) return plain;
  const cut = plain.lastIndexOf('-', slugCharsMax);
  return plain.slice(0, cut > 0 ? cut : slugCharsMax);
}

/**
 * The name under which a paper is downloaded: `08-KH-UBND-<slug>.pdf`.
 * ASCII only, no separator, no leading dot or trailing dot, under 120 characters: every file system takes it.
 * `number` is printed with its leading zero below ten.
 */
export function fileNameOf(number: number, symbol: string, title: string): string {
  const ascii = symbol
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  const parts = [number < 10 ? `0${number}` : String(number), ascii, slugOf(title)].filter((part) => part !== '');
  return `${parts.join('-')}.pdf`;
}
