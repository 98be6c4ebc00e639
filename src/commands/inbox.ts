import { ruleOf, type TransitionDefinition } from '../engine/definition.js';
import type { Instance } from '../engine/instance.js';
import { awaitedTransitions } from '../engine/judge.js';
import type { Model } from '../engine/model.js';
import type { Directory } from '../office/organisation/directory.js';
import { deputyOf } from '../office/organisation/grants.js';
import { common, type Signing } from '../office/organisation/signers.js';
import type { Lent, Reader } from '../office/organisation/visibility.js';
import { type OfficeWorld, worldAt } from '../office/world.js';
import type { Deps } from './deps.js';
import type { InboxRow } from './ports.js';

/** More keys in one query would make the database sort in memory. */
export const inboxKeysMax = 200;
/** Rows that one query gives at most. */
const rowsPerRound = 100;
/** How many rounds are read for one page where what is read lies outside the scope. */
const roundsMax = 20;

export interface InboxItem {
  readonly row: InboxRow;
  /** The delegator for whom it waits; null for one's own. */
  readonly onBehalfOf: string | null;
}

export interface InboxFound {
  /** In turn, each instance once; what waits for somebody himself and for one he acts for is his own. */
  readonly items: readonly InboxItem[];
  /** Where to go on reading when nothing is left over of the items: a turn up to which all was looked through; null at the end. */
  readonly cutAt: string | null;
}

export interface InboxAsked {
  readonly directory: Directory;
  readonly reader: Reader;
  readonly now: string;
  /** The turn after which to go on; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

/**
 * What waits for somebody: one query for his own posts and one for each delegation, merged. What is lent is shown exactly as far as he may
 * act on it: definitions, types and commands of the delegation, and nothing the delegator made himself; what a deputy or the holder of a grant
 * may sign, only in his field or within the grant. Such rows are judged after they are read, so a page may take several rounds, at most
 * `roundsMax`.
 */
export async function inboxFor(deps: Pick<Deps, 'store' | 'models'>, asked: InboxAsked): Promise<InboxFound> {
  const { reader, directory, now, limit } = asked;
  const world = worldAt(directory, now);
  const groups: readonly Group[] = [
    { lent: null, keys: reader.keys, types: null, judged: isDeputy(reader) },
    signedByGrant(null, reader.signings),
    ...reader.lent.flatMap((lent) => [
      { lent, keys: lent.keys, types: lent.types, judged: true },
      signedByGrant(lent, lent.signings),
    ]),
  ];
  const found = await Promise.all(
    groups.filter(({ keys }) => keys.length > 0).map((group) => readGroup(deps, { ...asked, world, group })),
  );
  const cuts = found.flatMap(({ cutAt }) => (cutAt === null ? [] : [cutAt]));
  const cutAt = cuts.length === 0 ? null : cuts.reduce((least, one) => (one < least ? one : least));
  const items = new Map<string, InboxItem>();
  for (const item of found.flatMap((one) => one.items)) if (!items.has(item.row.id)) items.set(item.row.id, item);
  const sorted = [...items.values()]
    .filter(({ row }) => cutAt === null || row.turn <= cutAt)
    .sort((a, b) => (a.row.turn < b.row.turn ? -1 : a.row.turn > b.row.turn ? 1 : 0));
  return { items: sorted.slice(0, limit), cutAt: sorted.length > limit ? null : cutAt };
}

interface Group {
  readonly lent: Lent | null;
  readonly keys: readonly string[];
  /** Null is all. */
  readonly types: readonly string[] | null;
  /** Whether what is read is judged row by row. */
  readonly judged: boolean;
}

/** Whether what somebody may sign depends on his division of work: then his post alone does not say what waits for him. */
function isDeputy({ keys }: Reader): boolean {
  return keys.some((key) => deputyOf(key.slice(key.lastIndexOf('/') + 1)) !== null);
}

/** What waits for whoever signs by a grant, narrowed to the types that his grants name; the rest is judged row by row. */
function signedByGrant(lent: Lent | null, signings: readonly Signing[]): Group {
  const bounded = signings.flatMap(({ types }) => types ?? []);
  const types = signings.some((signing) => signing.types === null) ? null : [...new Set(bounded)];
  const keys = [...new Set(signings.map(({ key }) => key))];
  return { lent, keys, types: common(lent?.types ?? null, types), judged: true };
}

interface Reading extends InboxAsked {
  readonly world: OfficeWorld;
  readonly group: Group;
}

async function readGroup(deps: Pick<Deps, 'store' | 'models'>, reading: Reading): Promise<InboxFound> {
  const { reader, group, limit } = reading;
  const { lent, keys, types, judged } = group;
  const onBehalfOf = lent?.delegator ?? null;
  const items: InboxItem[] = [];
  let { after } = reading;
  for (let round = 0; round < roundsMax; round += 1) {
    const size = Math.min(limit, rowsPerRound);
    const rows = await deps.store.instances.inbox({
      authority: reader.authority,
      person: reader.person,
      delegator: onBehalfOf,
      keys: keys.slice(0, inboxKeysMax),
      definitions: lent?.definitions ?? null,
      types,
      after,
      limit: size,
    });
    const kept = judged ? await actable(deps, reading, rows) : rows;
    items.push(...kept.map((row): InboxItem => ({ row, onBehalfOf })));
    if (rows.length < size || items.length >= limit) return { items, cutAt: null };
    after = rows.at(-1)?.turn ?? null;
  }
  return { items, cutAt: after };
}

/** The rows on which somebody may give an awaited command: in his own right, or by the group's delegation. */
async function actable(
  deps: Pick<Deps, 'store' | 'models'>,
  { reader, world, group }: Reading,
  rows: readonly InboxRow[],
): Promise<readonly InboxRow[]> {
  if (rows.length === 0) return rows;
  const held = await deps.store.instances.loadMany(
    reader.authority,
    rows.map(({ id }) => id),
  );
  const may = new Set<string>();
  for (const { instance } of held) {
    await deps.models.learn(instance.definition);
    if (mayAct(deps.models.pinned(instance.definition), instance, world, reader.person, group.lent?.delegation ?? null))
      may.add(instance.id);
  }
  return rows.filter(({ id }) => may.has(id));
}

function mayAct(model: Model, instance: Instance, world: OfficeWorld, person: string, delegation: string | null): boolean {
  return awaitedTransitions(model, instance).some(({ command, definition }) =>
    definition.by.some((name) => {
      const role = model.definition.roles[name];
      const claims = role === undefined ? [] : world.claims({ name, role, command }, instance, person);
      return claims.some(
        (claim) =>
          (delegation === null ? claim.onBehalfOf === null : claim.by === delegation) &&
          (claim.capacity !== null || !needsCapacity(definition)),
      );
    }),
  );
}

function needsCapacity({ requires }: TransitionDefinition): boolean {
  return (requires ?? []).some((use) => ruleOf(use).name === 'capacity@1');
}
