import type { Acceptance, Blocker } from '../engine/command.js';
import { decideOpening } from '../engine/decide.js';
import { contextFields } from '../engine/definition.js';
import { readEntry } from '../engine/entry.js';
import type { Entry, Instance, Parent } from '../engine/instance.js';
import { hashOf, isObject, type Json, type JsonObject } from '../engine/json.js';
import type { Model } from '../engine/model.js';
import { TrinhkyError } from '../errors.js';
import { urgencyRanks } from '../office/papers/urgency.js';
import { worldAt } from '../office/world.js';
import { requestHash } from './ask.js';
import { cleanObject } from './cleanInput.js';
import type { Deps } from './deps.js';
import { keyUseOf } from './held.js';
import type { Held } from './ports.js';
import { refuseSecret } from './refuseSecret.js';

export interface OpenAsk {
  readonly authority: string;
  /** Id of the definition; its newest version is pinned. */
  readonly definition: string;
  readonly context: JsonObject;
  /** Hash of content that was stored before. */
  readonly content?: string | null;
  readonly parent?: Parent | null;
  readonly actor: string;
  readonly key: string;
}

export type OpenOutcome =
  | { readonly kind: 'accepted'; readonly replayed: boolean; readonly entry: Entry; readonly instance: Instance }
  | { readonly kind: 'refused'; readonly blockers: readonly Blocker[] };

const idHexChars = 24;

/** The id of what an actor opens with a key: opening twice finds the first. */
export function idOfOpening(authority: string, actor: string, key: string): string {
  return `${authority}.${hashOf(['open', authority, actor, key]).slice(0, idHexChars)}`;
}

/** The id of a child: one for each parent, kind and key, whoever opens it and however often. */
export function idOfChild(authority: string, parent: Parent): string {
  return `${authority}.${hashOf(['child', parent.id, parent.kind, parent.key]).slice(0, idHexChars)}`;
}

/**
 * Opens an instance: one insert with its first entry. The same key opens the same instance and gives the same answer;
 * the same key with other content is refused (`keyReused`). A child's id follows from its parent, kind and key.
 */
export async function open(deps: Deps, asked: OpenAsk): Promise<OpenOutcome> {
  const ask = { ...asked, context: cleanObject(asked.context) };
  refuseSecret(ask.context);
  const parent = ask.parent ?? null;
  const id = parent === null ? idOfOpening(ask.authority, ask.actor, ask.key) : idOfChild(ask.authority, parent);
  const model = deps.models.latest(ask.definition);
  const hash = requestHash([ask.definition, ask.context, ask.content ?? null, parent]);
  const context = withUrgency(model, ask.context, await contentOf(deps, ask));

  const decision = await judgeOpening(deps, model, { ...ask, context }, id, hash);
  // What was opened stands, and so does its answer, also when the opener may not open any more.
  if (decision.kind === 'refused')
    return (await deps.store.instances.load(ask.authority, id)) === null ? decision : existing(deps, ask.authority, id, hash);
  await deps.models.keep(model);
  const keyUse = keyUseOf(decision.entry);
  await deps.hook('before-write');
  const answer = await deps.store.instances.insert(decision, keyUse);
  if (answer === 'exists') return existing(deps, ask.authority, id, hash);
  await deps.hook('after-write');
  const { next, entry, bytes } = decision;
  const held: Held = { instance: next, keys: [keyUse], since: entry.at, carriedUpTo: 0 };
  deps.held.set(held);
  deps.handOver({ authority: ask.authority, instance: id, seq: 1, bytes });
  return { kind: 'accepted', replayed: false, entry, instance: next };
}

/** The content that is named; throws `contentMissing` where nothing is stored under that hash. */
async function contentOf(deps: Deps, { authority, content: hash }: OpenAsk): Promise<Json> {
  if (!hash) return null;
  const content = await deps.store.contents.get(authority, hash);
  if (content === null) throw new TrinhkyError('contentMissing', { content: hash });
  return content;
}

/** The urgency that a paper's own stamp says, where its opener says none: inboxes are ordered by it. */
function withUrgency(model: Model, context: JsonObject, content: Json): JsonObject {
  const stamp = isObject(content) ? content.urgency : undefined;
  const known = typeof stamp === 'string' && Object.hasOwn(urgencyRanks, stamp);
  if (!known || context.urgency !== undefined || !contextFields(model.definition).has('urgency')) return context;
  return { ...context, urgency: stamp };
}

async function judgeOpening(
  deps: Deps,
  model: Model,
  ask: OpenAsk,
  id: string,
  asked: string,
): Promise<Acceptance | Extract<OpenOutcome, { kind: 'refused' }>> {
  const now = deps.clock.now();
  const world = worldAt(await deps.store.directory.snapshot(ask.authority), now);
  const opening = {
    id,
    authority: ask.authority,
    context: ask.context,
    content: ask.content ?? null,
    parent: ask.parent ?? null,
  };
  const command = { name: 'OPEN', input: ask.context, actor: ask.actor, key: ask.key, requestHash: asked };
  const decision = decideOpening(model, opening, command, { now, world, given: {} });
  return decision.kind === 'accepted' ? decision : { kind: 'refused', blockers: decision.blockers };
}

async function existing(deps: Deps, authority: string, id: string, asked: string): Promise<OpenOutcome> {
  const held = await deps.store.instances.load(authority, id);
  const [first] = await deps.store.instances.history(authority, id, 1, 1);
  if (held === null || first === undefined) throw new TrinhkyError('notFound', { instance: id });
  const entry = readEntry(first.bytes);
  // A child may be asked for again by its parent's effect after the definition moved on; what was opened stands.
  if (entry.requestHash !== asked && held.instance.parent === null)
    throw new TrinhkyError('keyReused', { key: entry.key, seq: 1 });
  return { kind: 'accepted', replayed: true, entry, instance: held.instance };
}
