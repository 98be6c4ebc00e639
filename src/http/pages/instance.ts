import { randomUUID } from 'node:crypto';
import { type Available, availableTo, dueOfInstance, type Instance, type Json, type Model } from '../../commands/look.js';
import { needsProof } from '../../commands/papers/stepUp.js';
import { outdatedSources } from '../../commands/reporting/outdated.js';
import { mermaid } from '../../definitions/draw.js';
import { labelIn, word } from '../../locales/sentences.js';
import { filesIn, seenHash } from '../../office/catalogue/attachments.js';
import { coverageTypes, isTracked } from '../../office/catalogue/tracing.js';
import { hashesRestedOn } from '../../office/duties/evidence.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import { commandBody, namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { decisionsMade } from '../decided.js';
import type { InstanceCall } from '../edge.js';
import { awaitedIn, commandLabel, type Names, personName, stateLabel } from '../names.js';
import { mayReadWork, readableEntries, readableInstance } from '../renditionAccess.js';
import { childrenOf } from './children.js';
import { dueInWords, instantInWords, waitingSince } from './dates.js';
import { decisionView } from './decisions.js';
import { dueView } from './dueSum.js';
import { dutyOf } from './duty.js';
import { factsOf } from './facts.js';
import { formFindingsOf } from './formFindings.js';
import { fieldsOf } from './forms.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { obligationOffer } from './obligationOffer.js';
import { paperTextOf } from './paper.js';
import { deliveredOf, orderedBy, parentOf } from './parent.js';
import { printedPaper, printsFor, printViews } from './prints.js';
import { retextHref, successorsOf } from './successors.js';
import { timelineOf } from './timeline.js';
import { explainedViews } from './whoView.js';

const TEXT_FIELD = 'input.content';
const ASSIGN = 'ASSIGN';

/** A form that could not be carried out: what is told, and what was typed. */
export interface Failed {
  readonly status: number;
  readonly command: string;
  readonly typed: Readonly<Record<string, string | readonly string[]>>;
  readonly heading: string;
  readonly problems: readonly { readonly sentence: string; readonly todo: string; readonly who: readonly string[] }[];
  readonly happened: readonly string[];
  readonly requestId: string;
  readonly kept: boolean;
}

export async function instancePage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  return instanceView(call, assets, null);
}

/** The page of one instance, as it is now; with what went wrong and what was typed where a form failed. */
export async function instanceView(call: InstanceCall, assets: Assets, failed: Failed | null): Promise<PageAnswer> {
  const { instance, principals, since } = call.view;
  const { store } = call.edge.app.deps;
  const names = namesOf(call, call.model);
  const [commands, content, prints, timeline, children, form, decided] = await Promise.all([
    availableTo(call.edge.app.deps, call.model, instance, call.identity.person),
    instance.content === null ? null : store.contents.kept(instance.authority, instance.content),
    printsFor(call),
    timelineOf(call, names),
    childrenOf(call),
    formFindingsOf(call),
    decisionsMade(call, call.model, instance, (entries) => readableEntries(call, entries)),
  ]);
  const kind = labelIn(call.language, call.model.definition.label, call.model.ref.id);
  const title = typeof instance.context.title === 'string' ? instance.context.title : kind;
  const view = {
    ...signedFrame(call, assets, title),
    id: instance.id,
    heading: title,
    kind,
    state: stateLabel(names, instance.state),
    open: instance.open,
    due: dueInWords(call.language, call.directory.calendar, dueOfInstance(instance), call.now),
    ...(await dueView(call)),
    waits: awaitedIn(names, principals, { instance, now: call.now }).map(({ label }) => label),
    since: word(call.language, 'since', { when: instantInWords(waitingSince(instance.visits, since)) }),
    originator: personName(names, instance.originator),
    asked: instance.context.question ?? null,
    revision: instance.revision,
    parent: await parentOf(call),
    facts: factsOf(call, names),
    actions: inOrder(
      call.model,
      commands.filter(({ open }) => open),
    ).map((one, index) => actionView({ ...call, content }, names, one, index === 0, failed)),
    ...(await explainedViews(
      call,
      names,
      commands.filter((one) => !one.open && !isEmptyDetach(one, instance)),
    )),
    paper: paperTextOf(content, call.language, await printedPaper(call, prints)),
    ...comeIn(readableInstance(call)),
    outdated: mayReadWork(call) ? (await outdatedSources(call.edge.app.deps, instance)).length : 0,
    delivered: deliveredOf(instance.context, call.language) ?? (await orderedBy(call)),
    duty: await dutyOf(call, names),
    successors: successorsOf(call),
    form,
    prints: printViews(call, prints),
    word: wordFileOf(instance, content),
    ...children,
    decisions: decided.map((decision) => decisionView(names, decision, instance.content)),
    distribution: instance.context.sentTo === undefined ? null : `/instances/${encodeURIComponent(instance.id)}/send`,
    diagram: mermaid(call.model.definition, { state: instance.state, language: call.language }),
    ...timeline,
    failed,
    done: failed === null ? doneNote(names, call.query.done, timeline.lastOwn) : null,
  };
  return { kind: 'page', status: failed?.status ?? 200, template: 'instance', view };
}

