import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type Consequence, consequence } from '../../office/organisation/consequence.js';
import { consequencesOf, postChanges, vacanciesOf } from '../../office/organisation/consequences.js';
import type { Directory, Succession } from '../../office/organisation/directory.js';
import { recordFaultsOf } from '../../office/organisation/recordFaults.js';
import {
  changesOf,
  pastFaultsOf,
  type RecordChange,
  recordKinds,
  recordsIn,
  withRecords,
} from '../../office/organisation/records.js';
import { addDays, dayOf } from '../../office/time/clock.js';
import { requireAdministering } from '../administers.js';
import type { Deps } from '../deps.js';
import { type BroughtRecord, byKind, fitting, type ImportFault, idOf, placeOf, recordsOfJson, refuseFaults } from './brought.js';
import { countsWaiting, workWaitingFor } from './openWork.js';
import { type BroughtFile, readCsv } from './readCsv.js';

/** What is brought: the files of a folder of tables, or the JSON of an organisation. */
export type Brought = { readonly files: readonly BroughtFile[] } | { readonly json: JsonObject; readonly file: string };

export interface ImportAsk {
  readonly authority: string;
  readonly brought: Brought;
  readonly actor: string;
  /** True: nothing is written, and every consequence is listed all the same. */
  readonly dryRun: boolean;
  /** Why the past is to be changed; null where it must not be. */
  readonly correctPast: string | null;
}

export interface ImportAnswer {
  readonly written: boolean;
  readonly counts: Readonly<Record<string, { readonly new: number; readonly changed: number }>>;
  readonly consequences: readonly Consequence[];
  /** The records as they are afterwards, or would be: what the ids in the consequences are called. */
  readonly after: Directory;
}

const triesMax = 3;
/** Most records that the audit names one by one. */
const auditedRecordsMax = 200;

/**
 * Brings records into the organisation. Records are put in place by id; what is left out stays. The calendar is never touched.
 * Throws `notAllowed`, `inputInvalid` with every fault and its place, and `busy` where the directory keeps changing. A dry run answers the same
 * consequences, or throws the same faults, and writes nothing.
 */
export async function importOrganisation(deps: Pick<Deps, 'store' | 'clock'>, ask: ImportAsk): Promise<ImportAnswer> {
  await requireAdministering(deps, ask, 'organisationDenied');
  const brought = read(ask);
  for (let round = 1; ; round += 1) {
    const now = deps.clock.now();
    const before = await deps.store.directory.snapshot(ask.authority);
    const changes = withDeclaredEnds(before, changesOf(before, byKind(brought)), ask.correctPast === null ? dayOf(now) : null);
    const changing = { before, after: withRecords(before, recordsIn(changes)), changes, today: dayOf(now) };
    refuseFaults(placed(brought, changing, ask.correctPast));
    const consequences = await allConsequences(deps, ask.authority, changing);
    const answer = { counts: countsOf(changes), consequences, after: changing.after };
    if (ask.dryRun || changes.length === 0) return { ...answer, written: false };
    await audit(deps, ask, changes, dayOf(now));
    if (await deps.store.directory.change(ask.authority, recordsIn(changes), before.revision))
      return { ...answer, written: true };
    if (round === triesMax) throw new TrinhkyError('busy', { authority: ask.authority });
  }
}

/** The records that were brought; throws every fault of files and shapes together. */
function read({ authority, brought }: ImportAsk): readonly BroughtRecord[] {
  const parts = 'files' in brought ? brought.files.map(readCsv) : [recordsOfJson(brought.json, authority, brought.file)];
  const { records, faults } = fitting(parts.flatMap((part) => part.brought));
  refuseFaults([...parts.flatMap((part) => part.faults), ...faults]);
  return records;
}

/**
 * A declared succession ends its units on the day before, so that nobody has to say it twice. One that was to begin before `first` is a
 * fault of its own; null where the past may be corrected, for then what it takes has to be told as well.
 */
