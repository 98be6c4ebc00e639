import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { hashOf, type JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type DutyTemplate, dayFor, fitTemplate, type TemplateFit, type TemplateMatch } from '../../office/duties/templates.js';
import type { Directory } from '../../office/organisation/directory.js';
import { heirOn, unitHolds } from '../../office/organisation/lineage.js';
import { clauseReviewOf } from '../../office/papers/clauseReviewShape.js';
import { dayOf } from '../../office/time/clock.js';
import { commandLineActor } from '../administers.js';
import type { Deps } from '../deps.js';
import { idOfChild } from '../open.js';
import { perform } from '../perform.js';
import { requireTemplates, showTemplate, type TemplateBy } from './templates.js';

export interface ApplyAsk {
  readonly plan: string;
  readonly template: string;
  readonly version?: number;
  /** Without it nothing is done: what would be is answered. */
  readonly confirm?: boolean;
  /** Clauses of the plan to which it is confined. */
  readonly only?: readonly string[];
}

/** What is proposed for one clause: the commands' inputs, as they would be sent. */
export interface Proposal {
  readonly clause: string;
  readonly text: string;
  /** The path in the template, and how alike the words are. */
  readonly from: string;
  readonly score: number;
  readonly directive: JsonObject | null;
  readonly assign: { readonly command: 'ASSIGN' | 'ASSIGN_RECURRING'; readonly input: JsonObject } | null;
  readonly noAction: string | null;
  /** Units of the template that are not there any more and have no successor: then it is for a person to say. */
  readonly unitsGone: readonly string[];
}

/** What came of one proposal that was confirmed. */
export interface Applied {
  readonly clause: string;
  /** `waiting`: the directive is being opened; applied again it goes on. */
  readonly did: 'assigned' | 'waiting' | 'noAction' | 'left' | 'refused';
  readonly code: string | null;
}

export interface TemplateAnswer extends Pick<TemplateFit, 'onlyInPlan' | 'onlyInTemplate'> {
  readonly template: { readonly id: string; readonly version: number };
  readonly proposals: readonly Proposal[];
  /** Null for a dry run. */
  readonly applied: readonly Applied[] | null;
}

/**
 * Puts a template to the confirmed clauses of another plan: directives and assignments by the likeness of words. A dry run unless confirmed; confirmed,
 * every step is a command of the person, judged as such, and each has a key of its own, so that it may be repeated. Audited.
 * Throws `notAllowed`, `notFound`, `clauseNotReviewed`.
 */
export async function applyTemplate(deps: Deps, by: TemplateBy, ask: ApplyAsk): Promise<TemplateAnswer> {
  const template = await showTemplate(deps, by, ask.template, ask.version ?? null);
  const held = await deps.store.instances.load(by.authority, ask.plan);
  if (held === null) throw new TrinhkyError('notFound', { instance: ask.plan });
  const fit = await fitOf(deps, held.instance, template);
  const directory = await deps.store.directory.snapshot(by.authority);
  const today = dayOf(deps.clock.now());
  const wanted = (clause: string): boolean => ask.only === undefined || ask.only.includes(clause);
  const proposals = fit.matches
    .filter(({ clause }) => wanted(clause))
    .map((match) => proposalOf(match, held.instance, directory, today));
  const { onlyInPlan, onlyInTemplate } = fit;
  const answer = { template: { id: template.id, version: template.version }, proposals, onlyInPlan, onlyInTemplate };
  if (ask.confirm !== true) return { ...answer, applied: null };
  // Who acts is a person: the command line has no post from which it could assign.
  if (by.actor === commandLineActor) throw new TrinhkyError('notAllowed');
  await requireTemplates(deps, by);
  await deps.store.audit.append({
    authority: by.authority,
    at: deps.clock.now(),
    actor: by.actor,
    kind: 'templateApplied',
    subject: ask.plan,
    details: { ...answer.template, clauses: proposals.map(({ clause }) => clause) },
  });
  const applied: Applied[] = [];
  for (const proposal of proposals) applied.push(await carryOut(deps, by, held.instance, proposal));
  return { ...answer, applied };
}

