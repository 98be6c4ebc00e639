import { fieldLabel, valueLabel } from '../../locales/sentences.js';
import { indexOf } from '../../office/directory.js';
import type { InstanceCall } from '../edge.js';
import { type Names, personName, unitName } from '../names.js';
import { dayInWords } from './dates.js';

/** Shown elsewhere on the page, or of no use to a reader. */
const HIDDEN: ReadonlySet<string> = new Set([
  'title',
  'prepared',
  'preparedContent',
  'signature',
  'contested',
  'assessment',
  'result',
  'returned',
  'attachments',
  'clauseReview',
  'clauseList',
]);
const LONG: readonly string[] = ['contested', 'assessment', 'result'];

/** The context of an instance in words: ids as names, days as people write them. */
export function factsOf(call: InstanceCall, names: Names): readonly { readonly label: string; readonly value: string }[] {
  const { context } = call.view.instance;
  const fields = [
    ...Object.keys(context).filter((field) => !HIDDEN.has(field)),
    ...LONG.filter((field) => context[field] !== undefined),
  ];
  return fields
    .map((field) => ({ label: fieldLabel(names.language, field), value: inWords(names, context[field]) }))
    .filter(({ value }) => value !== '');
}

function inWords(names: Names, value: unknown): string {
  if (Array.isArray(value)) return value.map((item) => inWords(names, item)).join(', ');
  if (typeof value === 'boolean') return valueLabel(names.language, String(value));
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  const index = indexOf(names.directory);
  if (index.person.has(value)) return personName(names, value);
  if (index.unit.has(value)) return unitName(names, value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dayInWords(value);
  return valueLabel(names.language, value);
}
