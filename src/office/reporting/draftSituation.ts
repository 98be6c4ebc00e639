import { clauseInSentence } from '../papers/agencyName.js';
import { lowerFirst, printedDay } from '../papers/printedWords.js';
import { type Drafted, type DraftInput, frameSource, rollupSource, said, saidInTurn } from './draftPart.js';
import { listed } from './merge.js';
import type { Rollup, RollupUnit } from './rollup.js';

const nameAndDay = ({ name, submittedOn }: RollupUnit): string =>
  submittedOn === null ? name : `${name} (ngày ${printedDay(submittedOn)})`;

/** Who reported, who was late, who is silent, by name; who answers for whom. */
export function situationOf(input: DraftInput): readonly Drafted[] {
  const { units } = input.rollup;
  if (input.parts.length > 0) return yearSituation(input);
  const silent = units.filter(({ state }) => state === 'silent');
  const late = units.filter(({ state }) => state === 'late');
  const waiting = units.filter(({ state, content }) => state !== 'silent' && content === null);
  const sent = units.length - silent.length;
  const source = (of: string) => rollupSource(input, of);
  const lines: { readonly text: string; readonly of: string }[] = [
    { of: 'units', text: sentLine(sent, units.length, late.length, lowerFirst(input.label)) },
    ...(late.length === 0
      ? []
      : [{ of: 'late', text: `Đơn vị gửi báo cáo trễ hạn (${late.length}): ${listed(late.map(nameAndDay))}.` }]),
    {
      of: 'silent',
      text:
        silent.length === 0
          ? 'Không có đơn vị nào chưa gửi báo cáo.'
          : `Đơn vị chưa gửi báo cáo (${silent.length}): ${listed(silent.map(({ name }) => name))}.`,
    },
    ...(waiting.length === 0
      ? []
      : [
          {
            of: 'waiting',
            text: `Báo cáo đã gửi nhưng chưa được chấp nhận, chưa đưa vào số liệu tổng hợp (${waiting.length}): ${listed(waiting.map(({ name }) => name))}.`,
          },
        ]),
    ...takenOver(units),
  ];
  return lines.map(({ text, of }, at) => said(`${at + 1}.`, text, source(of)));
}

function sentLine(sent: number, all: number, late: number, period: string): string {
  if (sent === 0) return `Không có đơn vị nào trong số ${all} đơn vị gửi báo cáo ${period}.`;
  const times = late === 0 ? 'tất cả đúng hạn' : `${sent - late} đơn vị đúng hạn, ${late} đơn vị trễ hạn`;
  return `${sent}/${all} đơn vị đã gửi báo cáo ${period}, ${late === 0 ? times : `trong đó ${times}`}.`;
}

function takenOver(units: readonly RollupUnit[]): readonly { readonly text: string; readonly of: string }[] {
  const moved = units.flatMap(({ name, answeredBy }) =>
    answeredBy === null ? [] : [`${name} do ${answeredBy.name} tiếp nhận và báo cáo`],
  );
  return moved.length === 0
    ? []
    : [{ of: 'takenOver', text: `Đơn vị được sắp xếp lại trong kỳ (${moved.length}): ${moved.join('; ')}.` }];
}

/** Of a year: period by period, each with its silent units by name. */
function yearSituation(input: DraftInput): readonly Drafted[] {
  return input.parts.map(({ label, reports }, at) => {
    const units = input.rollup.units.filter(({ report }) => reports.has(report));
    const silent = units.filter(({ state }) => state === 'silent');
    const late = units.filter(({ state }) => state === 'late');
    const named = (list: readonly RollupUnit[]) => `${list.length} đơn vị (${listed(list.map(({ name }) => name))})`;
    const parts = [
      `${units.length - silent.length}/${units.length} đơn vị đã gửi báo cáo`,
      ...(late.length === 0 ? [] : [`trễ hạn ${named(late)}`]),
      silent.length === 0 ? 'không có đơn vị nào chưa báo cáo' : `chưa báo cáo ${named(silent)}`,
    ];
    return said(`${at + 1}.`, `${label}: ${parts.join('; ')}.`, rollupSource(input, `units/${at}`));
  });
}

