import { hash } from 'node:crypto';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** An empty object without a prototype, so that a stored `__proto__` can never be more than a name. */
export function bareObject<T = Json>(): Record<string, T> {
  return Object.create(null) as Record<string, T>;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The canonical text of a JSON value: keys sorted by code unit, no white space, undefined members left out
 * (the ordering of RFC 8785). Equal values give equal text, so hashes can be taken over it.
 */
export function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const object = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(object).sort()) {
    if (object[key] === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonical(object[key])}`;
  }
  return `{${text}}`;
}

/** SHA-256 of a text (as UTF-8) or of bytes, lower-case hex. */
export function sha256(data: string | Uint8Array): string {
  return hash('sha256', data, 'hex');
}

/** SHA-256 of the canonical text of a value. */
export function hashOf(value: unknown): string {
  return sha256(canonical(value));
}

const kept = new WeakMap<object, string>();

/** The same for a value that nobody changes and that is asked of again and again, such as the context of an instance: taken once. */
export function hashOfKept(value: JsonObject): string {
  const known = kept.get(value);
  if (known !== undefined) return known;
  const fresh = hashOf(value);
  kept.set(value, fresh);
  return fresh;
}

/** A member of an object as text: numbers as they are printed, nothing for what is neither text nor number. */
export function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
