import { sha256 } from '../engine/json.js';

const HASH_HEX_CHARS = 24;

/** 96 bits that stand for an actor's use of a key on an instance: in the instance's own list, and in the unique index over entries. */
export function keyHashOf(instance: string, actor: string, key: string): string {
  return sha256(`${instance}\n${actor}\n${key}`).slice(0, HASH_HEX_CHARS);
}
