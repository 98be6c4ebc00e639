import { type WordPiece, wordChanges, wordsOf } from './wordChanges.js';

export interface PlanClause {
  readonly path: string;
  readonly text: string;
}

/** A clause of the new plan beside the clause of the earlier one that it continues. */
export interface ClauseChange {
  readonly kind: 'same' | 'changed' | 'new';
  readonly path: string;
  readonly text: string;
  /** The path in the earlier plan; null for a new one. Another path with the same words is `same`: it was only moved. */
  readonly from: string | null;
  /** What changed, word by word; empty unless `changed`. */
  readonly words: readonly WordPiece[];
}

export interface PlanChanges {
  /** The clauses of the new plan, in its order. */
  readonly clauses: readonly ClauseChange[];
  /** The clauses of the earlier plan that have no place in the new one. */
  readonly dropped: readonly PlanClause[];
}

/** How much of their words two clauses must share to be one: less where they stand at the same place. */
const likenessMin = { samePath: 0.25, elsewhere: 0.5 } as const;
/** Between two that are alike, the one at the same place is meant. */
const samePathBonus = 0.2;
/** Words of a clause that are compared for likeness; whether it is the same is judged by all. */
const wordsComparedMax = 200;

/**
 * How a plan that amends or replaces another stands to it, clause by clause: by the same words first, then by place and likeness of words,
 * the most alike pairs first. Every clause of both plans appears exactly once.
 */
export function planChanges(before: readonly PlanClause[], after: readonly PlanClause[]): PlanChanges {
  const pairs = new Map<PlanClause, PlanClause>();
  const taken = new Set<PlanClause>();
  const pair = (now: PlanClause, old: PlanClause): void => {
    pairs.set(now, old);
    taken.add(old);
  };
  pairEqual(before, after, pair, pairs, taken);
  const candidates = likely(
    before.filter((old) => !taken.has(old)),
    after.filter((now) => !pairs.has(now)),
  );
  for (const { old, now } of candidates) if (!taken.has(old) && !pairs.has(now)) pair(now, old);
  return {
    clauses: after.map((now): ClauseChange => {
      const old = pairs.get(now);
      if (old === undefined) return { ...now, kind: 'new', from: null, words: [] };
      const same = plain(old.text) === plain(now.text);
      return { ...now, kind: same ? 'same' : 'changed', from: old.path, words: same ? [] : wordChanges(old.text, now.text) };
    }),
    dropped: before.filter((old) => !taken.has(old)),
  };
}

/** The same words: at the same place first, then wherever they went, in order. */
function pairEqual(
  before: readonly PlanClause[],
  after: readonly PlanClause[],
  pair: (now: PlanClause, old: PlanClause) => void,
  pairs: ReadonlyMap<PlanClause, PlanClause>,
  taken: ReadonlySet<PlanClause>,
): void {
  for (const keyOf of [({ path, text }: PlanClause) => `${path} ${plain(text)}`, ({ text }: PlanClause) => plain(text)]) {
    const waiting = new Map<string, PlanClause[]>();
    for (const old of before) if (!taken.has(old)) waiting.set(keyOf(old), [...(waiting.get(keyOf(old)) ?? []), old]);
    for (const now of after) {
      const old = pairs.has(now) ? undefined : waiting.get(keyOf(now))?.shift();
      if (old !== undefined) pair(now, old);
    }
  }
}

interface Candidate {
  readonly old: PlanClause;
  readonly now: PlanClause;
  readonly score: number;
}

function likely(before: readonly PlanClause[], after: readonly PlanClause[]): readonly Candidate[] {
  const bags = new Map([...before, ...after].map((clause) => [clause, bagOf(clause.text)]));
  const found = after.flatMap((now) =>
    before.flatMap((old): Candidate[] => {
      const alike = likeness(bags.get(old) ?? new Map(), bags.get(now) ?? new Map());
      const here = old.path === now.path;
      if (alike < (here ? likenessMin.samePath : likenessMin.elsewhere)) return [];
      return [{ old, now, score: alike + (here ? samePathBonus : 0) }];
    }),
  );
  return found.sort((a, b) => b.score - a.score);
}

function plain(text: string): string {
  return wordsOf(text).join(' ');
}

/** Pairs of neighbouring words with their number: single syllables are shared by any two Vietnamese texts. */
function bagOf(text: string): ReadonlyMap<string, number> {
  const words = wordsOf(text.toLowerCase()).slice(0, wordsComparedMax);
  const bag = new Map<string, number>();
  for (let at = 0; at <= words.length; at += 1) {
    const pair = `${words[at - 1] ?? ''} ${words[at] ?? ''}`;
    bag.set(pair, (bag.get(pair) ?? 0) + 1);
  }
  return bag;
}

/** 0 to 1: the share of word pairs that two texts have in common (Dice). */
function likeness(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number {
  let [common, total] = [0, 0];
  for (const [pair, count] of a) {
    common += Math.min(count, b.get(pair) ?? 0);
    total += count;
  }
  for (const count of b.values()) total += count;
  return total === 0 ? 0 : (2 * common) / total;
}
