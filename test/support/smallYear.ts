import { draftConsolidation, summariseYear } from '../../src/commands/reporting/consolidate.js';
import { saveDraft } from '../../src/commands/reporting/drafts.js';
import type { Instance } from '../../src/engine/instance.js';
import { sha256 } from '../../src/engine/json.js';
import { seenHash } from '../../src/office/catalogue/attachments.js';
import { must, newKey, openPlan, proofFor, putInForce, type TestApplication } from './application.js';
import { reviewAll } from './clauses.js';
import { childOf, loadExampleForm, loaded, obligationInput, soundAnswers, soundDuty } from './reporting.js';

/** A plan's year on the database, told to its end except for the closing: every kind of link is there. */
export interface SmallYear {
  readonly plan: string;
  /** By clause. */
  readonly directives: ReadonlyMap<string, string>;
  readonly duties: ReadonlyMap<string, string>;
  readonly part: string;
  readonly obligation: string;
  readonly periods: readonly string[];
  readonly reports: readonly string[];
  readonly paper: string;
  readonly summary: string;
  readonly evidence: string;
}

const units = ['p1', 'p2', 'p3'];
const clauses = ['II.1', 'II.2', 'II.3'];
const dayMs = 86_400_000;

export async function smallYear(app: TestApplication): Promise<SmallYear> {
  await loadExampleForm(app);
  const plan = await putInForce(app, await openPlan(app));
  await reviewAll(app, plan, [...clauses, 'II.4']);
  for (const clause of clauses)
    await must(app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause, title: `Việc ${clause}`, dueOn: '2026-12-31' } });
  await must(app, plan.id, 'cons', 'NO_ACTION', { input: { clause: 'II.4', reason: 'Chỉ nêu yêu cầu chung.' } });
  await app.relay.settle();
  const directives = new Map(clauses.map((clause) => [clause, childOf(app, plan.id, 'directive', clause)]));
  const duties = new Map<string, string>();
  for (const [clause, id] of directives) {
    await must(app, id, 'cons', 'ASSIGN', { input: { lead: ['p1'], cooperating: ['p2'] } });
    for (const unit of ['p1', 'p2']) duties.set(`${clause} ${unit}`, childOf(app, id, 'assignment', unit));
  }
  await app.relay.settle();
  for (const [name, id] of duties) await must(app, id, `head-${name.slice(-2)}`, 'ACCEPT');
  const whole = duties.get('II.1 p1') ?? '';
  const parts = [{ title: 'Phần việc ví dụ', unit: 'p3' }];
  await must(app, whole, 'head-p1', 'SPLIT', { input: { parts, closing: 'all' } });
  await app.relay.settle();
  const part = childOf(app, whole, 'part', 'p1');
  await must(app, part, 'head-p3', 'ACCEPT');
  await must(app, plan.id, 'cons', 'OPEN_OBLIGATION', { input: { ...obligationInput, units, first: '2026-Q1' } });
  await app.relay.settle();
  const obligation = childOf(app, plan.id, 'obligation', obligationInput.code);
  const told = { app, obligation };
  const first = await quarter(told, '2026-Q1');
  const evidence = await complete(app, [part, ...duties.values()]);
  const second = await quarter(told, '2026-Q2');
  const summary = await signed(
    app,
    await drafted(app, summariseYear(app.deps, { ...asking(app), obligation, period: '2026-Y' })),
  );
  await must(app, obligation, 'cons', 'END', { input: {} });
  await signOff(app, [...directives.values()]);
  const periods = [first.period, second.period];
  const reports = [...first.reports, ...second.reports];
  return { plan: plan.id, directives, duties, part, obligation, periods, reports, paper: first.paper, summary, evidence };
}

const asking = (app: TestApplication) => ({ authority: app.authority, actor: 'cons', key: newKey() });

async function drafted(app: TestApplication, made: ReturnType<typeof draftConsolidation>): Promise<string> {
  const { outcome, paper } = await made;
  if (outcome.kind !== 'accepted' || paper === null) throw new Error(JSON.stringify(outcome));
  await app.relay.settle();
  return paper;
}

