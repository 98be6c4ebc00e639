import { readFileSync } from 'node:fs';
import { idOfChild, open } from '../../src/commands/open.js';
import { saveDraft } from '../../src/commands/reporting/drafts.js';
import { loadForm } from '../../src/commands/reporting/forms.js';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { ReportForm } from '../../src/office/reporting/form.js';
import type { TypedAnswers } from '../../src/office/reporting/reportContent.js';
import { act, must, newKey, openPlan, putInForce, type TestApplication } from './application.js';

/** The example form of the manual. */
export const exampleForm = JSON.parse(
  readFileSync(new URL('../../examples/report-form.json', import.meta.url), 'utf8'),
) as ReportForm;

/** What a unit answers once, right in every item that is asked for. */
export const soundAnswers: TypedAnswers = {
  soCuocHop: '3',
  soLuotNguoi: '1.250',
  soKienNghi: '17',
  coQuyChe: true,
  phuongHuong: 'Tiếp tục thực hiện các nhiệm vụ được giao trong kỳ tới.',
};

/** What it answers for a duty. */
export const soundDuty: TypedAnswers = { ketQua: 'Đã triển khai đến từng khu phố.', tienDo: '45,5', dungTienDo: true };

export async function loadExampleForm(app: TestApplication, more: Partial<ReportForm> = {}): Promise<void> {
  await loadForm(app.deps, { authority: app.authority, actor: 'cons' }, { ...exampleForm, ...more } as unknown as JsonObject);
}

export const obligationInput = {
  code: 'bao-cao-quy',
  name: 'Báo cáo kết quả thực hiện Kế hoạch ví dụ',
  units: ['p1', 'p2', 'p3'],
  reportTo: 'Ủy ban nhân dân quận Ví Dụ',
  frequency: 'quarter',
  form: exampleForm.id,
};

/** A plan in force with an obligation below it; its form is the example's. */
export async function openObligation(
  app: TestApplication,
  more: JsonObject = {},
): Promise<{ plan: Instance; obligation: Instance }> {
  await loadExampleForm(app);
  const plan = await putInForce(app, await openPlan(app));
  await must(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input: { ...obligationInput, ...more } });
  await app.relay.settle();
  return {
    plan,
    obligation: await loaded(
      app,
      childOf(app, plan.id, 'obligation', typeof more.code === 'string' ? more.code : obligationInput.code),
    ),
  };
}

export function childOf(app: TestApplication, parent: string, kind: string, key: string): string {
  return idOfChild(app.authority, { id: parent, kind, key });
}

export async function loaded(app: TestApplication, id: string): Promise<Instance> {
  const held = await app.deps.store.instances.load(app.authority, id);
  if (held === null) throw new Error(`no instance ${id}`);
  return held.instance;
}

/** A period opened by hand, and the reports below it by unit. */
export async function openPeriod(
  app: TestApplication,
  obligation: string,
  id: string,
): Promise<{ period: Instance; reportOf: (unit: string) => string }> {
  await must(app, obligation, 'cons', 'OPEN_PERIOD', { input: { period: id } });
  await app.relay.settle();
  const period = await loaded(app, childOf(app, obligation, 'period', id));
  return { period, reportOf: (unit) => childOf(app, period.id, 'report', unit) };
}

/** Saves a draft with sound answers; answers what would keep it from being sent. */
export async function draft(app: TestApplication, report: string, actor: string, once: TypedAnswers = soundAnswers) {
  const { revision } = await loaded(app, report);
  const saved = await saveDraft(app.deps, {
    authority: app.authority,
    instance: report,
    actor,
    key: newKey(),
    ifRevision: revision,
    typed: { sections: [], answers: once },
  });
  if (saved.outcome.kind !== 'accepted') throw new Error(JSON.stringify(saved.outcome.blockers));
  return saved;
}

/** Drafts, sends and has a report accepted; answers it as it then is. */
export async function accepted(app: TestApplication, report: string, actor: string, once?: TypedAnswers): Promise<Instance> {
  await draft(app, report, actor, once);
  const sent = await must(app, report, actor, 'SUBMIT');
  return must(app, report, 'cons', 'ACCEPT', { saw: sent.content ?? '' });
}

/** The codes with which a command is refused. */
export async function refusedWith(
  app: TestApplication,
  ...ask: Parameters<typeof act> extends [unknown, ...infer R] ? R : never
) {
  const outcome = await act(app, ...ask);
  return outcome.kind === 'refused' ? outcome.blockers.map(({ code }) => code) : [];
}

/** A report of ward 1, due on a day, below a plan in force: without the obligation and the period, for what is about the report alone. */
export async function openReportDue(app: TestApplication, dueOn: string): Promise<string> {
  const plan = await putInForce(app, await openPlan(app));
  const form = await app.deps.store.contents.put(app.authority, exampleForm as never);
  const parent = { id: plan.id, kind: 'report', key: 'p1' };
  const about = { plan: plan.id, obligation: plan.id, title: 'Báo cáo ví dụ', period: '2026-Q1', form };
  const context = { ...about, unit: 'p1', forUnit: 'p1', cutOff: '2026-03-14T16:59:59.999Z', dueOn };
  const outcome = await open(app.deps, {
    authority: app.authority,
    definition: 'report',
    context,
    parent,
    actor: 'system',
    key: newKey(),
  });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome.blockers));
  await app.relay.settle();
  return outcome.instance.id;
}
