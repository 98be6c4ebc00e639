import { numberAndSymbol, type Paper, type PaperContent, type SignatureBlock } from '../papers/paper.js';
import type { PaperMeasures } from './measures.js';

/** What can be known of a paper whose form is judged. What is null is not judged. */
export interface FormSubject {
  readonly content: PaperContent | null;
  /** As printed: `Số: 08/KH-UBND`; null while there is no number. */
  readonly numberLine: string | null;
  /** As printed: `Gò Vấp, ngày 09 tháng 02 năm 2010`; null while there is no day. */
  readonly dateLine: string | null;
  readonly signature: SignatureBlock | null;
  readonly measures: PaperMeasures | null;
  /** Font families that the authority allows beside Times New Roman. */
  readonly allowedFonts: readonly string[];
}

/** A paper as it would be issued, without its print. */
export function subjectOf(
  paper: Pick<Paper, 'content' | 'number' | 'issuedOn' | 'signature' | 'numberYear'>,
  measures: PaperMeasures | null = null,
  allowedFonts: readonly string[] = [],
): FormSubject {
  const { content, number, issuedOn, signature, numberYear } = paper;
  return {
    content,
    numberLine: number === null ? null : `Số: ${numberAndSymbol(number, content.symbol, numberYear)}`,
    dateLine: issuedOn === null || content.minutes !== undefined ? null : `${content.place}, ${writtenDay(issuedOn)}`,
    signature,
    measures,
    allowedFonts,
  };
}

/** `ngày 09 tháng 02 năm 2010`: a leading zero for days below ten and for the months 1 and 2 (NĐ 30/2020, Phụ lục I, phần I). */
export function writtenDay(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `ngày ${date} tháng ${Number(month) <= 2 ? month : String(Number(month))} năm ${year}`;
}
