import { loadCalendar } from '../../commands/calendar/load.js';
import { calendarShape } from '../../commands/calendar/shape.js';
import { calendarYear } from '../../commands/calendar/year.js';
import type { JsonObject } from '../../commands/look.js';
import { dayOf } from '../../office/time/clock.js';
import type { SignedCall } from '../edge.js';
import { type Answer, ok, type Route } from './route.js';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const integer = { type: 'integer' } as const;
const label = {
  type: 'object',
  required: ['vi', 'en'],
  additionalProperties: false,
  properties: { vi: text, en: text },
} as const;

const yearShape = {
  type: 'object',
  required: ['year', 'version', 'knownFrom', 'knownTo', 'restDays', 'hours', 'workingDays', 'days'],
  additionalProperties: false,
  properties: {
    year: integer,
    version: text,
    knownFrom: textOrNull,
    knownTo: textOrNull,
    restDays: { type: 'array', items: integer },
    hours: calendarShape.properties.hours,
    workingDays: { type: 'array', items: integer, minItems: 12, maxItems: 12 },
    days: {
      type: 'array',
      items: {
        type: 'object',
        required: ['day', 'weekday', 'kind', 'name', 'decision', 'source', 'proposed'],
        additionalProperties: false,
        properties: {
          day: text,
          weekday: integer,
          kind: { enum: ['holiday', 'local', 'dayOff', 'worked'] },
          name: label,
          decision: textOrNull,
          source: text,
          proposed: { type: 'boolean' },
        },
      },
    },
  },
} as const;

const loadedShape = {
  type: 'object',
  required: ['authority', 'version', 'replaces', 'saved', 'changed', 'proposed', 'dues'],
  additionalProperties: false,
  properties: {
    authority: text,
    version: text,
    replaces: text,
    saved: { type: 'boolean' },
    changed: {
      type: 'array',
      items: {
        type: 'object',
        required: ['day', 'working', 'name'],
        additionalProperties: false,
        properties: { day: text, working: { type: 'boolean' }, name: { anyOf: [label, { type: 'null' }] } },
      },
    },
    proposed: integer,
    dues: {
      type: 'object',
      required: ['instances', 'complete', 'examples'],
      additionalProperties: false,
      properties: {
        instances: integer,
        complete: { type: 'boolean' },
        examples: {
          type: 'array',
          items: {
            type: 'object',
            required: ['instance', 'path', 'due', 'recounted'],
            additionalProperties: false,
            properties: { instance: text, path: text, due: text, recounted: textOrNull },
          },
        },
      },
    },
  },
} as const;

/** The working calendar: a part of the table of `routes.ts`. Everybody signed in reads it, administrators bring a new version. */
export const calendarRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/calendar',
    policy: 'signedIn',
    summary: 'The working calendar of a year: days off, days worked in exchange, and on what each rests',
    query: { type: 'object', additionalProperties: false, properties: { year: { type: 'string', pattern: '^[0-9]{4}$' } } },
    answers: { status: 200, schema: yearShape },
    handle: readYear,
  },
  {
    method: 'post',
    path: '/api/v1/calendar',
    policy: { administers: true },
    summary: 'Bring a new version of the calendar, or with `dryRun` only see what it would change',
    keyed: true,
    body: {
      type: 'object',
      required: ['calendar', 'dryRun'],
      additionalProperties: false,
      properties: { calendar: calendarShape, dryRun: { type: 'boolean' } },
    },
    answers: { status: 200, schema: loadedShape },
    handle: bring,
  },
];

function readYear(call: SignedCall): Promise<Answer> {
  const year = Number(call.query['year'] ?? dayOf(call.now).slice(0, 4));
  return Promise.resolve(ok(calendarYear(call.directory.calendar, year)));
}

async function bring(call: SignedCall): Promise<Answer> {
  const { calendar, dryRun } = call.body as { readonly calendar: JsonObject; readonly dryRun: boolean };
  const { authority, person } = call.identity;
  // Recounting due dates may take long: that is left to the command line.
  const { recount: _, ...told } = await loadCalendar(call.edge.app.deps, { authority, by: { person }, calendar, dryRun });
  return ok(told);
}
