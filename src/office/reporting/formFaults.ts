import { compare, figureDigitsMax, isCanonical } from './figures.js';
import type { FigureItem, FormItem, ReportForm, TableItem } from './form.js';

/** Most items of each of the two lists of a form, and most columns of a table. */
export const formItemsMax = 60;
export const tableColumnsMax = 12;
export const narrativeCharsMax = 20_000;
export const tableRowsMax = 200;

/** What a form says that does not hold together. `path` is a JSON pointer into the form; `code` of a sentence `formFaults.<code>`. */
export interface FormFault {
  readonly path: string;
  readonly code:
    | 'empty'
    | 'codeTwice'
    | 'codeReserved'
    | 'columnTwice'
    | 'boundUnreadable'
    | 'boundDecimals'
    | 'boundsCrossed'
    | 'kindChanged'
    | 'unitChanged'
    | 'ruleChanged';
}

type Column = TableItem['columns'][number];

/** Names that every object has: as a key of answers they would be there before anybody answered. */
function isReserved(code: string): boolean {
  return code in {};
}

/** Every item of a form with its place, those per duty first. */
export function itemsOf(
  form: Pick<ReportForm, 'perDuty' | 'once'>,
): readonly { readonly path: string; readonly item: FormItem }[] {
  return [
    ...form.perDuty.map((item, index) => ({ path: `/perDuty/${index}`, item })),
    ...form.once.map((item, index) => ({ path: `/once/${index}`, item })),
  ];
}

/**
 * All that is wrong with the meaning of a form whose shape is right. With the version `before` also what would make figures of the two
 * incomparable: a code keeps its kind, its unit and its rule for good, as a period is compared with the one before by its codes.
 */
export function formFaults(form: ReportForm, before: ReportForm | null = null): readonly FormFault[] {
  const items = itemsOf(form);
  const faults: FormFault[] = items.length === 0 ? [{ path: '', code: 'empty' }] : [];
  const seen = new Set<string>();
  for (const { path, item } of items) {
    if (seen.has(item.code)) faults.push({ path: `${path}/code`, code: 'codeTwice' });
    if (isReserved(item.code)) faults.push({ path: `${path}/code`, code: 'codeReserved' });
    seen.add(item.code);
    if (item.kind === 'figure') faults.push(...boundFaults(item, path));
    if (item.kind === 'table') faults.push(...columnFaults(item.columns, path));
  }
  return before === null ? faults : [...faults, ...changeFaults(items, before)];
}

function boundFaults({ min, max, decimals }: Pick<FigureItem, 'min' | 'max' | 'decimals'>, path: string): readonly FormFault[] {
  const faults: FormFault[] = [];
  for (const [name, value] of [
    ['min', min],
    ['max', max],
  ] as const) {
    if (value === null) continue;
    if (!isCanonical(value) || value.length > figureDigitsMax + 2)
      faults.push({ path: `${path}/${name}`, code: 'boundUnreadable' });
    else if ((value.split('.')[1] ?? '').length > decimals) faults.push({ path: `${path}/${name}`, code: 'boundDecimals' });
  }
  if (faults.length === 0 && min !== null && max !== null && compare(min, max) > 0)
    faults.push({ path: `${path}/max`, code: 'boundsCrossed' });
  return faults;
}

function columnFaults(columns: readonly Column[], path: string): readonly FormFault[] {
  const codes = columns.map(({ code }) => code);
  return columns.flatMap((column, index): readonly FormFault[] => {
    const place = `${path}/columns/${index}`;
    return [
      ...(codes.indexOf(column.code) < index ? [{ path: `${place}/code`, code: 'columnTwice' as const }] : []),
      ...(isReserved(column.code) ? [{ path: `${place}/code`, code: 'codeReserved' as const }] : []),
      ...(column.kind === 'figure' ? boundFaults(column, place) : []),
    ];
  });
}

function changeFaults(items: ReturnType<typeof itemsOf>, before: ReportForm): readonly FormFault[] {
  const known = new Map(itemsOf(before).map(({ item }) => [item.code, item]));
  return items.flatMap(({ path, item }): readonly FormFault[] => {
    const old = known.get(item.code);
    if (old === undefined) return [];
    if (old.kind !== item.kind) return [{ path: `${path}/kind`, code: 'kindChanged' }];
    if (item.kind !== 'figure' || old.kind !== 'figure') return [];
    return [
      ...(old.unit === item.unit ? [] : [{ path: `${path}/unit`, code: 'unitChanged' as const }]),
      ...(old.rule === item.rule ? [] : [{ path: `${path}/rule`, code: 'ruleChanged' as const }]),
    ];
  });
}

/** What one version of a form asks that another does not, by item code: what can be compared stands in both. */
export interface FormChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly kept: readonly string[];
}

export function formChanges(before: ReportForm, after: ReportForm): FormChanges {
  const [old, now] = [before, after].map((form) => itemsOf(form).map(({ item }) => item.code)) as [string[], string[]];
  return {
    added: now.filter((code) => !old.includes(code)),
    removed: old.filter((code) => !now.includes(code)),
    kept: now.filter((code) => old.includes(code)),
  };
}
