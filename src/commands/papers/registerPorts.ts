import type { RegisteredPaper } from '../../office/papers/incoming.js';
import type { RegisterDelivery, RegisterPaper, RegisterUse } from '../../office/registers/data.js';
import type { NumberRow } from './numbering.js';

/** Numbers of a period; `series` narrows to one, `except` leaves one out. Days `yyyy-mm-dd`, both inclusive. */
export interface NumbersAsked {
  readonly authority: string;
  readonly from: string;
  readonly to: string;
  readonly series: string | null;
  readonly except: string | null;
  readonly limit: number;
}

/** What registers read; `store/` fills it. Nothing here writes. */
export interface RegisterStore {
  /** In the order of series, year and number; at most `limit`. */
  numbers(asked: NumbersAsked): Promise<readonly NumberRow[]>;
  /** The series of outgoing and incoming papers that gave a number on these days, in order. */
  seriesOf(authority: string, from: string, to: string): Promise<readonly string[]>;
  /** The rows of the numbers that these papers bear. */
  numbersOf(authority: string, papers: readonly string[]): Promise<readonly NumberRow[]>;
  papers(authority: string, ids: readonly string[]): Promise<readonly RegisterPaper[]>;
  deliveries(authority: string, papers: readonly string[]): Promise<readonly RegisterDelivery[]>;
  /** Openings of sealed files between two instants, the last one excluded, oldest first; at most `limit`. */
  uses(authority: string, from: string, to: string, limit: number): Promise<readonly RegisterUse[]>;
  /** Incoming papers that were registered with one of these numbers of their issuers; at most a bounded count. */
  registeredWith(authority: string, codeNumbers: readonly string[]): Promise<readonly RegisteredPaper[]>;
}
