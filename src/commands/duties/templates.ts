import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import { hashOf, type Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { recurrenceOf } from '../../office/duties/recurrence.js';
import {
  type DutyTemplate,
  type RelativeDay,
  relativeDay,
  type TemplateDuty,
  type TemplateLine,
} from '../../office/duties/templates.js';
import { textIn } from '../../office/duties/texts.js';
import { postKey } from '../../office/organisation/directory.js';
import { readerOf } from '../../office/organisation/visibility.js';
import { clauseReviewOf } from '../../office/papers/clauseReviewShape.js';
import { commandLineActor } from '../administers.js';
import { cleanText } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import type { TemplateVersion } from './templatePorts.js';

/** Templates and versions that are listed, and directives of one plan that are read. */
export const templatesMax = 500;
const directivesMax = 500;
const historyPage = 200;
const labelCharsMax = 200;
const ID = /^[a-z][A-Za-z0-9]{0,39}$/;

type Needs = Pick<Deps, 'store' | 'clock'>;

export interface TemplateBy {
  readonly authority: string;
  readonly actor: string;
}

/** Templates are the business of whoever consolidates; the server's own command line stands where an administrator does. Throws `notAllowed`. */
export async function requireTemplates({ store, clock }: Needs, { authority, actor }: TemplateBy): Promise<void> {
  if (actor === commandLineActor) return;
  const directory = await store.directory.snapshot(authority);
  const at = clock.now();
  const reader = readerOf(directory, actor, at);
  if (reader.keys.includes(postKey(directory.authority.rootUnit, 'consolidator'))) return;
  await store.audit.append({ authority, at, actor, kind: 'templateDenied', subject: null, details: {} });
  throw new TrinhkyError('notAllowed');
}

export interface TakeAsk {
  readonly plan: string;
  readonly id: string;
  readonly label: string;
  /** How due days are kept: as day and month (usual), or as days after the day of issue. */
  readonly due?: RelativeDay['kind'];
}

/**
 * Takes a template from a plan: of every confirmed clause its words, and the duty that was opened for it or why nothing followed. A new version each
 * time. Audited before it is written. Throws `notAllowed`, `notFound`, `inputInvalid`, `clauseNotReviewed` for a plan without a confirmed review.
 */
export async function takeTemplate(
  deps: Needs,
  by: TemplateBy,
  ask: TakeAsk,
): Promise<{ readonly version: TemplateVersion; readonly template: DutyTemplate }> {
  await requireTemplates(deps, by);
  const { authority, actor } = by;
  const { store } = deps;
  if (!ID.test(ask.id)) throw new TrinhkyError('inputInvalid', { path: '/id', reason: 'pattern', value: ask.id.slice(0, 80) });
  const label = cleanText(ask.label, 'label').trim().slice(0, labelCharsMax);
  const held = await store.instances.load(authority, ask.plan);
  if (held === null || typeof held.instance.context.issuedOn !== 'string')
    throw new TrinhkyError('notFound', { instance: ask.plan });
  const plan = held.instance;
  const issuedOn = textIn(plan.context, 'issuedOn');
  const lines = await linesOf(deps, plan, { issuedOn, kind: ask.due ?? 'dayOfYear' });
  const newest = (await store.dutyTemplates.versions(authority, ask.id, 1))[0];
  const template: DutyTemplate = {
    kind: 'dutyTemplate',
    id: ask.id,
    version: (newest?.version ?? 0) + 1,
    label,
    takenFrom: { plan: plan.id, title: textIn(plan.context, 'title'), issuedOn },
    lines,
  };
  const value = template as unknown as Json;
  const version = {
    authority,
    id: ask.id,
    version: template.version,
    label,
    hash: hashOf(value),
    at: deps.clock.now(),
    by: actor,
  };
  await store.contents.put(authority, value);
  await store.audit.append({
    authority,
    at: version.at,
    actor,
    kind: 'templateTaken',
    subject: ask.id,
    details: { version: version.version, hash: version.hash, plan: plan.id },
  });
  // Two who take it at once: the second takes it again, as the next version.
  if ((await store.dutyTemplates.add(version)) === 'exists') throw new TrinhkyError('busy', { instance: ask.id });
  return { version, template };
}

interface Kept {
  readonly issuedOn: string;
  readonly kind: RelativeDay['kind'];
}

async function linesOf(deps: Needs, plan: Instance, kept: Kept): Promise<readonly TemplateLine[]> {
  const { authority, id, context } = plan;
  const { store } = deps;
  const stored = typeof context.clauseReview === 'string' ? await store.contents.get(authority, context.clauseReview) : null;
  const review = clauseReviewOf(stored);
  if ('code' in review) throw new TrinhkyError('clauseNotReviewed', { value: null });
  const directives = new Map(
    (await store.instances.childrenOf(authority, id, 'directive', directivesMax)).map((one) => [
      textIn(one.context, 'clause'),
      one,
    ]),
  );
  const reasons = await reasonsOf(deps, plan);
  const lines: TemplateLine[] = [];
  for (const { path, text } of review.clauses) {
    const directive = directives.get(path);
    const duty = directive === undefined ? null : await dutyOf(deps, directive, kept);
    lines.push({ path, text, duty, noAction: duty === null ? (reasons.get(path) ?? null) : null });
  }
  return lines;
}

/** Why nothing followed from a clause, from the entries in which somebody said so. */
async function reasonsOf({ store }: Needs, { authority, id, revision }: Instance): Promise<ReadonlyMap<string, string>> {
  const reasons = new Map<string, string>();
  for (let from = 1; from <= revision; from += historyPage) {
    for (const { bytes } of await store.instances.history(authority, id, from, historyPage)) {
      const { command, input } = readEntry(bytes);
      if (command === 'NO_ACTION') reasons.set(textIn(input, 'clause'), textIn(input, 'reason'));
    }
  }
  return reasons;
}

async function dutyOf({ store }: Needs, directive: Instance, { issuedOn, kind }: Kept): Promise<TemplateDuty> {
  const { context, authority, id } = directive;
  const names = (field: string): readonly string[] =>
    Array.isArray(context[field]) ? (context[field] as readonly string[]) : [];
  const day = (value: string): RelativeDay => relativeDay(value, issuedOn, kind);
  const [recurring] = context.recurs === undefined ? [] : await store.instances.childrenOf(authority, id, 'recurring', 1);
  const rule = recurring === undefined ? null : recurrenceOf(recurring.context);
  return {
    title: textIn(context, 'title'),
    lead: names('lead'),
    cooperating: names('cooperating'),
    each: context.each === true,
    due: typeof context.dueOn === 'string' ? day(context.dueOn) : null,
    recurrence:
      rule === null ? null : { every: rule.every, from: day(rule.from), until: day(rule.until), dueDays: rule.dueDays ?? null },
  };
}

/** Every version of every template of the authority. */
export async function listTemplates(deps: Needs, by: TemplateBy): Promise<readonly TemplateVersion[]> {
  await requireTemplates(deps, by);
  return deps.store.dutyTemplates.list(by.authority, templatesMax);
}

/** A template: the newest version, or the one that is asked for. Throws `notAllowed`, `notFound`. */
export async function showTemplate(deps: Needs, by: TemplateBy, id: string, version: number | null): Promise<DutyTemplate> {
  await requireTemplates(deps, by);
  const versions = await deps.store.dutyTemplates.versions(by.authority, id, templatesMax);
  const row = version === null ? versions[0] : versions.find((one) => one.version === version);
  const stored = row === undefined ? null : await deps.store.contents.get(by.authority, row.hash);
  if (stored === null) throw new TrinhkyError('notFound', { template: id });
  return stored as unknown as DutyTemplate;
}
