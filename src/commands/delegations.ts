import { createHash } from 'node:crypto';
import { hashOf, type JsonObject } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import { cycleOf } from '../office/organisation/delegations.js';
import { type Delegation, type Directory, indexOf } from '../office/organisation/directory.js';
import { readerOf } from '../office/organisation/visibility.js';
import { isDay } from '../office/time/calendar.js';
import { addDays, dayOf } from '../office/time/clock.js';
import { cleanText } from './cleanInput.js';
import { scopeFaults } from './delegationScope.js';
import type { Deps } from './deps.js';

/** Longest time for which a delegation is given, both days counted. */
export const delegationDaysMax = 366;
/** Delegations of one person that are neither over nor revoked. */
export const delegationsPerPersonMax = 50;
export const delegationReasonCharsMax = 300;
/** How often a change is worked out again because the directory moved on meanwhile. */
const attemptsMax = 5;

type Needed = Pick<Deps, 'store' | 'clock' | 'models'>;

/** Who asks, in which authority. */
export interface Asker {
  readonly authority: string;
  readonly actor: string;
  /** Whoever holds the data folder, on the command line: he stands where an administrator does. Never set from a request. */
  readonly operator?: true;
}

export interface DelegationAsk
  extends Asker,
    Pick<Delegation, 'delegate' | 'definitions' | 'types' | 'commands' | 'from' | 'to' | 'reason'> {
  /** Whose work is lent; the actor's own unless an administrator records it for another. */
  readonly delegator: string;
  /** The same key of the same actor gives the same delegation, and not a second one. */
  readonly key: string;
}

/**
 * Lends somebody's processing: by himself, or by an administrator, with a reason. Holds from its first day, or at once; gives no capacity to
 * sign, does not reach on, and has no effect on what the delegator made. Throws `notAllowed`, `inputInvalid`, `delegationSelf`,
 * `delegationDates`, `delegationCycle` {who}, `delegationsFull`, `textNotAllowed`, `keyReused`, `busy`.
 */
export async function giveDelegation(deps: Needed, ask: DelegationAsk): Promise<Delegation> {
  const id = `uq-${createHash('sha256')
    .update(JSON.stringify([ask.authority, ask.actor, ask.key]))
    .digest('hex')
    .slice(0, 20)}`;
  const { delegator, delegate, definitions, types, commands, from, to } = ask;
  const reason = cleanText(ask.reason, '/reason').trim();
  const added: Delegation = { id, delegator, delegate, definitions, types, commands, from, to, revokedAt: null, reason };
  let recorded = false;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const directory = await deps.store.directory.snapshot(ask.authority);
    const now = deps.clock.now();
    await requireRight(deps, directory, ask, delegator, now);
    const known = directory.delegations.find((one) => one.id === id);
    if (known !== undefined) return sameOrThrow(known, added);
    requireSound(deps, directory, added, now);
    // Before the change, so that none happens without its record.
    if (!recorded) await record(deps, ask, 'delegationGiven', added, now);
    recorded = true;
    if (await deps.store.directory.change(ask.authority, { delegations: [added] }, directory.revision)) return added;
  }
  throw new TrinhkyError('busy');
}

/**
 * Takes a delegation back at this instant: by the delegator or an administrator. Taken back or over before, it stays as it was. Throws
 * `notFound` to whom it does not concern, `notAllowed` to its delegate, `busy`.
 */
export async function revokeDelegation(deps: Needed, { id, ...asker }: Asker & { readonly id: string }): Promise<Delegation> {
  let recorded = false;
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const directory = await deps.store.directory.snapshot(asker.authority);
    const now = deps.clock.now();
    const found = directory.delegations.find((one) => one.id === id);
    if (found === undefined || !concerns(directory, found, asker, now)) throw new TrinhkyError('notFound');
    await requireRight(deps, directory, asker, found.delegator, now);
    if (found.revokedAt !== null || found.to < dayOf(now)) return found;
    const revoked: Delegation = { ...found, revokedAt: now };
    if (!recorded) await record(deps, asker, 'delegationRevoked', revoked, now);
    recorded = true;
    if (await deps.store.directory.change(asker.authority, { delegations: [revoked] }, directory.revision)) return revoked;
  }
  throw new TrinhkyError('busy');
}

