import {
  MongoBulkWriteError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerClosedError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
} from 'mongodb';
import { TrinhkyError } from '../errors.js';

/** What a server answers that is going down, is no longer the primary, or could not make a write durable in time. */
const awayCodes: ReadonlySet<unknown> = new Set([6, 7, 64, 89, 91, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436]);

const awayErrnos: ReadonlySet<string | undefined> = new Set([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ENOENT',
  'ETIMEDOUT',
  'EHOSTUNREACH',
]);

const socketCalls: ReadonlySet<string | undefined> = new Set(['connect', 'read', 'write', 'getaddrinfo']);

/** Driver errors that carry no code of their own; the last two are not exported by name. */
const awayNames: ReadonlySet<string> = new Set([
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoWaitQueueTimeoutError',
  'MongoClientClosedError',
  'MongooseServerSelectionError',
]);

/**
 * Whether an error says that the database could not be reached or could not answer just now. The outcome of a write that
 * ended so is unknown: it may have been done.
 */
export function isAway(error: unknown): boolean {
  if (error instanceof TrinhkyError) return error.code === 'databaseAway';
  if (!(error instanceof Error)) return false;
  if (awayNames.has(error.name)) return true;
  // A socket that breaks in the middle of a write reaches us as the system's own error.
  if (
    'syscall' in error &&
    socketCalls.has((error as NodeJS.ErrnoException).syscall) &&
    awayErrnos.has((error as NodeJS.ErrnoException).code)
  )
    return true;
  if (!(error instanceof MongoError)) return false;
  if (error instanceof MongoBulkWriteError && error.code === undefined) return true;
  return (
    error instanceof MongoServerSelectionError ||
    error instanceof MongoNetworkError ||
    error instanceof MongoNotConnectedError ||
    error instanceof MongoTopologyClosedError ||
    error instanceof MongoServerClosedError ||
    error instanceof MongoOperationTimeoutError ||
    awayCodes.has(error.code)
  );
}

/** The error itself, or TrinhkyError `databaseAway` with the driver's error as its cause. Addresses stay out of its text. */
export function awayOr(error: unknown): unknown {
  return isAway(error) && !(error instanceof TrinhkyError) ? new TrinhkyError('databaseAway', {}, { cause: error }) : error;
}

/** Runs work on the database; an unreachable database becomes TrinhkyError `databaseAway`, everything else stays as it is. */
export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw awayOr(error);
  }
}

/** A port whose every call is guarded. For ports made of functions that answer promises, and of nothing else. */
export function guardedPort<T extends object>(port: T): T {
  const calls = Object.entries(port as Record<string, (...given: unknown[]) => Promise<unknown>>);
  return Object.fromEntries(calls.map(([name, call]) => [name, (...given: unknown[]) => guarded(() => call(...given))])) as T;
}
