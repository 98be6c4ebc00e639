/**
 * The content of an official paper (văn bản hành chính), apart from what authority and the register add later:
 * number, date and signature block are never part of the content, they are computed at PREPARE.
 * Field order is the order in which the form prints the parts (Nghị định 30/2020/NĐ-CP, Phụ lục I).
 */
export interface PaperContent {
  /** Abbreviation of the type: KH, BC, QĐ, TB ...; `CV` for an official letter, which has no printed type name. */
  readonly type: string;
  /** As printed above the title, for example `KẾ HOẠCH`. */
  readonly typeName: string;
  /** The agency above, printed on the first line; null where there is none. */
  readonly issuer: { readonly superior: string | null; readonly name: string };
  /** What stands after the number, for example `KH-UBND`. */
  readonly symbol: string;
  readonly place: string;
  readonly title: string;
  /** Legal and factual grounds, one a line; printed before the body. */
  readonly bases: readonly string[];
  readonly body: readonly Block[];
  readonly recipients: readonly Recipient[];
  /** The archive line of the recipients, for example `Lưu: VT`. */
  readonly archive: string | null;
  /** Printed after `Kính gửi:`; only for submissions, reports to a higher body and official letters (NĐ 30/2020, Phụ lục I). */
  readonly addressees?: readonly string[];
  /** The urgency stamp (mức độ khẩn); absent for an ordinary paper. */
  readonly urgency?: Urgency;
  /** The stamp above the country's name (chỉ dẫn phạm vi lưu hành). */
  readonly circulation?: 'XEM XONG TRẢ LẠI' | 'LƯU HÀNH NỘI BỘ';
  /** Ký hiệu người soạn thảo and the number of copies, for example `PL.(300)`. */
  readonly drafterMark?: { readonly initials: string; readonly copies: number | null };
  /** Address, e-mail, telephone of the agency, at the foot of page 1. */
  readonly contact?: string;
  /** Who decides, printed above the bases of a decision (thẩm quyền ban hành), and the word that follows them (`QUYẾT ĐỊNH:`). */
  readonly enacting?: { readonly by: string; readonly word: string };
  /** Who signs minutes (biên bản): secretary on the left, chair on the right. Minutes bear neither place nor date line. */
  readonly minutes?: { readonly secretary: MinutesSigner; readonly chair: MinutesSigner };
  readonly appendices?: readonly Appendix[];
  /** The paper that is copied (sao y, sao lục, trích sao), printed in full before the copy's own block. */
  readonly copy?: Copy;
}

/** KHẨN, THƯỢNG KHẨN, HỎA TỐC. */
export type Urgency = 'khan' | 'thuongKhan' | 'hoaToc';

export interface MinutesSigner {
  readonly title: string;
  readonly name: string;
}

export interface Appendix {
  /** `Phụ lục`, or `Phụ lục I` where there are several. */
  readonly marker: string;
  readonly title: string;
  readonly orientation: 'portrait' | 'landscape';
  readonly body: readonly Block[];
}

/** SY: sao y; SL: sao lục; TrS: trích sao. */
export type CopyKind = 'SY' | 'SL' | 'TrS';

export interface Copy {
  readonly kind: CopyKind;
  /** An electronic copy says at its top right corner what it is and who made it when (NĐ 30/2020, Phụ lục I, G-05). */
  readonly electronic?: boolean;
  /** What is copied, as it was issued; for an extract only the parts that are copied. */
  readonly of: {
    readonly content: PaperContent;
    readonly number: number;
    readonly issuedOn: string;
    readonly signature: SignatureBlock;
  };
}

export interface Recipient {
  readonly name: string;
  /** Why they receive it, as printed: `để báo cáo`, `để thực hiện` ...; null where the paper gives none. */
  readonly purpose: string | null;
}

export type Block =
  /** A part that stands on lines of its own: `Phần I`, `Chương I`, `Mục 1`, `Tiểu mục 1`, and its title below. */
  | { readonly kind: 'chapter'; readonly marker: string; readonly text: string }
  /** `Điều 1.` with its title, or with its text where it has none. */
  | { readonly kind: 'article'; readonly marker: string; readonly title: string | null; readonly text: string | null }
  /** level 1: `I. TITLE`; level 2: `1. Title` with items under it. */
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly marker: string; readonly text: string }
  /** A paragraph; `marker` is `1.`, `a)`, `-` or `+` where it is an item; `level` 0 is running text. */
  | { readonly kind: 'paragraph'; readonly marker: string | null; readonly level: 0 | 1 | 2 | 3; readonly text: string }
  | {
      readonly kind: 'table';
      readonly caption: string | null;
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** Column indexes whose cells are figures, printed to the right. */
      readonly numeric: readonly number[];
    };

/** The signature block, computed from recorded authority (NĐ 30/2020, Điều 13); never typed. */
export interface SignatureBlock {
  /** The first line: `TM. ỦY BAN NHÂN DÂN`, or `TL. CHỦ TỊCH` where a deputy signs what was passed on; null where there is none. */
  readonly authority: string | null;
  /** `KT. CHỦ TỊCH`, `TL. CHỦ TỊCH` ..., or null. */
  readonly capacity: string | null;
  /** `PHÓ CHỦ TỊCH`. */
  readonly title: string;
  readonly name: string;
}

/** A paper as it is printed. A draft has neither number nor date, and says so on the page. */
export interface Paper {
  readonly content: PaperContent;
  readonly number: number | null;
  /** Day of issue in Asia/Ho_Chi_Minh, `yyyy-mm-dd`. */
  readonly issuedOn: string | null;
  readonly signature: SignatureBlock | null;
  /** False marks the print as a draft on every page. */
  readonly final: boolean;
  /** True where the signing keys are those of a test authority: the page says so, because it is no official paper. */
  readonly test?: boolean;
  /** The code under which anybody can verify the paper; printed at the foot of page 1. */
  readonly code?: string | null;
  /** Pictures of signature and seal (NĐ 30/2020, Phụ lục I, G-01 and G-02); part of the page, never of a signature field. */
  readonly pictures?: { readonly signature: Picture | null; readonly seal: Picture | null };
  /** When an electronic copy is signed, an instant in UTC (ISO 8601), for its top right corner; the day of issue stands for it where it is absent. */
  readonly signingAt?: string | null;
  /** Year in the number, for legal texts and wherever a series asks for it (`18/2000/CT-TTg`). */
  readonly numberYear?: number | null;
}

/** A PNG with transparent ground. */
export interface Picture {
  /** Base64 of the file. */
  readonly png: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** The number as the form wants it: a leading zero below ten (NĐ 30/2020, Phụ lục I). */
export function printedNumber(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** Number and symbol as printed, for example `08/KH-UBND`; with the year where the series wants it, `18/2000/CT-TTg`. */
export function numberAndSymbol(number: number, symbol: string, year?: number | null): string {
  return `${printedNumber(number)}/${year === undefined || year === null ? '' : `${year}/`}${symbol}`;
}
