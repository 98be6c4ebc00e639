import type { Json, JsonObject } from './json.js';

/** Where an instance is: the name of a leaf, or an object of the same for nested and parallel states. */
export type StateValue = string | { readonly [name: string]: StateValue };

/** What a history state remembers: node id of the history state to the node ids that were active. */
export type History = Readonly<Record<string, readonly string[]>>;

export interface DefinitionRef {
  readonly id: string;
  readonly version: number;
  readonly hash: string;
}

/** One stay in a state: the revision at which it was entered, and its due date where it has one. */
export interface Visit {
  readonly revision: number;
  readonly due: string | null;
  /** The revision at which `due` was last set: a timer for an earlier date does nothing. */
  readonly dueRevision: number;
  /** The instant from which a declared term counts: when the stay began. Kept, since a term that was suspended is counted anew. */
  readonly from?: string;
}

/** The part of an instance on which the engine decides. Everything in it is plain data. */
export interface Instance {
  readonly id: string;
  readonly authority: string;
  readonly definition: DefinitionRef;
  readonly revision: number;
  readonly state: StateValue;
  readonly history: History;
  readonly context: JsonObject;
  /** Hash of the paper's current content, or null. */
  readonly content: string | null;
  readonly parent: Parent | null;
  readonly open: boolean;
  readonly originator: string;
  readonly visits: Readonly<Record<string, Visit>>;
  /** SHA-256 of the last entry's bytes; for a new instance of its origin. */
  readonly head: string;
}

export interface Parent {
  readonly id: string;
  /** What the child is to its parent, for example `directive` or `report`. */
  readonly kind: string;
  /** Unique among the parent's children of that kind. */
  readonly key: string;
}

/** What happened, in the past tense. Its canonical text is what is hashed, stored and shown; see `entry.ts`. */
export interface Entry {
  readonly instance: string;
  readonly seq: number;
  readonly prev: string;
  readonly at: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  /** The role in which the actor acted and the record that gives it. */
  readonly role: string | null;
  readonly by: string | null;
  readonly capacity: Json;
  readonly key: string;
  readonly requestHash: string;
  readonly command: string;
  /** The transition taken, `SIGN/1`; `OPEN` for the first entry. */
  readonly transition: string;
  readonly input: JsonObject;
  readonly before: StateValue | null;
  readonly after: StateValue;
  readonly contextHash: string;
  readonly content: string | null;
  readonly effects: readonly Effect[];
}

/** Work outside, after the write: at least once, idempotent by id. */
export interface Effect {
  /** `instance/seq/position`. */
  readonly id: string;
  readonly kind: string;
  readonly params: JsonObject;
  /** When it is due on the domain's clock; null means now. */
  readonly dueAt: string | null;
}
