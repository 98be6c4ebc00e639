import type { ChildStanding } from '../../engine/command.js';
import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { GivenAttachment } from '../../office/catalogue/attachments.js';
import { type GivenPaper, type GivenParent, instanceId } from '../../office/catalogue/duties.js';
import { filesFrom } from '../../office/duties/evidence.js';
import { mayRead, readableOf, readerOf } from '../../office/organisation/visibility.js';
import type { Deps } from '../deps.js';
import { idOfChild } from '../open.js';
import { cleared } from '../papers/attachments.js';

/** The kind of effect that opens children, and the state in which one stands that is not opened yet. */
const OPEN = 'open';
export const OPENING = 'opening';

type Stores = Pick<Deps, 'store'>;

/**
 * The children of an instance, with those that a waiting effect is still to open: who asks whether all has ended must not be told so because the
 * relay is behind. What waits is read before what is there, so that a child that is opened meanwhile is seen in one of the two.
 */
export async function standingChildren({ store }: Stores, authority: string, id: string): Promise<readonly ChildStanding[]> {
  const pending = await store.relay.pendingOf(authority, id);
  const planned = pending.flatMap(({ bytes }) => readEntry(bytes).effects.filter(({ kind }) => kind === OPEN));
  const waiting = [...planned.map(({ params }) => params), ...(await store.outbox.opening(authority, id))];
  const children = await store.instances.children(authority, id);
  const known = new Set(children.map((child) => child.id));
  const late = waiting.flatMap((params) => childrenIn(authority, id, params)).filter((child) => !known.has(child.id));
  return [...children, ...new Map(late.map((child) => [child.id, child])).values()];
}

function childrenIn(authority: string, parent: string, { kind, children }: JsonObject): readonly ChildStanding[] {
  if (typeof kind !== 'string' || !Array.isArray(children)) return [];
  return children.filter(isObject).flatMap(({ key }) => {
    if (typeof key !== 'string') return [];
    return [{ id: idOfChild(authority, { id: parent, kind, key }), kind, key, open: true, state: OPENING }];
  });
}

/** The instance above, as far as a re-assignment is judged by it. */
export async function parentOf({ store }: Stores, { authority, parent }: Instance): Promise<GivenParent | null> {
  const held = parent === null ? null : await store.instances.load(authority, parent.id);
  return held === null ? null : { context: held.instance.context };
}

/** The confirmed review of an instance's clauses; null where there is none. */
export async function reviewedClauses({ store }: Stores, { authority, context }: Instance): Promise<Json> {
  const { clauseReview } = context;
  return typeof clauseReview === 'string' ? store.contents.get(authority, clauseReview) : null;
}

/** Every file that an input names, by hash: in `files`, or alone in `hash`. Null for what is not stored. */
export async function namedFiles(
  deps: Pick<Deps, 'store' | 'clock' | 'scanner'>,
  authority: string,
  input: JsonObject = {},
): Promise<Readonly<Record<string, GivenAttachment | null>>> {
  const hashes = [...filesFrom(input.files).map(({ hash }) => hash), ...(typeof input.hash === 'string' ? [input.hash] : [])];
  const found: Record<string, GivenAttachment | null> = {};
  for (const hash of new Set(hashes)) found[hash] = await cleared(deps, authority, hash);
  return found;
}

/** The instance that an input names in `paper`, or by its id in `source`, as far as the actor may read it. */
export async function namedPaper(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  authority: string,
  { input = {}, actor }: { readonly input?: JsonObject | undefined; readonly actor?: string | undefined },
): Promise<GivenPaper | null> {
  const named = [input.paper, input.source].find((value) => typeof value === 'string' && instanceId.test(value.trim()));
  if (typeof named !== 'string' || actor === undefined) return null;
  const id = named.trim();
  const view = await store.instances.view(authority, id);
  const reader = readerOf(await store.directory.snapshot(authority), actor, clock.now());
  const found = view !== null && mayRead(reader, readableOf(view.instance, view.readers));
  const title = found && typeof view.instance.context.title === 'string' ? view.instance.context.title : id;
  return { id, found, title };
}
