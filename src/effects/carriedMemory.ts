import { performance } from 'node:perf_hooks';

/** An instance that moves again within this time is cleared by its own commit, for nothing. */
const idleMs = 10_000;
/** Twice what may be pending, and again twice for trimming by halves. */
const seqsKeptMax = 128;

export interface CarriedRow {
  readonly authority: string;
  readonly instance: string;
  readonly seqs: readonly number[];
}

/**
 * What this process carried out of its instances. Exactly these entries may be cleared: an entry whose commit was answered
 * with an error may stand between them, and nobody handed it over.
 */
export interface CarriedMemory {
  remember(authority: string, instance: string, seq: number): void;
  has(instance: string, seq: number): boolean;
  /** The rows of these instances; they are forgotten. */
  take(instances: readonly string[]): readonly CarriedRow[];
  /** The rows of instances that have been quiet for `idleMs`. */
  takeIdle(): readonly CarriedRow[];
  takeAll(): readonly CarriedRow[];
}

/** An empty memory. */
export function makeCarriedMemory(): CarriedMemory {
  const rows = new Map<string, { readonly authority: string; readonly seqs: Set<number>; at: number }>();

  function take(instances: readonly string[]): readonly CarriedRow[] {
    return instances.flatMap((instance) => {
      const row = rows.get(instance);
      rows.delete(instance);
      return row === undefined ? [] : [{ instance, authority: row.authority, seqs: [...row.seqs] }];
    });
  }

  return {
    remember(authority, instance, seq) {
      const row = rows.get(instance) ?? { authority, seqs: new Set<number>(), at: 0 };
      row.seqs.add(seq);
      row.at = performance.now();
      // A busy instance clears itself with its commits; what is so far back is no longer in `pending`, or is carried once more.
      if (row.seqs.size > seqsKeptMax) for (const old of [...row.seqs].slice(0, seqsKeptMax / 2)) row.seqs.delete(old);
      rows.set(instance, row);
    },
    has: (instance, seq) => rows.get(instance)?.seqs.has(seq) === true,
    take,
    takeIdle() {
      const before = performance.now() - idleMs;
      return take([...rows].filter(([, row]) => row.at < before).map(([instance]) => instance));
    },
    takeAll: () => take([...rows.keys()]),
  };
}
