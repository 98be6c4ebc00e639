import type { JsonObject } from '../../commands/look.js';
import { fieldLabel, type Language } from '../../locales/sentences.js';
import { type Directory, holdsOn } from '../../office/organisation/directory.js';
import { dayOf } from '../../office/time/clock.js';
import type { Typed } from './lineOrder.js';

/** Lists of records that are filled in row by row, and how many empty rows a form offers; more go in by sending it again, or by the API. */
const rowsOffered: Readonly<Record<string, number>> = { figures: 4, parts: 4 };
const rowsMax = 40;
const ROW = /^([a-z][A-Za-z0-9]*)\.(\d{1,2})\.([a-z][A-Za-z0-9]*)$/;

/** Cells that are called otherwise than the field of the same name elsewhere. */
const cellLabels: Readonly<Record<string, string>> = { name: 'figureName', title: 'partTitle' };

interface Cell {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly date: boolean;
  readonly choice: boolean;
  readonly lengthMax: number;
  readonly options: readonly { readonly value: string; readonly label: string; readonly chosen: boolean }[];
}

interface Row {
  readonly number: number;
  readonly cells: readonly Cell[];
}

interface Drawn {
  readonly form: string;
  readonly prefix: string;
  readonly language: Language;
  readonly directory: Directory;
  readonly now: string;
  readonly typed: Typed;
}

/** Whether a field is filled in row by row. */
export function hasRows(name: string): boolean {
  return Object.hasOwn(rowsOffered, name);
}

/** The rows of such a field: what was typed before, and empty ones after it. */
export function rowsOf(name: string, property: JsonObject, drawn: Drawn): readonly Row[] {
  const { properties } = property.items as { readonly properties: Readonly<Record<string, JsonObject>> };
  const typed = Object.keys(drawn.typed).flatMap((key) => (ROW.exec(key)?.[1] === name ? [Number(ROW.exec(key)?.[2])] : []));
  const count = Math.min(rowsMax, Math.max(rowsOffered[name] ?? 0, ...typed.map((at) => at + 1)));
  return Array.from({ length: count }, (_, at) => ({
    number: at + 1,
    cells: Object.entries(properties).map(([field, shape]) => cellOf(`${name}.${at}.${field}`, field, shape, drawn)),
  }));
}

function cellOf(path: string, field: string, shape: JsonObject, { form, prefix, language, directory, now, typed }: Drawn): Cell {
  const value = typed[path];
  const text = typeof value === 'string' ? value : '';
  const day = dayOf(now);
  const units =
    field === 'unit' ? directory.units.filter((unit) => holdsOn({ from: unit.validFrom, to: unit.validTo }, day)) : [];
  return {
    id: `${form}-${path.replaceAll('.', '-')}`,
    name: `${prefix}${path}`,
    label: fieldLabel(language, cellLabels[field] ?? field),
    value: text,
    date: shape.format === 'date',
    choice: field === 'unit',
    lengthMax: typeof shape.maxLength === 'number' ? shape.maxLength : 500,
    options: units.map((unit) => ({ value: unit.id, label: unit.name, chosen: unit.id === text })),
  };
}

/** The records of every field that was filled in row by row; rows in which nothing was written are left out. */
export function recordsTyped(typed: Typed): Readonly<Record<string, readonly JsonObject[]>> {
  const found: Record<string, Record<string, string>[]> = {};
  for (const [key, value] of Object.entries(typed)) {
    const [, name, at, field] = ROW.exec(key) ?? [];
    if (name === undefined || at === undefined || field === undefined || typeof value !== 'string' || value.trim() === '')
      continue;
    if (!hasRows(name) || Number(at) >= rowsMax) continue;
    found[name] ??= [];
    found[name][Number(at)] = { ...found[name][Number(at)], [field]: value.trim() };
  }
  return Object.fromEntries(Object.entries(found).map(([name, rows]) => [name, rows.filter((row) => row !== undefined)]));
}

/** What was typed without the cells of rows. */
export function withoutRows(typed: Typed): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([key]) => !hasRows(ROW.exec(key)?.[1] ?? '')));
}
