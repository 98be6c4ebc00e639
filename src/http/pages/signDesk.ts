import { randomUUID } from 'node:crypto';
import { type BulkItem, type BulkVerdict, bulk, bulkItemsMax } from '../../commands/bulk.js';
import type { Model } from '../../commands/look.js';
import { needsProof, requiresRule } from '../../commands/papers/stepUp.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { countMax, inboxOf } from '../api/instances.js';
import { modelFor, namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import type { Form } from '../body.js';
import { fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { type BeforeSigner, beforeSigner, type PaperView, paperView, textIn } from './signView.js';

/** Papers shown at once, the most urgent first; the others come up as these are done. */
export const deskRowsMax = 50;

export interface DeskProblem {
  readonly status: number;
  readonly heading: string;
  readonly lines: readonly string[];
  /** Chosen items, to stay chosen. */
  readonly chosen: ReadonlySet<string>;
}

export async function signDeskPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return deskView(call, assets, null);
}

/** The desk as it stands now; with what went wrong, and what was chosen, where a form failed. */
export async function deskView(call: SignedCall, assets: Assets, problem: DeskProblem | null): Promise<PageAnswer> {
  const papers = await papersBefore(call);
  const views = await inTurn(papers, (paper, index) => paperView(call, paper, `p${index}`));
  const withChoice = (view: PaperView) => ({ ...view, checked: problem?.chosen.has(view.chosen) === true });
  const isReady = (paper: BeforeSigner | undefined) => paper?.sign?.open === true;
  const ready = views.filter((_, index) => isReady(papers[index])).map(withChoice);
  const factor = await call.edge.app.secondFactors.standing(call.identity);
  const view = {
    ...signedFrame(call, assets, word(call.language, 'signDesk')),
    ready,
    waiting: views.filter((_, index) => !isReady(papers[index])).map(withChoice),
    count: papers.length >= deskRowsMax ? `${deskRowsMax}+` : String(papers.length),
    hasFactor: factor.state === 'active',
    key: randomUUID(),
    problem,
  };
  return { kind: 'page', status: problem?.status ?? 200, template: 'signDesk', view };
}

/** Own papers of the inbox that wait for a signature, in its order. */
async function papersBefore(call: SignedCall): Promise<readonly BeforeSigner[]> {
  const { items } = await inboxOf(call, null, countMax);
  const rows = items
    .filter(({ row, onBehalfOf }) => onBehalfOf === null && signs(modelFor(call, row.definition)))
    .map(({ row }) => row.id);
  if (rows.length === 0) return [];
  const held = await call.edge.app.deps.store.instances.loadMany(call.identity.authority, rows);
  const byId = new Map(held.map(({ instance }) => [instance.id, instance]));
  const papers: BeforeSigner[] = [];
  for (const id of rows) {
    const instance = byId.get(id);
    const paper = instance === undefined ? null : await beforeSigner(call, instance);
    if (paper !== null) papers.push(paper);
    if (papers.length >= deskRowsMax) break;
  }
  return papers;
}

/** Whether a definition has anything that is signed. */
function signs(model: Model): boolean {
  return model.machine.tree.transitions.some(({ definition }) => needsProof(definition));
}

async function inTurn<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const [index, item] of items.entries()) results.push(await work(item, index));
  return results;
}

/** One that was chosen: what was shown of it (a hash, or a revision), and its id. */
export interface Chosen {
  readonly value: string;
  readonly shown: string;
  readonly instance: string;
}

/** The items that a form has chosen. Throws `bodyInvalid` for what no page has offered. */
export function chosenOf(form: Form): readonly Chosen[] {
  const sent = Object.hasOwn(form, 'item') ? [form.item ?? []].flat() : [];
  if (sent.length > bulkItemsMax) throw new TrinhkyError('bodyInvalid', { path: '/item', itemsMax: bulkItemsMax });
  return sent.map((value) => {
    const [, shown = '', instance = ''] = /^([0-9a-f]{1,64})\|(.{1,200})$/.exec(value) ?? [];
    if (instance === '') throw new TrinhkyError('bodyInvalid', { path: '/item', reason: 'shape' });
    return { value, shown, instance };
  });
}

