import type { DueDefinition, Role } from './definition.js';
import type { Effect, Entry, Instance } from './instance.js';
import type { Json, JsonObject } from './json.js';

/** What someone asks of an instance. */
export interface Command {
  readonly name: string;
  readonly input: JsonObject;
  /** The person, or `system`. */
  readonly actor: string;
  /** Narrows the ways in which the actor may act to this delegator; undefined leaves the choice to the engine. */
  readonly onBehalfOf?: string;
  /** Hash of the content, or of the prepared print, that the actor had before the eyes. */
  readonly saw?: string;
  readonly key: string;
  readonly requestHash: string;
  /** Set by a timer: the visit and due date for which it was made. */
  readonly timer?: TimerStamp;
}

export interface TimerStamp {
  readonly path: string;
  readonly visit: number;
  readonly dueRevision: number;
}

/** Why a command is not open: stable code, parameters of its sentence, and who could act instead. */
export interface Blocker {
  readonly code: string;
  readonly params: JsonObject;
  /** Principal keys of those who could act, where that is the point. */
  readonly who?: readonly string[];
}

export interface Refusal {
  readonly kind: 'refused';
  readonly blockers: readonly Blocker[];
  /** The claim under which the actor came closest; null where he has none. */
  readonly claim: Claim | null;
}

export interface Acceptance {
  readonly kind: 'accepted';
  readonly next: Instance;
  readonly entry: Entry;
  /** Canonical text of the entry: exactly what was hashed. */
  readonly bytes: string;
  readonly effects: readonly Effect[];
  readonly standing: Standing;
}

export type Decision = Acceptance | Refusal;

/** What lists and inboxes need to know of an instance; derived from it and stored beside it. */
export interface Standing {
  readonly open: boolean;
  /** Urgency, due date (none = 9999-12-31) and id in one sortable text. */
  readonly turn: string;
  /** Principal keys of those whose command is awaited now. */
  readonly principals: readonly string[];
  /** Persons barred from every awaited command by separation of duties. */
  readonly excluded: readonly string[];
  /** Principal keys of all who play a role: who may read. */
  readonly readers: readonly string[];
}

/** One way in which an actor may act in a role. */
export interface Claim {
  readonly role: string;
  readonly onBehalfOf: string | null;
  /** The record that gives it: an appointment's or a delegation's id. */
  readonly by: string;
  /** The signing capacity it gives (TM., KT. ...), where there is one. */
  readonly capacity: Json;
}

/** A role with its name, and the command for which it is asked. */
export interface RoleAsked {
  readonly name: string;
  readonly role: Role;
  readonly command: string;
}

/** The engine's port to the world of offices. Pure: built from records that were read before. */
export interface World {
  /** Every way in which the actor may give the command in the role on this instance now, the plainest first. */
  claims(role: RoleAsked, instance: Instance, actor: string): readonly Claim[];
  /** Why somebody without a claim has none although records once, elsewhere or soon give him one; nothing where there are none. */
  lapses(role: RoleAsked, instance: Instance, actor: string): readonly Blocker[];
  /** The principal keys that the role names for this instance. */
  principals(role: Role, instance: Instance): readonly string[];
  /** The keys under which the role is kept beside the instance: they stay right while the records behind them change. */
  standingKeys(role: Role, instance: Instance): readonly string[];
  /** The persons who hold the role now, by a post or by name; never by delegation. */
  people(role: Role, instance: Instance): readonly string[];
  /** The due instant of a term that begins at `from`; null where the rule gives none. */
  due(rule: DueDefinition, instance: Instance, from: string): string | null;
  /** The instant `workingDays` after a due instant; before it where the number is negative. */
  workingDaysFrom(due: string, workingDays: number): string;
  /** 0 (most urgent) to 9. */
  urgency(instance: Instance): number;
}

/** How a child stands, read by index when a requirement asks for it. */
export interface ChildStanding {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
  readonly open: boolean;
  readonly state: string;
}

/** Everything the rules may know of the world at this instant. */
export interface Facts {
  readonly now: string;
  readonly world: World;
  /** What requirements asked for by `needs`: for example `children`, `preparation`. */
  readonly given: Readonly<Record<string, unknown>>;
}
