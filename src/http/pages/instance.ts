import { randomUUID } from 'node:crypto';
import { type Available, availableTo, dueOfInstance, type Instance, type Json, type Model } from '../../commands/look.js';
import { needsProof } from '../../commands/papers/stepUp.js';
import { mermaid } from '../../definitions/draw.js';
import { labelIn, word } from '../../locales/sentences.js';
import { filesIn, seenHash } from '../../office/catalogue/attachments.js';
import { readFilter } from '../../office/organisation/visibility.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import { commandBody, namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { decisionsMade } from '../decided.js';
import type { InstanceCall } from '../edge.js';
import { awaitedIn, commandLabel, type Names, personName, stateLabel } from '../names.js';
import { readableEntries } from '../renditionAccess.js';
import { dueInWords, instantInWords } from './dates.js';
import { decisionView } from './decisions.js';
import { dueView } from './dueSum.js';
import { factsOf } from './facts.js';
import { formFindingsOf } from './formFindings.js';
import { fieldsOf } from './forms.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { opinionsOf } from './opinions.js';
import { paperTextOf } from './paper.js';
import { deliveredOf, parentOf } from './parent.js';
import { printedPaper, printsFor, printViews } from './prints.js';
import { retextHref, successorsOf } from './successors.js';
import { timelineOf } from './timeline.js';
import { explainedViews } from './whoView.js';

const childrenShownMax = 50;
/** A paper may have hundreds of deliveries, which are shown on a page of their own. */
const childrenReadMax = 600;
const shownElsewhere: ReadonlySet<string> = new Set(['delivery', 'opinion']);
const TEXT_FIELD = 'input.content';

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
    instance.content === null ? null : store.contents.get(instance.authority, instance.content),
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
    since: word(call.language, 'since', { when: instantInWords(since) }),
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
    ...comeIn(instance),
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
    // An address alone must not be able to say that something was done.
    done:
      failed === null && call.query.done !== undefined && call.query.done === timeline.lastOwn
        ? word(call.language, 'doneNote', { command: commandLabel(names, call.query.done) })
        : null,
  };
  return { kind: 'page', status: failed?.status ?? 200, template: 'instance', view };
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
    behalf:
      available.onBehalfOf === null ? null : word(call.language, 'actingFor', { name: personName(names, available.onBehalfOf) }),
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

/** Links to the files that an instance names, to the slip of an incoming paper, and to the review of its clauses. */
function comeIn({ id, context }: Instance) {
  const own = `/instances/${encodeURIComponent(id)}`;
  return {
    delivered: deliveredOf(context),
    files: filesIn({ context }).map(({ hash, name }) => ({ name, href: `/api/v1${own}/attachments/${hash}` })),
    slipHref: typeof context.arrivalNumber === 'number' ? `/api/v1${own}/slip.pdf` : null,
    clausesHref: typeof context.clauseReview === 'string' ? `${own}/clauses` : null,
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

async function childrenOf(call: InstanceCall) {
  const rows = await call.edge.app.deps.store.instances.list({
    filter: readFilter(call.reader),
    definition: null,
    parent: call.view.instance.id,
    open: null,
    originator: null,
    after: null,
    limit: childrenReadMax,
  });
  const shown = rows.filter((row) => !shownElsewhere.has(row.definition.id)).slice(0, childrenShownMax);
  const opinions = await opinionsOf(
    call,
    rows.filter((row) => row.definition.id === 'opinion'),
  );
  const children = shown.map((row) => {
    const model = call.edge.app.deps.models.pinned(row.definition);
    return {
      href: `/instances/${encodeURIComponent(row.id)}`,
      title: row.title,
      kind: labelIn(call.language, model.definition.label, row.definition.id),
      state: stateLabel(namesOf(call, model), row.state),
    };
  });
  return { children, opinions };
}
