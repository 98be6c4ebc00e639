import { stringify } from 'csv-stringify/sync';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { Directory } from '../../office/organisation/directory.js';
import { type RecordKind, recordKinds, recordsOf } from '../../office/organisation/records.js';
import { requireAdministering } from '../administers.js';
import type { Deps } from '../deps.js';
import { type Column, columns, guarded } from './csvColumns.js';

/** A table of records for a spreadsheet: UTF-8 with a byte order mark, and no cell that would be taken for a formula. */
export function csvOf(directory: Directory, kind: RecordKind): string {
  const wanted = columns[kind];
  const rows = recordsOf(directory, kind).map((record) => wanted.map((column) => guarded(cellOf(column, record as JsonObject))));
  return stringify([wanted.map(({ name }) => name), ...rows], {
    bom: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]|^\s|\s$/,
  });
}

function cellOf({ path: [outer = '', inner], cell }: Column, record: JsonObject): string {
  const value: Json = record[outer] ?? null;
  return cell.write(inner === undefined ? value : isObject(value) ? (value[inner] ?? null) : null);
}

/** The whole organisation as one JSON value, in the shape that `trinhky authority load` and the import take. */
export function jsonOf(directory: Directory): JsonObject {
  const { revision: _revision, ...records } = directory;
  return records as unknown as JsonObject;
}

interface ExportAsk {
  readonly authority: string;
  readonly actor: string;
  readonly format: 'csv' | 'json';
}

interface ExportedFile {
  /** `units.csv`, or `ID.json`. */
  readonly name: string;
  readonly text: string;
  readonly rows: number;
}

/** The organisation as files, as it is now; every export is audited, for it holds the logins of everybody. Throws `notAllowed`. */
export async function exportOrganisation(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, actor, format }: ExportAsk,
): Promise<readonly ExportedFile[]> {
  await requireAdministering(deps, { authority, actor }, 'organisationDenied');
  const directory = await deps.store.directory.snapshot(authority);
  const details = { format, revision: directory.revision };
  await deps.store.audit.append({
    authority,
    at: deps.clock.now(),
    actor,
    kind: 'organisationExported',
    subject: authority,
    details,
  });
  if (format === 'csv')
    return recordKinds.map((kind) => ({
      name: `${kind}.csv`,
      text: csvOf(directory, kind),
      rows: recordsOf(directory, kind).length,
    }));
  const rows = recordKinds.reduce((sum, kind) => sum + recordsOf(directory, kind).length, 0);
  return [{ name: `${authority}.json`, text: `${JSON.stringify(jsonOf(directory), null, 2)}\n`, rows }];
}
