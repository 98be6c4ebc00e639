import type { Facts } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import type { JsonObject } from '../engine/json.js';
import { candidates, needsOf } from '../engine/judge.js';
import type { Model } from '../engine/model.js';
import { type LinkedPaper, linksOf } from '../office/catalogue/dispatch.js';
import { worldAt } from '../office/world.js';
import type { Deps } from './deps.js';
import { cleared } from './papers/attachments.js';
import { givenReview } from './papers/clauses.js';
import { sameIncoming } from './papers/incoming.js';

type Needs = Pick<Deps, 'store' | 'clock' | 'scanner'>;

/** What a command brings that facts are read for. */
interface Asked {
  readonly proof?: string | undefined;
  readonly input?: JsonObject | undefined;
}

/** Reads what the rules may know of the world for one command: the directory, and only what its requirements need. */
export async function factsFor(
  deps: Needs,
  model: Model,
  instance: Instance,
  command: string,
  asked: Asked = {},
): Promise<Facts> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(instance.authority);
  const given = await givenFor(deps, instance, needsOf(model, candidates(model, instance, command)), asked);
  return { now, world: worldAt(directory, now), given };
}

/** What requirements asked for by `needs`, as far as it can be read before the command is judged. */
export async function givenFor(
  deps: Needs,
  instance: Instance,
  needs: readonly string[],
  { proof, input }: Asked = {},
): Promise<Record<string, unknown>> {
  const { authority, id, content } = instance;
  const given: Record<string, unknown> = {};
  if (needs.includes('children')) given.children = await deps.store.instances.children(authority, id);
  if (needs.includes('content') && content !== null) given.content = await deps.store.contents.get(authority, content);
  if (needs.includes('proof') && proof !== undefined) given.proof = await deps.store.proofs.find(authority, proof);
  if (needs.includes('sameIncoming')) given.sameIncoming = await sameIncoming(deps, instance);
  if (needs.includes('linked')) given.linked = await linkedPapers(deps, instance);
  if (needs.includes('clauseReview')) given.clauseReview = await givenReview(deps, instance, input?.review);
  if (needs.includes('attachment') && typeof input?.hash === 'string')
    given.attachment = await cleared(deps, authority, input.hash);
  return given;
}

/** How the papers stand that an instance replaces, amends or corrects. */
async function linkedPapers(deps: Pick<Deps, 'store'>, instance: Instance): Promise<readonly LinkedPaper[]> {
  const { authority } = instance;
  return Promise.all(
    linksOf(instance).map(async ({ field, id }): Promise<LinkedPaper> => {
      const held = await deps.store.instances.load(authority, id);
      if (held === null) return { field, id, found: false, type: null, inForce: false, openDuties: 0 };
      const { context, state } = held.instance;
      const children = field === 'replaces' ? await deps.store.instances.children(authority, id) : [];
      return {
        field,
        id,
        found: true,
        type: typeof context.type === 'string' ? context.type : null,
        inForce: state === 'inForce',
        openDuties: children.filter((child) => child.open && child.kind !== 'delivery').length,
      };
    }),
  );
}
