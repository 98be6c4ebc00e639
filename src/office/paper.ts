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
}

export interface Recipient {
  readonly name: string;
  /** Why they receive it, as printed: `để báo cáo`, `để thực hiện` ...; null where the paper gives none. */
  readonly purpose: string | null;
}

export type Block =
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
  /** `TM. ỦY BAN NHÂN DÂN`, or null where the head signs for himself. */
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
}

/** The number as the form wants it: a leading zero below ten (NĐ 30/2020, Phụ lục I). */
export function printedNumber(number: number): string {
  return number < 10 ? `0${number}` : String(number);
}

/** Number and symbol as printed, for example `08/KH-UBND`. */
export function numberAndSymbol(number: number, symbol: string): string {
  return `${printedNumber(number)}/${symbol}`;
}
