import { TrinhkyError } from '../../errors.js';
import { archival, type Finished } from './archival.js';

/**
 * Raised with every change that makes other bytes of the same pages; a test compares. It is recorded with each print, so that a print
 * of long ago that comes out different is explained.
 */
export const finishVersion = 2;

export interface Finishing {
  /** Day of issue, `yyyy-mm-dd`; null where the paper has none yet. */
  readonly day: string | null;
  /** Title for the file's metadata; null for a draft, which is neither archival nor accessible and gets fixed dates alone. */
  readonly title: string | null;
}

/**
 * The last step from the browser's PDF to ours. The same pages give the same bytes, whenever and wherever they are printed; what has a
 * title conforms to PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1), as far as the page itself allows.
 * Throws `printFailed` {reason: 'datesMissing' | 'contentUnknown' | 'untagged'} when the browser's file is not as expected.
 */
export async function finished(bytes: Uint8Array, { day, title }: Finishing): Promise<Finished> {
  const date = day === null ? dateless : `D:${day.replaceAll('-', '')}000000+07'00'`;
  const fixed = withoutChance(bytes, date);
  return title === null ? { bytes: fixed, drawn: 0 } : archival(fixed, { day, title });
}

/** Stands where a paper has no day yet: a draft's bytes must not depend on when it was printed either. */
const dateless = "D:20000101000000+00'00'";
const stamped = /(\/(?:CreationDate|ModDate) \()(D:\d{14}[+-]\d{2}'\d{2}')(\))/g;
const numbered = /\(node(\d{8})\)/g;

/**
 * Chromium stamps the time of day, and names table cells by a count that goes on through everything the process has printed. Day of
 * issue (00:00 in Asia/Ho_Chi_Minh) and place in the order take their places, in as many bytes, so that every offset of the file holds.
 */
function withoutChance(bytes: Uint8Array, date: string): Buffer {
  const result = Buffer.from(bytes);
  const text = result.toString('latin1');
  const found = [...text.matchAll(stamped)];
  if (found.length !== 2 || found.some((match) => match[2]?.length !== date.length)) {
    throw new TrinhkyError('printFailed', { reason: 'datesMissing', found: found.length });
  }
  for (const match of found) result.write(date, match.index + (match[1]?.length ?? 0), 'latin1');
  const names = [...text.matchAll(numbered)];
  const order = [...new Set(names.map((match) => match[1] ?? ''))].sort();
  const places = new Map(order.map((name, index) => [name, String(index + 1).padStart(8, '0')]));
  for (const match of names) result.write(places.get(match[1] ?? '') ?? '', match.index + '(node'.length, 'latin1');
  return result;
}
