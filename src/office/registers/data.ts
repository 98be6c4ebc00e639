import type { JsonObject } from '../../engine/json.js';
import type { Directory } from '../organisation/directory.js';

/** The registers of NĐ 30/2020, Phụ lục IV that are built from what is recorded. */
export type RegisterKind = 'outgoing' | 'incoming' | 'followUp' | 'post' | 'archivedCopies';
export const registerKinds: readonly RegisterKind[] = ['outgoing', 'incoming', 'followUp', 'post', 'archivedCopies'];
export type RegisterLanguage = 'vi' | 'en';

/** A row of the register of numbers. */
export interface RegisterNumber {
  readonly series: string;
  readonly year: number;
  readonly number: number;
  readonly symbol: string;
  readonly document: string | null;
  readonly day: string;
  readonly status: 'reserved' | 'used' | 'cancelled' | 'takenOver';
  readonly reason: string | null;
}

/** A paper as far as a register shows it. */
export interface RegisterPaper {
  readonly id: string;
  readonly definition: string;
  /** The outermost state. */
  readonly state: string;
  readonly open: boolean;
  readonly context: JsonObject;
}

/** One recipient of a paper, as its own instance of `delivery`. */
export interface RegisterDelivery {
  readonly paper: string;
  readonly context: JsonObject;
}

/** One opening of an issued paper's file, from the audit. */
export interface RegisterUse {
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly person: string;
  readonly paper: string;
}

/** Everything that a register is built from; read before, so that building it is pure. */
export interface RegisterSource {
  readonly directory: Directory;
  readonly language: RegisterLanguage;
  /** `yyyy-mm-dd`, both inclusive. */
  readonly from: string;
  readonly to: string;
  /** In the order of series, year and number. */
  readonly numbers: readonly RegisterNumber[];
  /** By id: the papers of the numbers, and the replies that they name. */
  readonly papers: ReadonlyMap<string, RegisterPaper>;
  /** By the paper's id. */
  readonly deliveries: ReadonlyMap<string, readonly RegisterDelivery[]>;
  readonly uses: readonly RegisterUse[];
}

/** One line, its cells in the order of the columns; `muted` marks a number that no paper bears. */
export interface RegisterRow {
  readonly cells: readonly string[];
  readonly muted: boolean;
}
