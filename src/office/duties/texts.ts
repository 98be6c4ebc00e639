import type { Json } from '../../engine/json.js';

/** A text among values by name; empty where there is none. */
export function textIn(values: Readonly<Record<string, Json | undefined>>, name: string): string {
  const value = values[name];
  return typeof value === 'string' ? value : '';
}
