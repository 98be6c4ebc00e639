import { canonical, isObject, type Json } from '../../engine/json.js';

/** The first place at which two values differ. */
export interface Difference {
  /** JSON pointer. */
  readonly at: string;
  /** As canonical text; null where there is nothing. */
  readonly stored: string | null;
  readonly built: string | null;
}

/** The first difference between what is stored and what was built again, depth first in the order of names; null where they agree to the last digit. */
export function firstDifference(stored: Json | undefined, built: Json | undefined, at = ''): Difference | null {
  if (canonical(stored) === canonical(built) && (stored === undefined) === (built === undefined)) return null;
  if (Array.isArray(stored) && Array.isArray(built)) {
    for (let index = 0; index < Math.max(stored.length, built.length); index += 1) {
      const found = firstDifference(stored[index] as Json | undefined, built[index] as Json | undefined, `${at}/${index}`);
      if (found !== null) return found;
    }
  }
  if (isObject(stored) && isObject(built)) {
    for (const name of [...new Set([...Object.keys(stored), ...Object.keys(built)])].toSorted()) {
      const found = firstDifference(stored[name], built[name], `${at}/${name}`);
      if (found !== null) return found;
    }
  }
  return { at: at === '' ? '/' : at, stored: shown(stored), built: shown(built) };
}

const shownCharsMax = 200;

function shown(value: Json | undefined): string | null {
  return value === undefined ? null : canonical(value).slice(0, shownCharsMax);
}
