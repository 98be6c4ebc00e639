/** A row of the register of numbers (sổ đăng ký văn bản đi): one for each number, never deleted. */
export interface NumberRow {
  readonly series: string;
  readonly year: number;
  readonly number: number;
  readonly symbol: string;
  /** The document it was given to; null for the row that opens a register in mid-year. */
  readonly document: string | null;
  /** The revision that PREPARE makes of the document. */
  readonly prepareRevision: number;
  /** `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly day: string;
  readonly status: 'reserved' | 'used' | 'cancelled' | 'takenOver';
  readonly reason: string | null;
}

export interface Reservation {
  readonly authority: string;
  readonly series: string;
  readonly symbol: string;
  readonly year: number;
  readonly day: string;
  readonly document: string;
  readonly prepareRevision: number;
}

/** The port of the register. No counter exists apart from its rows. */
export interface NumberRegister {
  /** The document's number of that day if it has one that is not cancelled, else the next of the series. Never leaves a gap. */
  reserve(reservation: Reservation): Promise<NumberRow>;
  /** Opens a series in mid-year: the next number is `lastNumber` + 1. False when the series of the year has rows already. */
  takeOver(authority: string, series: string, year: number, lastNumber: number, reason: string): Promise<boolean>;
  /** Marks a reserved number; with `used`, the document's other reserved numbers become cancelled, "prepared again as N". Repeatable. */
  settle(
    authority: string,
    row: { readonly series: string; readonly year: number; readonly number: number; readonly document: string },
    status: 'used' | 'cancelled',
    reason: string,
  ): Promise<void>;
  /** Cancels every number of a document that was reserved and not used, in all series. Repeatable. */
  cancelAll(authority: string, document: string, reason: string): Promise<void>;
  /** Numbers reserved before a day (`yyyy-mm-dd`) and never settled, oldest first; at most `limit`. */
  reservedOlderThan(authority: string, day: string, limit: number): Promise<readonly NumberRow[]>;
  rows(authority: string, series: string, year: number): Promise<readonly NumberRow[]>;
  /** The rows that give a document this number under this symbol, the newest year first; of every year where `year` is null. */
  find(authority: string, symbol: string, number: number, year: number | null): Promise<readonly NumberRow[]>;
}
