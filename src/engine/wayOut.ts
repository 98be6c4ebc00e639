import { canonical } from './json.js';

/** How far a search for a way out goes. */
export interface WayOutBounds {
  /** Changes in one proposal. */
  readonly changesMax: number;
  /** Judgements of the whole search. */
  readonly judgementsMax: number;
  /** Changes that are tried from one situation. */
  readonly candidatesMax: number;
}

export const wayOutBounds: WayOutBounds = { changesMax: 6, judgementsMax: 2_000, candidatesMax: 12 };

/** A world in which changes can be supposed. Pure: a situation is a value, and applying a change makes another one. */
export interface Hypotheses<S, C> {
  opens(situation: S): boolean;
  /** The changes that may bring it nearer, the soonest possible first. */
  helpful(situation: S): readonly C[];
  /** The situation after a change; null where the change cannot be made there. */
  apply(situation: S, change: C): S | null;
  /** Text that two situations share if nothing that matters differs between them. */
  keyOf(situation: S): string;
  /** How many judgements were made so far. */
  judgements(): number;
}

/**
 * `found`: these changes, in this order, open it, and no part of them does. `none`: no change of the vocabulary opens it.
 * `bound`: none was found within the bounds, which says nothing of what lies beyond.
 */
export type WayOut<C> =
  | { readonly kind: 'found'; readonly changes: readonly C[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'bound' };

interface Node<S, C> {
  readonly situation: S;
  readonly changes: readonly C[];
}

/** Looks for the smallest set of changes that opens a situation: breadth first, of equal size the soonest. Deterministic. */
export function wayOut<S, C>(start: S, hypotheses: Hypotheses<S, C>, bounds: WayOutBounds = wayOutBounds): WayOut<C> {
  let level: readonly Node<S, C>[] = [{ situation: start, changes: [] }];
  const seen = new Set<string>();
  for (let size = 0; level.length > 0; size += 1) {
    for (const { situation, changes } of level) {
      if (hypotheses.opens(situation)) return { kind: 'found', changes: least(start, changes, hypotheses) };
      if (hypotheses.judgements() > bounds.judgementsMax) return { kind: 'bound' };
    }
    const next: Node<S, C>[] = [];
    for (const node of level) {
      if (hypotheses.judgements() > bounds.judgementsMax) return { kind: 'bound' };
      next.push(...after(node, hypotheses, bounds, seen));
    }
    if (size === bounds.changesMax) return next.length > 0 ? { kind: 'bound' } : { kind: 'none' };
    level = next;
  }
  return { kind: 'none' };
}

/** What a situation may become by one change more. What was reached before, by these changes or by others, is not followed again. */
function after<S, C>({ situation, changes }: Node<S, C>, hypotheses: Hypotheses<S, C>, bounds: WayOutBounds, seen: Set<string>) {
  const nodes: Node<S, C>[] = [];
  for (const change of hypotheses.helpful(situation).slice(0, bounds.candidatesMax)) {
    const more = [...changes, change];
    const key = more.map(canonical).sort().join('\n');
    if (seen.has(key)) continue;
    const made = hypotheses.apply(situation, change);
    if (made === null) continue;
    seen.add(key);
    const place = hypotheses.keyOf(made);
    if (seen.has(place)) continue;
    seen.add(place);
    nodes.push({ situation: made, changes: more });
  }
  return nodes;
}

/**
 * The smallest part of changes that opens the start, each left out where it cannot be made. The search goes only along what seems to
 * help, so that what it found may hold more than is needed.
 */
function least<S, C>(start: S, changes: readonly C[], hypotheses: Hypotheses<S, C>): readonly C[] {
  const parts = partsOf(changes).sort((a, b) => a.length - b.length);
  return parts.find((part) => hypotheses.opens(carriedOut(start, part, hypotheses))) ?? changes;
}

/** The situation after changes, of which those that cannot be made change nothing. */
function carriedOut<S, C>(start: S, changes: readonly C[], hypotheses: Pick<Hypotheses<S, C>, 'apply'>): S {
  return changes.reduce((situation, change) => hypotheses.apply(situation, change) ?? situation, start);
}

function partsOf<C>(changes: readonly C[]): (readonly C[])[] {
  const parts: (readonly C[])[] = [[]];
  for (const change of changes) parts.push(...parts.map((part) => [...part, change]));
  return parts;
}