/** What was done, where it is the reader's own last act: an address alone must not be able to say so. */
function doneNote(names: Names, asked: string | undefined, lastOwn: string | null): string | null {
  if (asked === undefined || asked !== lastOwn) return null;
  return word(names.language, 'doneNote', { command: commandLabel(names, asked) });
}

/** The draft as a Word file: until it is signed, since from then on the print is the paper. */
function wordFileOf({ id, context }: InstanceCall['view']['instance'], content: unknown): string | null {
  const draft = context.signedFile === undefined && shapeFaults(content).length === 0;
  return draft ? `/api/v1/instances/${encodeURIComponent(id)}/draft.docx` : null;
}

/** What moves the paper on stands first, what asks for a reason after it, then what is merely possible, and last what ends it. */
function inOrder(model: Model, open: readonly Available[]): readonly Available[] {
  const ends = ({ target }: Available): boolean => target !== null && model.machine.tree.nodes.get(target)?.kind === 'final';
  const rank = (one: Available): number => {
    if (ends(one) && one.definition.aside === true) return 4;
    // What every state offers is awaited in none.
    if (model.definition.on?.[one.command] !== undefined) return 3;
    if (one.definition.aside === true) return 2;
    return one.definition.input === undefined ? 0 : 1;
  };
  return [...open].sort((a, b) => rank(a) - rank(b));
}

function actionView(
  call: InstanceCall & { readonly content: Json | null },
  names: Names,
  available: Available,
  primary: boolean,
  failed: Failed | null,
) {
  const { instance } = call.view;
  const body = commandBody(names, available);
  const mine = failed !== null && failed.command === available.command ? failed : null;
  const fields = fieldsOf(available.definition.input, {
    language: call.language,
    directory: call.directory,
    now: call.now,
    form: available.command,
    typed: mine?.typed ?? {},
    content: call.content,
    ...offered(call, available.command),
  });
  // What moves nothing and asks for no more than a note, if one likes, is done with one click: urging.
  const oneClick = available.target === null && fields.length === 1 && fields[0]?.required === false;
  const saw = sawOf(call, available);
  const retext = instance.definition.id === 'document' && available.command === 'EDIT';
  return {
    command: available.command,
    label: body.label,
    // A signature needs a proof of the person, which the sign desk asks for.
    desk: deskOf(instance.id, available.definition),
    action: `/instances/${encodeURIComponent(instance.id)}/commands/${available.command}`,
    leads:
      body.targetLabel === null ? word(call.language, 'staysHere') : word(call.language, 'leadsTo', { state: body.targetLabel }),
    // Sent back, so that nobody acts for himself where the page said for whom, and the other way round.
    delegator: available.onBehalfOf,
    ...behalfOf(names, available.onBehalfOf),
    primary: primary && available.definition.aside !== true,
    fields: retext ? fields.filter(({ name }) => name !== TEXT_FIELD) : fields,
    // A text is brought in by a file, or stays what it is: nobody types its hash.
    retext: retext ? { href: retextHref(instance.id), name: TEXT_FIELD, content: instance.content ?? '' } : null,
    plain: fields.length === 0 || oneClick,
    oneClick,
    expanded: mine !== null,
    saw: saw ?? '',
    sawNote: saw === null ? null : word(call.language, 'sawNote'),
    key: randomUUID(),
    revision: instance.revision,
  };
}

