import type { Db } from 'mongodb';

/** How old the measured distance to the server's clock may become. */
export const clockFreshMs = 60_000;

/**
 * The database server's clock, as a function that answers at once: the distance measured last, carried on by this process's
 * monotonic clock, so a change of this machine's time moves nothing. Older than `clockFreshMs` it is measured anew in the
 * background; while the server is away the last distance stands. It follows the server's clock when that is set back.
 */
export async function makeDatabaseClock(db: Db, monotonic: () => number = () => performance.now()): Promise<() => number> {
  let { serverMs, atMs } = await measure(db, monotonic);
  let measuring = false;
  const renew = async (): Promise<void> => {
    measuring = true;
    try {
      ({ serverMs, atMs } = await measure(db, monotonic));
    } catch {
      // The server is away: every call says so by itself.
    } finally {
      measuring = false;
    }
  };
  return () => {
    const passedMs = monotonic() - atMs;
    if (passedMs > clockFreshMs && !measuring) void renew();
    return Math.floor(serverMs + passedMs);
  };
}

async function measure(db: Db, monotonic: () => number): Promise<{ serverMs: number; atMs: number }> {
  const before = monotonic();
  const hello = await db.admin().command({ hello: 1 });
  const after = monotonic();
  // The server looked at its clock somewhere between the two.
  return { serverMs: (hello['localTime'] as Date).getTime(), atMs: (before + after) / 2 };
}
