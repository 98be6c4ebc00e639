import { formWord, word } from '../../locales/sentences.js';
import type { InstanceCall } from '../edge.js';
import { findingIn, formIsOpen, formOfInstance } from '../formReport.js';

/** Longer lists are read through the API. */
const findingsShownMax = 60;

/**
 * What stands against the form of a paper that is drafted or reviewed. The text alone is judged with every page; the print, which
 * has to be read and measured, only where the address asks for it (`?form=print`). Null where form is no longer, or not, in question.
 */
export async function formFindingsOf(call: InstanceCall) {
  const asked = call.query.form === 'print';
  if (!asked && !formIsOpen(call)) return null;
  const judged = await formOfInstance(call, { measured: asked });
  if (judged === null) return null;
  const { blocking, warnings, findings, ruleSet } = judged.report;
  const shown = findings.slice(0, findingsShownMax).map((finding) => findingIn(call.language, finding));
  const groups = (['blocking', 'warning'] as const).map((severity) => ({
    label: formWord(call.language, 'formSeverities', severity),
    grave: severity === 'blocking',
    rules: byRule(shown.filter((finding) => finding.severity === severity)),
  }));
  return {
    ruleSet: ruleSet ?? '—',
    count: word(call.language, 'formCount', { blocking, warnings }),
    none: findings.length === 0,
    groups: groups.filter((group) => group.rules.length > 0),
    measure: asked ? null : `/instances/${encodeURIComponent(call.view.instance.id)}?form=print#form`,
  };
}

/** A rule once, with every place in which it found something. */
function byRule(findings: readonly ReturnType<typeof findingIn>[]) {
  return [...new Set(findings.map(({ rule }) => rule))].map((rule) => {
    const own = findings.filter((one) => one.rule === rule);
    const { sentence = '', source = '', trust = '' } = own[0] ?? {};
    return {
      rule,
      sentence,
      basis: source === '' ? trust : `${source} (${trust})`,
      places: own.map(({ placeLabel, found, expected }) => ({ placeLabel, found, expected })),
    };
  });
}
