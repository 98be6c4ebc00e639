import { hashOf } from '../../engine/json.js';
import { addDays } from '../time/clock.js';
import type { Directory } from './directory.js';

/** The kinds of records that an organisation is kept in, in the order in which they refer to each other. */
export const recordKinds = [
  'units',
  'people',
  'appointments',
  'delegations',
  'grants',
  'divisions',
  'successions',
  'lists',
] as const;

export type RecordKind = (typeof recordKinds)[number];

/** Some records of a directory: what a change writes. */
export type DirectoryRecords = Partial<Pick<Directory, RecordKind>>;

interface Identified {
  readonly id: string;
}

type Loose = Identified & Readonly<Record<string, unknown>>;

/** One record that is new or differs from what is recorded. */
export interface RecordChange {
  readonly kind: RecordKind;
  readonly id: string;
  /** Null: the record is new. */
  readonly before: Loose | null;
  readonly after: Loose;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
}

/** The records of a kind, whatever their shape. */
export function recordsOf(records: DirectoryRecords, kind: RecordKind): readonly Loose[] {
  return (records[kind] ?? []) as unknown as readonly Loose[];
}

/** What is new or different among `brought`; records that are left out stay as they are. */
export function changesOf(directory: Directory, brought: DirectoryRecords): readonly RecordChange[] {
  return recordKinds.flatMap((kind) => {
    const known = new Map(recordsOf(directory, kind).map((record) => [record.id, record]));
    return recordsOf(brought, kind).flatMap((after): RecordChange[] => {
      const before = known.get(after.id) ?? null;
      if (before === null) return [{ kind, id: after.id, before, after, fields: Object.keys(after) }];
      const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      const fields = names.filter((name) => hashOf([before[name] ?? null]) !== hashOf([after[name] ?? null]));
      return fields.length === 0 ? [] : [{ kind, id: after.id, before, after, fields }];
    });
  });
}

/** The records that a list of changes writes. */
export function recordsIn(changes: readonly RecordChange[]): DirectoryRecords {
  const records: Partial<Record<RecordKind, Loose[]>> = {};
  for (const { kind, after } of changes) records[kind] = [...(records[kind] ?? []), after];
  return records as unknown as DirectoryRecords;
}

/** A directory with records put in place by id, in the place of those that have the same id. */
export function withRecords(directory: Directory, brought: DirectoryRecords): Directory {
  const merged = recordKinds.map((kind) => {
    const fresh = new Map(recordsOf(brought, kind).map((record) => [record.id, record]));
    const kept = recordsOf(directory, kind).map((record) => fresh.get(record.id) ?? record);
    const known = new Set(recordsOf(directory, kind).map(({ id }) => id));
    return [kind, [...kept, ...[...fresh.values()].filter(({ id }) => !known.has(id))]] as const;
  });
  return { ...directory, ...(Object.fromEntries(merged) as unknown as Pick<Directory, RecordKind>) };
}

/** The names of the fields that hold a record's first and last day; kinds that are not dated have none. */
const dated: Readonly<Partial<Record<RecordKind, { readonly from: string; readonly to: string | null }>>> = {
  units: { from: 'validFrom', to: 'validTo' },
  appointments: { from: 'from', to: 'to' },
  delegations: { from: 'from', to: 'to' },
  grants: { from: 'from', to: 'to' },
  divisions: { from: 'from', to: 'to' },
  successions: { from: 'on', to: null },
};

/** Whether records of a kind hold from day to day. */
export function isDated(kind: RecordKind): boolean {
  return dated[kind] !== undefined;
}

/** A change that would alter what held on a day before today. */
export interface PastFault {
  readonly kind: RecordKind;
  readonly id: string;
  readonly field: string;
  readonly code: 'beganBefore' | 'begunAlready' | 'endedBefore' | 'nameOfRecord' | 'revocationBefore';
}

/**
 * What of a change would alter the past: a record that begins before today, a record in force that is changed otherwise than by its
 * end, an end before yesterday, a person's name (old papers are shown with it). Records are dated and never overwritten.
 */
export function pastFaultsOf(change: RecordChange, today: string): readonly PastFault[] {
  const { kind, id, before, after, fields } = change;
  const fault = (field: string, code: PastFault['code']): PastFault => ({ kind, id, field, code });
  if (kind === 'people') return before !== null && fields.includes('name') ? [fault('name', 'nameOfRecord')] : [];
  const days = dated[kind];
  if (days === undefined) return [];
  const begins = (record: Loose): string => String(record[days.from]);
  if (before === null || begins(before) >= today) return begins(after) < today ? [fault(days.from, 'beganBefore')] : [];
  const yesterday = addDays(today, -1);
  return fields.flatMap((field): PastFault[] => {
    if (field === days.to) {
      const ends = [before[field], after[field]].filter((day): day is string => typeof day === 'string');
      return ends.every((day) => day >= yesterday) ? [] : [fault(field, 'endedBefore')];
    }
    // Who enters what a unit says holds from now on: what was entered names the person and the paper for good.
    if (field === 'servedBy') return [];
    if (field !== 'revokedAt') return [fault(field, 'begunAlready')];
    const instants = [before[field], after[field]].filter((at): at is string => typeof at === 'string');
    return instants.every((at) => at >= today) ? [] : [fault(field, 'revocationBefore')];
  });
}

const ID_CHARS_MAX = 80;

/** The id of the record that carries another one over at a succession: always the same, so that it is made once. */
export function carriedId(id: string, succession: string): string {
  const plain = `${id}_${succession}`;
  return plain.length <= ID_CHARS_MAX ? plain : `${id.slice(0, 40)}_${hashOf([id, succession]).slice(0, 24)}`;
}
