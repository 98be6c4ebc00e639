import type { Json, JsonObject } from '../../engine/json.js';
import type { RecordKind } from '../../office/organisation/records.js';
import type { FaultCode } from './brought.js';

/** How the text of a cell and a value stand for each other. */
interface CellKind {
  write(value: Json): string;
  /** The value, or the code of what is wrong with the text. */
  read(text: string): { readonly value: Json } | { readonly fault: FaultCode };
}

export interface Column {
  readonly name: string;
  /** Path of the field: one name, or two for what stands inside. */
  readonly path: readonly string[];
  readonly cell: CellKind;
  /** May be missing; an empty cell leaves the field out. */
  readonly optional?: true;
}

const SEPARATOR = ' | ';
/** Stands for "all": an empty cell of a scope is an empty scope, so that nobody gains power by leaving something out. */
const ALL = '*';
const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;
const LOCAL_DAY = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/;

const plain = (value: Json): string => (typeof value === 'string' ? value : '');

const text: CellKind = { write: plain, read: (value) => ({ value }) };

const textOrNull: CellKind = {
  write: plain,
  read: (value) => ({ value: value === '' ? null : value }),
};

/** Written `yyyy-mm-dd`; also read as `dd/mm/yyyy`, which is what a spreadsheet makes of it here. */
const day: CellKind = {
  write: plain,
  read(found) {
    const trimmed = found.trim();
    const local = LOCAL_DAY.exec(trimmed);
    const iso = local ? `${local[3]}-${local[2]?.padStart(2, '0')}-${local[1]?.padStart(2, '0')}` : trimmed;
    return isDay(iso) ? { value: iso } : { fault: 'dayInvalid' };
  },
};

function isDay(iso: string): boolean {
  if (!ISO_DAY.test(iso)) return false;
  const at = Date.parse(`${iso}T00:00:00.000Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}

const dayOrNull: CellKind = {
  write: plain,
  read: (found) => (found.trim() === '' ? { value: null } : day.read(found)),
};

const YES = new Set(['true', '1', 'x', 'có', 'yes', 'đúng']);
const NO = new Set(['false', '0', '', 'không', 'no', 'sai']);

const flag: CellKind = {
  write: (value) => (value === true ? 'TRUE' : 'FALSE'),
  read(found) {
    const word = found.trim().normalize('NFC').toLowerCase();
    if (YES.has(word)) return { value: true };
    return NO.has(word) ? { value: false } : { fault: 'flagInvalid' };
  },
};

function writeItem(item: string): string {
  const escaped = item.replace(/[\\|]/g, '\\$&');
  return escaped === ALL ? `\\${ALL}` : escaped;
}

function readItems(found: string): readonly string[] {
  if (found.trim() === '') return [];
  const items = [''];
  for (const [part] of found.matchAll(/\\.|[^\\]/gsu)) {
    if (part === '|') items.push('');
    else items[items.length - 1] += part.length > 1 && part.startsWith('\\') ? part.slice(1) : part;
  }
  return items.map((item) => item.trim());
}

const texts: CellKind = {
  write: (value) => (value as string[]).map(writeItem).join(SEPARATOR),
  read: (found) => ({ value: [...readItems(found)] }),
};

const textsOrAll: CellKind = {
  write: (value) => (value === null ? ALL : texts.write(value)),
  read: (found) => (found.trim() === ALL ? { value: null } : texts.read(found)),
};

/** `document=unit | report=other`. */
const shares: CellKind = {
  write: (value) =>
    texts.write((value as { definition: string; to: string }[]).map(({ definition, to }) => `${definition}=${to}`)),
  read(found) {
    const pairs = readItems(found).map((item) => {
      const cut = item.lastIndexOf('=');
      return cut <= 0 ? null : { definition: item.slice(0, cut).trim(), to: item.slice(cut + 1).trim() };
    });
    return pairs.includes(null) ? { fault: 'shareInvalid' } : { value: pairs as JsonObject[] };
  },
};

const column = (name: string, cell: CellKind = text, path: readonly string[] = [name]): Column => ({ name, cell, path });
const postOf = (name: string): readonly Column[] => [
  column(`${name}Unit`, text, [name, 'unit']),
  column(`${name}Post`, text, [name, 'post']),
];
const scope = (...names: readonly string[]): readonly Column[] => names.map((name) => column(name, textsOrAll));
const days = (from: string, to: string): readonly Column[] => [column(from, day), column(to, dayOrNull)];

/** The columns of each kind's table, in order: every field of a record, and nothing else. */
export const columns: Readonly<Record<RecordKind, readonly Column[]>> = {
  units: [
    ...['id', 'name', 'abbreviation', 'kind'].map((name) => column(name)),
    column('parent', textOrNull),
    ...days('validFrom', 'validTo'),
    { ...column('servedBy', textOrNull), optional: true },
  ],
  people: [...['id', 'name', 'login'].map((name) => column(name)), column('disabled', flag)],
  appointments: [
    ...['id', 'person', 'unit', 'post'].map((name) => column(name)),
    column('title', textOrNull),
    column('acting', flag),
    ...days('from', 'to'),
  ],
  delegations: [
    ...['id', 'delegator', 'delegate'].map((name) => column(name)),
    ...scope('definitions', 'types', 'commands'),
    column('from', day),
    column('to', day),
    column('revokedAt', textOrNull),
    column('reason'),
  ],
  grants: [
    column('id'),
    column('kind'),
    ...postOf('grantor'),
    ...postOf('grantee'),
    ...scope('types', 'units'),
    column('subject'),
    ...days('from', 'to'),
    column('revokedAt', textOrNull),
    column('passable', flag),
    column('decision'),
  ],
  divisions: [
    column('id'),
    column('appointment'),
    column('fields', texts),
    ...scope('units', 'types'),
    ...days('from', 'to'),
    column('decision'),
  ],
  successions: [
    column('id'),
    column('kind'),
    column('from', texts),
    column('to', texts),
    column('on', day),
    column('shares', shares),
    column('decision'),
  ],
  lists: [column('id'), column('name'), column('units', texts)],
};

const FORMULA = /^['=+\-@\t\r]/;

/** The text of a cell as it is put into a file: a spreadsheet must never take it for a formula. */
export function guarded(cell: string): string {
  return FORMULA.test(cell) ? `'${cell}` : cell;
}

/** What `guarded` made of a text, back again. */
export function unguarded(cell: string): string {
  return cell.startsWith("'") && FORMULA.test(cell.slice(1)) ? cell.slice(1) : cell;
}
