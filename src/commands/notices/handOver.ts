import type { JsonObject } from '../../engine/json.js';
import { delegationHolds } from '../../office/organisation/delegations.js';
import { type Directory, postKey } from '../../office/organisation/directory.js';
import { isInForce } from '../../office/organisation/roles.js';
import { readerOf } from '../../office/organisation/visibility.js';
import { addDays, dayOf, startOfDay } from '../../office/time/clock.js';
import { type OfficeWorld, worldAt } from '../../office/world.js';
import type { Deps } from '../deps.js';
import { type InboxItem, inboxFor } from '../inbox.js';
import { whoCanAct } from './actors.js';
import { closingOf } from './derive.js';
import { type Notice, waitingCountMax } from './ports.js';

/** Open notices that are looked through at once. */
export const handOverRowsMax = 500;
/** How long ago a term may have begun that nobody has been told of yet, where this process has seen nothing before. */
const gainedDaysMax = 31;

type HandOverDeps = Pick<Deps, 'store' | 'models' | 'clock'>;

/** The terms that are in force: what each adds to what somebody is awaited for, by the record's id and first day. */
export type Terms = ReadonlyMap<string, Term>;

interface Term {
  readonly person: string;
  readonly from: string;
  /** The key of the post, for an appointment. */
  readonly key: string | null;
  /** For a delegation. */
  readonly delegator: string | null;
}

/** Appointments and delegations in force at an instant. */
export function termsAt(directory: Directory, now: string): Terms {
  const today = dayOf(now);
  const terms = new Map<string, Term>();
  for (const one of directory.appointments)
    if (isInForce(directory, one, today))
      terms.set(`${one.id}/${one.from}`, {
        person: one.person,
        from: one.from,
        key: postKey(one.unit, one.post),
        delegator: null,
      });
  for (const one of directory.delegations)
    if (delegationHolds(directory, one, now))
      terms.set(`${one.id}/${one.from}`, { person: one.delegate, from: one.from, key: null, delegator: one.delegator });
  return terms;
}

/**
 * Closes what stands open for people who can act no longer, though no step was taken: a post or a delegation has ended, or a person is
 * disabled. Page by page, by instance; `stopped` ends it between two pages. Answers how many instances it closed something of.
 */
export async function closeLost(deps: HandOverDeps, authority: string, stopped: () => boolean): Promise<number> {
  let after = '';
  let closed = 0;
  while (!stopped()) {
    const turns = await deps.store.notices.openTurns(authority, after, handOverRowsMax);
    const last = turns.at(-1);
    if (last === undefined) return closed;
    const world = worldAt(await deps.store.directory.snapshot(authority), deps.clock.now());
    closed += await closePage(deps, world, authority, turns);
    after = last.instance;
  }
  return closed;
}

type OpenTurns = readonly { readonly instance: string; readonly people: readonly string[] }[];

async function closePage(deps: HandOverDeps, world: OfficeWorld, authority: string, turns: OpenTurns): Promise<number> {
  const people = new Map(turns.map((turn) => [turn.instance, turn.people]));
  const views = await deps.store.instances.views(authority, [...people.keys()]);
  for (const { instance } of views) await deps.models.learn(instance.definition);
  const closings = views.flatMap((view) => {
    const actors = whoCanAct(deps.models.pinned(view.instance.definition), view.instance, world);
    const isLost = people.get(view.instance.id)?.some((person) => !actors.has(person)) === true;
    return isLost ? [closingOf(view, actors)] : [];
  });
  await deps.store.notices.write([], closings, { authority, at: world.now });
  return closings.length;
}

/**
 * One notice to each person whose term has begun, of how much waits for him by it since before: the newly appointed, and who deputises from
 * today. Each term tells once. `before` are the terms of the last round; without them only terms that began a short while ago count.
 * Answers the notices that are new.
 */
export async function tellGained(deps: HandOverDeps, authority: string, before: Terms | null): Promise<readonly Notice[]> {
  const directory = await deps.store.directory.snapshot(authority);
  const now = deps.clock.now();
  const oldest = addDays(dayOf(now), -gainedDaysMax);
  const gained = [...termsAt(directory, now)].filter(([id, { from }]) => (before === null ? from >= oldest : !before.has(id)));
  const notices: Notice[] = [];
  for (const [id, term] of gained) {
    // What came after the term had begun was told when it came.
    const until = before === null ? startOfDay(term.from) : now;
    const waiting = await waitingBy(deps, directory, term, { now, until });
    if (waiting > 0) notices.push(summaryOf(authority, { id, term, waiting, now }));
  }
  const fresh = await deps.store.notices.write(notices, [], { authority, at: now });
  return notices.filter((notice) => fresh.has(notice.id));
}

async function waitingBy(
  deps: HandOverDeps,
  directory: Directory,
  { person, key, delegator }: Term,
  { now, until }: { readonly now: string; readonly until: string },
): Promise<number> {
  const reader = readerOf(directory, person, now);
  const { items } = await inboxFor(deps, { directory, reader, now, after: null, limit: waitingCountMax });
  const isByTerm = ({ row, onBehalfOf }: InboxItem): boolean =>
    row.since < until &&
    row.originator !== person &&
    (key === null ? onBehalfOf === delegator : onBehalfOf === null && row.principals.includes(key));
  return items.filter(isByTerm).length;
}

interface Summing {
  readonly id: string;
  readonly term: Term;
  readonly waiting: number;
  readonly now: string;
}

/** Of no single instance; news, so that reading closes it. */
function summaryOf(authority: string, { id, term, waiting, now }: Summing): Notice {
  const params: JsonObject = { waiting, ...(term.delegator === null ? {} : { onBehalfOf: term.delegator }) };
  const { person } = term;
  const place = { authority, person, instance: '', visit: null, asOf: 0 } as const;
  return { id: `${authority}.term/${id}/${person}`, kind: 'turn', params, at: now, ...place };
}
