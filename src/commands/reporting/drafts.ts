import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import { type Json, textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { ReportForm } from '../../office/reporting/form.js';
import type { UnitReport } from '../../office/reporting/report.js';
import { firstReport, reportFromTyped, type TypedReport, unitReportOf } from '../../office/reporting/reportContent.js';
import type { ReportedDuty } from '../../office/reporting/reportDuties.js';
import { type ReportFinding, reportFindings } from '../../office/reporting/reportFindings.js';
import type { Outcome } from '../ask.js';
import type { Deps } from '../deps.js';
import { perform } from '../perform.js';
import { formByHash } from './forms.js';
import { dutiesOfReport } from './reportFacts.js';

/** Reports of one unit under one plan that are looked through for the one before: ten years of months. */
const reportsLookedMax = 200;

/** A report with everything by which it is written and judged. */
export interface ReportAtHand {
  readonly instance: Instance;
  readonly form: ReportForm;
  readonly hash: string;
  /** The unit's duties that are open in the period. */
  readonly duties: readonly ReportedDuty[];
  /** The draft, or the report with which a unit begins where nothing was saved. */
  readonly report: UnitReport;
  readonly begun: boolean;
  readonly findings: readonly ReportFinding[];
}

/** Reads a report for writing or reading. Throws `notFound` for what is no report of a period, or whose form is gone. */
export async function reportAtHand(deps: Pick<Deps, 'store'>, instance: Instance): Promise<ReportAtHand> {
  const { authority, content, context, definition } = instance;
  const hash = context.form;
  if (definition.id !== 'report' || typeof hash !== 'string') throw new TrinhkyError('notFound', { instance: instance.id });
  const form = await formByHash(deps, authority, hash);
  if (form === null) throw new TrinhkyError('notFound', { form: hash });
  const duties = await dutiesOfReport(deps, instance);
  const stored = content === null ? null : unitReportOf(await deps.store.contents.get(authority, content));
  const report = stored ?? firstReport(form, hash, duties);
  return { instance, form, hash, duties, report, begun: stored !== null, findings: reportFindings(report, form, duties) };
}

/** The report of the same unit for the period before, as it was accepted last: a hint for who writes the next one, never its content. */
export async function reportBefore({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<UnitReport | null> {
  const { authority, context } = instance;
  const { plan, unit, obligation, cutOff } = context;
  if (typeof plan !== 'string' || typeof unit !== 'string' || typeof cutOff !== 'string') return null;
  const page = await store.instances.ofPlan({
    authority,
    plan,
    definition: 'report',
    unit,
    after: null,
    limit: reportsLookedMax,
  });
  const earlier = page.rows
    .map((row) => row.instance.context)
    .filter((other) => other.obligation === obligation && typeof other.cutOff === 'string' && other.cutOff < cutOff)
    .filter(({ acceptedContent }) => typeof acceptedContent === 'string')
    .sort((a, b) => (textAt(a, 'cutOff') < textAt(b, 'cutOff') ? 1 : -1));
  const hash = earlier[0]?.acceptedContent;
  return typeof hash === 'string' ? unitReportOf(await store.contents.get(authority, hash)) : null;
}

/** Entries that are looked through for the former version of a report. */
const entriesLookedMax = 500;
const SENT: ReadonlySet<string> = new Set(['SUBMIT', 'SUBMIT_CORRECTION']);

/** The version that was sent before the one that stands now; null where there is none. */
export async function versionBefore({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<UnitReport | null> {
  const { authority, id, content, revision } = instance;
  const from = Math.max(1, revision - entriesLookedMax + 1);
  const entries = (await store.instances.history(authority, id, from, entriesLookedMax)).map(({ bytes }) => readEntry(bytes));
  const former = entries.filter(({ command }) => SENT.has(command)).findLast((entry) => entry.content !== content)?.content;
  return typeof former === 'string' ? unitReportOf(await store.contents.get(authority, former)) : null;
}

export interface DraftAsk {
  readonly authority: string;
  readonly instance: string;
  readonly actor: string;
  readonly onBehalfOf?: string;
  readonly key: string;
  /** The revision on which the draft was written: whoever saved meanwhile is not overwritten, the second learns of the first. */
  readonly ifRevision: number;
  readonly typed: TypedReport;
}

export interface DraftSaved {
  readonly outcome: Outcome;
  /** The draft as it is stored, or would be, with what was typed and is no figure. */
  readonly report: UnitReport;
  readonly findings: readonly ReportFinding[];
}

/**
 * Saves what was typed as the draft of a report, faults and all: `START` where nothing was begun, else `SAVE`. Answers what would keep it
 * from being sent. Throws as `perform` does, `revisionMoved` first of all.
 */
export async function saveDraft(deps: Deps, ask: DraftAsk): Promise<DraftSaved> {
  const { authority, instance: id, typed, ...command } = ask;
  const held = await deps.store.instances.load(authority, id);
  if (held === null) throw new TrinhkyError('notFound', { instance: id });
  const { form, hash, duties, report: before, begun } = await reportAtHand(deps, held.instance);
  const report = reportFromTyped(typed, { form, hash, duties, before: begun ? before : null, of: id });
  const content = await deps.store.contents.put(authority, report as unknown as Json);
  const name = held.instance.content === null ? 'START' : 'SAVE';
  const outcome = await perform(deps, { authority, instance: id, command: name, input: { content }, ...command });
  return { outcome, report, findings: reportFindings(report, form, duties) };
}
