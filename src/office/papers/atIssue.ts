import { isObject, type Json, type JsonObject } from '../../engine/json.js';

/** Where a paper keeps the units as they were when it was issued, once a succession has put others in their place. */
export const atIssueField = 'namedAtIssue';

/** A field of a paper as the paper itself bears it: what took over since then acts on the paper, and has no part in it. */
export function atIssue(context: JsonObject, field: string): Json | undefined {
  const kept = context[atIssueField];
  return (isObject(kept) ? kept[field] : undefined) ?? context[field];
}

/** The same for a field that holds text; empty where it holds none. */
export function textAtIssue(context: JsonObject, field: string): string {
  const value = atIssue(context, field);
  return typeof value === 'string' ? value : '';
}
