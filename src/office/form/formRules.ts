import type { FormRule } from './rule.js';
import type { RuleSetId } from './ruleSets.js';
import { bodyRules } from './rules/body.js';
import { recipientRules } from './rules/closing.js';
import { extraRules } from './rules/extras.js';
import { headRules } from './rules/head.js';
import { markerRules } from './rules/markers.js';
import { pageRules } from './rules/pages.js';
import { pictureRules } from './rules/pictures.js';
import { signatureRules } from './rules/signature.js';
import { titleRules } from './rules/title.js';
import { wordRules } from './rules/words.js';

/** Every rule of form that is known, of all rule sets. What was not found in any source is not here. */
export const formRules: readonly FormRule[] = [
  ...pageRules,
  ...headRules,
  ...titleRules,
  ...bodyRules,
  ...markerRules,
  ...wordRules,
  ...signatureRules,
  ...pictureRules,
  ...recipientRules,
  ...extraRules,
];

const byId: ReadonlyMap<string, FormRule> = new Map(formRules.map((rule) => [rule.id, rule]));

/** The rule of an id (`ND30-C-05`); undefined where there is none. */
export function formRule(id: string): FormRule | undefined {
  return byId.get(id);
}

export function rulesOfSet(set: RuleSetId): readonly FormRule[] {
  return formRules.filter((rule) => rule.set === set);
}

/** The ids among an authority's settings that no rule has: said when the authority is loaded. */
export function unknownRules(severities: Readonly<Record<string, unknown>> | undefined): readonly string[] {
  return Object.keys(severities ?? {}).filter((id) => !byId.has(id));
}
