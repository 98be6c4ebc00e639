import type { Outcome } from '../../commands/ask.js';
import { perform } from '../../commands/perform.js';
import { type ReportAtHand, reportAtHand, saveDraft } from '../../commands/reporting/drafts.js';
import { TrinhkyError } from '../../errors.js';
import { sentence } from '../../locales/sentences.js';
import { reportFromTyped } from '../../office/reporting/reportContent.js';
import { reportFindings } from '../../office/reporting/reportFindings.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { statusOf } from '../problem.js';
import type { PageAnswer } from './frame.js';
import { typedReportOf } from './reportTyped.js';
import { reportView, type Shown } from './reportView.js';

const REVISION = /^[1-9]\d{0,9}$/;
/** Commands that send a report, the usual one first. */
const SENDING = ['SUBMIT', 'SUBMIT_CORRECTION'] as const;

/** What leaves the person on the page with everything typed. */
const KEPT: ReadonlySet<string> = new Set(['revisionMoved', 'busy', 'databaseAway', 'pendingFull', 'keyReused']);

/** The report of a unit: its form to be filled by who writes it, its text with the differences to the former version for everybody else. */
export async function reportPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const hand = await reportAtHand(call.edge.app.deps, call.view.instance);
  return reportView(call, assets, { status: 200, hand, problems: [], saved: call.query.done === 'SAVE' });
}

/** The draft saved, or saved and sent; else the page again with what is wrong and everything that was typed. */
export async function reportSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const revision = fieldOf(form, '_revision');
  if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
  const { deps } = call.edge.app;
  const hand = await reportAtHand(deps, call.view.instance);
  const typed = typedReportOf(form, hand.form);
  const { authority, id } = call.view.instance;
  const asked = { authority, instance: id, actor: call.identity.person };
  const key = fieldOf(form, '_key');
  const saved = await kept(saveDraft(deps, { ...asked, key: `${key}-save`, ifRevision: Number(revision), typed }));
  if (saved instanceof TrinhkyError) return again(call, assets, typedHand(hand, typed), saved);
  if (saved.outcome.kind === 'refused') return again(call, assets, typedHand(hand, typed), saved.outcome);
  const own = `/instances/${encodeURIComponent(id)}/report`;
  if (fieldOf(form, '_do') !== 'send') return { kind: 'redirect', to: `${own}?done=SAVE` };
  const command = saved.outcome.instance.state === 'correcting' ? SENDING[1] : SENDING[0];
  const source = fieldOf(form, 'source').trim();
  const outcome = await kept(
    perform(deps, {
      ...asked,
      command,
      key: `${key}-send`,
      ifRevision: saved.outcome.instance.revision,
      ...(source === '' ? {} : { input: { source } }),
    }),
  );
  if (!(outcome instanceof TrinhkyError) && outcome.kind === 'accepted') return { kind: 'redirect', to: `${own}/receipt` };
  // What was typed is saved: the page is drawn from what is stored now.
  const fresh = await requireReadable(call, id);
  return again({ ...call, view: fresh }, assets, await reportAtHand(deps, fresh.instance), outcome);
}

async function kept<T>(work: Promise<T>): Promise<T | TrinhkyError> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof TrinhkyError && KEPT.has(error.code)) return error;
    throw error;
  }
}

function typedHand(hand: ReportAtHand, typed: ReturnType<typeof typedReportOf>): ReportAtHand {
  const { form, hash, duties, begun, instance } = hand;
  const report = reportFromTyped(typed, { form, hash, duties, before: begun ? hand.report : null, of: instance.id });
  return { ...hand, report, findings: reportFindings(report, form, duties) };
}

async function again(
  call: InstanceCall,
  assets: Assets,
  hand: ReportAtHand,
  why: TrinhkyError | Extract<Outcome, { kind: 'refused' }>,
): Promise<PageAnswer> {
  const names = namesOf(call, call.model);
  const problems: Shown['problems'] =
    why instanceof TrinhkyError
      ? [sentence(call.language, why.code, readable(names, why.params))]
      : why.blockers.map((blocker) => tell(names, blocker));
  const status = why instanceof TrinhkyError ? why.status : statusOf(why.blockers[0]?.code ?? 'internal');
  const view =
    why instanceof TrinhkyError && why.code === 'revisionMoved' ? await requireReadable(call, call.view.instance.id) : call.view;
  return reportView({ ...call, view }, assets, { status, hand, problems, saved: false });
}
