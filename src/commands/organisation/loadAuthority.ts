import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { unknownRules } from '../../office/form/formRules.js';
import type { Directory } from '../../office/organisation/directory.js';
import { recordFaultsOf } from '../../office/organisation/recordFaults.js';
import {
  changesOf,
  type DirectoryRecords,
  isDated,
  pastFaultsOf,
  recordKinds,
  recordsOf,
} from '../../office/organisation/records.js';
import { seriesFaults } from '../../office/papers/seriesFaults.js';
import { dayOf } from '../../office/time/clock.js';
import { calendarOfFile } from '../calendar/versions.js';
import { cleanObject, cleanText } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { authorityShape, recordsMax } from './shapes.js';

const faultsShownMax = 50;

/** Most values of a file: as many records of every kind as are taken, each with its fields and short lists. */
const nodesMax = recordKinds.length * recordsMax * 20;

type Loaded = Omit<Directory, 'revision'>;

interface Fault {
  readonly path: string;
  readonly message: string;
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const fits = ajv.compile<Loaded & { note?: string }>(authorityShape);

/**
 * The records of an authority from a file's JSON, in the shape of `examples/authority.json`.
 * Throws `inputInvalid` with every fault: of shape, of ids that stand twice, of records among each other (recordFaults.ts), of the series
 * of its papers, and of rules of form that do not exist.
 */
export function readAuthority(value: JsonObject): Loaded {
  const cleaned = cleanObject(value, nodesMax) as unknown;
  if (!fits(cleaned)) {
    const faults = (fits.errors ?? [])
      .slice(0, faultsShownMax)
      .map((error) => ({ path: error.instancePath, message: error.message ?? '' }));
    throw new TrinhkyError('inputInvalid', { faults });
  }
  const { note: _note, ...loaded } = cleaned;
  const { papers: settings, abbreviation } = loaded.authority;
  const ofSeries = seriesFaults(settings, abbreviation).map(({ path, message }) => ({
    path: `/authority/papers${path}`,
    message,
  }));
  const ofRules = unknownRules(settings?.severities).map((rule) => ({
    path: `/authority/papers/severities/${rule}`,
    message: `no rule "${rule}"`,
  }));
  const faults = [...recordsWrong(loaded), ...ofSeries, ...ofRules].slice(0, faultsShownMax);
  if (faults.length > 0) throw new TrinhkyError('inputInvalid', { faults });
  return loaded;
}

/** The faults of its records, each with its place; judged by the rules of the import, with nothing recorded before. */
function recordsWrong(loaded: Loaded): Fault[] {
  const directory: Directory = { ...loaded, revision: 0 };
  const places = new Map<string, string>();
  const faults: Fault[] = [];
  for (const kind of recordKinds)
    recordsOf(loaded, kind).forEach(({ id }, index) => {
      const path = `/${kind}/${index}`;
      if (places.has(`${kind}/${id}`)) faults.push({ path: `${path}/id`, message: `idDouble: ${id}` });
      places.set(`${kind}/${id}`, path);
    });
  const { rootUnit } = loaded.authority;
  if (!places.has(`units/${rootUnit}`)) faults.push({ path: '/authority/rootUnit', message: `unitUnknown: ${rootUnit}` });
  const none = Object.fromEntries(recordKinds.map((kind) => [kind, []])) as unknown as DirectoryRecords;
  const changes = changesOf({ ...directory, ...none }, loaded);
  const ofRecords = recordFaultsOf(directory, changes).map(({ kind, id, field, code, found }) => ({
    path: `${places.get(`${kind}/${id}`)}/${field.replace(/^(grant(?:or|ee))Unit$/, '$1/unit')}`,
    message: found === '' ? code : `${code}: ${found}`,
  }));
  return [...faults, ...ofRecords];
}

/** Most records that the audit names one by one, and that a refusal does. */
const recordsNamedMax = 200;
const recordsShownMax = 10;

/**
 * Records an authority, new or changed, and says so in the audit. Records are put in place by id; what the file leaves out stays:
 * a record ends by its dates, never by being left out. Where the authority is there already and the file changes a dated record, or what
 * held on an earlier day, a `reason` is needed, which the audit keeps with the records: else throws `inputInvalid` {reason: 'loadReason'}.
 */
export async function loadAuthority(
  deps: Pick<Deps, 'store' | 'clock'>,
  loaded: Loaded,
  actor: string,
  reason: string | null = null,
): Promise<void> {
  const { id } = loaded.authority;
  const at = deps.clock.now();
  const altered = (await deps.store.directory.authorities()).includes(id)
    ? alteredBy(await deps.store.directory.snapshot(id), loaded, dayOf(at))
    : [];
  const named = altered.slice(0, recordsNamedMax);
  const said = reason === null ? '' : cleanText(reason, '--reason').trim();
  if (altered.length > 0 && said === '')
    throw new TrinhkyError('inputInvalid', {
      path: '--reason',
      reason: 'loadReason',
      count: altered.length,
      records: altered.slice(0, recordsShownMax),
    });
  const counts = { units: loaded.units.length, people: loaded.people.length, appointments: loaded.appointments.length };
  const details = { ...counts, ...(altered.length > 0 ? { reason: said, altered: altered.length, records: named } : {}) };
  await deps.store.audit.append({ authority: id, at, actor, kind: 'authorityLoaded', subject: id, details });
  await deps.store.directory.save({ ...loaded, ...(await calendarOfFile(deps, loaded, at)) });
}

/** The records of the authority that a file changes, or brings into the past. Records that are left out stay, and so do their dates. */
function alteredBy(before: Directory, loaded: Loaded, today: string): readonly string[] {
  return changesOf(before, loaded)
    .filter((change) => (change.before !== null && isDated(change.kind)) || pastFaultsOf(change, today).length > 0)
    .map(({ kind, id }) => `${kind}/${id}`);
}
