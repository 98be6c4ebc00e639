import { randomUUID } from 'node:crypto';
import type { Outcome } from '../../commands/ask.js';
import { bulk, bulkItemsMax } from '../../commands/bulk.js';
import { perform } from '../../commands/perform.js';
import { draftConsolidation, refreshConsolidation, summariseYear } from '../../commands/reporting/consolidate.js';
import { editParagraph, mergeNarratives } from '../../commands/reporting/editDraft.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import type { MergeRule } from '../../office/reporting/merge.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { statusOf } from '../problem.js';
import { mayReadWork } from '../renditionAccess.js';
import { paperParts } from './consolidationPaper.js';
import { awaitedReports, periodParts } from './consolidationPeriod.js';
import { type PageAnswer, signedFrame } from './frame.js';

const REVISION = /^[1-9]\d{0,9}$/;
const RULES: readonly MergeRule[] = ['sideBySide', 'join', 'byHand'];

interface Problem {
  readonly sentence: string;
  readonly todo: string;
}

/** Of a period: who has reported, who is silent, and the draft to be taken. Of a paper that was built from a roll-up: its text with what stands behind it. */
export async function consolidationPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  return view(call, assets, 200, [], null);
}

/** What the consolidator does there; or the page again with the reason and what was typed. */
export async function consolidationSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const act = fieldOf(form, '_act');
  const typed = fieldOf(form, 'text');
  try {
    const { outcome, to } = await done(call, form, act);
    if (outcome === null || outcome.kind === 'accepted') return { kind: 'redirect', to };
    const names = namesOf(call, call.model);
    const told = outcome.blockers.map((blocker) => tell(names, blocker));
    return await view(call, assets, statusOf(told[0]?.code ?? 'internal'), told, typed);
  } catch (error) {
    if (!(error instanceof TrinhkyError) || error.status >= 500 || error.code === 'notFound') throw error;
    const params = readable(namesOf(call, call.model), error.params);
    return view(call, assets, error.status, [sentence(call.language, error.code, params)], typed);
  }
}

interface Done {
  /** Null where nothing could be refused as a whole. */
  readonly outcome: Outcome | null;
  readonly to: string;
}

async function done(call: InstanceCall, form: Form, act: string): Promise<Done> {
  const { deps } = call.edge.app;
  const { authority, id } = call.view.instance;
  const here = `${pathOf(id)}/consolidation`;
  const revision = fieldOf(form, '_revision');
  if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
  const asking = { authority, actor: call.identity.person, key: fieldOf(form, '_key') };
  if (act === 'urge') return { outcome: await urge(call, asking.key), to: `${here}?done=urge` };
  if (act === 'draft') {
    const { outcome } = await draftConsolidation(deps, { ...asking, period: id });
    return { outcome, to: `${here}?done=draft` };
  }
  if (act === 'summarise') {
    const { outcome } = await summariseYear(deps, { ...asking, obligation: id, period: fieldOf(form, 'period') });
    return { outcome, to: `${here}?done=draft` };
  }
  const own = { ...asking, paper: id, ifRevision: Number(revision) };
  // Own words are carried over from the draft as it is, not as the page showed it.
  if (act === 'refresh')
    return { outcome: await refreshConsolidation(deps, { ...asking, paper: id }), to: `${here}?done=refresh` };
  if (act === 'keep') {
    const input = { reason: fieldOf(form, 'text') };
    return { outcome: await perform(deps, { ...asking, instance: id, command: 'KEEP_ROLLUP', input }), to: `${here}?done=keep` };
  }
  if (act === 'edit' || act === 'add') {
    const asked = { ...own, place: fieldOf(form, 'place'), text: fieldOf(form, 'text'), after: act === 'add' };
    return { outcome: await editParagraph(deps, asked), to: `${here}?done=edit${anchorOf(asked.place)}` };
  }
  const rule = RULES.find((one) => one === fieldOf(form, 'rule'));
  if (act !== 'merge' || rule === undefined) throw new TrinhkyError('inputInvalid', { path: '/_act' });
  const reports = [form.report ?? []].flat();
  return { outcome: await mergeNarratives(deps, { ...own, of: fieldOf(form, 'of'), rule, reports }), to: `${here}?done=edit` };
}

function anchorOf(place: string): string {
  const at = /^\/body\/(\d+)\//.exec(place)?.[1];
  return at === undefined ? '' : `#b-${at}`;
}

/** Everybody who has not sent yet is told once, with one click. */
async function urge(call: InstanceCall, key: string): Promise<null> {
  const { authority } = call.view.instance;
  const waiting = await awaitedReports(call);
  for (let from = 0; from < waiting.length; from += bulkItemsMax) {
    const items = waiting.slice(from, from + bulkItemsMax).map((instance) => ({ instance }));
    await bulk(call.edge.app.deps, { authority, command: 'URGE', actor: call.identity.person, key: `${key}/${from}`, items });
  }
  return null;
}

const pathOf = (id: string): string => `/instances/${encodeURIComponent(id)}`;

async function view(
  call: InstanceCall,
  assets: Assets,
  status: number,
  problems: readonly Problem[],
  typed: string | null,
): Promise<PageAnswer> {
  const fresh: InstanceCall =
    call.request.method === 'GET' ? call : { ...call, view: await requireReadable(call, call.view.instance.id) };
  const { instance } = fresh.view;
  const { definition, context, id, revision } = instance;
  const isPaper = definition.id === 'document' && typeof context.rollup === 'string';
  if (!isPaper && definition.id !== 'period' && definition.id !== 'obligation') throw new TrinhkyError('notFound');
  if (!mayReadWork(fresh)) throw new TrinhkyError('notFound');
  const page = {
    ...signedFrame(fresh, assets, word(call.language, isPaper ? 'consolidationDraft' : 'consolidationTitle')),
    owner: { href: pathOf(id), title: typeof context.title === 'string' ? context.title : id },
    action: `${pathOf(id)}/consolidation`,
    key: randomUUID(),
    revision,
    problems: problems.map(({ sentence: text, todo }) => ({ sentence: text, todo })),
    done: problems.length === 0 ? doneNote(call) : null,
    period: isPaper ? null : await periodParts(fresh),
    paper: isPaper ? await paperParts(fresh, typed) : null,
  };
  return { kind: 'page', status, template: 'consolidation', view: page };
}

const DONE: ReadonlySet<string> = new Set(['urge', 'draft', 'refresh', 'keep', 'edit']);

function doneNote({ query, language }: InstanceCall): string | null {
  return query.done !== undefined && DONE.has(query.done) ? word(language, `consolidationDone_${query.done}`) : null;
}
