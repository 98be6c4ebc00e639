import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { unknownRules } from '../../office/form/formRules.js';
import type { Directory } from '../../office/organisation/directory.js';
import { lendingFaultsOf } from '../../office/organisation/lendingFaults.js';
import { seriesFaults } from '../../office/papers/seriesFaults.js';
import { calendarOfFile } from '../calendar/versions.js';
import { cleanObject } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { authorityShape } from './shapes.js';

const faultsShownMax = 50;

type Loaded = Omit<Directory, 'revision'>;

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const fits = ajv.compile<Loaded & { note?: string }>(authorityShape);

/**
 * The records of an authority from a file's JSON, in the shape of `examples/authority.json`.
 * Throws `inputInvalid` with every fault: of shape, of references to units and people that are not in the file, of what lends authority
 * past the law or in a circle, of the series of its papers, and of rules of form that do not exist.
 */
export function readAuthority(value: JsonObject): Loaded {
  const cleaned = cleanObject(value) as unknown;
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
  const faults = [...strayReferences(loaded), ...lentWrongly(loaded), ...ofSeries, ...ofRules].slice(0, faultsShownMax);
  if (faults.length > 0) throw new TrinhkyError('inputInvalid', { faults });
  return loaded;
}

/** Grants, divisions and delegations that lend what the law does not let them. */
function lentWrongly(loaded: Loaded): { path: string; message: string }[] {
  return lendingFaultsOf({ ...loaded, revision: 0 }).map(({ kind, id, field, code, found }) => ({
    path: `/${kind}/${loaded[kind].findIndex((one) => one.id === id)}/${field}`,
    message: found === '' ? code : `${code}: ${found}`,
  }));
}

function strayReferences({ authority, units, people, appointments, ...lent }: Loaded): { path: string; message: string }[] {
  const { delegations, grants, divisions } = lent;
  const appointmentIds = new Set(appointments.map(({ id }) => id));
  const unitIds = new Set(units.map((unit) => unit.id));
  const personIds = new Set(people.map((person) => person.id));
  const unit = (path: string, value: string | null) =>
    value === null || unitIds.has(value) ? [] : [{ path, message: `no unit "${value}"` }];
  const person = (path: string, value: string) => (personIds.has(value) ? [] : [{ path, message: `no person "${value}"` }]);
  return [
    ...unit('/authority/rootUnit', authority.rootUnit),
    ...units.flatMap((one, index) => unit(`/units/${index}/parent`, one.parent)),
    ...appointments.flatMap((one, index) => [
      ...unit(`/appointments/${index}/unit`, one.unit),
      ...person(`/appointments/${index}/person`, one.person),
    ]),
    ...delegations.flatMap((one, index) => [
      ...person(`/delegations/${index}/delegator`, one.delegator),
      ...person(`/delegations/${index}/delegate`, one.delegate),
    ]),
    ...grants.flatMap((one, index) => [
      ...unit(`/grants/${index}/grantor/unit`, one.grantor.unit),
      ...unit(`/grants/${index}/grantee/unit`, one.grantee.unit),
      ...(one.units ?? []).flatMap((id, at) => unit(`/grants/${index}/units/${at}`, id)),
    ]),
    ...divisions.flatMap((one, index) => [
      ...(appointmentIds.has(one.appointment)
        ? []
        : [{ path: `/divisions/${index}/appointment`, message: `no appointment "${one.appointment}"` }]),
      ...(one.units ?? []).flatMap((id, at) => unit(`/divisions/${index}/units/${at}`, id)),
    ]),
  ];
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
