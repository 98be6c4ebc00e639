import { randomUUID } from 'node:crypto';
import {
  type Available,
  availableTo,
  dueOfInstance,
  type Instance,
  isObject,
  type JsonObject,
  type Model,
} from '../../commands/look.js';
import { needsProof, requiresRule } from '../../commands/papers/stepUp.js';
import { fieldLabel, labelIn, valueLabel, word } from '../../locales/sentences.js';
import { seenHash } from '../../office/catalogue/attachments.js';
import { blockOf, supportOf } from '../../office/organisation/capacity.js';
import { numberAndSymbol, type SignatureBlock } from '../../office/papers/paper.js';
import { seriesFor } from '../../office/papers/paperSettings.js';
import { urgencyRank } from '../../office/papers/urgency.js';
import { modelFor, namesOf } from '../api/show.js';
import type { SignedCall } from '../edge.js';
import { type Names, tell, unitName } from '../names.js';
import { approvalsOf } from './approvals.js';
import { dayInWords, dueInWords } from './dates.js';
import { relatedTo } from './successors.js';

const findingsShownMax = 50;

/** One paper before its signatory, as far as this person may act on it now. */
export interface BeforeSigner {
  readonly instance: Instance;
  readonly model: Model;
  readonly names: Names;
  /** Open when the paper can be signed now, but for the proof. */
  readonly sign: Available | null;
  readonly prepare: Available | null;
  /** Commands that take nothing but a reason: to return it. */
  readonly returns: readonly Available[];
}

/** What a person may do with a paper that waits for a signature; null where it does not wait for his. */
export async function beforeSigner(call: SignedCall, instance: Instance): Promise<BeforeSigner | null> {
  const model = modelFor(call, instance.definition);
  const commands = await availableTo(call.edge.app.deps, model, instance, call.identity.person);
  const own = commands.filter(({ blockers }) => !blockers.some(({ code }) => code === 'notYours'));
  const sign = own.find(({ definition }) => needsProof(definition)) ?? null;
  const prepare = own.find(({ definition, open }) => open && requiresRule(definition, 'prepared@1')) ?? null;
  if (sign === null && prepare === null) return null;
  const returns = own.filter(({ open, definition }) => open && asksOnlyReason(definition.input));
  return { instance, model, names: namesOf(call, model), sign, prepare, returns };
}

/** What the desk asks for with a return: a reason, and where there are several, the step to go back to. */
function asksOnlyReason(input: JsonObject | undefined): boolean {
  const properties = Object.keys((input?.properties ?? {}) as JsonObject);
  return properties.includes('reason') && properties.every((name) => name === 'reason' || name === STEP);
}

/** The field of a return that names the step. */
const STEP = 'step';

function stepsOf(
  { language }: SignedCall,
  { definition }: Available,
): readonly { readonly value: string; readonly label: string }[] {
  const step = ((definition.input?.properties ?? {}) as Readonly<Record<string, JsonObject>>)[STEP];
  return Array.isArray(step?.enum) ? step.enum.map(String).map((value) => ({ value, label: valueLabel(language, value) })) : [];
}

