import type { Blocker } from '../engine/command.js';
import type { Deps } from './deps.js';
import type { Giver, Giving } from './giving.js';
import { takeArrivalNumber } from './papers/incoming.js';
import { prepare } from './papers/prepare.js';
import { seal } from './papers/seal.js';
import { sign } from './papers/sign.js';

/** By the code of the blocker that asks for it. */
const givers: Readonly<Record<string, Giver>> = {
  preparationNeeded: { gives: 'preparation', give: prepare },
  signatureNeeded: { gives: 'signature', give: sign },
  sealNeeded: { gives: 'seal', give: seal },
  numberNeeded: { gives: 'number', give: takeArrivalNumber },
};

/** The codes of what the machinery makes for a command. */
export const giverCodes: ReadonlySet<string> = new Set(Object.keys(givers));

export function awaitsOnlyGivers(blockers: readonly Blocker[]): boolean {
  return blockers.length > 0 && blockers.every(({ code }) => giverCodes.has(code));
}

/** The blockers without those that the machinery would have met: they tell nobody anything where something else stands in the way. */
export function withoutGivers(blockers: readonly Blocker[]): readonly Blocker[] {
  const own = blockers.filter(({ code }) => !Object.hasOwn(givers, code));
  return own.length > 0 ? own : blockers;
}

export async function giveAll(deps: Deps, giving: Giving, blockers: readonly Blocker[]): Promise<Record<string, unknown>> {
  const made: Record<string, unknown> = {};
  for (const { code } of blockers) {
    const giver = givers[code];
    if (giver !== undefined) made[giver.gives] = await giver.give(deps, giving);
  }
  return made;
}
