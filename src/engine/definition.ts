import { isObject, type JsonObject } from './json.js';

/**
 * A definition as an author writes it: the rules of one kind of instance, versioned and immutable once used.
 * `definitions/shape.ts` holds the same shape as JSON Schema; `engine/check.ts` says what else must hold.
 */
export interface Definition {
  readonly id: string;
  readonly version: number;
  readonly label: Label;
  /** JSON Schema of the instance's context. */
  readonly context: JsonObject;
  readonly roles: Readonly<Record<string, Role>>;
  /**
   * Who may open an instance. Without it: who could act in the initial state.
   * `["system"]` marks what is opened only as the child of another instance.
   */
  readonly openBy?: readonly string[];
  readonly initial: string;
  readonly states: Readonly<Record<string, StateDefinition>>;
}

export interface Label {
  readonly vi: string;
  readonly en: string;
}

/** Who a role is: the person (or the persons) named in a field of the context, or whoever holds a post of a unit. */
export type Role = { readonly field: string } | { readonly post: string; readonly of: 'authority' | { readonly field: string } };

export interface StateDefinition {
  readonly label?: Label;
  readonly initial?: string;
  readonly states?: Readonly<Record<string, StateDefinition>>;
  readonly parallel?: Readonly<Record<string, StateDefinition>>;
  readonly history?: 'shallow' | 'deep';
  /** Where a history state leads when nothing is remembered. */
  readonly target?: string;
  readonly final?: boolean;
  /** Taken as soon as the state is done, in the same command and revision. */
  readonly done?: string;
  readonly due?: DueDefinition;
  readonly entry?: readonly RuleUse[];
  readonly exit?: readonly RuleUse[];
  readonly on?: Readonly<Record<string, TransitionDefinition | readonly TransitionDefinition[]>>;
}

export interface TransitionDefinition {
  readonly target?: string;
  readonly by: readonly string[];
  readonly requires?: readonly RuleUse[];
  /** JSON Schema of the command's input; without it no input is taken. */
  readonly input?: JsonObject;
  readonly updates?: readonly RuleUse[];
  readonly effects?: readonly RuleUse[];
  readonly label?: Label;
  /** Possible but not awaited: such a command puts the instance into nobody's inbox. */
  readonly aside?: boolean;
}

/** A name of a catalogue, alone or with its argument: `"contentPresent@1"` or `{"distinctFrom@1": "drafter"}`. */
export type RuleUse = string | { readonly [name: string]: unknown };

export interface DueDefinition {
  readonly workingDays?: number;
  readonly calendarDays?: number;
  /** A field of the context that holds a day or an instant. */
  readonly field?: string;
  /** A field of the context that holds a period, for example `2010-Q1`. */
  readonly endOfPeriod?: string;
  readonly plusWorkingDays?: number;
  /** Roles that are reminded when the due date has come. */
  readonly remind?: readonly string[];
  /** Working days before the due date on which the same roles are reminded. */
  readonly remindBefore?: readonly number[];
  /** A command that `system` sends when the due date has come. */
  readonly send?: string;
  /** What a return does: a new term (default), or the date that stands in the context; a term counted in days is never kept. */
  readonly onResume?: 'restart' | 'keep';
}

/** The role name by which a transition admits the engine itself: timers and messages between instances. */
export const SYSTEM_ROLE = 'system';
/** The actor of such commands. */
export const SYSTEM_ACTOR = 'system';

/** Splits a use of a rule into name and argument. */
export function ruleOf(use: RuleUse): { readonly name: string; readonly arg: unknown } {
  if (typeof use === 'string') return { name: use, arg: undefined };
  const [entry] = Object.entries(use);
  return entry ? { name: entry[0], arg: entry[1] } : { name: '', arg: undefined };
}

/** The alternatives of one command in one state, in the order in which they are judged. */
export function alternatives(entry: TransitionDefinition | readonly TransitionDefinition[]): readonly TransitionDefinition[] {
  return Array.isArray(entry) ? (entry as readonly TransitionDefinition[]) : [entry as TransitionDefinition];
}

/** The children of a state, whether it is a compound, a parallel or a leaf. */
export function childrenOf(state: Pick<StateDefinition, 'states' | 'parallel'>): Readonly<Record<string, StateDefinition>> {
  return state.states ?? state.parallel ?? {};
}

/** The names of the context's fields. */
export function contextFields(definition: Definition): ReadonlySet<string> {
  const { properties } = definition.context;
  return new Set(isObject(properties) ? Object.keys(properties) : []);
}
