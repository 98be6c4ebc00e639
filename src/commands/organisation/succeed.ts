import { SYSTEM_ACTOR } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type Consequence, consequence } from '../../office/organisation/consequence.js';
import { type Directory, postKey, type Succession } from '../../office/organisation/directory.js';
import { heirBy } from '../../office/organisation/lineage.js';
import { posts } from '../../office/organisation/posts.js';
import { withRecords } from '../../office/organisation/records.js';
import { holdersOn } from '../../office/organisation/roles.js';
import { signsKey } from '../../office/organisation/signers.js';
import { planSuccession, type SuccessionPlan } from '../../office/organisation/succession.js';
import { postIn } from '../../office/organisation/superiors.js';
import { roleFieldsOf } from '../../office/organisation/unitFields.js';
import { addDays, dayOf } from '../../office/time/clock.js';
import { requireAdministering } from '../administers.js';
import type { Deps } from '../deps.js';
import { perform } from '../perform.js';
import type { OpenPage } from '../ports.js';
import { openPages } from './openWork.js';

const triesMax = 3;
/** Posts for whose holder others sign by a written grant. */
const leadingPosts = ['head', 'chair'] as const;
/** Units of one query: each has a key for every post and for who signs for it, and a query takes at most 200. */
const unitsAtOnce = 15;
const movesAtOnce = 8;
const refusedShownMax = 50;

export interface SucceedAsk {
  readonly authority: string;
  readonly succession: string;
  /** Who carries it out; the commands themselves are the system's. */
  readonly actor: string;
  readonly dryRun: boolean;
  /** Only what waits for posts of the ended units, not all that they have a part in: for what was opened after the day. */
  readonly lateOnly?: boolean;
  readonly onProgress?: (moved: number) => void;
  /** Asked between two instances: true ends the work, which goes on at the next call. */
  readonly stopped?: () => boolean;
}

export interface Succeeded {
  readonly succession: string;
  /** Records and duties, as they follow from what is recorded now. */
  readonly consequences: readonly Consequence[];
  /** Open instances that were moved, or would be. */
  readonly moved: number;
  /** Instances that refused the move, with their reasons; at most `refusedShownMax`. */
  readonly refused: readonly JsonObject[];
}

/**
 * Carries a recorded succession out: ends and carries over records in one transaction, then moves every open duty of the units that end
 * by a command with an entry of its own. It may be stopped anywhere and run again, in several processes at once: nothing is done twice,
 * nothing left out. Throws `notAllowed`, `notFound`, `tooEarly` before its day, and `inputInvalid` where a successor does not exist on that day.
 * With `dryRun` nothing is written, on any day.
 */
export async function succeed(deps: Deps, ask: SucceedAsk): Promise<Succeeded> {
  if (ask.actor !== SYSTEM_ACTOR) await requireAdministering(deps, ask, 'organisationDenied');
  const directory = await deps.store.directory.snapshot(ask.authority);
  const succession = directory.successions.find(({ id }) => id === ask.succession);
  if (succession === undefined) throw new TrinhkyError('notFound', { reason: 'succession', succession: ask.succession });
  if (ask.dryRun) return rehearse(deps, ask, directory, succession);
  const today = dayOf(deps.clock.now());
  if (succession.on > today) throw new TrinhkyError('tooEarly', { reason: 'succession', day: succession.on, today });
  const consequences = await changeRecords(deps, ask, succession);
  const { moved, refused } = await moveDuties(deps, ask, succession);
  if (moved > 0) await audit(deps, ask, 'succession', { moved, refused: refused.length });
  return { succession: succession.id, consequences, moved, refused };
}

async function changeRecords(deps: Deps, ask: SucceedAsk, { id }: Succession): Promise<readonly Consequence[]> {
  for (let round = 1; round <= triesMax; round += 1) {
    const directory = await deps.store.directory.snapshot(ask.authority);
    const succession = directory.successions.find((one) => one.id === id);
    if (succession === undefined) throw new TrinhkyError('notFound', { reason: 'succession', succession: id });
    const { records, consequences, missing } = planSuccession(directory, succession);
    if (missing.length > 0)
      throw new TrinhkyError('inputInvalid', { reason: 'successorMissing', units: missing, day: succession.on });
    if (Object.keys(records).length === 0) return consequences;
    await audit(deps, ask, 'successionRecords', { records: consequences.length, decision: succession.decision });
    if (await deps.store.directory.change(ask.authority, records, directory.revision)) return consequences;
  }
  throw new TrinhkyError('busy', { authority: ask.authority });
}

interface Move {
  readonly instance: Instance;
  /** For whom it waits. */
  readonly principals: readonly string[];
  readonly from: string;
  readonly to: string;
}

/** The open instances of the units that end, page by page, and where each of them goes. */
async function* movesOf(
  deps: Deps,
  ask: SucceedAsk,
  directory: Directory,
  succession: Succession,
): AsyncGenerator<readonly Move[]> {
  for (let at = 0; at < succession.from.length; at += unitsAtOnce) {
    const units = succession.from.slice(at, at + unitsAtOnce);
    const keys = units.flatMap((unit) => [
      ...Object.keys(posts).map((post) => postKey(unit, post)),
      ...leadingPosts.map((post) => signsKey(unit, post)),
    ]);
    const by = ask.lateOnly ? { principals: keys } : { readers: keys };
    for await (const rows of openPages(deps, ask.authority, by)) {
      const moves = await Promise.all(rows.map((row) => movesIn(deps, directory, succession, { ...row, units })));
      yield moves.flat();
    }
  }
}

