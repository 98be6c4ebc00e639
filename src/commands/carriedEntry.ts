import { readEntry } from '../engine/entry.js';
import type { Entry } from '../engine/instance.js';
import type { HandOver } from './relayPorts.js';

const read = new WeakMap<HandOver, Entry>();

/** The entry that is carried on, from its bytes: read once, however many steps of the relay ask for it. */
export function entryOf(item: HandOver): Entry {
  const entry = read.get(item) ?? readEntry(item.bytes);
  read.set(item, entry);
  return entry;
}
