/** Something that does not go on until somebody acts. */
export interface Wait {
  readonly instance: string;
  readonly definition: string;
  readonly title: string;
  /** Path of the state in which it waits. */
  readonly state: string;
  /** The unit whose work it is. */
  readonly unit: string;
  /** Who waits: the unit for a decision on its work, or the one who ordered it for the unit. */
  readonly waiter: 'unit' | 'authority';
  /** Principal keys of those it waits for. */
  readonly waitsFor: readonly string[];
  /** The instant since which it waits. */
  readonly since: string;
}

/** Waits that are kept, the longest ones. */
const waitsMax = 200;

interface Waiting extends Omit<Wait, 'waiter'> {
  readonly open: boolean;
}

/**
 * Who waits for whom since when; null for what has ended or waits for nobody. What waits for somebody of the unit is awaited by the authority
 * that ordered it; everything else the unit waits for.
 */
export function waitOf({ open, ...wait }: Waiting): Wait | null {
  if (!open || wait.waitsFor.length === 0) return null;
  const own = wait.waitsFor.some((key) => key.startsWith(`post:${wait.unit}/`));
  return { ...wait, waiter: own ? 'authority' : 'unit' };
}

/** Keeps the longest waits, however many come. */
export function makeWaits(limit = waitsMax) {
  let kept: Wait[] = [];
  let count = 0;
  const longest = (): void => {
    kept = kept
      .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.instance < b.instance ? -1 : 1))
      .slice(0, limit);
  };
  return {
    add(wait: Wait | null): void {
      if (wait === null) return;
      count += 1;
      kept.push(wait);
      if (kept.length >= 2 * limit) longest();
    },
    /** Longest first. */
    list(): readonly Wait[] {
      longest();
      return [...kept];
    },
    count: () => count,
  };
}
