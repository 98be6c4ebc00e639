import { isObject, type Json, type JsonObject, textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { type Directory, indexOf } from '../../office/organisation/directory.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { byName } from '../../office/progress/grid.js';
import type { Work } from '../../office/progress/rows.js';
import { dutyWords, reportWords } from '../../office/progress/words.js';
import { dayOf } from '../../office/time/clock.js';
import { extensionsOf } from '../../office/time/extensions.js';
import type { Deps } from '../deps.js';
import type { Sheet } from '../papers/printing.js';
import { listWorks } from './list.js';
import type { ProgressAsk } from './progress.js';

/** Rows of one sheet: a unit with more is followed up quarter by quarter. */
const sheetWorksMax = 1_000;

interface FollowUpDuty {
  readonly instance: string;
  readonly clause: string;
  readonly title: string;
  readonly part: 'lead' | 'coordinate';
  readonly due: string;
  readonly state: string;
  readonly late: boolean;
  readonly done: string;
  /** What the unit said of the result, and the names of files. */
  readonly evidence: readonly string[];
  /** `từ 31/03/2010 đến 15/04/2010: lý do`. */
  readonly extensions: readonly string[];
  /** Days on which it was urged. */
  readonly urgings: readonly string[];
  readonly carried: string;
}

interface FollowUpReport {
  readonly instance: string;
  readonly period: string;
  readonly title: string;
  readonly due: string;
  readonly sent: string;
  readonly state: string;
  readonly late: boolean;
  readonly notes: readonly string[];
}

/** What one unit has to do for a plan, and what became of it (phiếu theo dõi thực hiện nhiệm vụ của đơn vị). */
export interface FollowUp {
  readonly unit: string;
  readonly unitName: string;
  readonly duties: readonly FollowUpDuty[];
  readonly reports: readonly FollowUpReport[];
}

/** The sheet of a unit, as far as the reader may know it; parts of duties included. Throws `exportTooLong` above `sheetWorksMax` works. */
export async function followUp(
  deps: Pick<Deps, 'store'>,
  ask: ProgressAsk & { readonly unit: string },
  directory: Directory,
): Promise<FollowUp> {
  const duties: FollowUpDuty[] = [];
  const reports: FollowUpReport[] = [];
  for await (const listed of listWorks(deps, { ...ask, kind: null, state: null, parts: true })) {
    if (duties.length + reports.length >= sheetWorksMax) throw new TrinhkyError('exportTooLong', { rowsMax: sheetWorksMax });
    const { work, view } = listed;
    if (work.kind === 'duty') duties.push(dutyLine(work.fact, view.instance.context));
    else reports.push(reportLine(work.fact, view.instance.context));
  }
  return {
    unit: ask.unit,
    unitName: indexOf(directory).unit.get(ask.unit)?.name ?? ask.unit,
    duties: duties.sort((a, b) => byName(a.clause, b.clause) || byName(a.title, b.title)),
    reports: reports.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0)),
  };
}

const shown = (day: string | null): string => (day === null ? '' : printedDay(day));

function dutyLine(fact: Extract<Work, { kind: 'duty' }>['fact'], context: JsonObject): FollowUpDuty {
  return {
    instance: fact.instance,
    clause: fact.clause,
    title: fact.title,
    part: fact.part,
    due: shown(fact.dueOn),
    state: fact.suspended
      ? `${dutyWords[fact.state].vi} (tạm hoãn)`
      : fact.unconfirmed
        ? `${dutyWords[fact.state].vi} (chờ xác nhận)`
        : dutyWords[fact.state].vi,
    late: fact.state === 'late' || fact.state === 'overdue',
    done: shown(fact.doneOn),
    evidence: evidenceOf(context),
    extensions: extensionsOf(context).map(({ from, to, reason }) => `từ ${shown(from)} đến ${shown(to)}: ${reason}`),
    urgings: urgingsOf(context.urged),
    carried: fact.carried.join(', '),
  };
}

function reportLine(fact: Extract<Work, { kind: 'report' }>['fact'], context: JsonObject): FollowUpReport {
  const urgings = urgingsOf(context.urged);
  return {
    instance: fact.instance,
    period: fact.period,
    title: fact.title,
    due: shown(fact.dueOn),
    sent: shown(fact.sentOn),
    state: reportWords[fact.state].vi,
    late: fact.state === 'late' || fact.state === 'overdue' || fact.state === 'silent',
    notes: [
      ...(fact.returned > 0 ? [`trả lại ${fact.returned} lần`] : []),
      ...(fact.corrected > 0 ? [`đính chính ${fact.corrected} lần`] : []),
      ...(urgings.length > 0 ? [`đôn đốc ngày ${urgings.join(', ')}`] : []),
    ],
  };
}

function urgingsOf(urged: Json | undefined): readonly string[] {
  return objectsIn(urged).flatMap((one) => (textAt(one, 'on') === '' ? [] : [printedDay(textAt(one, 'on'))]));
}

/** What the unit brought when it last handed in: its words, its figures, and the names of the files that prove them. */
function evidenceOf(context: JsonObject): readonly string[] {
  const rounds = objectsIn(context.evidence);
  const last = rounds.at(-1);
  const said = last === undefined ? textAt(context, 'result') : textAt(last, 'result');
  const figures = objectsIn(last?.figures).map((one) =>
    `${textAt(one, 'name')}: ${textAt(one, 'value')} ${textAt(one, 'measure')}`.trim(),
  );
  const files = objectsIn(last?.files).map((one) => textAt(one, 'name'));
  const returned = rounds.filter((round) => isObject(round.returned)).length;
  return [said, ...figures, ...files, ...(returned > 0 ? [`đã trả lại ${returned} lần`] : [])].filter((text) => text !== '');
}

function objectsIn(value: Json | undefined): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter((one): one is JsonObject => isObject(one)) : [];
}

interface Printing {
  readonly directory: Directory;
  /** The plan's title. */
  readonly title: string;
  /** Of a plan that has them. */
  readonly code: string;
  readonly now: string;
  readonly quarter: string | null;
}

/** The sheet for the printer: landscape A4, its head on every page. */
export function followUpSheet(
  { unitName, duties, reports }: FollowUp,
  { directory, title, code, now, quarter }: Printing,
): Sheet {
  const { name, superior } = directory.authority;
  const today = dayOf(now);
  const heading = 'PHIẾU THEO DÕI THỰC HIỆN NHIỆM VỤ';
  const view: JsonObject = {
    title: `Phiếu theo dõi: ${unitName}`,
    superior,
    body: name,
    heading,
    unit: unitName,
    plan: title,
    code,
    quarter: quarter ?? '',
    day: printedDay(today),
    duties: duties.map(({ part, ...duty }, index) => ({
      ...duty,
      part: part === 'lead' ? 'Chủ trì' : 'Phối hợp',
      ordinal: String(index + 1),
      followed: [
        ...duty.extensions.map((text) => `Gia hạn ${text}`),
        ...(duty.urgings.length > 0 ? [`Đôn đốc: ${duty.urgings.join(', ')}`] : []),
        ...(duty.carried === '' ? [] : [`Chuyển kỳ: ${duty.carried}`]),
      ],
    })) as unknown as Json,
    reports: reports.map((report, index) => ({ ...report, ordinal: String(index + 1) })) as unknown as Json,
  };
  return { template: 'followUp', title: `Phiếu theo dõi: ${unitName}`, view, day: today, mustShow: [heading, unitName] };
}
