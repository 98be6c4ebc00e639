import type { Json, JsonObject } from './json.js';

/** What a requirement says would meet it. The search turns each into openers, where there is anything that does it. */
export type Remedy =
  /** Fields of the context get a value, lose it, or take one of these values. */
  | {
      readonly kind: 'field';
      readonly fields: readonly string[];
      readonly to: 'filled' | 'empty' | { readonly in: readonly Json[] };
    }
  /** The instance gets a text. */
  | { readonly kind: 'content' }
  /** The person holds a post in the unit. */
  | { readonly kind: 'memberOf'; readonly person: string; readonly unit: string }
  /** The actor himself first gives the command that has this update. */
  | { readonly kind: 'update'; readonly name: string }
  /** The actor acts under a post of his own and not for another. */
  | { readonly kind: 'ownPost' }
  | { readonly kind: 'childrenEnd'; readonly childKind: string; readonly ids: readonly string[] }
  /** The day (`yyyy-mm-dd`) has come. */
  | { readonly kind: 'day'; readonly day: string }
  | { readonly kind: 'bring'; readonly what: Brought };

/** What a command brings along itself: the hash that was read, a fresh proof of the person, a right input. */
export type Brought = 'saw' | 'proof' | 'input';

/**
 * One change out of a closed vocabulary that may open a command. A proposal is a list of them, to be carried out in this order.
 * Days are `yyyy-mm-dd`, instants UTC.
 */
export type Opener =
  | { readonly kind: 'bring'; readonly what: Brought }
  /** Another command first. `input` is the one with which it was tried. */
  | { readonly kind: 'step'; readonly command: string; readonly by: string; readonly input: JsonObject }
  /** `sends`: the command that the engine itself gives when that instant has come. */
  | { readonly kind: 'wait'; readonly until: string; readonly sends: string | null }
  | { readonly kind: 'endChildren'; readonly childKind: string; readonly ids: readonly string[] }
  /** `from` may be acted for by `to`, for this command alone. */
  | ({ readonly kind: 'delegate'; readonly from: string; readonly to: string; readonly command: string } & Days)
  /** The division of work gives the deputy this matter. */
  | { readonly kind: 'divide'; readonly person: string; readonly unit: string; readonly post: string; readonly day: string }
  | ({ readonly kind: 'grant'; readonly grantor: PostNamed; readonly grantee: PostNamed; readonly person: string } & Days)
  | { readonly kind: 'appoint'; readonly person: string; readonly unit: string; readonly post: string; readonly day: string };

interface Days {
  readonly day: string;
  readonly lastDay: string;
}

export interface PostNamed {
  readonly unit: string;
  readonly post: string;
}

/** The kinds of openers, those first that an organisation can bring about soonest. */
export const openerKinds = [
  'bring',
  'step',
  'wait',
  'endChildren',
  'delegate',
  'divide',
  'grant',
  'appoint',
] as const satisfies readonly Opener['kind'][];