/** What a form offers from the instance: its files to choose among, and the day that its clause names. */
function offered({ view: { instance }, content, directory, now }: Parameters<typeof actionView>[0], command: string) {
  const rested = hashesRestedOn(instance);
  const files = filesIn(instance).filter(({ hash }) => !rested.has(hash));
  const { dueOn } = instance.context;
  if (command === 'OPEN_OBLIGATION') return { files, usual: obligationOffer(instance, content, { directory, now }) };
  return { files, usual: command === ASSIGN && typeof dueOn === 'string' ? { dueOn } : {} };
}

/** For whom a command would be given: beside the button, and as a sentence below it. */
function behalfOf(names: Names, delegator: string | null) {
  if (delegator === null) return { behalf: null, forWhom: null };
  const name = personName(names, delegator);
  return { behalf: word(names.language, 'actingFor', { name }), forWhom: word(names.language, 'behalf', { name }) };
}

/** Links to the files that an instance names, to the slip of an incoming paper, and to the review of its clauses. */
function comeIn({ id, context, definition }: Instance) {
  const own = `/instances/${encodeURIComponent(id)}`;
  return {
    files: filesIn({ context }).map(({ hash, name }) => ({ name, href: `/api/v1${own}/attachments/${hash}` })),
    slipHref: typeof context.arrivalNumber === 'number' ? `/api/v1${own}/slip.pdf` : null,
    clausesHref: typeof context.clauseReview === 'string' ? `${own}/clauses` : null,
    consolidationHref:
      typeof context.rollup === 'string' || definition.id === 'period' || definition.id === 'obligation'
        ? `${own}/consolidation`
        : null,
    reportHref: definition.id === 'report' ? `${own}/report` : null,
    coverageHref: isTracked({ context }, coverageTypes) ? `${own}/coverage` : null,
  };
}

const requirementsOf = (definition: Available['definition']): ReadonlySet<string> =>
  new Set((definition.requires ?? []).flatMap((use) => (typeof use === 'string' ? [use] : Object.keys(use))));

/** The page on which a command is given that needs more than a form: a proof of the person, a file, a text beside it. */
function deskOf(id: string, definition: Available['definition']): string | null {
  const named = requirementsOf(definition);
  const own = `/instances/${encodeURIComponent(id)}`;
  if (needsProof(definition)) return `/sign/${encodeURIComponent(id)}`;
  if (named.has('clausesReviewed@1')) return `${own}/clauses`;
  if (named.has('rollupBrought@1')) return `${own}/consolidation`;
  if ((definition.updates ?? []).includes('takeRecipients@1')) return `${own}/send`;
  return named.has('attachmentKnown@1') || named.has('attachmentAmong@1') ? `${own}/attachments` : null;
}

/** The hash that a command must name: of the print for a signature, of the text for another decision; null where it names none. */
function sawOf(call: InstanceCall, available: Available): string | null {
  const requires = available.definition.requires ?? [];
  const { instance } = call.view;
  const { context } = instance;
  if (requires.includes('sawPrepared@1')) return typeof context.prepared === 'string' ? context.prepared : null;
  return requires.includes('sawContent@1') ? seenHash(instance) : null;
}

/** There is nothing to say about taking off a file where there is none. */
function isEmptyDetach({ definition }: Available, instance: Instance): boolean {
  return requirementsOf(definition).has('attachmentAmong@1') && filesIn(instance).length === 0;
}
