import { MongoBulkWriteError, MongoServerError, type WriteError } from 'mongodb';

const DUPLICATE_KEY = 11_000;

/** Whether one insert found its key taken. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === DUPLICATE_KEY;
}

/** One insert of a batch that found a key taken. Only the error's text names the index. */
export interface Duplicate {
  readonly position: number;
  readonly index: string;
}

/**
 * The duplicates of an unordered batch of inserts. Anything else that went wrong is thrown: the batch is then unknown and
 * must be repeated.
 */
export function duplicatesOf(error: unknown): readonly Duplicate[] {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  // The driver wraps a lost connection in the same error, without a single write error: that is no duplicate but an unknown outcome.
  if (error.code !== DUPLICATE_KEY) throw error;
  const errors: readonly WriteError[] = Array.isArray(error.writeErrors) ? error.writeErrors : [error.writeErrors];
  if (
    errors.length === 0 ||
    errors.some((one) => one.code !== DUPLICATE_KEY) ||
    error.result.getWriteConcernError() !== undefined
  )
    throw error;
  return errors.map((one) => ({ position: one.index, index: /index: (\S+)/.exec(one.errmsg ?? '')?.[1] ?? '' }));
}