async function fitOf({ store }: Pick<Deps, 'store'>, plan: Instance, template: DutyTemplate): Promise<TemplateFit> {
  const { authority, context } = plan;
  const stored = typeof context.clauseReview === 'string' ? await store.contents.get(authority, context.clauseReview) : null;
  const review = clauseReviewOf(stored);
  if ('code' in review) throw new TrinhkyError('clauseNotReviewed', { value: null });
  return fitTemplate(template.lines, review.clauses);
}

function proposalOf({ clause, text, line, score }: TemplateMatch, plan: Instance, directory: Directory, today: string): Proposal {
  const { duty, noAction, path: from } = line;
  const base = { clause, text, from, score, noAction };
  if (duty === null) return { ...base, directive: null, assign: null, unitsGone: [] };
  const issuedOn = typeof plan.context.issuedOn === 'string' ? plan.context.issuedOn : today;
  const units = (list: readonly string[]) => [...new Set(list.map((unit) => heirOn(directory, unit, 'assignment', today)))];
  const [lead, cooperating] = [units(duty.lead), units(duty.cooperating).filter((unit) => !duty.lead.includes(unit))];
  const due = duty.due === null ? {} : { dueOn: dayFor(duty.due, issuedOn) };
  const named: JsonObject = { lead, ...(cooperating.length > 0 ? { cooperating } : {}), ...(duty.each ? { each: true } : {}) };
  const { recurrence } = duty;
  const again =
    recurrence === null
      ? null
      : {
          every: recurrence.every,
          from: dayFor(recurrence.from, issuedOn),
          until: dayFor(recurrence.until, issuedOn),
          ...(recurrence.dueDays === null ? {} : { dueDays: recurrence.dueDays }),
        };
  return {
    ...base,
    directive: { clause, title: text.slice(0, titleCharsMax), ...due },
    assign:
      lead.length === 0
        ? null
        : again === null
          ? { command: 'ASSIGN', input: { ...named, ...due } }
          : { command: 'ASSIGN_RECURRING', input: { ...named, ...again } },
    unitsGone: [...lead, ...cooperating].filter((unit) => !unitHolds(directory, unit, today)),
  };
}

const titleCharsMax = 2_000;

/** One clause: what is there already is left alone, so that a second run goes on where the first one stopped. */
async function carryOut(deps: Deps, { authority, actor }: TemplateBy, plan: Instance, proposal: Proposal): Promise<Applied> {
  const { clause } = proposal;
  const tell = async (instance: string, command: string, input: JsonObject): Promise<string | null> => {
    const key = hashOf(['template', plan.id, clause, command, input]).slice(0, 40);
    const outcome = await perform(deps, { authority, actor, instance, command, input, key });
    return outcome.kind === 'accepted' ? null : codeOf(outcome.blockers);
  };
  const done = Array.isArray(plan.context.noAction) && plan.context.noAction.includes(clause);
  if (proposal.noAction !== null && proposal.directive === null) {
    if (done) return { clause, did: 'left', code: null };
    const code = await tell(plan.id, 'NO_ACTION', { clause, reason: proposal.noAction });
    return { clause, did: code === null ? 'noAction' : 'refused', code };
  }
  if (proposal.directive === null || done || proposal.unitsGone.length > 0) return { clause, did: 'left', code: null };
  const id = idOfChild(authority, { id: plan.id, kind: 'directive', key: clause });
  const directive = await deps.store.instances.load(authority, id);
  if (directive === null) {
    const code = await tell(plan.id, 'OPEN_DIRECTIVE', proposal.directive);
    // Asked for already, and not opened by the relay yet.
    return { clause, did: code === null || code === 'alreadyOpened' ? 'waiting' : 'refused', code };
  }
  if (directive.instance.state !== 'assigning' || proposal.assign === null) return { clause, did: 'left', code: null };
  const code = await tell(id, proposal.assign.command, proposal.assign.input);
  return { clause, did: code === null ? 'assigned' : 'refused', code };
}

function codeOf([first]: readonly Blocker[]): string {
  return first?.code ?? 'internal';
}
