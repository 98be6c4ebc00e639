import type { Blocker, TimerStamp } from '../engine/command.js';
import { readEntry } from '../engine/entry.js';
import type { DefinitionRef, Entry, Instance, StateValue } from '../engine/instance.js';
import { hashOf, type JsonObject } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import { cleanObject } from './cleanInput.js';
import { refuseSecret } from './refuseSecret.js';

/** A command as a caller gives it. */
export interface Ask {
  readonly authority: string;
  readonly instance: string;
  readonly command: string;
  readonly input?: JsonObject;
  /** Hash of the content or print that the actor had before the eyes. */
  readonly saw?: string;
  readonly actor: string;
  readonly onBehalfOf?: string;
  /** Idempotency key: the same key gives the same answer, and one effect. */
  readonly key: string;
  /** The revision the caller acts on; another one is answered `revisionMoved`. */
  readonly ifRevision?: number;
  readonly timer?: TimerStamp;
  /** Token of a fresh proof of the person (step-up); never part of what is stored or compared. */
  readonly proof?: string;
}

export type Outcome =
  | {
      readonly kind: 'accepted';
      /** True when the key had been used before: nothing was done again. */
      readonly replayed: boolean;
      readonly entry: Entry;
      /** The instance as the entry left it; for a replay as it is now. */
      readonly instance: Instance;
    }
  | {
      readonly kind: 'refused';
      /** The definition that gives the names in the blockers their words. */
      readonly definition: DefinitionRef;
      readonly blockers: readonly Blocker[];
      readonly revision: number;
      readonly state: StateValue;
      /** The last entries, newest last: what happened meanwhile. */
      readonly happened: readonly EntrySummary[];
    };

export interface EntrySummary {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly command: string;
}

export const keyCharsMax = 200;
const KEY = /^[\x21-\x7e]{1,200}$/;

/** The ask with its texts cleaned and its key checked. Throws what the caller must mend, and `secretRefused`. */
export function checked(ask: Ask): Ask & { readonly input: JsonObject } {
  if (!KEY.test(ask.key)) throw new TrinhkyError('keyMissing', { charsMax: keyCharsMax });
  const input = cleanObject(ask.input ?? {});
  refuseSecret(input);
  return { ...ask, input };
}

/** What makes two uses of a key the same request. */
export function requestHashOf(ask: Ask): string {
  return requestHash([ask.instance, ask.command, ask.input ?? {}, ask.saw ?? null, ask.onBehalfOf ?? null]);
}

const REQUEST_HASH_HEX_CHARS = 32;

/** 128 bits over what was asked: enough to tell a repeated request from another one under the same key. */
export function requestHash(asked: unknown): string {
  return hashOf(asked).slice(0, REQUEST_HASH_HEX_CHARS);
}

export function summaryOf(bytes: string): EntrySummary {
  const { seq, at, actor, command } = readEntry(bytes);
  return { seq, at, actor, command };
}
