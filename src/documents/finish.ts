import { TrinhkyError } from '../errors.js';

/** Stands where a paper has no day yet: a draft's bytes must not depend on when it was printed either. */
const dateless = "D:20000101000000+00'00'";
const stamped = /(\/(?:CreationDate|ModDate) \()(D:\d{14}[+-]\d{2}'\d{2}')(\))/g;

/**
 * The last step from the browser's PDF to ours: the same paper gives the same bytes.
 * Chromium stamps the time of day, the only thing in which two prints differ; the paper's day of issue (00:00 in
 * Asia/Ho_Chi_Minh) takes its place, in as many bytes, so that every offset of the file holds.
 * Throws `printFailed` {reason: 'datesMissing'} when the file is not as expected.
 */
export function finished(bytes: Uint8Array, issuedOn: string | null): Uint8Array {
  const date = issuedOn === null ? dateless : `D:${issuedOn.replaceAll('-', '')}000000+07'00'`;
  const result = Buffer.from(bytes);
  const found = [...result.toString('latin1').matchAll(stamped)];
  if (found.length !== 2 || found.some((match) => match[2]?.length !== date.length)) {
    throw new TrinhkyError('printFailed', { reason: 'datesMissing', found: found.length });
  }
  for (const match of found) {
    result.write(date, match.index + (match[1]?.length ?? 0), 'latin1');
  }
  return result;
}
