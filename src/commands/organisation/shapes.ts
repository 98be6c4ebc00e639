import { servingPosts } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import { type RecordKind, recordKinds } from '../../office/organisation/records.js';
import { reservedActors } from '../administers.js';
import { calendarShape } from '../calendar/shape.js';

export const recordsMax = 50_000;

const id = { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_-]{0,79}$' };
const personId = { ...id, not: { enum: reservedActors } };
const text = { type: 'string', minLength: 1, maxLength: 300 };
const day = { type: 'string', format: 'date' };
const dayOrNull = { anyOf: [day, { type: 'null' }] };
const texts = { type: 'array', maxItems: 1_000, items: text };
const textsOrNull = { anyOf: [texts, { type: 'null' }] };
const textOrNull = { anyOf: [text, { type: 'null' }] };

function record(properties: Readonly<Record<string, unknown>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required, additionalProperties: false, properties };
}

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

/** One record of each kind. */
export const recordShapes: Readonly<Record<RecordKind, ReturnType<typeof record>>> = {
  units: record(
    {
      id,
      name: text,
      abbreviation: text,
      kind: id,
      parent: { anyOf: [id, { type: 'null' }] },
      validFrom: day,
      validTo: dayOrNull,
      servedBy: { enum: [...servingPosts, null] },
    },
    ['servedBy'],
  ),
  people: record({ id: personId, name: text, login: text, disabled: { type: 'boolean' } }),
  appointments: record({
    id,
    person: id,
    unit: id,
    post: { enum: Object.keys(posts) },
    title: textOrNull,
    acting: { type: 'boolean' },
    from: day,
    to: dayOrNull,
  }),
  delegations: record({
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
  grants: record({
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
  divisions: record({
    id,
    appointment: id,
    fields: texts,
    units: textsOrNull,
    types: textsOrNull,
    from: day,
    to: dayOrNull,
    decision: text,
  }),
  successions: record({
    id,
    kind: { enum: ['merge', 'split', 'rename', 'abolish'] },
    from: texts,
    to: texts,
    on: day,
    shares: { type: 'array', maxItems: 100, items: record({ definition: text, to: id }) },
    decision: text,
  }),
  lists: record({ id, name: text, units: texts }),
};

const recordLists = Object.fromEntries(
  recordKinds.map((kind) => [kind, { type: 'array', maxItems: recordsMax, items: recordShapes[kind] }]),
);

/** An authority in one file: the shape of `examples/authority.json`. */
export const authorityShape = {
  type: 'object',
  required: ['authority', ...recordKinds, 'calendar'],
  additionalProperties: false,
  properties: {
    note: { type: 'string' },
    authority: { ...authorityRecord, properties: { ...authorityRecord.properties, papers } },
    ...recordLists,
    calendar: calendarShape,
  },
};