function withDeclaredEnds(before: Directory, changes: readonly RecordChange[], first: string | null): readonly RecordChange[] {
  const after = withRecords(before, recordsIn(changes));
  const declared = changes
    .filter(({ kind }) => kind === 'successions')
    .map(({ after: record }) => record as unknown as Succession);
  const ending = after.units.flatMap((unit) => {
    const on = declared.find(({ from }) => from.includes(unit.id))?.on;
    const last = on === undefined ? null : addDays(on, -1);
    return last !== null && on !== undefined && (first === null || on >= first) && (unit.validTo === null || unit.validTo > last)
      ? [{ ...unit, validTo: last }]
      : [];
  });
  const units = new Set(ending.map(({ id }) => id));
  const others = changes.filter(({ kind, id }) => kind !== 'units' || !units.has(id));
  return [...changesOf(before, { units: ending }), ...others];
}

interface Changing {
  readonly before: Directory;
  readonly after: Directory;
  readonly changes: readonly RecordChange[];
  readonly today: string;
}

/** Faults of records among the others, each at the place it came from. */
function placed(
  brought: readonly BroughtRecord[],
  { after, changes, today }: Changing,
  correctPast: string | null,
): readonly ImportFault[] {
  const byId = new Map(brought.map((record) => [idOf(record), record]));
  const at = (kind: string, id: string, field: string) => {
    const record = byId.get(`${kind}/${id}`);
    return record === undefined ? { file: kind, line: null, column: `/${id}/${field}` } : placeOf(record, field);
  };
  const past = correctPast === null ? changes.flatMap((change) => pastFaultsOf(change, today)) : [];
  return [
    ...recordFaultsOf(after, changes).map(({ kind, id, field, code, found }): ImportFault => {
      return { ...at(kind, id, field), code, params: { id, found } };
    }),
    ...past.map(({ kind, id, field, code }): ImportFault => ({ ...at(kind, id, field), code, params: { id, today } })),
  ];
}

/** What follows for the records, and for the work that waits for the posts they give and take. */
async function allConsequences(
  deps: Pick<Deps, 'store'>,
  authority: string,
  { before, after, changes, today }: Changing,
): Promise<readonly Consequence[]> {
  const vacancies = vacanciesOf(before, after, today);
  const told: Consequence[] = [];
  for (const { key, unit, post, from } of vacancies) {
    const work = await workWaitingFor(deps, authority, key, { directory: after, day: from });
    told.push(consequence('postVacant', { unit, post, from, openWork: work.count }));
    told.push(...work.ownerless.map((one) => consequence('dutyOwnerless', { ...one, from })));
  }
  const changed = postChanges(before, after, today);
  const counts = await countsWaiting(deps, authority, [...new Set(changed.map(({ key }) => key))]);
  const posts = changed.map(({ code, person, key, unit, post, from, to }) =>
    consequence(code, { person, unit, post, from, to, openWork: counts.get(key) ?? 0 }),
  );
  const untouched = consequence('calendarUntouched', { version: after.calendar.version });
  return [...consequencesOf(before, after, changes, today), ...posts, ...told, untouched];
}

function countsOf(changes: readonly RecordChange[]): ImportAnswer['counts'] {
  return Object.fromEntries(
    recordKinds.map((kind) => {
      const own = changes.filter((change) => change.kind === kind);
      const fresh = own.filter(({ before }) => before === null).length;
      return [kind, { new: fresh, changed: own.length - fresh }];
    }),
  );
}

async function audit(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, actor, correctPast }: ImportAsk,
  changes: readonly RecordChange[],
  today: string,
): Promise<void> {
  const past = changes.flatMap((change) => pastFaultsOf(change, today)).map(({ kind, id, field }) => `${kind}/${id}/${field}`);
  const details: JsonObject = {
    records: changes.slice(0, auditedRecordsMax).map(({ kind, id }) => `${kind}/${id}`),
    count: changes.length,
    ...(past.length === 0 ? {} : { correctPast, past: past.slice(0, auditedRecordsMax) }),
  };
  await deps.store.audit.append({
    authority,
    at: deps.clock.now(),
    actor,
    kind: 'organisationImported',
    subject: authority,
    details,
  });
}
