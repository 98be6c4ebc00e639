import { idOfChild } from '../../src/commands/open.js';
import { loadForm } from '../../src/commands/reporting/forms.js';
import type { Instance } from '../../src/engine/instance.js';
import { textAt } from '../../src/engine/json.js';
import type { ReportForm } from '../../src/office/reporting/form.js';
import type { Answer, UnitReport } from '../../src/office/reporting/report.js';
import { must, newKey, openPlan, plan as planPaper, putInForce, type TestApplication } from './application.js';
import { form as exampleForm } from './reports.js';
import { town, ward } from './town.js';

/** The wards of the town in these tests: `p1` to `p16`. */
export const wards: readonly string[] = Array.from({ length: 16 }, (_, at) => `p${at + 1}`);

/** The form of the examples without what is told for each duty: these wards have none unless a test gives them some. */
export const onceForm: ReportForm = { ...exampleForm, perDuty: [] };

/** The town with sixteen wards and a second consolidator, who drafts in the same division. */
export async function growTown(app: TestApplication): Promise<void> {
  const small = town(app.authority);
  const more = wards.slice(8);
  const since = { from: '2000-01-01', to: null, title: null, acting: false };
  const person = (id: string, name: string) => ({ id, name, login: `${app.authority}-${id}`, disabled: false });
  await app.deps.store.directory.save({
    ...small,
    units: [...small.units, ...more.map(ward)],
    people: [...small.people, ...more.map((id) => person(`head-${id}`, `Người ví dụ ${id}`)), person('cons2', 'Người ví dụ 99')],
    appointments: [
      ...small.appointments,
      ...more.map((id) => ({ id: `a-head-${id}`, person: `head-${id}`, unit: id, post: 'head', ...since })),
      { id: 'a-cons2-ubnd', person: 'cons2', unit: 'ubnd', post: 'consolidator', ...since },
      { id: 'a-cons2-nv', person: 'cons2', unit: 'nv', post: 'officer', ...since },
    ],
  });
}

export interface Obligation {
  readonly plan: Instance;
  readonly id: string;
}

let codes = 0;

/** A plan in force with an obligation to report each quarter, by a form that is loaded where it is new. */
export async function openObligation(app: TestApplication, first: string, units: readonly string[] = wards): Promise<Obligation> {
  await loadForm(app.deps, { authority: app.authority, actor: 'cons' }, onceForm as never);
  const plan = await putInForce(app, await openPlan(app, planPaper));
  codes += 1;
  const code = `quy${codes}`;
  const input = {
    code,
    name: 'Báo cáo quý',
    units: [...units],
    reportTo: 'nv',
    frequency: 'quarter',
    regime: 'calendar',
    form: onceForm.id,
    first,
  };
  await must(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input });
  await app.relay.settle();
  return { plan, id: idOfChild(app.authority, { id: plan.id, kind: 'obligation', key: code }) };
}

/** Opens a period where it is not open yet; answers its id and the reports by unit. */
export async function openPeriod(
  app: TestApplication,
  obligation: Obligation,
  period: string,
): Promise<{ readonly id: string; readonly reports: ReadonlyMap<string, string> }> {
  const id = idOfChild(app.authority, { id: obligation.id, kind: 'period', key: period });
  if ((await app.deps.store.instances.load(app.authority, id)) === null) {
    await must(app, obligation.id, 'cons', 'OPEN_PERIOD', { input: { period } });
    await app.relay.settle();
  }
  const reports = await app.deps.store.instances.childrenOf(app.authority, id, 'report', 1_000);
  return { id, reports: new Map(reports.map((report) => [textAt(report.context, 'forUnit'), report.id])) };
}

/** Stores what a unit reports under the form that its report is pinned to. */
export async function store(app: TestApplication, report: string, answers: Readonly<Record<string, Answer>>): Promise<string> {
  const held = await app.deps.store.instances.load(app.authority, report);
  const content: UnitReport = {
    kind: 'report',
    form: textAt(held?.instance.context ?? {}, 'form'),
    sections: [],
    answers,
    of: report,
  };
  return app.deps.store.contents.put(app.authority, content as never);
}

/** A unit sends its report, and it is accepted. */
export async function sendAndAccept(
  app: TestApplication,
  report: string,
  unit: string,
  answers: Readonly<Record<string, Answer>>,
): Promise<Instance> {
  const content = await store(app, report, answers);
  await must(app, report, `head-${unit}`, 'START', { input: { content } });
  await must(app, report, `head-${unit}`, 'SUBMIT');
  return must(app, report, 'cons', 'ACCEPT', { saw: content });
}

/** An accepted report is corrected, and the correction accepted. */
export async function correct(
  app: TestApplication,
  report: string,
  unit: string,
  answers: Readonly<Record<string, Answer>>,
): Promise<string> {
  const content = await store(app, report, answers);
  await must(app, report, `head-${unit}`, 'CORRECT', { input: { reason: 'Cộng nhầm số liệu.' } });
  await must(app, report, `head-${unit}`, 'SAVE', { input: { content } });
  await must(app, report, `head-${unit}`, 'SUBMIT_CORRECTION');
  await must(app, report, 'cons', 'ACCEPT', { saw: content });
  await app.relay.settle();
  return content;
}

export async function now(app: TestApplication, id: string): Promise<Instance> {
  const held = await app.deps.store.instances.load(app.authority, id);
  if (held === null) throw new Error(`${id} is not there`);
  return held.instance;
}

export const asking = (app: TestApplication, actor = 'cons') => ({ authority: app.authority, actor, key: newKey() });