/** A paper of the desk in words. `form` sets the ids of its fields apart. */
export async function paperView(call: SignedCall, paper: BeforeSigner, form: string) {
  const { instance, names, sign } = paper;
  const { context } = instance;
  const prepared = typeof context.prepared === 'string' && sign !== null ? context.prepared : null;
  const rendition =
    prepared === null ? null : await call.edge.app.deps.store.renditions.byHash(instance.authority, instance.id, prepared);
  const address = `/instances/${encodeURIComponent(instance.id)}`;
  return {
    form,
    id: instance.id,
    href: `/sign/${encodeURIComponent(instance.id)}`,
    dossier: address,
    title: textIn(context, 'title', labelIn(call.language, paper.model.definition.label, instance.definition.id)),
    number: prepared === null ? null : numberOf(call, context),
    day: typeof context.issuedOn === 'string' ? dayInWords(context.issuedOn) : null,
    unit: typeof context.draftingUnit === 'string' ? unitName(names, context.draftingUnit) : null,
    urgent: urgencyRank(context.urgency) < urgencyRank(undefined),
    due: dueInWords(call.language, call.directory.calendar, dueOfInstance(instance), call.now),
    hash: prepared,
    pdf: prepared === null ? null : `/api/v1${address}/renditions/${prepared}?view=1`,
    pages: rendition === null ? null : word(call.language, 'pages', { count: rendition.pages }),
    signature: prepared === null ? [] : signatureLines(context.signature as unknown as SignatureBlock | undefined),
    approvals: await approvalsOf(call, names, paper.model, instance),
    findings: findingsOf(call, context),
    related: await relatedTo(call, instance),
    linkReason: textIn(context, 'linkReason', ''),
    linkReasonLabel: fieldLabel(call.language, 'linkReason'),
    signsAs: signsAs(call, paper),
    barred: sign === null || sign.open ? [] : sign.blockers.map((blocker) => tell(names, blocker).sentence),
    chosen: `${prepared ?? instance.revision}|${instance.id}`,
    prepareChosen: `${instance.revision}|${instance.id}`,
    returns: paper.returns.map((one) => ({
      label: labelIn(call.language, one.definition.label, one.command),
      action: `${address}/commands/${one.command}`,
      form: `${form}-${one.command}`,
      steps: stepsOf(call, one),
      key: randomUUID(),
      revision: instance.revision,
      saw: requiresRule(one.definition, 'sawContent@1') ? (seenHash(instance) ?? '') : '',
    })),
  };
}

export type PaperView = Awaited<ReturnType<typeof paperView>>;

/** In which capacity, and by which record, the paper would be signed; null where it cannot be signed now. */
function signsAs(call: SignedCall, { sign, prepare }: BeforeSigner): string | null {
  const capacity = (sign?.open === true ? sign : prepare)?.capacity ?? null;
  const block = blockOf(capacity);
  const support = supportOf(capacity);
  if (block === null) return null;
  const as = support === null ? [block.title] : [block.authority?.startsWith('TM.') ? null : block.authority, block.capacity];
  const told = { as: as.filter((line) => line !== null).join(' / '), decision: support?.decision ?? '' };
  return word(
    call.language,
    support === null ? 'signsAs' : support.kind === 'division' ? 'signsAsDivision' : 'signsAsGrant',
    told,
  );
}

function numberOf(call: SignedCall, context: JsonObject): string {
  const symbol = textIn(context, 'symbol', '');
  const { withYear } = seriesFor(call.directory.authority.papers, textIn(context, 'type', ''), symbol);
  return numberAndSymbol(Number(context.number), symbol, withYear ? Number(context.year) : null);
}

/** A text field of a context. */
export function textIn(context: JsonObject, field: string, otherwise: string): string {
  const value = context[field];
  return typeof value === 'string' ? value : otherwise;
}

/** The signature block as it is printed, line by line. */
export function signatureLines(block: SignatureBlock | undefined): readonly string[] {
  if (block === undefined) return [];
  return [block.authority, block.capacity, block.title, block.name].filter(
    (line): line is string => line !== null && line !== '',
  );
}

/** What the check of form has found, as far as the context keeps it: how many of each kind, and by which rules. */
function findingsOf(call: SignedCall, context: JsonObject): readonly string[] {
  const found = context.formFindings;
  if (!isObject(found)) return [];
  const { blocking, warnings, rules } = found;
  if (typeof blocking !== 'number' || typeof warnings !== 'number' || blocking + warnings === 0) return [];
  const names = Array.isArray(rules) ? rules.slice(0, findingsShownMax).map(String) : [];
  return [word(call.language, 'formCount', { blocking, warnings }), ...names];
}
