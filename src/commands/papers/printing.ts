import type { JsonObject } from '../../engine/json.js';
import type { Paper } from '../../office/papers/paper.js';

/** What the bytes of a print depend on beside what is printed. */
export interface PrintVersions {
  /** As it names itself, for example `HeadlessChrome/147.0.7727.0`. */
  readonly browser: string;
  readonly font: string;
  /** SHA-256 over the template's files. */
  readonly template: string;
  /** The step that makes the browser's file archival and accessible. */
  readonly finish: number;
}

/** The bytes of one printed paper and what they depend on, so that the print can be repeated and compared. */
export interface Printed {
  readonly bytes: Uint8Array;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hash: string;
  readonly pages: number;
  readonly versions: PrintVersions;
}

/**
 * The port of the printer; `documents/` fills it.
 * A print is checked before it is returned (fonts, and number, title and signer read back from the PDF);
 * what fails the check throws `printFailed`, what outlives its deadline `printTooSlow`, a missing browser `browserMissing`.
 */
export interface Printer {
  print(paper: Paper): Promise<Printed>;
  /** A page that is no official paper: a register, an approval sheet. Checked and reproducible like a paper. */
  printSheet(sheet: Sheet): Promise<Printed>;
  /** Ends the browser and everything it started. Printing again starts a new one. */
  close(): Promise<void>;
}

/** What a sheet's template prints. The template stands in `templates/documents/<template>.hbs` and is strict. */
export interface Sheet {
  readonly template: 'register' | 'approvalSheet' | 'arrivalSlip' | 'followUp' | 'progress' | 'unitReport';
  /** For the window title and the PDF's metadata. */
  readonly title: string;
  readonly view: JsonObject;
  /** `yyyy-mm-dd`: stands for the time of printing, so that the same sheet has the same bytes. */
  readonly day: string;
  /** Texts that must be read back from the print. */
  readonly mustShow: readonly string[];
}