async function movesIn(
  deps: Deps,
  directory: Directory,
  succession: Succession,
  { held: { instance }, principals, units }: OpenPage['rows'][number] & { readonly units: readonly string[] },
): Promise<readonly Move[]> {
  await deps.models.learn(instance.definition);
  const named = unitsIn(deps, instance);
  return units
    .filter((unit) => named.has(unit))
    .flatMap((from): Move[] => {
      const to = heirBy(directory, succession, from, instance.definition.id);
      return to === null ? [] : [{ instance, principals, from, to }];
    });
}

/** The units that an instance names in fields that its roles read. */
function unitsIn(deps: Deps, { definition, context }: Instance): ReadonlySet<string> {
  const { units, keys } = roleFieldsOf(deps.models.pinned(definition).definition);
  const textsOf = (field: string): readonly string[] =>
    [context[field]].flat().filter((one): one is string => typeof one === 'string');
  return new Set([
    ...units.flatMap(textsOf),
    ...keys.flatMap(textsOf).flatMap((key) => /^post:(.+)\/[^/]+$/.exec(key)?.[1] ?? []),
  ]);
}

async function moveDuties(
  deps: Deps,
  ask: SucceedAsk,
  succession: Succession,
): Promise<{ readonly moved: number; readonly refused: readonly JsonObject[] }> {
  const directory = await deps.store.directory.snapshot(ask.authority);
  let moved = 0;
  const refused: JsonObject[] = [];
  const stopped = ask.stopped ?? (() => false);
  for await (const page of movesOf(deps, ask, directory, succession)) {
    const waiting = [...page];
    const worker = async (): Promise<void> => {
      for (let move = waiting.shift(); move !== undefined && !stopped(); move = waiting.shift()) {
        const refusal = await moveOne(deps, ask, succession, move);
        if (refusal === null) moved += 1;
        else if (refusal !== 'over' && refused.length < refusedShownMax) refused.push(refusal);
      }
    };
    await Promise.all(Array.from({ length: movesAtOnce }, worker));
    ask.onProgress?.(moved);
    if (stopped()) break;
  }
  return { moved, refused };
}

/** The instance ended meanwhile, or another process has moved it. */
const OVER: ReadonlySet<string> = new Set(['ended', 'notSucceeded']);

/** Null where it was done. The key names the revision that was seen: two processes do it once, and a unit that comes back goes again. */
async function moveOne(
  deps: Deps,
  ask: SucceedAsk,
  { id, decision }: Succession,
  move: Move,
): Promise<JsonObject | null | 'over'> {
  const outcome = await perform(deps, {
    authority: ask.authority,
    instance: move.instance.id,
    command: 'TAKE_OVER',
    input: { from: move.from, to: move.to, decision },
    actor: SYSTEM_ACTOR,
    key: `succeed/${id}/${move.from}/${move.instance.revision}`,
  });
  if (outcome.kind === 'accepted') return null;
  const blockers = outcome.blockers.map(({ code }) => code);
  if (blockers.every((code) => OVER.has(code))) return 'over';
  return { instance: move.instance.id, definition: outcome.definition.id, blockers };
}

/** What would follow, in the state of today: records, duties by kind and successor, and successors in whom nobody could act. */
async function rehearse(deps: Deps, ask: SucceedAsk, directory: Directory, succession: Succession): Promise<Succeeded> {
  const plan: SuccessionPlan = planSuccession(directory, succession);
  const then = withRecords(directory, plan.records);
  const counts = new Map<string, { from: string; to: string; definition: string; count: number }>();
  const vacant = new Map<string, { unit: string; post: string; openWork: number }>();
  let moved = 0;
  for await (const page of movesOf(deps, ask, directory, succession)) {
    for (const { instance, principals, from, to } of page) {
      moved += 1;
      const definition = instance.definition.id;
      const entry = counts.get(`${from} ${to} ${definition}`) ?? { from, to, definition, count: 0 };
      counts.set(`${from} ${to} ${definition}`, { ...entry, count: entry.count + 1 });
      for (const key of principals.filter((one) => one.startsWith(`post:${from}/`))) {
        const post = postIn(directory, to, key.slice(`post:${from}/`.length));
        if (holdersOn(then, postKey(to, post), succession.on).length > 0) continue;
        const found = vacant.get(postKey(to, post)) ?? { unit: to, post, openWork: 0 };
        vacant.set(postKey(to, post), { ...found, openWork: found.openWork + 1 });
      }
    }
    ask.onProgress?.(moved);
  }
  const consequences = [
    ...plan.missing.map((unit) => consequence('successorMissing', { unit, day: succession.on })),
    ...plan.consequences,
    ...succession.from
      .filter((unit) => heirBy(directory, succession, unit, null) === null)
      .map((unit) => consequence('unitWithoutSuccessor', { unit, to: addDays(succession.on, -1) })),
    ...[...counts.values()].map((entry) => consequence('dutiesMove', entry)),
    ...[...vacant.values()].map((entry) => consequence('heirPostVacant', { ...entry, from: succession.on })),
  ];
  return { succession: succession.id, consequences, moved, refused: [] };
}

async function audit(deps: Deps, { authority, actor, succession }: SucceedAsk, kind: string, details: JsonObject): Promise<void> {
  await deps.store.audit.append({ authority, at: deps.clock.now(), actor, kind, subject: succession, details });
}
