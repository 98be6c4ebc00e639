import type { Entry } from '../engine/instance.js';
import type { Held, KeyUse } from './ports.js';

export const heldInstancesMax = 20_000;
/** At least as many as `pending` may hold, or a key could be forgotten before its entry can be found. */
export const keysMax = 40;
const keyHashesMax = 8_192;

/** The small states that this process keeps between commands. A stale one costs a lost write, never a wrong decision. */
export interface HeldCache {
  get(id: string): Held | undefined;
  set(held: Held): void;
  drop(id: string): void;
  /** False when this process has seen every key of the instance and this is none of them: no read is needed. */
  mayHaveUsed(id: string, actor: string, key: string): boolean;
  /** The relay's word that entries up to `seq` are durable outside the instance. */
  moved(id: string, seq: number): void;
  movedUpTo(id: string): number;
}

interface Slot {
  held: Held;
  movedUpTo: number;
  /** 32-bit hashes of the keys seen: enough to say "certainly new". */
  readonly keyHashes: Set<number>;
  complete: boolean;
}

/** A bounded cache in order of use. */
export function makeHeldCache(max = heldInstancesMax): HeldCache {
  const slots = new Map<string, Slot>();
  return {
    get(id) {
      const slot = slots.get(id);
      if (slot === undefined) return undefined;
      slots.delete(id);
      slots.set(id, slot);
      return slot.held;
    },
    set(held) {
      const { id } = held.instance;
      const slot = slots.get(id) ?? newSlot(held);
      slot.held = held;
      const last = held.keys.at(-1);
      if (last !== undefined) remember(slot, last);
      slots.delete(id);
      slots.set(id, slot);
      if (slots.size > max) slots.delete(slots.keys().next().value as string);
    },
    drop(id) {
      slots.delete(id);
    },
    mayHaveUsed(id, actor, key) {
      const slot = slots.get(id);
      return slot === undefined || !slot.complete || slot.keyHashes.has(keyHash(actor, key));
    },
    moved(id, seq) {
      const slot = slots.get(id);
      // Only without a gap: an older entry that still waits, left by a process that died, must not be dropped.
      if (slot !== undefined && seq === slot.movedUpTo + 1) slot.movedUpTo = seq;
    },
    movedUpTo: (id) => slots.get(id)?.movedUpTo ?? 0,
  };
}

function newSlot(held: Held): Slot {
  const slot: Slot = { held, movedUpTo: held.carriedUpTo, keyHashes: new Set(), complete: held.keys.length < keysMax };
  for (const use of held.keys) remember(slot, use);
  return slot;
}

function remember(slot: Slot, use: KeyUse): void {
  if (slot.keyHashes.size >= keyHashesMax) slot.complete = false;
  else slot.keyHashes.add(keyHash(use.actor, use.key));
}

/** FNV-1a. A collision costs one read. */
function keyHash(actor: string, key: string): number {
  let hash = 0x811c9dc5;
  const text = `${actor}\n${key}`;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** The keys that an instance remembers after an entry. */
export function nextKeys(keys: readonly KeyUse[], entry: Entry): readonly KeyUse[] {
  return [...keys, { actor: entry.actor, key: entry.key, requestHash: entry.requestHash, seq: entry.seq }].slice(-keysMax);
}
