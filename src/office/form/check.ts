import type { PaperSettings, Severity } from '../papers/paperSettings.js';
import { at, type Place, type Shown, term } from './finding.js';
import { rulesOfSet } from './formRules.js';
import { locate } from './located.js';
import type { FormRule, Judged, Part } from './rule.js';
import { type RuleSetId, ruleSetFor, type Trust } from './ruleSets.js';
import type { FormSubject } from './subject.js';

export interface FormFinding {
  /** `ND30-C-05`; `F-00` where no rule set is known for the day. */
  readonly rule: string;
  /** The rule's name without its rule set: the key of its sentences in the locales. */
  readonly key: string;
  readonly severity: Exclude<Severity, 'off'>;
  readonly part: Part;
  readonly place: Place;
  readonly found: Shown;
  readonly expected: Shown;
  readonly source: string;
  readonly trust: Trust;
}

export interface FormReport {
  /** Null: no rule set is known for the day. */
  readonly ruleSet: RuleSetId | null;
  readonly day: string;
  /** The gravest first; in the order of the form within one severity. At most `findingsMax`. */
  readonly findings: readonly FormFinding[];
  readonly blocking: number;
  readonly warnings: number;
}

/** A paper with more findings than this needs other help than a list. */
export const findingsMax = 500;

/**
 * Judges a paper under the rule set in force on its day of issue (`yyyy-mm-dd`). Pure. Parts of the subject that are null are not judged.
 * Severities come from the authority's settings, else from the rules: what is only remembered is off, what is measured on a print is a
 * warning. A day before the first known rule set gives one finding that says so.
 */
export function checkForm(subject: FormSubject, day: string, settings?: Pick<PaperSettings, 'severities'>): FormReport {
  const ruleSet = ruleSetFor(day);
  const judged: Judged = {
    ...subject,
    located: subject.measures === null ? null : locate(subject.measures, subject.content),
  };
  const all = ruleSet === null ? [unknownDay(day)] : rulesOfSet(ruleSet).flatMap((rule) => judgedBy(rule, judged, settings));
  const findings = [...all].sort((a, b) => rank(a) - rank(b)).slice(0, findingsMax);
  const blocking = all.filter(({ severity }) => severity === 'blocking').length;
  return { ruleSet, day, findings, blocking, warnings: all.length - blocking };
}

function judgedBy(
  rule: FormRule,
  judged: Judged,
  settings: Pick<PaperSettings, 'severities'> | undefined,
): readonly FormFinding[] {
  const decided = settings?.severities?.[rule.id];
  const severity = decided ?? rule.severity;
  if (severity === 'off') return [];
  return rule.check(judged).map(({ place, found, expected }) => ({
    rule: rule.id,
    key: rule.key,
    // A print can be made again: unless the authority says otherwise only what the paper itself lacks keeps it back.
    severity: decided === undefined && 'page' in place ? 'warning' : severity,
    part: rule.part,
    place,
    found,
    expected,
    source: rule.source,
    trust: rule.trust,
  }));
}

const rank = ({ severity }: FormFinding): number => (severity === 'blocking' ? 0 : 1);

function unknownDay(day: string): FormFinding {
  return {
    rule: 'F-00',
    key: 'F-00',
    severity: 'warning',
    part: 'page',
    place: at('/issuedOn'),
    found: day,
    expected: term('present'),
    source: '',
    trust: 'derived',
  };
}
