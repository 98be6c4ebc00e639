import { type Directory, indexOf } from './directory.js';
import { type LendingFault, lendingFaultsOf } from './lendingFaults.js';
import { unitHolds } from './lineage.js';
import type { RecordChange } from './records.js';

/** What is wrong with a record among the others, and in which field. */
export interface RecordFault {
  readonly kind: RecordChange['kind'];
  readonly id: string;
  readonly field: string;
  readonly code:
    | 'unitUnknown'
    | 'personUnknown'
    | 'appointmentUnknown'
    | 'unitsInCircle'
    | 'endBeforeBegin'
    | 'successionUnclear'
    | 'successorAbsent'
    | 'loginTaken'
    | LendingFault['code'];
  readonly found: string;
}

type Add = (field: string, code: RecordFault['code'], found: string) => void;

/** The faults of changed records in the directory as it would be: references, order of days, successions, logins, what lends authority. */
export function recordFaultsOf(after: Directory, changes: readonly RecordChange[]): readonly RecordFault[] {
  const units = new Set(after.units.map(({ id }) => id));
  const people = new Set(after.people.map(({ id }) => id));
  const appointments = new Set(after.appointments.map(({ id }) => id));
  const lending = groupedById(lendingFaultsOf(after));
  const around = aroundOf(after);
  return changes.flatMap((change) => {
    const { kind, id, after: record } = change;
    const faults: RecordFault[] = [];
    const add: Add = (field, code, found) => faults.push({ kind, id, field, code, found });
    const unit = (field: string, value: unknown): void => {
      if (typeof value === 'string' && !units.has(value)) add(field, 'unitUnknown', value);
    };
    const person = (field: string, value: unknown): void => {
      if (typeof value === 'string' && !people.has(value)) add(field, 'personUnknown', value);
    };
    for (const value of asList(record['units'])) unit('units', value);
    if (kind === 'units') {
      unit('parent', record['parent']);
      if (inCircle(after, id)) add('parent', 'unitsInCircle', String(record['parent']));
    }
    if (kind === 'appointments') {
      unit('unit', record['unit']);
      person('person', record['person']);
    }
    if (kind === 'delegations') {
      person('delegator', record['delegator']);
      person('delegate', record['delegate']);
    }
    if (kind === 'grants')
      for (const side of ['grantor', 'grantee']) unit(`${side}Unit`, (record[side] as { unit?: unknown } | undefined)?.unit);
    if (kind === 'divisions' && !appointments.has(String(record['appointment'])))
      add('appointment', 'appointmentUnknown', String(record['appointment']));
    if (kind === 'successions') successionFaults(around, change, unit, add);
    if (kind === 'people')
      if (around.loginsTaken.has(normalLogin(String(record['login'])))) add('login', 'loginTaken', String(record['login']));
    daysInOrder(record, add);
    for (const one of lending.get(`${kind}/${id}`) ?? []) {
      // In a table, a post has a column for its unit and one for itself.
      const field = /^grant(?:or|ee)$/.test(one.field) ? `${one.field}Unit` : one.field;
      add(field, one.code, one.found);
    }
    return faults;
  });
}

/** What is looked up again and again: a file may bring thousands of records. */
interface Around {
  readonly after: Directory;
  /** Logins that more than one person has. */
  readonly loginsTaken: ReadonlySet<string>;
}

function aroundOf(after: Directory): Around {
  const seen = new Set<string>();
  const loginsTaken = new Set<string>();
  for (const login of after.people.map((person) => normalLogin(person.login)))
    if (seen.has(login)) loginsTaken.add(login);
    else seen.add(login);
  return { after, loginsTaken };
}

/** Whether a unit can take something over on a day: it exists then, and ends by no succession of that day. One that is not recorded is told elsewhere. */
function takesOver({ after }: Around, unit: string, on: string): boolean {
  const { unit: byId, successionsFrom } = indexOf(after);
  const ends = (successionsFrom.get(unit) ?? []).some((one) => one.on <= on);
  return !byId.has(unit) || (!ends && unitHolds(after, unit, on));
}

function groupedById(faults: readonly LendingFault[]): ReadonlyMap<string, readonly LendingFault[]> {
  const groups = new Map<string, LendingFault[]>();
  for (const fault of faults) {
    const key = `${fault.kind}/${fault.id}`;
    groups.set(key, [...(groups.get(key) ?? []), fault]);
  }
  return groups;
}

function successionFaults(
  around: Around,
  { id, after: record }: RecordChange,
  unit: (field: string, value: unknown) => void,
  add: Add,
): void {
  const from = asList(record['from']);
  const to = asList(record['to']);
  for (const value of from) unit('from', value);
  for (const value of to) unit('to', value);
  const shares = (record['shares'] ?? []) as readonly { readonly to: string }[];
  for (const share of shares) if (!to.includes(share.to)) add('shares', 'successionUnclear', share.to);
  if (from.length === 0) add('from', 'successionUnclear', '');
  for (const value of doubles(from)) add('from', 'successionUnclear', value);
  for (const value of doubles(to)) add('to', 'successionUnclear', value);
  for (const value of to)
    if (!from.includes(value) && !takesOver(around, value, String(record['on']))) add('to', 'successorAbsent', value);
  for (const value of from) {
    if (to.includes(value)) add('to', 'successionUnclear', value);
    // A unit ends once: a second succession would leave it open which of them its duties follow.
    if ((indexOf(around.after).successionsFrom.get(value) ?? []).some((other) => other.id !== id))
      add('from', 'successionUnclear', value);
  }
  const wrong =
    record['kind'] === 'rename' ? from.length !== 1 || to.length !== 1 : record['kind'] !== 'abolish' && to.length === 0;
  if (wrong) add('kind', 'successionUnclear', String(record['kind']));
}

/** What stands in a list more than once. */
function doubles(list: readonly string[]): readonly string[] {
  return [...new Set(list.filter((value, index) => list.indexOf(value) !== index))];
}

function normalLogin(login: string): string {
  return login.normalize('NFC').trim().toLowerCase();
}

function daysInOrder(record: RecordChange['after'], add: Add): void {
  for (const [begin, end] of [
    ['from', 'to'],
    ['validFrom', 'validTo'],
  ] as const) {
    const [first, last] = [record[begin], record[end]];
    if (typeof first === 'string' && typeof last === 'string' && last < first) add(end, 'endBeforeBegin', last);
  }
}

function inCircle(directory: Directory, unit: string): boolean {
  const { unit: byId } = indexOf(directory);
  const seen = new Set<string>();
  for (let at: string | null = unit; at !== null; at = byId.get(at)?.parent ?? null) {
    if (seen.has(at)) return true;
    seen.add(at);
  }
  return false;
}

function asList(value: unknown): readonly string[] {
  return Array.isArray(value) ? (value as unknown[]).filter((one): one is string => typeof one === 'string') : [];
}
