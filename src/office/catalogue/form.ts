import type { Blocker } from '../../engine/command.js';
import type { Json } from '../../engine/json.js';
import type { Requirement, Scope, Update } from '../../engine/rules.js';
import { checkForm, type FormReport } from '../form/check.js';
import { subjectOf } from '../form/subject.js';
import type { PaperContent } from '../papers/paper.js';
import { paperFaults } from '../papers/paperFaults.js';
import { officeOf } from '../world.js';
import { unknownFields } from './arguments.js';

const FIELD = 'formFindings';
/** Findings and faults that a refusal names; the form checker's page has them all. */
const namedMax = 20;

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/**
 * Whether a content means to be an official paper: it has a letterhead, a symbol or a type. Anything else may be reviewed too, and is
 * judged as a paper where it would become one, at PREPARE.
 */
export function meansToBePaper(content: unknown): boolean {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) return false;
  return ['issuer', 'symbol', 'typeName'].some((name) => Object.hasOwn(content, name));
}

/** The content's form as it would be issued today; without number, day and signature block, which are not known yet. Null: no paper. */
export function formOf({ facts, instance }: Pick<Scope, 'facts' | 'instance'>): FormReport | null {
  const { content } = facts.given;
  if (!meansToBePaper(content) || faultsOf(content, { facts, instance }).length > 0) return null;
  const { directory, today } = officeOf(facts);
  const paper = { content: content as PaperContent, number: null, issuedOn: null, signature: null };
  return checkForm(subjectOf(paper), today, directory.authority.papers);
}

function faultsOf(content: unknown, { facts, instance }: Pick<Scope, 'facts' | 'instance'>) {
  const { type } = instance.context;
  const issuer = officeOf(facts).directory.authority.name;
  return paperFaults(content, { issuer, type: typeof type === 'string' ? type : '' });
}

/** What form asks of a paper before it goes on. */
export const formRequirements: Readonly<Record<string, Requirement>> = {
  'paperSound@1': {
    meaning: 'A content that means to be an official paper has the whole shape of one, with issuer, type and symbol as recorded.',
    needs: ['content'],
    check: (_, scope) => {
      const { content } = scope.facts.given;
      if (content === undefined || content === null) return block('contentMissing');
      const faults = meansToBePaper(content) ? faultsOf(content, scope).slice(0, namedMax) : [];
      if (faults.length === 0) return null;
      const places = faults.map(({ path }) => (path === '' ? '/' : path));
      return block('paperFaulty', { places, faults: faults.map(({ path, message }) => ({ path, message })) });
    },
  },
  'formSound@1': {
    meaning:
      "No blocking finding of form stands against the paper as it would be issued today, under the authority's severities.",
    needs: ['content'],
    check: (_, scope) => {
      const { content } = scope.facts.given;
      if (content === undefined || content === null) return block('contentMissing');
      const report = formOf(scope);
      if (report === null || report.blocking === 0) return null;
      const standing = report.findings.filter(({ severity }) => severity === 'blocking').slice(0, namedMax);
      return block('formFaulty', {
        ruleSet: report.ruleSet,
        rules: [...new Set(standing.map(({ rule }) => rule))],
        findings: standing.map(({ rule, key, place, found, expected }) => ({ rule, key, place, found, expected })) as Json,
      });
    },
  },
};

/** What the decision on form records. */
export const formUpdates: Readonly<Record<string, Update>> = {
  'takeFindings@1': {
    meaning: 'Records what the form checker was shown: rule set, numbers of blocking findings and of warnings, ids of the rules.',
    checkArg: (_, place) => [
      ...unknownFields([FIELD], place),
      ...(place.transition?.requires?.includes('formSound@1') === true
        ? []
        : ['stands beside "formSound@1", which reads the content']),
    ],
    writes: () => [FIELD],
    apply: (_, scope) => {
      const report = formOf(scope);
      if (report === null) return { context: { [FIELD]: undefined } };
      const { ruleSet, blocking, warnings, findings } = report;
      return { context: { [FIELD]: { ruleSet, blocking, warnings, rules: [...new Set(findings.map(({ rule }) => rule))] } } };
    },
  },
};
