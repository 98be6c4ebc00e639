import type { JsonObject } from '../../engine/json.js';

/** What follows from a change of the organisation, each with its parameters: the words are those of the reader. */
export const consequenceCodes = [
  'recordNew',
  'recordChanged',
  'recordEnds',
  'pastCorrected',
  'postGained',
  'postLost',
  'postVacant',
  'dutyOwnerless',
  'authorityLost',
  'authorityGained',
  'recordCarried',
  'newActNeeded',
  'listChanged',
  'unitEnds',
  'unitWithoutSuccessor',
  'successorMissing',
  'dutiesMove',
  'heirPostVacant',
  'overlapping',
  'loginTaken',
  'calendarUntouched',
] as const;

export type ConsequenceCode = (typeof consequenceCodes)[number];

export interface Consequence {
  readonly code: ConsequenceCode;
  readonly params: JsonObject;
}

/** A consequence of a code. */
export function consequence(code: ConsequenceCode, params: JsonObject): Consequence {
  return { code, params };
}
