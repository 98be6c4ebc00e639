import { randomUUID } from 'node:crypto';
import { availableTo } from '../../commands/look.js';
import { type ReportAtHand, reportBefore, versionBefore } from '../../commands/reporting/drafts.js';
import { textAt } from '../../engine/json.js';
import { findingInWords } from '../../locales/reporting.js';
import { word } from '../../locales/sentences.js';
import { servedOn } from '../../office/organisation/roles.js';
import type { UnitReport } from '../../office/reporting/report.js';
import type { ReportedDuty } from '../../office/reporting/reportDuties.js';
import { dayOf } from '../../office/time/clock.js';
import { period } from '../../office/time/periods.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { stateLabel, unitName } from '../names.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { type Around, itemView } from './reportItems.js';

export interface Shown {
  readonly status: number;
  readonly hand: ReportAtHand;
  readonly problems: readonly { readonly sentence: string; readonly todo: string }[];
  readonly saved: boolean;
}

/** What stands at the head of a report, of its receipt too. */
export function reportHead(call: InstanceCall, { form }: Pick<ReportAtHand, 'form'>) {
  const { context, state } = call.view.instance;
  const day = (value: unknown): string => (typeof value === 'string' ? dayInWords(value) : '');
  const line = (name: string, value: string) => ({ label: word(call.language, name), value });
  const named = typeof context.period === 'string' ? period(context.period) : null;
  return [
    line('reportUnit', unitName(call, textAt(context, 'unit'))),
    line('reportPeriod', named?.label[call.language] ?? textAt(context, 'period')),
    line('reportCutOff', typeof context.cutOff === 'string' ? day(dayOf(context.cutOff)) : ''),
    line('reportDue', day(context.dueOn)),
    ...(typeof context.through === 'string' ? [line('reportThrough', unitName(call, context.through))] : []),
    line('reportForm', `${form.label[call.language]} (v${form.version})`),
    line('reportState', stateLabel(namesOf(call, call.model), state)),
  ];
}

/** Whether this person writes the report now, and whether he enters it for a unit by its paper. */
async function writing(
  call: InstanceCall,
): Promise<{ readonly saves: boolean; readonly asksSource: boolean; readonly sends: boolean }> {
  const { instance } = call.view;
  const commands = await availableTo(call.edge.app.deps, call.model, instance, call.identity.person);
  const may = (name: string) => commands.some(({ command, open }) => command === name && open);
  const saves = may('START') || may('SAVE');
  // Who may begin but not send is told so when he tries: an officer writes, his head sends.
  const sends =
    commands.some(({ command }) => command === 'SUBMIT' || command === 'SUBMIT_CORRECTION') || may('REQUEST_EXTENSION');
  const served = servedOn(call.directory, textAt(instance.context, 'unit'), dayOf(call.now)) !== null;
  return { saves, sends: saves && sends, asksSource: saves && served };
}

/** The page of a report, to be written or read. */
export async function reportView(
  call: InstanceCall,
  assets: Assets,
  { status, hand, problems, saved }: Shown,
): Promise<PageAnswer> {
  const { deps } = call.edge.app;
  const { instance } = call.view;
  const { saves, sends, asksSource } = await writing(call);
  const [last, before] = await Promise.all([
    saves ? reportBefore(deps, instance) : null,
    saves ? null : versionBefore(deps, instance),
  ]);
  const findings = hand.findings.map((one) => ({ ...one, sentence: findingInWords(call.language, one) }));
  const around = { language: call.language, report: hand.report, findings };
  const own = `/instances/${encodeURIComponent(instance.id)}`;
  const blocking = findings.filter(({ severity }) => severity === 'blocking');
  const view = {
    ...signedFrame(call, assets, word(call.language, 'reportTitle')),
    heading: typeof instance.context.title === 'string' ? instance.context.title : '',
    record: own,
    action: `${own}/report`,
    receiptHref: typeof instance.context.submittedOn === 'string' ? `${own}/report/receipt` : null,
    printHref: hand.begun ? `/api/v1${own}/report.pdf` : null,
    key: randomUUID(),
    revision: instance.revision,
    head: reportHead(call, hand),
    writes: saves,
    sends,
    asksSource,
    saved,
    compared: before !== null,
    problems,
    counted: word(call.language, 'reportFindings', { count: blocking.length }),
    findings: hand.begun || status !== 200 ? findings.map(({ sentence, place }) => ({ sentence, href: hrefOf(place) })) : [],
    sections: sectionsOf(call, hand, { ...around, last, before }),
    once: hand.form.once.map((item) =>
      itemView(item, hand.report.answers, {
        ...around,
        findings: hand.begun || status !== 200 ? findings : [],
        place: '/answers',
        prefix: 'a',
        last: last?.answers ?? null,
        before: before?.answers ?? null,
      }),
    ),
  };
  return { kind: 'page', status, template: 'report', view };
}

/** The field that a finding is about: a pointer into the report as the id of a field; the first section where one is missing. */
function hrefOf(place: string): string {
  const [, list, ...rest] = place.split('/');
  if (list === 'answers') return `#a-${rest.join('-')}`;
  return rest.length === 0 ? '#duties' : `#s-${rest.filter((part, index) => index !== 1 || part !== 'answers').join('-')}`;
}

type Comparing = Pick<Around, 'language' | 'report' | 'findings'> & {
  readonly last: UnitReport | null;
  readonly before: UnitReport | null;
};

/** The sections of the report, and those that are missing: the duties came after the draft was begun. */
function sectionsOf(call: InstanceCall, { form, duties, report, begun }: ReportAtHand, comparing: Comparing) {
  const told = new Set(report.sections.map(({ assignment }) => assignment));
  const missing = duties
    .filter(({ id }) => !told.has(id))
    .map(({ id, directive, clause, title }) => ({ assignment: id, directive, clause, title, answers: {} }));
  return [...report.sections, ...missing].map((section, index) => {
    const duty = duties.find(({ id }) => id === section.assignment);
    const same = (other: UnitReport | null) =>
      other?.sections.find(({ assignment }) => assignment === section.assignment)?.answers ?? null;
    const around: Around = {
      language: comparing.language,
      report,
      findings: begun ? comparing.findings : [],
      place: `/sections/${index}/answers`,
      prefix: `s.${index}`,
      last: same(comparing.last),
      before: comparing.before === null ? null : (same(comparing.before) ?? {}),
    };
    return {
      number: index,
      name: `s.${index}`,
      id: `s-${index}`,
      assignment: section.assignment,
      clause: section.clause,
      title: section.title,
      facts: duty === undefined ? [] : dutyFacts(call, duty),
      faults: [
        ...comparing.findings.filter(({ place }) => place === `/sections/${index}`).map(({ sentence }) => sentence),
        ...(begun
          ? comparing.findings.filter(({ params }) => params.duty === section.assignment).map(({ sentence }) => sentence)
          : []),
      ],
      items: form.perDuty.map((item) => itemView(item, section.answers, around)),
    };
  });
}

function dutyFacts({ language }: InstanceCall, { dueOn, completedOn, carriedFrom, evidence }: ReportedDuty): readonly string[] {
  return [
    ...(dueOn === null ? [] : [word(language, 'reportDutyDue', { day: dayInWords(dueOn) })]),
    ...(completedOn === null ? [] : [word(language, 'reportDutyDone', { day: dayInWords(completedOn) })]),
    ...(carriedFrom === null
      ? []
      : [word(language, 'reportCarried', { period: period(carriedFrom)?.label[language] ?? carriedFrom })]),
    ...evidence.map(({ name, value, measure }) => `${name}: ${value} ${measure}`),
  ];
}