/** The delegations that concern somebody: given and received; with `all`, which is for administrators, everybody's. Throws `notAllowed`. */
export async function listDelegations(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, actor, operator, all }: Asker & { readonly all: boolean },
): Promise<readonly Delegation[]> {
  const directory = await deps.store.directory.snapshot(authority);
  if (all && operator !== true && !readerOf(directory, actor, deps.clock.now()).administers) throw new TrinhkyError('notAllowed');
  return directory.delegations
    .filter(({ delegator, delegate }) => all || delegator === actor || delegate === actor)
    .sort((a, b) => (a.from === b.from ? (a.id < b.id ? -1 : 1) : a.from > b.from ? -1 : 1));
}

function concerns(directory: Directory, { delegator, delegate }: Delegation, asker: Asker, now: string): boolean {
  return delegator === asker.actor || delegate === asker.actor || oversees(directory, asker, now);
}

function oversees(directory: Directory, { actor, operator }: Asker, now: string): boolean {
  return operator === true || readerOf(directory, actor, now).administers;
}

/** Everybody lends and takes back his own; an administrator does so for others. A denial is evidence. */
async function requireRight(deps: Pick<Deps, 'store'>, directory: Directory, asker: Asker, delegator: string, now: string) {
  const own = asker.actor === delegator && indexOf(directory).person.get(delegator)?.disabled === false;
  if (own || oversees(directory, asker, now)) return;
  await deps.store.audit.append({
    authority: asker.authority,
    at: now,
    actor: asker.actor,
    kind: 'delegationDenied',
    subject: indexOf(directory).person.has(delegator) ? delegator : null,
    details: {},
  });
  throw new TrinhkyError('notAllowed');
}

function requireSound(deps: Pick<Deps, 'models'>, directory: Directory, added: Delegation, now: string): void {
  const { delegator, delegate, from, to } = added;
  const { person } = indexOf(directory);
  const faults = [
    ...[delegator, delegate].flatMap((id, index) =>
      person.get(id)?.disabled === false
        ? []
        : [{ path: index === 0 ? '/delegator' : '/delegate', message: `no person "${id}"` }],
    ),
    ...(added.reason === '' || added.reason.length > delegationReasonCharsMax ? [{ path: '/reason', message: 'a reason' }] : []),
    ...scopeFaults(deps.models.all(), added),
  ];
  if (faults.length > 0) throw new TrinhkyError('inputInvalid', { faults });
  if (delegator === delegate) throw new TrinhkyError('delegationSelf');
  const today = dayOf(now);
  if (!isDay(from) || !isDay(to) || from > to || from < today || to > addDays(from, delegationDaysMax - 1))
    throw new TrinhkyError('delegationDates', { today, daysMax: delegationDaysMax });
  const open = directory.delegations.filter((one) => one.delegator === delegator && one.revokedAt === null && one.to >= today);
  if (open.length >= delegationsPerPersonMax) throw new TrinhkyError('delegationsFull', { max: delegationsPerPersonMax });
  const cycle = cycleOf(directory.delegations, added, now);
  if (cycle !== null)
    throw new TrinhkyError('delegationCycle', {
      who: [delegator, delegate, ...cycle.map((one) => one.delegate)].map((id) => person.get(id)?.name ?? id),
      delegations: cycle.map((one) => one.id),
    });
}

/** A repeated ask with the same key is answered by what it made; with another content it is a mistake. */
function sameOrThrow(known: Delegation, added: Delegation): Delegation {
  if (hashOf({ ...known, revokedAt: null }) !== hashOf(added)) throw new TrinhkyError('keyReused');
  return known;
}

function record(
  deps: Pick<Deps, 'store'>,
  { authority, actor }: Asker,
  kind: string,
  one: Delegation,
  at: string,
): Promise<void> {
  const { id, ...details } = one;
  return deps.store.audit.append({ authority, at, actor, kind, subject: id, details: details as unknown as JsonObject });
}
