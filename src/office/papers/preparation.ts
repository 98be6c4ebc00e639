import type { SignatureBlock } from './paper.js';

/** What PREPARE brings: a reserved number, the day, and the exact bytes that will be signed. */
export interface Preparation {
  readonly series: string;
  readonly number: number;
  readonly symbol: string;
  /** As it is printed, on one line: from here on the paper is called so, whatever its drafter called it. */
  readonly title: string;
  readonly year: number;
  /** `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly issuedOn: string;
  /** SHA-256 of the prepared bytes. */
  readonly prepared: string;
  /** SHA-256 of the content that was printed. */
  readonly preparedContent: string;
  readonly signature: SignatureBlock;
  /** The public verification code that the page bears. */
  readonly code: string;
}
