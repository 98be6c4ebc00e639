import { TrinhkyError } from '../errors.js';
import { type Block, numberAndSymbol, type Paper, type PaperContent, type Recipient } from '../office/paper.js';

/**
 * What the templates print, in the order of the form. Every text is NFC and free of control characters;
 * nothing is left for a template to compute, and no field is ever undefined (the templates are strict).
 */
export interface PaperView {
  /** For the window title and the PDF's metadata. */
  readonly documentTitle: string;
  readonly draft: boolean;
  readonly superior: string | null;
  readonly issuer: string;
  /** `Số: 08/KH-UBND`. */
  readonly number: string;
  /** `Gò Vấp, ngày 09 tháng 02 năm 2010`. */
  readonly placeAndDate: string;
  /** Null for an official letter (công văn), whose title stands under the number as `V/v ...`. */
  readonly typeName: string | null;
  readonly title: string;
  readonly addressees: AddresseesView | null;
  readonly bases: readonly string[];
  readonly body: readonly BlockView[];
  readonly signature: SignatureView | null;
  /** Without the leading hyphen; the last one is the archive line. */
  readonly recipients: readonly string[];
}

export interface AddresseesView {
  /** A single addressee stands on the line of `Kính gửi:`; several stand below it, one a line. */
  readonly one: string | null;
  readonly several: readonly string[];
}

export interface SignatureView {
  /** Quyền hạn, chức vụ: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`. */
  readonly lines: readonly string[];
  readonly name: string;
}

/** Exactly one of the four is set. */
export interface BlockView {
  readonly section: string | null;
  readonly subsection: string | null;
  readonly paragraph: { readonly marker: string | null; readonly text: string; readonly level: number } | null;
  readonly table: TableView | null;
}

export interface TableView {
  readonly caption: string | null;
  readonly dense: boolean;
  readonly head: readonly CellView[];
  readonly rows: readonly { readonly total: boolean; readonly cells: readonly CellView[] }[];
}

export interface CellView {
  readonly text: string;
  readonly align: 'figure' | 'ordinal' | 'text';
}

/** The abbreviation that marks an official letter (công văn). */
const letterType = 'CV';
/** A recipient with this purpose is an addressee: printed under `Kính gửi`, and `Như trên` stands for it in `Nơi nhận`. */
const addresseePurpose = 'kính gửi';
/** Tables with more columns than this are set smaller. */
const roomyColumnsMax = 5;
/** What a draft shows where number and date will stand. */
const notYet = '…';

/**
 * The view of a paper (thể thức: NĐ 30/2020/NĐ-CP, Phụ lục I). Pure.
 * Throws `printFailed` {reason: 'incomplete', missing} for a final paper without number, day or signature.
 */
export function viewOf(paper: Paper): PaperView {
  requireComplete(paper);
  const { content } = paper;
  const letter = content.type === letterType;
  const title = clean(content.title);
  const addressees = content.recipients.filter(isAddressee).map((recipient) => clean(recipient.name));
  const number =
    paper.number === null ? `${notYet}/${clean(content.symbol)}` : numberAndSymbol(paper.number, clean(content.symbol));
  return {
    documentTitle: documentTitleOf(content, letter, number),
    draft: !paper.final,
    superior: content.issuer.superior === null ? null : clean(content.issuer.superior),
    issuer: clean(content.issuer.name),
    number: `Số: ${number}`,
    placeAndDate: `${clean(content.place)}, ${printedDate(paper.issuedOn)}`,
    typeName: letter ? null : clean(content.typeName),
    title: letter && !/^v\/v\b/iu.test(title) ? `V/v ${title}` : title,
    addressees: addresseesOf(addressees),
    bases: listed(content.bases.map(clean)),
    body: bodyOf(content.body),
    signature: signatureOf(paper),
    recipients: recipientsOf(content, addressees.length > 0),
  };
}

/** `ngày 09 tháng 02 năm 2010`: a leading zero for days below ten and for the months 1 and 2 only (Phụ lục I, phần I, mục II.4). */
export function printedDate(day: string | null): string {
  if (day === null) {
    return `ngày ${notYet} tháng ${notYet} năm ${notYet}`;
  }
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
  if (!parts) {
    throw new TrinhkyError('printFailed', { reason: 'dayInvalid', day });
  }
  const month = Number(parts[2]);
  return `ngày ${parts[3]} tháng ${month <= 2 ? `0${month}` : month} năm ${parts[1]}`;
}

function requireComplete(paper: Paper): void {
  if (!paper.final) {
    return;
  }
  const missing = (['number', 'issuedOn', 'signature'] as const).filter((field) => paper[field] === null);
  if (missing.length > 0) {
    throw new TrinhkyError('printFailed', { reason: 'incomplete', missing });
  }
}

