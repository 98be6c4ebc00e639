import type { Outcome } from '../../commands/ask.js';
import { type BulkVerdict, bulk } from '../../commands/bulk.js';
import type { Explanation } from '../../commands/explain/explain.js';
import { availableTo, type Instance, type JsonObject } from '../../commands/look.js';
import { open } from '../../commands/open.js';
import { perform } from '../../commands/perform.js';
import { TrinhkyError } from '../../errors.js';
import type { SignedCall } from '../edge.js';
import { reads } from '../gate.js';
import { namesFor } from '../names.js';
import { problemOf, RefusedError, requestIdOf } from '../problem.js';
import { explanationBody } from '../wayOutWords.js';
import { type Answer, ok, param } from './route.js';
import { commandBody, instanceBody, modelFor, namesOf } from './show.js';
import { explanationOf } from './who.js';

const REVISION = /^"([1-9]\d{0,9})"$/;

/** The revision that If-Match names; undefined without one. Throws `revisionInvalid`: a guess could overwrite what nobody saw. */
export function ifRevisionOf(header: string | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined;
  const revision = REVISION.exec(header)?.[1];
  if (revision === undefined) throw new TrinhkyError('revisionInvalid');
  return Number(revision);
}

export function etagOf(revision: number): string {
  return `"${revision}"`;
}

export async function openInstance(call: SignedCall): Promise<Answer> {
  const { definition, context, content } = call.body as { definition: string; context: JsonObject; content?: string };
  const { deps } = call.edge.app;
  const outcome = await open(deps, {
    authority: call.identity.authority,
    definition,
    context,
    content: content ?? null,
    actor: call.identity.person,
    key: call.key,
  });
  if (outcome.kind === 'refused')
    throw new RefusedError(outcome, namesFor(call.language, call.directory, deps.models.latest(definition), call.now));
  const answer = await committedAnswer(call, outcome);
  return { ...answer, status: 201, headers: { ...answer.headers, Location: `/api/v1/instances/${outcome.instance.id}` } };
}

interface CommandBody {
  readonly input?: JsonObject;
  readonly saw?: string;
  readonly onBehalfOf?: string;
  readonly proof?: string;
}

/** The hot path: one write, and no read where the small state is held. */
export async function commandInstance(call: SignedCall): Promise<Answer> {
  const { input, saw, onBehalfOf, proof } = call.body as CommandBody;
  const ifRevision = ifRevisionOf(call.request.headers['if-match']);
  const outcome = await perform(call.edge.app.deps, {
    authority: call.identity.authority,
    instance: param(call, 'id'),
    command: param(call, 'command'),
    actor: call.identity.person,
    key: call.key,
    ...(input === undefined ? {} : { input }),
    ...(saw === undefined ? {} : { saw }),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...(proof === undefined ? {} : { proof }),
    ...(ifRevision === undefined ? {} : { ifRevision }),
  });
  if (outcome.kind === 'accepted') return committedAnswer(call, outcome);
  // Costs a search, and so only for who asks for it.
  const explanation = call.query.explain === '1' ? await explanationOf(call, call.body as CommandBody) : null;
  throw refusedError(call, outcome, explanation);
}

/** The refusal with the names of the definition that the instance is pinned to. */
export function refusedError(
  call: SignedCall,
  outcome: Extract<Outcome, { kind: 'refused' }>,
  explanation: Explanation | null = null,
): RefusedError {
  const names = namesFor(call.language, call.directory, modelFor(call, outcome.definition), call.now);
  return new RefusedError(outcome, names, explanation === null ? null : explanationBody(names, explanation));
}

interface Committed {
  readonly replayed: boolean;
  readonly entry: { readonly seq: number; readonly at: string; readonly actor: string; readonly command: string };
  readonly instance: Instance;
}

async function committedAnswer(call: SignedCall, { replayed, entry, instance }: Committed): Promise<Answer> {
  const model = modelFor(call, instance.definition);
  const names = namesOf(call, model);
  const body = {
    replayed,
    entry: { seq: entry.seq, at: entry.at, actor: entry.actor, command: entry.command },
    instance: instanceBody(names, instance),
  };
  const headers = { ETag: etagOf(replayed ? entry.seq : instance.revision) };
  // Who was allowed to act plays a role, and who plays a role reads; an earlier acceptance says nothing of today.
  const provesReading = !replayed;
  if (call.request.headers.prefer === 'return=minimal')
    return { status: 200, body, headers: { ...headers, 'Preference-Applied': 'return=minimal' }, provesReading };
  const commands = (await availableTo(call.edge.app.deps, model, instance, call.identity.person)).map((one) =>
    commandBody(names, one),
  );
  return { status: 200, body: { ...body, commands }, headers, provesReading };
}

interface BulkBody {
  readonly command: string;
  readonly proof?: string;
  readonly input?: JsonObject;
  readonly items: readonly { readonly instance: string; readonly saw?: string; readonly ifRevision?: number }[];
}

export async function bulkCommands(call: SignedCall): Promise<Answer> {
  const { command, input, items, proof } = call.body as BulkBody;
  const verdicts = await bulk(call.edge.app.deps, {
    authority: call.identity.authority,
    actor: call.identity.person,
    key: call.key,
    command,
    items,
    ...(input === undefined ? {} : { input }),
    ...(proof === undefined ? {} : { proof }),
  });
  const bodies: Awaited<ReturnType<typeof verdictBody>>[] = [];
  for (const verdict of verdicts) bodies.push(await verdictBody(call, verdict));
  return ok({ verdicts: bodies });
}

async function verdictBody(call: SignedCall, verdict: BulkVerdict) {
  if ('outcome' in verdict && verdict.outcome.kind === 'accepted' && !verdict.outcome.replayed)
    return acceptedBody(verdict.instance, verdict.outcome.instance);
  // Everything but a fresh acceptance is told only to those who may read.
  const view = await call.edge.app.deps.store.instances.view(call.identity.authority, verdict.instance);
  const requestId = requestIdOf(call.request);
  if (view === null || !reads(call.reader, view))
    return {
      instance: verdict.instance,
      accepted: false,
      problem: problemOf(new TrinhkyError('notFound'), call.language, requestId),
    };
  if ('error' in verdict)
    return {
      instance: verdict.instance,
      accepted: false,
      problem: problemOf(new TrinhkyError(verdict.error.code, verdict.error.params), call.language, requestId),
    };
  if (verdict.outcome.kind === 'accepted') return acceptedBody(verdict.instance, verdict.outcome.instance);
  const names = namesOf(call, modelFor(call, view.instance.definition));
  return {
    instance: verdict.instance,
    accepted: false,
    problem: problemOf(new RefusedError(verdict.outcome, names), call.language, requestId),
  };
}

function acceptedBody(id: string, instance: Instance) {
  return { instance: id, accepted: true, revision: instance.revision, state: instance.state };
}
