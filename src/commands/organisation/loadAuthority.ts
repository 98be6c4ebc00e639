import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { unknownRules } from '../../office/form/formRules.js';
import type { Directory } from '../../office/organisation/directory.js';
import { recordFaultsOf } from '../../office/organisation/recordFaults.js';
import { changesOf, type DirectoryRecords, recordKinds, recordsOf } from '../../office/organisation/records.js';
import { seriesFaults } from '../../office/papers/seriesFaults.js';
import { calendarOfFile } from '../calendar/versions.js';
import { cleanObject } from '../cleanInput.js';
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

/** Records an authority, new or changed, and says so in the audit. Records are put in place by id; what the file leaves out stays:
 * a record ends by its dates, never by being left out. */
export async function loadAuthority(deps: Pick<Deps, 'store' | 'clock'>, loaded: Loaded, actor: string): Promise<void> {
  await deps.store.audit.append({
    authority: loaded.authority.id,
    at: deps.clock.now(),
    actor,
    kind: 'authorityLoaded',
    subject: loaded.authority.id,
    details: { units: loaded.units.length, people: loaded.people.length, appointments: loaded.appointments.length },
  });
  await deps.store.directory.save({ ...loaded, ...(await calendarOfFile(deps, loaded, deps.clock.now())) });
}
