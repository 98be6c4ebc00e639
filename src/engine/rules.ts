import type { Blocker, Claim, Command, Facts } from './command.js';
import type { Definition, StateDefinition, TransitionDefinition } from './definition.js';
import type { Instance } from './instance.js';
import type { Json, JsonObject } from './json.js';
import type { Remedy } from './remedy.js';

/**
 * The catalogues of what a definition may name. `office/` fills them; names are versioned (`formSound@1`),
 * so that a pinned definition keeps its meaning when the code moves on.
 */
export interface Catalogue {
  readonly posts: ReadonlySet<string>;
  readonly requirements: Readonly<Record<string, Requirement>>;
  readonly updates: Readonly<Record<string, Update>>;
  readonly effects: Readonly<Record<string, EffectKind>>;
}

/** What a rule sees when it is judged. */
export interface Scope {
  readonly instance: Instance;
  readonly command: Command;
  readonly claim: Claim;
  readonly facts: Facts;
  /** The principal keys of whoever is awaited now; worked out for the few requirements that ask. */
  readonly awaited?: () => readonly string[];
}

interface Rule {
  /** One line for the generated list of names. */
  readonly meaning: string;
  /** JSON Schema of the argument; undefined: the rule takes none. */
  readonly arg?: JsonObject;
  /** What the schema cannot say of the argument, for example that a field exists. Each answer is one complaint. */
  readonly checkArg?: (arg: unknown, around: ArgumentPlace) => readonly string[];
}

/** Where an argument stands, for `checkArg`. */
export interface ArgumentPlace {
  readonly definition: Definition;
  readonly state: StateDefinition;
  readonly transition: TransitionDefinition | null;
}

export interface Requirement extends Rule {
  /** Facts that must be read before it can be judged, for example `children`. */
  readonly needs?: readonly string[];
  /** Null when it is met. */
  check(arg: unknown, scope: Scope): Blocker | null;
  /** Persons whom this requirement bars, whatever they do: for the inbox. */
  bars?(arg: unknown, instance: Instance): readonly string[];
  /** Persons who have given their own part: nothing more is awaited of them, but each may still give another's as his delegate. */
  gave?(arg: unknown, instance: Instance): readonly string[];
  /** Whether the instance itself keeps it unmet, whoever acts: while it does, the command is awaited from nobody. */
  rests?(arg: unknown, instance: Instance): boolean;
  /** What would meet it where it is not met; without it nothing does but another person, another paper or the machinery. */
  remedies?(arg: unknown, scope: Scope): readonly Remedy[];
}

/** A pure change of the context, and of the content's hash where it says so. */
export interface Change {
  readonly context?: Readonly<Record<string, Json | undefined>>;
  readonly content?: string | null;
}

export interface Update extends Rule {
  /** The fields that belong to it alone: nobody may bring them along when an instance is opened. */
  writes?(arg: unknown): readonly string[];
  /** Whoever opened or drafted the instance learns of a command that does this, whatever the definition says. */
  readonly outcome?: true;
  /** Every term that a calendar decides is counted anew, though nothing else of it changed. */
  readonly recounts?: true;
  /** Undefined members of `context` are removed. */
  apply(arg: unknown, scope: Scope, next: number): Change;
}

/** One piece of work planned by an effect; ids are given by the engine. */
export interface PlannedEffect {
  readonly params: JsonObject;
  readonly dueAt?: string;
}

export interface EffectKind extends Rule {
  /** The name of the handler in `effects/`. */
  readonly kind: string;
  plan(arg: unknown, scope: Scope & { readonly next: Instance }): readonly PlannedEffect[];
}

/** An effect may be named without a version, which means the first: work outside is not part of a decision's meaning. */
export function effectName(name: string): string {
  return name.includes('@') ? name : `${name}@1`;
}
