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
  /** Commands of every state: possible, never awaited, and none of them moves the instance. */
  readonly on?: StateDefinition['on'];
}

export interface Label {
  readonly vi: string;
  readonly en: string;
}

/** The unit a post belongs to: the authority itself, or what a field of the context names. */
export type RoleUnit = 'authority' | { readonly field: string };

/**
 * Who a role is: the person (or the persons) named in a field of the context; whoever holds a post of a unit; whoever may sign for the
 * holder of a post by a written grant; the holders of the posts above those of another role; the members of a panel's ballot. With
 * `serving` a post is in the role only while the unit that the field names is one that it acts for.
 */
export type Role =
  | { readonly field: string }
  | { readonly post: string; readonly of: RoleUnit; readonly serving?: { readonly field: string } }
  | { readonly signsFor: string; readonly of: RoleUnit }
  | { readonly superiorOf: Role }
  | { readonly ballot: string };

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
  /** Several people decide here by votes. */
  readonly panel?: PanelDefinition;
}

/**
 * How many of a panel must agree: all, any one, at least `n`, or at least a share of those who may vote and did not abstain; with
 * `of: "members"` a share of all who may vote, so that an abstention weighs like a vote against.
 */
export type PanelRule = 'all' | 'any' | { readonly atLeast: number } | { readonly share: number; readonly of?: 'members' };

/**
 * The one primitive for many deciders. On entering the state the holders of `members` are written into the ballot, a field of the
 * context; each of them votes once by `command`. The state is left as soon as the rule is decided.
 */
export interface PanelDefinition {
  /** The field of the context that keeps the ballot; read-only for every other rule. */
  readonly ballot: string;
  readonly members: string;
  readonly command: string;
  readonly rule: PanelRule;
  /** One vote against ends it. */
  readonly veto?: boolean;
  /** False: the result is declared only when everybody has voted. */
  readonly early?: boolean;
  readonly abstain?: boolean;
  /** What a change of posts does: nothing; who left counts no longer; the ballot follows the role. */
  readonly membership: 'frozen' | 'leaversDrop' | 'follows';
  readonly passed: string;
  readonly failed: string;
  readonly requires?: readonly RuleUse[];
  readonly label?: Label;
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
  /** Working days after the due date on which the same roles are reminded again. */
  readonly remindAfter?: readonly number[];
  /** Roles that are told so many working days after the due date: the superior post. */
  readonly escalate?: readonly { readonly after: number; readonly to: readonly string[] }[];
  /** The field of the context that keeps the ledger of suspensions: while one is open nothing is due, and its days are not counted. */
  readonly suspendedBy?: string;
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