function documentTitleOf(content: PaperContent, letter: boolean, number: string): string {
  const name = letter ? 'Công văn' : capitalised(clean(content.typeName));
  return `${name} số ${number}: ${clean(content.title).replaceAll('\n', ' ')}`;
}

function capitalised(text: string): string {
  const lower = text.toLocaleLowerCase('vi');
  return lower.charAt(0).toLocaleUpperCase('vi') + lower.slice(1);
}

function isAddressee(recipient: Recipient): boolean {
  return recipient.purpose !== null && clean(recipient.purpose).toLocaleLowerCase('vi') === addresseePurpose;
}

function addresseesOf(names: readonly string[]): AddresseesView | null {
  const [only] = names;
  if (only === undefined) {
    return null;
  }
  return names.length === 1 ? { one: withoutEnd(only), several: [] } : { one: null, several: listed(names) };
}

function signatureOf(paper: Paper): SignatureView | null {
  if (paper.signature === null) {
    return null;
  }
  const { authority, capacity, title, name } = paper.signature;
  return { lines: [authority, capacity, title].filter((line) => line !== null).map(clean), name: clean(name) };
}

function recipientsOf(content: PaperContent, asAbove: boolean): readonly string[] {
  const lines = content.recipients
    .filter((recipient) => !isAddressee(recipient))
    .map(({ name, purpose }) => {
      const why = purpose === null ? '' : withoutEnd(clean(purpose)).replace(/^\((.*)\)$/u, '$1');
      return why === '' ? clean(name) : `${withoutEnd(clean(name))} (${why})`;
    });
  const archive = content.archive === null ? [] : [clean(content.archive)];
  return listed([...(asAbove ? ['Như trên'] : []), ...lines, ...archive].map((line) => line.replace(/^[-–]\s*/u, '')));
}

function bodyOf(blocks: readonly Block[]): readonly BlockView[] {
  const views = blocks.map(blockOf);
  const last = views.at(-1);
  if (last?.paragraph) {
    return [...views.slice(0, -1), { ...last, paragraph: { ...last.paragraph, text: `${withoutEnd(last.paragraph.text)}./.` } }];
  }
  return [...views, { ...empty, paragraph: { marker: null, level: 0, text: './.' } }];
}

const empty: BlockView = { section: null, subsection: null, paragraph: null, table: null };

function blockOf(block: Block): BlockView {
  if (block.kind === 'table') {
    return { ...empty, table: tableOf(block) };
  }
  if (block.kind === 'paragraph') {
    const marker = block.marker === null ? null : clean(block.marker);
    return { ...empty, paragraph: { marker, level: block.level, text: clean(block.text) } };
  }
  if (block.kind === 'chapter') return { ...empty, section: clean(`${block.marker} ${block.text}`) };
  if (block.kind === 'article') return { ...empty, subsection: clean(`${block.marker} ${block.title ?? block.text ?? ''}`) };
  const text = clean(`${block.marker} ${block.text}`);
  return block.level === 1 ? { ...empty, section: text } : { ...empty, subsection: text };
}

function tableOf(table: Extract<Block, { kind: 'table' }>): TableView {
  const width = Math.max(table.head.length, ...table.rows.map((row) => row.length));
  const ordinal = /^(stt|tt|số tt)$/iu.test(clean(table.head[0] ?? ''));
  const alignOf = (column: number): CellView['align'] => {
    if (column === 0 && ordinal) {
      return 'ordinal';
    }
    return table.numeric.includes(column) ? 'figure' : 'text';
  };
  const cellsOf = (row: readonly string[]): readonly CellView[] =>
    Array.from({ length: width }, (_, column) => ({ text: clean(row[column] ?? ''), align: alignOf(column) }));
  return {
    caption: table.caption === null ? null : clean(table.caption),
    dense: width > roomyColumnsMax,
    head: table.head.length === 0 ? [] : cellsOf(table.head),
    rows: table.rows.map((row) => ({
      total: row.slice(0, 2).some((cell) => /^(tổng cộng|tổng số|tổng|cộng):?$/iu.test(clean(cell))),
      cells: cellsOf(row),
    })),
  };
}

/** `;` after each, `.` after the last, as bases and recipients are closed (NĐ 30/2020, Phụ lục I). A line that opens something keeps its `:`. */
function listed(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => {
    const bare = withoutEnd(line);
    if (bare.endsWith(':')) {
      return bare;
    }
    return index === lines.length - 1 ? `${bare}.` : `${bare};`;
  });
}

function withoutEnd(text: string): string {
  return text.replace(/\s*(\.\s*\/\s*\.?|\/\s*\.|[.;,])?\s*$/u, '');
}

/**
 * NFC, because decomposed letters fall apart in print and in comparison; no control characters, because HTML and PDF
 * readers disagree about them; line breaks survive, every other run of blanks becomes one.
 */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}
