import type { JsonObject } from '../../engine/json.js';
import { addDays } from '../time/clock.js';
import { type Consequence, consequence } from './consequence.js';
import { type Appointment, type Directory, holdsOn, indexOf, postKey } from './directory.js';
import { posts } from './posts.js';
import { pastFaultsOf, type RecordChange } from './records.js';
import { holdersOn } from './roles.js';

/** A post that loses its last holder, and from which day. */
export interface Vacancy {
  readonly key: string;
  readonly unit: string;
  readonly post: string;
  readonly from: string;
}

/** A person who comes to hold a post, or stops holding it. */
export interface PostChange {
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

/** Posts that somebody could act in and nobody can any more, from today or a later day on. */
export function vacanciesOf(before: Directory, after: Directory, today: string): readonly Vacancy[] {
  const found = new Map<string, Vacancy>();
  for (const { code, key, unit, post, from, to } of postChanges(before, after, today)) {
    const day = from < today ? today : from;
    if (code !== 'postLost' || (to !== null && to < today) || found.has(key)) continue;
    if (holdersOn(after, key, day).length === 0 && holdersOn(before, key, day).length > 0)
      found.set(key, { key, unit, post, from: day });
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
    ...voidDelegations(before, after, today),
    ...endingAuthority(before, after, today),
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

/** Delegations that still have days to come, and of whose two persons one can act no more. */
function voidDelegations(before: Directory, after: Directory, today: string): readonly Consequence[] {
  const old = new Map(before.delegations.map((one) => [one.id, one]));
  const able = (directory: Directory, person: string, day: string): boolean =>
    indexOf(directory).person.get(person)?.disabled === false &&
    (indexOf(directory).appointmentsOf.get(person) ?? []).some((one) => {
      const span = spanOf(directory, one, today);
      return span.from <= day && day <= span.to;
    });
  return after.delegations.flatMap((one) => {
    const day = one.to;
    const was = old.get(one.id);
    if (day < today || one.revokedAt !== null || was === undefined) return [];
    const lost = [one.delegator, one.delegate].filter((person) => able(before, person, day) && !able(after, person, day));
    return lost.map((person) => consequence('delegationVoid', { delegation: one.id, person }));
  });
}

/** Grants and divisions that outlive a post or unit they rest on. */
function endingAuthority(before: Directory, after: Directory, today: string): readonly Consequence[] {
  const endOf = (directory: Directory, unit: string): string => indexOf(directory).unit.get(unit)?.validTo ?? never;
  const grants = after.grants
    .filter(({ to }) => (to ?? never) >= today)
    .flatMap(({ id, grantor, grantee, to }) =>
      [grantor.unit, grantee.unit]
        .filter((unit) => endOf(after, unit) < (to ?? never) && endOf(before, unit) > endOf(after, unit))
        .slice(0, 1)
        .map((unit) => consequence('grantEnds', { grant: id, unit, to: endOf(after, unit) })),
    );
  const spans = (directory: Directory) =>
    new Map(directory.appointments.map((one) => [one.id, spanOf(directory, one, today).to]));
  const [old, fresh] = [spans(before), spans(after)];
  const divisions = after.divisions.flatMap(({ id, appointment, to }) => {
    const end = fresh.get(appointment) ?? never;
    const outlived = end < (to ?? never) && (to ?? never) >= today && (old.get(appointment) ?? never) > end;
    return outlived ? [consequence('divisionEnds', { division: id, appointment, to: end })] : [];
  });
  return [...grants, ...divisions];
}

/** Two people in a post that one person holds, where the change brings one of them. */
function overlaps(after: Directory, changes: readonly RecordChange[]): readonly Consequence[] {
  const brought = new Set(changes.filter(({ kind }) => kind === 'appointments').map(({ id }) => id));
  const single = after.appointments.filter(({ post }) => singlePosts.has(post));
  return single
    .filter(({ id }) => brought.has(id))
    .flatMap((one) =>
      single
        .filter((other) => other.id !== one.id && other.unit === one.unit && other.post === one.post)
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
