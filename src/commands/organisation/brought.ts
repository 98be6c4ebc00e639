import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type DirectoryRecords, type RecordKind, recordKinds } from '../../office/organisation/records.js';
import { cleanObject } from '../cleanInput.js';
import { recordShapes, recordsMax } from './shapes.js';

/** A place in what was brought: a line and column of a CSV file, or a place in a JSON file. */
export interface Place {
  readonly file: string;
  /** The first is 1; null in JSON. */
  readonly line: number | null;
  /** The name of the column, or the JSON pointer. */
  readonly column: string;
}

/** What is wrong with what was brought; `code` has a sentence of its own that says what to do. */
export interface ImportFault extends Place {
  readonly code: FaultCode;
  readonly params: JsonObject;
}

export const faultCodes = [
  'fileUnknown',
  'fileEmpty',
  'notUtf8',
  'fileTooLarge',
  'recordsTooMany',
  'csvBroken',
  'jsonBroken',
  'columnMissing',
  'columnUnknown',
  'columnDouble',
  'cellsMissing',
  'dayInvalid',
  'flagInvalid',
  'shareInvalid',
  'valueMissing',
  'valueInvalid',
  'memberUnknown',
  'textNotAllowed',
  'idDouble',
  'otherAuthority',
  'unitUnknown',
  'personUnknown',
  'appointmentUnknown',
  'unitsInCircle',
  'endBeforeBegin',
  'successionUnclear',
  'successorAbsent',
  'beganBefore',
  'begunAlready',
  'endedBefore',
  'nameOfRecord',
  'revocationBefore',
  'loginTaken',
  'notLeader',
  'notOwnDeputy',
  'notLeaderInside',
  'typesMissing',
  'boundMissing',
  'endMissing',
  'notPassable',
  'toItself',
  'grantCircle',
  'notDeputy',
  'boundEmpty',
  'delegationSelf',
  'delegationCircle',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** One record with the place it came from. */
export interface BroughtRecord {
  readonly kind: RecordKind;
  readonly file: string;
  readonly line: number | null;
  /** JSON pointer of the record; empty in CSV. */
  readonly pointer: string;
  readonly value: JsonObject;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const fits = Object.fromEntries(recordKinds.map((kind) => [kind, ajv.compile(recordShapes[kind])]));

const faultsMax = 500;

/** Throws `inputInvalid` with every fault, at most `faultsMax`, where there is one. */
export function refuseFaults(faults: readonly ImportFault[]): void {
  if (faults.length === 0) return;
  const shown = faults.slice(0, faultsMax).map(({ file, line, column, code, params }) => ({
    path: `${file}${line === null ? '' : `:${line}`}:${column}`,
    message: code,
    file,
    line,
    column,
    code,
    params,
  }));
  throw new TrinhkyError('inputInvalid', { reason: 'organisationFaulty', count: faults.length, faults: shown });
}

/** Kind and id of a record; an id that is no text is told by its shape. */
export function idOf({ kind, value }: Pick<BroughtRecord, 'kind' | 'value'>): string {
  return `${kind}/${typeof value.id === 'string' ? value.id : ''}`;
}

/** The place of a field of a record: where somebody must look to mend it. */
export function placeOf(record: Pick<BroughtRecord, 'file' | 'line' | 'pointer'>, field: string): Place {
  const column = record.line === null ? `${record.pointer}/${field}` : field;
  return { file: record.file, line: record.line, column };
}

/** Cleans records and judges their shape; answers those that fit, and every fault. */
export function fitting(brought: readonly BroughtRecord[]): {
  readonly records: readonly BroughtRecord[];
  readonly faults: readonly ImportFault[];
} {
  const records: BroughtRecord[] = [];
  const faults: ImportFault[] = [];
  const seen = new Set<string>();
  for (const record of brought) {
    const found = faultsOf(record);
    const id = idOf(record);
    if (seen.has(id)) found.faults.push({ ...placeOf(record, 'id'), code: 'idDouble', params: { id: record.value.id ?? null } });
    seen.add(id);
    faults.push(...found.faults);
    if (found.faults.length === 0) records.push({ ...record, value: found.value });
  }
  return { records, faults };
}

function faultsOf(record: BroughtRecord): { readonly value: JsonObject; readonly faults: ImportFault[] } {
  let value: JsonObject;
  try {
    value = cleanObject(record.value);
  } catch (error) {
    const path = error instanceof TrinhkyError && typeof error.params.path === 'string' ? error.params.path.slice(1) : '';
    return { value: record.value, faults: [{ ...placeOf(record, path), code: 'textNotAllowed', params: {} }] };
  }
  const check = fits[record.kind];
  if (check === undefined || check(value)) return { value, faults: [] };
  const bySpot = new Map<string, ImportFault>();
  for (const error of check.errors ?? []) {
    const fault = shapeFault(record, error, value);
    if (!bySpot.has(fault.column)) bySpot.set(fault.column, fault);
  }
  return { value, faults: [...bySpot.values()] };
}

function shapeFault(record: BroughtRecord, error: ErrorObject, value: JsonObject): ImportFault {
  const named = error.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
  const extra = error.keyword === 'additionalProperties' ? String(error.params['additionalProperty']) : undefined;
  const at = error.instancePath.slice(1);
  const field = [at, named ?? extra].filter((part) => part !== undefined && part !== '').join('/');
  const code = named !== undefined ? 'valueMissing' : extra !== undefined ? 'memberUnknown' : 'valueInvalid';
  const found = at === '' ? null : valueAt(value, at);
  return { ...placeOf(record, field), code, params: { found: found ?? null, expected: expectedOf(error) } };
}

function valueAt(value: Json, path: string): Json | undefined {
  return path
    .split('/')
    .reduce<Json | undefined>(
      (at, name) => (isObject(at) ? at[name] : Array.isArray(at) ? (at as Json[])[Number(name)] : undefined),
      value,
    );
}

function expectedOf({ keyword, params, message }: ErrorObject): string {
  return keyword === 'enum' ? (params['allowedValues'] as string[]).join(', ') : (message ?? keyword);
}

/** The records by kind, as a directory takes them. */
export function byKind(records: readonly BroughtRecord[]): DirectoryRecords {
  const lists = recordKinds.map((kind) => [kind, records.filter((one) => one.kind === kind).map(({ value }) => value)] as const);
  return Object.fromEntries(lists.filter(([, list]) => list.length > 0)) as unknown as DirectoryRecords;
}

/** Records from the JSON of an organisation: lists by kind. An authority and a calendar beside them are not touched. */
export function recordsOfJson(
  value: JsonObject,
  authority: string,
  file: string,
): { readonly brought: readonly BroughtRecord[]; readonly faults: readonly ImportFault[] } {
  const faults: ImportFault[] = [];
  const fault = (column: string, code: FaultCode, params: JsonObject = {}) =>
    faults.push({ file, line: null, column, code, params });
  const known = new Set<string>(['note', 'authority', 'calendar', 'revision', ...recordKinds]);
  for (const name of Object.keys(value)) if (!known.has(name)) fault(`/${name}`, 'memberUnknown');
  const other = isObject(value.authority) ? value.authority.id : undefined;
  if (other !== undefined && other !== authority) fault('/authority/id', 'otherAuthority', { found: other, authority });
  const brought = recordKinds.flatMap((kind): BroughtRecord[] => {
    const list = value[kind];
    if (list === undefined) return [];
    if (!Array.isArray(list)) fault(`/${kind}`, 'valueInvalid', { found: null, expected: 'array' });
    else if (list.length > recordsMax) fault(`/${kind}`, 'recordsTooMany', { max: recordsMax });
    else
      return (list as Json[]).flatMap((one, index): BroughtRecord[] => {
        const pointer = `/${kind}/${index}`;
        if (isObject(one)) return [{ kind, file, line: null, pointer, value: one }];
        fault(pointer, 'valueInvalid', { found: one, expected: 'object' });
        return [];
      });
    return [];
  });
  return { brought, faults };
}
