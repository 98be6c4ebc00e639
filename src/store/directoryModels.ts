import { type Model, type Connection as MongooseConnection, Schema } from 'mongoose';
import type {
  Appointment,
  Authority,
  Delegation,
  DistributionList,
  Division,
  Grant,
  Person,
  Succession,
  Unit,
} from '../office/organisation/directory.js';
import type { WorkingCalendar } from '../office/time/calendar.js';
import type { CalendarInForce } from '../office/time/calendarVersions.js';
import { collectionNames } from './collectionNames.js';

/** A record of an authority as stored: `_id` is `authority/id`, so that two authorities may use the same short ids. */
export type Stored<T> = T & { _id: string; authority: string };

export interface AuthorityDocument extends Authority {
  _id: string;
  /** Version of the calendar in force. */
  calendar: string;
  /** Which version was in force from when, oldest first; missing where there has been only one. */
  calendars?: CalendarInForce[];
  directoryRevision: number;
}

export interface DirectoryModels {
  readonly authorities: Model<AuthorityDocument>;
  readonly units: Model<Stored<Unit>>;
  readonly people: Model<Stored<Person>>;
  readonly appointments: Model<Stored<Appointment>>;
  readonly delegations: Model<Stored<Delegation>>;
  readonly grants: Model<Stored<Grant>>;
  readonly divisions: Model<Stored<Division>>;
  readonly successions: Model<Stored<Succession>>;
  readonly lists: Model<Stored<DistributionList>>;
  readonly calendars: Model<Stored<WorkingCalendar>>;
}

/** `id` is a field of ours, and nothing is stored that the schema does not name. */
const plain = { strict: 'throw', id: false, versionKey: false, minimize: false } as const;
const text = { type: String, required: true } as const;
/** Recorded as absent, never left out. */
const textOrNull = { type: String, default: null } as const;
const texts = { type: [String], required: true } as const;
const textsOrNull = { type: [String], default: null } as const;
const day = { type: String, required: true, match: /^\d{4}-\d{2}-\d{2}$/ } as const;
const dayOrNull = { type: String, default: null, match: /^\d{4}-\d{2}-\d{2}$/ } as const;
const flag = { type: Boolean, required: true } as const;
const label = { vi: text, en: text } as const;
const record = { _id: text, authority: text } as const;

const authoritySchema = new Schema<AuthorityDocument>(
  {
    _id: { ...text, match: /^[a-z][a-z0-9-]{1,30}$/ },
    id: text,
    name: text,
    superior: textOrNull,
    place: text,
    abbreviation: text,
    regime: { ...text, enum: ['collective', 'head'] },
    collectiveName: text,
    rootUnit: text,
    // Shape and meaning were checked when the authority's file was read.
    papers: Schema.Types.Mixed,
    calendar: text,
    calendars: { type: [{ _id: false, version: text, hash: text, from: textOrNull }], default: undefined },
    directoryRevision: { type: Number, required: true },
  },
  plain,
);

const unitSchema = new Schema<Stored<Unit>>(
  {
    ...record,
    id: text,
    name: text,
    abbreviation: text,
    kind: text,
    parent: textOrNull,
    validFrom: day,
    validTo: dayOrNull,
    servedBy: { type: String, enum: ['clerk', null], default: undefined },
  },
  plain,
);

/** `system` is the engine itself: a person of that id could do what only timers and messages may. */
const personId = { ...text, match: /^(?!system$)/ } as const;

const personSchema = new Schema<Stored<Person>>({ ...record, id: personId, name: text, login: text, disabled: flag }, plain);

const appointmentSchema = new Schema<Stored<Appointment>>(
  { ...record, id: text, person: text, unit: text, post: text, title: textOrNull, acting: flag, from: day, to: dayOrNull },
  plain,
);

const delegationSchema = new Schema<Stored<Delegation>>(
  {
    ...record,
    id: text,
    delegator: text,
    delegate: text,
    definitions: textsOrNull,
    types: textsOrNull,
    commands: textsOrNull,
    from: day,
    to: day,
    revokedAt: textOrNull,
    reason: text,
  },
  plain,
);

const postOf = { unit: text, post: text } as const;

const grantSchema = new Schema<Stored<Grant>>(
  {
    ...record,
    id: text,
    kind: { ...text, enum: ['KT', 'TL', 'TUQ'] },
    grantor: postOf,
    grantee: postOf,
    types: textsOrNull,
    units: textsOrNull,
    subject: text,
    from: day,
    to: dayOrNull,
    revokedAt: textOrNull,
    passable: flag,
    decision: text,
  },
  plain,
);

const divisionSchema = new Schema<Stored<Division>>(
  {
    ...record,
    id: text,
    appointment: text,
    fields: texts,
    units: textsOrNull,
    types: textsOrNull,
    from: day,
    to: dayOrNull,
    decision: text,
  },
  plain,
);

const successionSchema = new Schema<Stored<Succession>>(
  {
    ...record,
    id: text,
    kind: { ...text, enum: ['merge', 'split', 'rename', 'abolish'] },
    from: texts,
    to: texts,
    on: day,
    shares: [{ _id: false, definition: text, to: text }],
    decision: text,
  },
  plain,
);

const listSchema = new Schema<Stored<DistributionList>>({ ...record, id: text, name: text, units: texts }, plain);

const dayIfAny = { type: String, match: /^\d{4}-\d{2}-\d{2}$/ } as const;
const dayOffs = [{ _id: false, day, name: label, source: text, proposed: Boolean }];

const calendarSchema = new Schema<Stored<WorkingCalendar>>(
  {
    ...record,
    version: text,
    restDays: { type: [Number], required: true },
    holidays: dayOffs,
    localDays: { type: dayOffs, default: undefined },
    workingSwaps: [{ _id: false, day, source: text, dayOff: dayIfAny, decision: String }],
    hours: { type: [{ _id: false, weekdays: [Number], spans: [{ _id: false, from: text, to: text }] }], default: undefined },
    validFrom: day,
    validTo: day,
  },
  plain,
);

/** The records of organisations: a slow path, where a schema that refuses what it does not know is worth its price. */
export function directoryModels(connection: MongooseConnection): DirectoryModels {
  return {
    authorities: modelOf(connection, 'Authority', authoritySchema, collectionNames.authorities),
    units: modelOf(connection, 'Unit', unitSchema, collectionNames.units),
    people: modelOf(connection, 'Person', personSchema, collectionNames.people),
    appointments: modelOf(connection, 'Appointment', appointmentSchema, collectionNames.appointments),
    delegations: modelOf(connection, 'Delegation', delegationSchema, collectionNames.delegations),
    grants: modelOf(connection, 'Grant', grantSchema, collectionNames.grants),
    divisions: modelOf(connection, 'Division', divisionSchema, collectionNames.divisions),
    successions: modelOf(connection, 'Succession', successionSchema, collectionNames.successions),
    lists: modelOf(connection, 'DistributionList', listSchema, collectionNames.lists),
    calendars: modelOf(connection, 'Calendar', calendarSchema, collectionNames.calendars),
  };
}

function modelOf<T>(connection: MongooseConnection, name: string, schema: Schema<T>, collection: string): Model<T> {
  return (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, schema, collection);
}