const doneOf = ({ early, onTime, late }: Rollup['clauses'][number]): number => early + onTime + late;

function totals({ clauses }: Rollup) {
  const sum = (of: (clause: Rollup['clauses'][number]) => number) => clauses.reduce((all, clause) => all + of(clause), 0);
  return {
    total: sum(({ total }) => total),
    done: sum(doneOf),
    overdue: sum(({ overdue }) => overdue),
    idle: sum(({ notStarted }) => notStarted),
  };
}

/** What is not done on the day, in one sentence, and clause by clause where something is overdue or not begun. */
export function unfinishedOf(input: DraftInput): readonly Drafted[] {
  const { total, done, overdue, idle } = totals(input.rollup);
  if (total === 0) return [];
  const day = printedDay(input.asOf);
  const source = (of: string) => rollupSource(input, of);
  if (done === total) return [said(null, `Đến ngày ${day}, cả ${total} việc được giao đã hoàn thành.`, source('duties'), 0)];
  const parts = [...(overdue > 0 ? [`${overdue} việc quá hạn`] : []), ...(idle > 0 ? [`${idle} việc chưa bắt đầu`] : [])];
  const among = parts.length === 0 ? '' : `, trong đó ${parts.join(' và ')}`;
  const head = said(
    null,
    `Đến ngày ${day}, còn ${total - done}/${total} việc được giao chưa hoàn thành${among}.`,
    source('duties'),
    0,
  );
  const pressing = input.rollup.clauses.filter((clause) => clause.overdue > 0 || clause.notStarted > 0);
  return [
    head,
    ...pressing.map((clause) => {
      const told = [
        ...(clause.overdue > 0 ? [`${clause.overdue} việc quá hạn`] : []),
        ...(clause.notStarted > 0 ? [`${clause.notStarted} việc chưa bắt đầu`] : []),
      ];
      return said('-', `${clauseInSentence(clause.clause)}: ${told.join(', ')}.`, source(`open:${clause.directive}`), 1);
    }),
  ];
}

/** What is asked of whom, and the closing line. */
export function requestsOf(input: DraftInput, issuer: string): readonly Drafted[] {
  const { units } = input.rollup;
  const silent = units.filter(({ state }) => state === 'silent').length;
  const late = units.filter(({ state }) => state === 'late').length;
  const { total, done, overdue } = totals(input.rollup);
  const year = input.parts.length > 0;
  const requests = [
    ...(silent > 0 && !year
      ? [`Yêu cầu ${silent} đơn vị chưa gửi báo cáo nêu tại mục I khẩn trương gửi báo cáo, giải trình rõ lý do.`]
      : []),
    ...(late > 0 || (silent > 0 && year)
      ? ['Đề nghị các đơn vị gửi báo cáo trễ hạn, chưa báo cáo nghiêm túc chấp hành chế độ báo cáo.']
      : []),
    ...(overdue > 0 ? [`Yêu cầu các đơn vị có việc quá hạn tập trung hoàn thành ${overdue} việc quá hạn nêu trên.`] : []),
    done < total
      ? 'Các đơn vị tiếp tục thực hiện những việc chưa hoàn thành theo đúng thời hạn được giao.'
      : 'Các đơn vị tiếp tục duy trì, phát huy kết quả đã đạt được.',
  ];
  return [
    ...requests.map((text, at) =>
      saidInTurn(`${at + 1}.`, [{ text, source: /\d/.test(text) ? rollupSource(input, 'requests') : frameSource('requests') }]),
    ),
    said(null, `Trên đây là báo cáo kết quả ${lowerFirst(input.label)} của ${issuer}./.`, frameSource('close'), 0),
  ];
}
