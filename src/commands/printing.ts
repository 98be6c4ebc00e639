import type { Paper } from '../office/paper.js';

/** The bytes of one printed paper and what they depend on, so that the print can be repeated and compared. */
export interface Printed {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hash: string;
  readonly pages: number;
  readonly versions: { readonly browser: string; readonly font: string; readonly template: string };
}

/**
 * The port of the printer; `documents/` fills it.
 * A print is checked before it is returned (fonts, and number, title and signer read back from the PDF);
 * what fails the check throws `printFailed`, what outlives its deadline `printTooSlow`, a missing browser `browserMissing`.
 */
export interface Printer {
  print(paper: Paper): Promise<Printed>;
  /** Ends the browser and everything it started. Printing again starts a new one. */
  close(): Promise<void>;
}
