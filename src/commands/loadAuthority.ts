import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { JsonObject } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import { unknownRules } from '../office/form/formRules.js';
import type { Directory } from '../office/organisation/directory.js';
import { posts } from '../office/organisation/posts.js';
import { seriesFaults } from '../office/papers/seriesFaults.js';
import { cleanObject } from './cleanInput.js';
import type { Deps } from './deps.js';

const recordsMax = 50_000;
const faultsShownMax = 50;

const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$' };
const text = { type: 'string', minLength: 1, maxLength: 300 };
const day = { type: 'string', format: 'date' };
const dayOrNull = { anyOf: [day, { type: 'null' }] };
const texts = { type: 'array', maxItems: 1_000, items: text };
const textsOrNull = { anyOf: [texts, { type: 'null' }] };
const textOrNull = { anyOf: [text, { type: 'null' }] };

function record(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties };
}

function list(properties: Readonly<Record<string, unknown>>) {
  return { type: 'array', maxItems: recordsMax, items: record(properties) };
}

const sourced = { type: 'array', maxItems: 2_000, items: { type: 'object', required: ['day', 'source'], properties: { day } } };

const severity = { enum: ['blocking', 'warning', 'off'] };
const types = { type: 'array', minItems: 1, maxItems: 60, items: text };
const papersListMax = 200;

/** What the authority decided about its papers (paperSettings.ts); every part may be left out. */
const papers = {
  type: 'object',
  additionalProperties: false,
  properties: {
    series: {
      type: 'array',
      maxItems: papersListMax,
      items: record({ id: text, name: text, types, withYear: { type: 'boolean' } }),
    },
    severities: { type: 'object', maxProperties: papersListMax, additionalProperties: severity },
    allowedFonts: { type: 'array', maxItems: papersListMax, items: text },
    retention: {
      type: 'array',
      maxItems: papersListMax,
      items: record({ types, years: { anyOf: [{ type: 'integer', minimum: 1, maximum: 100 }, { type: 'null' }] }, source: text }),
    },
  },
};

const authorityRecord = record({
  id: { type: 'string', pattern: '^[a-z][a-z0-9-]{1,30}$' },
  name: text,
  superior: textOrNull,
  place: text,
  abbreviation: text,
  regime: { enum: ['collective', 'head'] },
  collectiveName: text,
  rootUnit: id,
});

const postOf = record({ unit: id, post: { enum: Object.keys(posts) } });

const shape = {
  type: 'object',
  required: [
    'authority',
    'units',
    'people',
    'appointments',
    'delegations',
    'grants',
    'divisions',
    'successions',
    'lists',
    'calendar',
  ],
  additionalProperties: false,
  properties: {
    note: { type: 'string' },
    authority: { ...authorityRecord, properties: { ...authorityRecord.properties, papers } },
    units: list({
      id,
      name: text,
      abbreviation: text,
      kind: id,
      parent: { anyOf: [id, { type: 'null' }] },
      validFrom: day,
      validTo: dayOrNull,
    }),
    people: list({ id, name: text, login: text, disabled: { type: 'boolean' } }),
    appointments: list({
      id,
      person: id,
      unit: id,
      post: { enum: Object.keys(posts) },
      title: textOrNull,
      acting: { type: 'boolean' },
      from: day,
      to: dayOrNull,
    }),
    delegations: list({
      id,
      delegator: id,
      delegate: id,
      definitions: textsOrNull,
      types: textsOrNull,
      commands: textsOrNull,
      from: day,
      to: day,
      revokedAt: textOrNull,
      reason: text,
    }),
    grants: list({
      id,
      kind: { enum: ['KT', 'TL', 'TUQ'] },
      grantor: postOf,
      grantee: postOf,
      types: textsOrNull,
      units: textsOrNull,
      subject: text,
      from: day,
      to: dayOrNull,
      revokedAt: textOrNull,
      passable: { type: 'boolean' },
      decision: text,
    }),
    divisions: list({
      id,
      appointment: id,
      fields: texts,
      units: textsOrNull,
      types: textsOrNull,
      from: day,
      to: dayOrNull,
      decision: text,
    }),
    successions: list({
      id,
      kind: { enum: ['merge', 'split', 'rename', 'abolish'] },
      from: texts,
      to: texts,
      on: day,
      shares: { type: 'array', maxItems: 100, items: record({ definition: text, to: id }) },
      decision: text,
    }),
    lists: list({ id, name: text, units: texts }),
    calendar: record({
      version: text,
      restDays: { type: 'array', items: { type: 'integer', minimum: 0, maximum: 6 } },
      holidays: sourced,
      workingSwaps: sourced,
      validFrom: day,
      validTo: day,
    }),
  },
} as const;

type Loaded = Omit<Directory, 'revision'>;

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
addFormats.default(ajv);
const fits = ajv.compile<Loaded & { note?: string }>(shape);

/**
 * The records of an authority from a file's JSON, in the shape of `examples/authority.json`.
 * Throws `inputInvalid` with every fault: of shape, of references to units and people that are not in the file, of the series of
 * its papers, and of rules of form that do not exist.
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
  const faults = [...strayReferences(loaded), ...ofSeries, ...ofRules].slice(0, faultsShownMax);
  if (faults.length > 0) throw new TrinhkyError('inputInvalid', { faults });
  return loaded;
}

function strayReferences({ authority, units, people, appointments, delegations }: Loaded): { path: string; message: string }[] {
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
  await deps.store.directory.save(loaded);
}
