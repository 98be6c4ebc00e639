import type { Facts } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import type { JsonObject } from '../engine/json.js';
import { candidates, needsOf } from '../engine/judge.js';
import type { Model } from '../engine/model.js';
import { type LinkedPaper, linksOf } from '../office/catalogue/dispatch.js';
import { worldAt } from '../office/world.js';
import type { Deps } from './deps.js';
import { namedFiles, namedPaper, parentOf, reviewedClauses, standingChildren } from './duties/given.js';
import { cleared } from './papers/attachments.js';
import { givenReview } from './papers/clauses.js';
import { sameIncoming } from './papers/incoming.js';
import { givenBrought, givenRollup } from './reporting/givenRollup.js';
import { givenForm, givenReport } from './reporting/reportFacts.js';
import { givenCoverage, givenDirective } from './traceability/given.js';

type Needs = Pick<Deps, 'store' | 'clock' | 'scanner'> & Partial<Pick<Deps, 'models'>>;

/** What a command brings that facts are read for. */
interface Asked {
  readonly proof?: string | undefined;
  readonly input?: JsonObject | undefined;
  readonly actor?: string | undefined;
  /** The command that is given; undefined where commands are only shown. */
  readonly command?: string | undefined;
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
  const given = await givenFor(deps, instance, needsOf(model, candidates(model, instance, command)), { ...asked, command });
  return { now, world: worldAt(directory, now), given };
}

/** What requirements asked for by `needs`, as far as it can be read before the command is judged. */
export async function givenFor(
  deps: Needs,
  instance: Instance,
  needs: readonly string[],
  { proof, input, actor, command }: Asked = {},
): Promise<Record<string, unknown>> {
  const { authority, id, content } = instance;
  const given: Record<string, unknown> = {};
  if (needs.includes('children')) given.children = await standingChildren(deps, authority, id);
  if (needs.includes('content') && content !== null) given.content = await deps.store.contents.get(authority, content);
  if (needs.includes('proof') && proof !== undefined) given.proof = await deps.store.proofs.find(authority, proof);
  if (needs.includes('sameIncoming')) given.sameIncoming = await sameIncoming(deps, instance);
  if (needs.includes('linked')) given.linked = await linkedPapers(deps, instance);
  if (needs.includes('clauseReview')) given.clauseReview = await givenReview(deps, instance, input?.review);
  if (needs.includes('reportForm')) given.reportForm = await givenForm(deps, instance, input);
  if (needs.includes('report')) given.report = await givenReport(deps, instance);
  if (needs.includes('rollup')) given.rollup = await givenRollup(deps, instance);
  if (needs.includes('rollupBrought')) given.rollupBrought = await givenBrought(deps, instance.authority, input);
  if (needs.includes('parent')) given.parent = await parentOf(deps, instance);
  if (needs.includes('reviewedClauses')) given.reviewedClauses = await reviewedClauses(deps, instance);
  if (needs.includes('namedFiles')) given.namedFiles = await namedFiles(deps, authority, input);
  if (needs.includes('namedPaper')) given.namedPaper = await namedPaper(deps, authority, { input, actor });
  if (needs.includes('coverage')) given.coverage = await givenCoverage(deps, instance, command ?? null);
  if (needs.includes('continued')) given.continued = await givenDirective(deps, instance, input?.directive);
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
      const children = field === 'replaces' ? await standingChildren(deps, authority, id) : [];
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
