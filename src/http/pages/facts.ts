import { labelOf } from '../../commands/reporting/draft.js';
import { fieldLabel, type Language, valueLabel, word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import { atIssue, atIssueField } from '../../office/papers/atIssue.js';
import { workFields } from '../../office/papers/renditionPolicy.js';
import { retentionOf } from '../../office/papers/retention.js';
import { documentType } from '../../office/papers/symbols.js';
import type { InstanceCall } from '../edge.js';
import { type Names, personName, unitName, whoOf } from '../names.js';
import { mayReadWork } from '../renditionAccess.js';
import { dayInWords, instantInWords } from './dates.js';
import { dutyFields } from './duty.js';

/** Shown elsewhere on the page, or of no use to a reader. */
const HIDDEN: ReadonlySet<string> = new Set([
  'title',
  'prepared',
  'preparedContent',
  'votedContent',
  'signature',
  'contested',
  'assessment',
  'result',
  'returned',
  'plan',
  'obligation',
  'form',
  'acceptedContent',
  'directive',
  'attachments',
  'clauseReview',
  'clauseList',
  'paper',
  'replaces',
  'amends',
  'corrects',
  'replacedBy',
  'amendedBy',
  'correctedBy',
  'suspensions',
  'rollup',
  'outdated',
  'rollupKept',
  'extensions',
  'urged',
  atIssueField,
]);
const LONG: readonly string[] = ['contested', 'assessment', 'result'];

/** The context of an instance in words: ids as names, days as people write them. */
export function factsOf(call: InstanceCall, names: Names): readonly { readonly label: string; readonly value: string }[] {
  const { context } = call.view.instance;
  const work = mayReadWork(call);
  const fields = [
    ...Object.keys(context).filter((field) => !HIDDEN.has(field) && !dutyFields.has(field) && (work || !workFields.has(field))),
    ...LONG.filter((field) => context[field] !== undefined),
  ];
  const own = fields
    .map((field) => ({
      label: fieldLabel(names.language, field),
      value:
        field === 'type'
          ? typeInWords(context[field])
          : field === 'period' && typeof context.period === 'string'
            ? labelOf(context.period)
            : inWords(names, atIssue(context, field)),
    }))
    .filter(({ value }) => value !== '');
  return [...own, ...retentionFact(call, names.language)];
}

/** How long a paper is kept (thời hạn bảo quản), where its authority or the usual rule says so. */
function retentionFact(call: InstanceCall, language: Language): readonly { readonly label: string; readonly value: string }[] {
  const { context, definition } = call.view.instance;
  if (definition.id !== 'document' || typeof context.type !== 'string') return [];
  const retention = retentionOf(call.directory.authority.papers, context.type);
  if (retention === null) return [];
  const { years, source } = retention;
  const value =
    years === null ? word(language, 'retentionPermanent', { source }) : word(language, 'retentionYears', { years, source });
  return [{ label: word(language, 'retention'), value }];
}

/** A type of paper by its name, as people say it; what is none stays as it is. */
function typeInWords(value: unknown): string {
  return typeof value === 'string' ? (documentType(value)?.name ?? value) : '';
}

function inWords(names: Names, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => inWords(names, item)).join(', ');
  if (typeof value === 'boolean') return valueLabel(names.language, String(value));
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  if (/^(?:person|post):/.test(value)) return whoOf(names, value).label;
  const index = indexOf(names.directory);
  if (index.person.has(value)) return personName(names, value);
  if (index.unit.has(value)) return unitName(names, value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayInWords(value);
  if (/^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/.test(value)) return instantInWords(value);
  return valueLabel(names.language, value);
}
