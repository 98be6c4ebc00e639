import type { JsonObject } from '../../engine/json.js';
import { addDays } from '../time/clock.js';
import { type Consequence, consequence } from './consequence.js';
import { type Appointment, type Directory, holdsOn, indexOf, postKey } from './directory.js';
import { posts } from './posts.js';
import { pastFaultsOf, type RecordChange } from './records.js';
import { holdersOn } from './roles.js';
import { standingChanges } from './standing.js';

/** A post that loses its last holder, and from which day. */
interface Vacancy {
  readonly key: string;
  readonly unit: string;
  readonly post: string;
  readonly from: string;
}

/** A person who comes to hold a post, or stops holding it. */
interface PostChange {
  readonly code: 'postGained' | 'postLost';
  readonly person: string;
  readonly key: string;
  readonly unit: string;
  readonly post: string;
  readonly from: string;
  /** The last day of the difference; null: from then on. */
  readonly to: string | null;
}

const never = '9999-12-31';

/** Posts that one person holds at a time: those with deputies. */
const singlePosts: ReadonlySet<string> = new Set(Object.values(posts).flatMap(({ deputyOf }) => deputyOf ?? []));

interface Span {
  readonly from: string;
  readonly to: string;
}

/** The days on which an appointment gives its post: its own, while the unit exists and the person is not shut out. */
function spanOf(directory: Directory, one: Appointment, today: string): Span {
  const { unit: byId, person } = indexOf(directory);
  const unit = byId.get(one.unit);
  const shutOut = person.get(one.person)?.disabled !== false;
  const ends = [one.to ?? never, unit?.validTo ?? never, ...(shutOut ? [addDays(today, -1)] : [])].sort();
  return { from: [one.from, unit?.validFrom ?? never].sort().at(-1) ?? never, to: ends[0] ?? never };
}

/** The days of one span that are in none of the others. */
function minus(span: Span, others: readonly Span[]): readonly Span[] {
  return others.reduce<readonly Span[]>(
    (left, { from, to }) =>
      left.flatMap((one) =>
        [
          { from: one.from, to: one.to < addDays(from, -1) ? one.to : addDays(from, -1) },
          { from: to === never ? never : one.from > addDays(to, 1) ? one.from : addDays(to, 1), to: one.to },
        ].filter((piece) => piece.from <= piece.to && !(to === never && piece.from === never)),
      ),
    span.from <= span.to ? [span] : [],
  );
}

/** Everybody who gains or loses a post by a change, with the days. */
export function postChanges(before: Directory, after: Directory, today: string): readonly PostChange[] {
  const spans = (directory: Directory): Map<string, { readonly one: Appointment; readonly span: Span }[]> => {
    const byHolder = new Map<string, { one: Appointment; span: Span }[]>();
    for (const one of directory.appointments) {
      const key = `${one.person} ${postKey(one.unit, one.post)}`;
      byHolder.set(key, [...(byHolder.get(key) ?? []), { one, span: spanOf(directory, one, today) }]);
    }
    return byHolder;
  };
  const [old, fresh] = [spans(before), spans(after)];
  const differences = (code: PostChange['code'], these: typeof old, those: typeof old): readonly PostChange[] =>
    [...these].flatMap(([holder, list]) =>
      list.flatMap(({ one: { person, unit, post }, span }) =>
        minus(
          span,
          (those.get(holder) ?? []).map((other) => other.span),
        ).map(
          ({ from, to }): PostChange => ({
            code,
            person,
            key: postKey(unit, post),
            unit,
            post,
            from,
            to: to === never ? null : to,
          }),
        ),
      ),
    );
  return [...differences('postLost', old, fresh), ...differences('postGained', fresh, old)];
}

/**
 * Posts that somebody could act in and nobody can any more, from today or a later day on: also where the last of several holders ends later
 * than the change, by an end that stood before.
 */
export function vacanciesOf(before: Directory, after: Directory, today: string): readonly Vacancy[] {
  const found = new Map<string, Vacancy>();
  for (const { code, key, unit, post, from, to } of postChanges(before, after, today)) {
    if (code !== 'postLost' || (to !== null && to < today)) continue;
    const first = from < today ? today : from;
    const ends = (indexOf(after).appointmentsAt.get(key) ?? []).map((one) => addDays(spanOf(after, one, today).to, 1));
    const days = [first, ...ends.filter((day) => first < day && (to === null || day <= to))].sort();
    const vacant = days.find((day) => holdersOn(after, key, day).length === 0 && holdersOn(before, key, day).length > 0);
    const known = found.get(key);
    if (vacant !== undefined && (known === undefined || vacant < known.from)) found.set(key, { key, unit, post, from: vacant });
  }
  return [...found.values()];
}

/** What follows from a change for the records themselves; the work that waits is counted by the use case. */
export function consequencesOf(
  before: Directory,
  after: Directory,
  changes: readonly RecordChange[],
  today: string,
): readonly Consequence[] {
  return [
    ...changes.map(recordTold),
    ...changes.flatMap((change) =>
      pastFaultsOf(change, today).map(({ kind, id, field }) => consequence('pastCorrected', { kind, id, field })),
    ),
    ...changes.flatMap((change) => unitEnding(after, change)),
    ...standingChanges(before, after, changes, today),
    ...overlaps(after, changes),
    ...takenLogins(after),
  ];
}

function recordTold({ kind, id, before, after, fields }: RecordChange): Consequence {
  if (before === null) return consequence('recordNew', { kind, id });
  const end = fields.length === 1 ? after[fields[0] ?? ''] : null;
  if ((fields[0] === 'to' || fields[0] === 'validTo') && typeof end === 'string')
    return consequence('recordEnds', { kind, id, to: end });
  return consequence('recordChanged', { kind, id, fields: [...fields] });
}

function unitEnding(after: Directory, { kind, id, after: unit, fields }: RecordChange): readonly Consequence[] {
  const to = unit['validTo'];
  if (kind !== 'units' || !fields.includes('validTo') || typeof to !== 'string') return [];
  const declared = after.successions.some(({ from, on }) => from.includes(id) && addDays(on, -1) === to);
  return declared ? [] : [consequence('unitWithoutSuccessor', { unit: id, to })];
}

/** Two people in a post that one person holds, where the change brings one of them. */
function overlaps(after: Directory, changes: readonly RecordChange[]): readonly Consequence[] {
  const brought = new Set(changes.filter(({ kind }) => kind === 'appointments').map(({ id }) => id));
  const { appointmentsAt } = indexOf(after);
  return after.appointments
    .filter(({ id, post }) => brought.has(id) && singlePosts.has(post))
    .flatMap((one) =>
      (appointmentsAt.get(postKey(one.unit, one.post)) ?? [])
        .filter((other) => other.id !== one.id)
        .filter((other) => !brought.has(other.id) || other.id > one.id)
        .filter((other) => holdsOn(other, one.from) || holdsOn(one, other.from))
        .map((other): Consequence => {
          const params: JsonObject = { unit: one.unit, post: one.post, appointments: [one.id, other.id] };
          return consequence('overlapping', { ...params, from: [one.from, other.from].sort().at(-1) ?? one.from });
        }),
    );
}

function takenLogins(after: Directory): readonly Consequence[] {
  const byLogin = new Map<string, string[]>();
  for (const { id, login } of after.people) {
    const key = login.normalize('NFC').toLowerCase();
    byLogin.set(key, [...(byLogin.get(key) ?? []), id]);
  }
  return [...byLogin]
    .filter(([, people]) => people.length > 1)
    .map(([login, people]) => consequence('loginTaken', { login, people }));
}
