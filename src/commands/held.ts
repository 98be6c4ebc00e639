import type { Entry } from '../engine/instance.js';
import { keyHashOf } from './keyHash.js';
import type { Held, KeyUse } from './ports.js';

export const heldInstancesMax = 20_000;
/** At least as many as `pending` may hold, or a key could be forgotten before its entry can be found. */
export const keysMax = 40;
/** Keys of one instance that a process remembers. */
export const keyHashesMax = 8_192;

/** The small states that this process keeps between commands. A stale one costs a lost write, never a wrong decision. */
export interface HeldCache {
  /** Only within the authority: an id alone is no right to what another authority owns. */
  get(authority: string, id: string): Held | undefined;
  set(held: Held): void;
  /** A fresh read: what is held of another revision is forgotten, and with it the belief to know every key. */
  agree(read: Held): void;
  drop(id: string): void;
  /** Whether this process knows every key that the instance has seen. */
  knowsKeys(id: string): boolean;
  /** All keys of an instance, as read from its entries. */
  learnKeys(id: string, keyHashes: readonly string[]): void;
  /** False when every key is known and this is none of them: no read is needed. */
  mayHaveUsed(id: string, keyHash: string): boolean;
  /** The relay's word that entries up to `seq` are durable outside the instance. */
  moved(id: string, seq: number): void;
  movedUpTo(id: string): number;
  /** An entry that this process committed tells whose turn it is. Its effect stands with it, and runs whatever becomes of this process. */
  toldAt(id: string, seq: number): void;
  /** The last such entry that this process knows of; 0 where it knows of none. */
  lastTold(id: string): number;
}

interface Slot {
  held: Held;
  movedUpTo: number;
  lastTold: number;
  readonly keyHashes: Set<string>;
  complete: boolean;
}

/** A bounded cache in order of use. */
export function makeHeldCache(max = heldInstancesMax): HeldCache {
  const slots = new Map<string, Slot>();
  return {
    get(authority, id) {
      const slot = slots.get(id);
      if (slot === undefined || slot.held.instance.authority !== authority) return undefined;
      slots.delete(id);
      slots.set(id, slot);
      return slot.held;
    },
    set(held) {
      const { id } = held.instance;
      const slot = follow(slots.get(id), held);
      slot.held = held;
      const last = held.keys.at(-1);
      if (last !== undefined) remember(slot, last);
      slots.delete(id);
      slots.set(id, slot);
      if (slots.size > max) slots.delete(slots.keys().next().value as string);
    },
    agree({ instance }) {
      if (slots.get(instance.id)?.held.instance.revision !== instance.revision) slots.delete(instance.id);
    },
    drop(id) {
      slots.delete(id);
    },
    knowsKeys: (id) => slots.get(id)?.complete === true,
    learnKeys(id, keyHashes) {
      const slot = slots.get(id);
      if (slot === undefined || keyHashes.length >= keyHashesMax) return;
      for (const keyHash of keyHashes) slot.keyHashes.add(keyHash);
      slot.complete = true;
    },
    mayHaveUsed(id, keyHash) {
      const slot = slots.get(id);
      return slot === undefined || !slot.complete || slot.keyHashes.has(keyHash);
    },
    moved(id, seq) {
      const slot = slots.get(id);
      // Only without a gap: an older entry that still waits, left by a process that died, must not be dropped.
      if (slot !== undefined && seq === slot.movedUpTo + 1) slot.movedUpTo = seq;
    },
    movedUpTo: (id) => slots.get(id)?.movedUpTo ?? 0,
    toldAt(id, seq) {
      const slot = slots.get(id);
      if (slot !== undefined) slot.lastTold = seq;
    },
    lastTold: (id) => slots.get(id)?.lastTold ?? 0,
  };
}

/** The slot goes on only from the revision before: what lies between was another process's, whose keys this one has not seen. */
function follow(slot: Slot | undefined, held: Held): Slot {
  if (slot !== undefined && slot.held.instance.revision === held.instance.revision - 1) return slot;
  const fresh = newSlot(held);
  fresh.movedUpTo = Math.max(fresh.movedUpTo, slot?.movedUpTo ?? 0);
  return fresh;
}

function newSlot(held: Held): Slot {
  const slot: Slot = {
    held,
    movedUpTo: held.carriedUpTo,
    lastTold: 0,
    keyHashes: new Set(),
    complete: held.keys.length < keysMax,
  };
  for (const use of held.keys) remember(slot, use);
  return slot;
}

function remember(slot: Slot, use: KeyUse): void {
  if (slot.keyHashes.size >= keyHashesMax) slot.complete = false;
  else slot.keyHashes.add(use.keyHash);
}

const uses = new WeakMap<Entry, KeyUse>();

/** The use of a key that an entry records; the write and the memory of it ask for the same. */
export function keyUseOf(entry: Entry): KeyUse {
  const { instance, actor, key, requestHash, seq } = entry;
  const use = uses.get(entry) ?? { keyHash: keyHashOf(instance, actor, key), requestHash, seq };
  uses.set(entry, use);
  return use;
}

/** The keys that an instance remembers after an entry. */
export function nextKeys(keys: readonly KeyUse[], entry: Entry): readonly KeyUse[] {
  return [...keys, keyUseOf(entry)].slice(-keysMax);
}