/** One quarter: opened, reported by every unit, consolidated and signed, closed. */
async function quarter({ app, obligation }: { app: TestApplication; obligation: string }, period: string) {
  const id = childOf(app, obligation, 'period', period);
  if ((await app.deps.store.instances.load(app.authority, id)) === null) {
    await must(app, obligation, 'cons', 'OPEN_PERIOD', { input: { period } });
    await app.relay.settle();
  }
  app.clock.advance(dayMs);
  const reports: string[] = [];
  for (const unit of units) {
    const report = childOf(app, id, 'report', unit);
    await reportOf(app, report, unit);
    reports.push(report);
  }
  const paper = await drafted(app, draftConsolidation(app.deps, { ...asking(app), period: id }));
  await signed(app, paper);
  await must(app, id, 'cons', 'CLOSE');
  await app.relay.settle();
  return { period: id, reports, paper };
}

async function reportOf(app: TestApplication, report: string, unit: string): Promise<void> {
  const { reportAtHand } = await import('../../src/commands/reporting/drafts.js');
  const instance = await loaded(app, report);
  const { duties } = await reportAtHand(app.deps, instance);
  const sections = duties.map(({ id }) => ({ assignment: id, answers: soundDuty }));
  const saved = await saveDraft(app.deps, {
    authority: app.authority,
    instance: report,
    actor: `head-${unit}`,
    key: newKey(),
    ifRevision: instance.revision,
    typed: { sections, answers: soundAnswers },
  });
  if (saved.outcome.kind !== 'accepted') throw new Error(JSON.stringify(saved.outcome.blockers));
  const sent = await must(app, report, `head-${unit}`, 'SUBMIT');
  await must(app, report, 'cons', 'ACCEPT', { saw: sent.content ?? '' });
}

async function signed(app: TestApplication, paper: string): Promise<string> {
  await must(app, paper, 'cons', 'SUBMIT');
  const saw = seenHash(await loaded(app, paper)) ?? '';
  await must(app, paper, 'head-nv', 'APPROVE_CONTENT', { saw });
  await must(app, paper, 'form', 'APPROVE_FORM', { saw });
  const { prepared } = (await must(app, paper, 'deputy', 'PREPARE')).context;
  const print = prepared as string;
  await must(app, paper, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
  await must(app, paper, 'clerk', 'SEAL');
  await must(app, paper, 'clerk', 'ISSUE');
  await must(app, paper, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 1', unit: 'p1', purpose: 'để biết' }] } });
  await must(app, paper, 'cons', 'CLOSE');
  await app.relay.settle();
  return paper;
}

/** Completes every duty, parts first, with a file as evidence; answers its hash. */
async function complete(app: TestApplication, duties: readonly string[]): Promise<string> {
  const bytes = new TextEncoder().encode('%PDF-1.4 minh chứng ví dụ');
  const hash = sha256(bytes);
  const file = {
    hash,
    name: 'minh-chung.pdf',
    mediaType: 'application/pdf',
    length: bytes.length,
    by: 'head-p1',
    at: app.clock.now(),
    state: 'clean' as const,
  };
  await app.deps.store.attachments.put(app.authority, file, bytes);
  for (const id of duties) {
    const { context }: Instance = await loaded(app, id);
    const files = [{ hash, name: file.name }];
    await must(app, id, `head-${context.unit as string}`, 'COMPLETE', { input: { result: 'Đã làm xong.', files } });
    await must(app, id, 'cons', 'CONFIRM');
    await app.relay.settle();
  }
  return hash;
}

async function signOff(app: TestApplication, directives: readonly string[]): Promise<void> {
  for (const id of directives) {
    await must(app, id, 'cons', 'CLOSE_REPORTING');
    await must(app, id, 'cons', 'ASSESS', { input: { grade: 'good', assessment: 'Hoàn thành tốt.' } });
    await must(app, id, 'deputy', 'SIGN_OFF');
  }
  await app.relay.settle();
}
