import type { Json, JsonObject } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';

export const inputDepthMax = 20;
export const inputNodesMax = 20_000;

/**
 * Control characters but tab and line feed; what is written and not seen (zero-width and bidirectional controls, soft hyphens, tags,
 * fillers), which makes two texts look alike; byte order marks; lone surrogates; what is no character at all, which no XML may hold (a Word file would not open). By category, so that no control character stands in the source.
 */
const NOT_ALLOWED = /[^\P{Cc}\t\n]|\p{Cf}|[\u115F\u1160\u3164\uFFA0]|\p{Cs}|\p{Noncharacter_Code_Point}/u;
const NAME_NOT_ALLOWED = /^\$|\.|^__proto__$/;

/**
 * A caller's JSON as it may be stored: texts in NFC with plain line ends, bounded in depth and size. Throws `textNotAllowed` with the place
 * of a character or member name that has no business in an official text.
 */
export function cleanInput(value: Json, nodesMax = inputNodesMax): Json {
  const budget = { nodes: nodesMax };
  return clean(value, '', 0, budget);
}

/** The same for an object; `nodesMax` where a file that an operator brings may be larger than what a form sends. */
export function cleanObject(value: JsonObject, nodesMax = inputNodesMax): JsonObject {
  return cleanInput(value, nodesMax) as JsonObject;
}

function clean(value: Json, path: string, depth: number, budget: { nodes: number }): Json {
  budget.nodes -= 1;
  if (depth > inputDepthMax || budget.nodes < 0)
    throw new TrinhkyError('bodyInvalid', { path, reason: depth > inputDepthMax ? 'tooDeep' : 'tooMany' });
  if (typeof value === 'string') return cleanText(value, path);
  if (Array.isArray(value)) return value.map((item: Json, index) => clean(item, `${path}/${index}`, depth + 1, budget));
  if (typeof value !== 'object' || value === null) return value;
  const cleaned: Record<string, Json> = {};
  for (const [name, item] of Object.entries(value)) {
    if (NAME_NOT_ALLOWED.test(name)) throw new TrinhkyError('textNotAllowed', { path: `${path}/${name}` });
    cleaned[cleanText(name, path)] = clean(item as Json, `${path}/${name}`, depth + 1, budget);
  }
  return cleaned;
}

/** One text, in NFC and with `\n` for every line end. */
export function cleanText(text: string, path: string): string {
  const plain = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n').normalize('NFC');
  if (NOT_ALLOWED.test(plain)) throw new TrinhkyError('textNotAllowed', { path });
  return plain;
}
