import type { JsonObject } from '../../engine/json.js';

/** The one series of incoming papers (số đến), for paper and electronic ones alike (NĐ 30/2020, Điều 22). */
export const arrivalSeries = 'den';
/** Stands for the symbol in the rows of that series. */
export const arrivalSymbol = 'Đến';

/** The number given to an incoming paper, and its day (`yyyy-mm-dd`, Asia/Ho_Chi_Minh). */
export interface ArrivalNumber {
  readonly number: number;
  readonly day: string;
}

/** What tells one incoming paper from another (N-08): number, symbol, issuing body, and the year of its date. */
export interface PaperIdentity {
  /** Without leading zeros. */
  readonly number: string;
  readonly symbol: string;
  readonly issuer: string;
  readonly year: string | null;
}

/** An incoming paper that was registered before. */
export interface RegisteredPaper {
  readonly id: string;
  readonly arrivalNumber: number;
  readonly arrivalDay: string;
  readonly context: JsonObject;
}

/** The identity in a context; null for a paper without a number, which cannot be told to be the same. */
export function identityOf(context: JsonObject): PaperIdentity | null {
  const { codeNumber, codeNotation, issuer, issuedOn } = context;
  if (typeof codeNumber !== 'string' || typeof issuer !== 'string') return null;
  return {
    number: plain(codeNumber).replace(/^0+(?=\d)/, ''),
    symbol: typeof codeNotation === 'string' ? plain(codeNotation) : '',
    issuer: plain(issuer),
    year: typeof issuedOn === 'string' ? issuedOn.slice(0, 4) : null,
  };
}

/** Whether two papers are one. A year that is missing on either side does not tell them apart. */
export function isSamePaper(one: PaperIdentity, other: PaperIdentity): boolean {
  const years = one.year === null || other.year === null || one.year === other.year;
  return years && one.number === other.number && one.symbol === other.symbol && one.issuer === other.issuer;
}

/** `Ð` (eth) is typed for `Đ`. Tones stand on different vowels with different writers (hoà, hòa; uỷ, ủy): they are left out, and so are case and spaces. */
function plain(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '')
      .normalize('NFC')
      .toLocaleUpperCase('vi')
      .replace(/\u00d0/g, 'Đ')
      .replace(/\s+/g, ' ')
      // `QĐ - UBND`, `QĐ–UBND`: blanks around a sign and the kind of the dash are the typist's.
      .replace(/ ?([-\u2010-\u2015/.,&]) ?/g, (_, sign: string) => (/[-/.,&]/.test(sign) ? sign : '-'))
      .replace(/[.,;]+$/, '')
      .trim()
  );
}

/** Number and symbol of an incoming paper as its issuer wrote them: `15/QĐ-UBND`. Empty for a paper without a number. */
export function incomingCode(context: JsonObject): string {
  const { codeNumber, codeNotation } = context;
  return [codeNumber, codeNotation].filter((part): part is string => typeof part === 'string' && part !== '').join('/');
}