/** PREPARE for everything that was chosen; the desk again, with a sentence for each that could not be prepared. */
export async function prepareSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const chosen = chosenOf(form);
  if (chosen.length === 0) return nothingChosen(call, assets);
  const items = chosen.map(({ shown, instance }) => ({ instance, ifRevision: Number(shown) }));
  if (items.some(({ ifRevision }) => !Number.isSafeInteger(ifRevision) || ifRevision < 1))
    throw new TrinhkyError('revisionInvalid');
  const verdicts = await preparedAll(call, fieldOf(form, '_key'), items);
  const lines: string[] = [];
  for (const verdict of verdicts) {
    const line = await whyNot(call, verdict);
    if (line !== null) lines.push(line);
  }
  if (lines.length === 0) {
    const [only] = items;
    const back = items.length === 1 && only !== undefined ? `/sign/${encodeURIComponent(only.instance)}` : '/sign';
    return { kind: 'redirect', to: back };
  }
  const heading = word(call.language, 'preparedNot');
  return deskView(call, assets, { status: 409, heading, lines, chosen: new Set(chosen.map(({ value }) => value)) });
}

/** The command that prepares is asked of each definition; papers of one command go together. */
async function preparedAll(call: SignedCall, key: string, items: readonly BulkItem[]): Promise<readonly BulkVerdict[]> {
  const { deps } = call.edge.app;
  const { authority, person: actor } = call.identity;
  const held = await deps.store.instances.loadMany(
    authority,
    items.map(({ instance }) => instance),
  );
  const commands = new Map(held.map(({ instance }) => [instance.id, preparing(modelFor(call, instance.definition))]));
  const verdicts: BulkVerdict[] = [];
  for (const command of new Set(items.map(({ instance }) => commands.get(instance) ?? null))) {
    const same = items.filter(({ instance }) => (commands.get(instance) ?? null) === command);
    if (command !== null) verdicts.push(...(await bulk(deps, { authority, actor, key, command, items: same })));
    else verdicts.push(...same.map(({ instance }) => ({ instance, error: { code: 'notFound' as const, params: {} } })));
  }
  return verdicts;
}

function preparing(model: Model): string | null {
  return model.machine.tree.transitions.find(({ definition }) => requiresRule(definition, 'prepared@1'))?.command ?? null;
}

export function nothingChosen(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const heading = word(call.language, 'signNothingChosen');
  return deskView(call, assets, { status: 400, heading, lines: [], chosen: new Set() });
}

/** Why an item was not carried out, with its title; null for one that was. */
export async function whyNot(call: SignedCall, verdict: BulkVerdict): Promise<string | null> {
  if ('outcome' in verdict && verdict.outcome.kind === 'accepted') return null;
  const { title, reasons } = await reasonsOf(call, verdict);
  return `${title}: ${reasons.join(' ')}`;
}

/** The sentences of a verdict that is no acceptance; a paper that may not be read is told as one that does not exist. */
export async function reasonsOf(
  call: SignedCall,
  verdict: BulkVerdict,
): Promise<{ readonly title: string; readonly reasons: readonly string[] }> {
  const view = await requireReadable(call, verdict.instance).catch((error: unknown) => {
    if (error instanceof TrinhkyError && error.code === 'notFound') return null;
    throw error;
  });
  if (view === null) return { title: '—', reasons: [sentence(call.language, 'notFound').sentence] };
  const names = namesOf(call, modelFor(call, view.instance.definition));
  const title = textIn(view.instance.context, 'title', view.instance.id);
  if ('error' in verdict) {
    const told = sentence(call.language, verdict.error.code, readable(names, verdict.error.params));
    return { title, reasons: [told.sentence, told.todo] };
  }
  const blockers = verdict.outcome.kind === 'refused' ? verdict.outcome.blockers : [];
  return { title, reasons: blockers.map((blocker) => tell(names, blocker)).flatMap((told) => [told.sentence, told.todo]) };
}
