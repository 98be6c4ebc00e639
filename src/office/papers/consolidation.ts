import type { Period } from '../time/periods.js';
import { agencyInSentence, clauseInSentence } from './agencyName.js';
import { type Block, numberAndSymbol, type PaperContent, type Recipient } from './paper.js';
import { item, lowerFirst, printedDay, printedFigure, shortened } from './printedWords.js';
import type { ReportContent } from './reportContent.js';
import { documentType } from './symbols.js';

/** How one unit stands in a period. */
export interface UnitStanding {
  readonly unit: { readonly id: string; readonly name: string };
  readonly state: 'onTime' | 'late' | 'silent';
  /** Day on which the report was sent, or null. */
  readonly submittedOn: string | null;
  /** The accepted report: instance, hash of its content, and the content. Null for a silent unit. */
  readonly report: { readonly id: string; readonly hash: string; readonly content: ReportContent } | null;
}

/** The duties of one clause, counted over its units. */
export interface ClauseDuties {
  readonly clause: string;
  readonly title: string;
  readonly total: number;
  readonly done: number;
  readonly overdue: number;
}

export interface ConsolidationInput {
  readonly plan: {
    readonly number: number;
    readonly symbol: string;
    readonly issuedOn: string;
    readonly title: string;
    /** Abbreviation of the plan's type: `KH`, `QĐ` ... */
    readonly type: string;
  };
  readonly issuer: PaperContent['issuer'];
  /** In symbols: `UBND`. */
  readonly abbreviation: string;
  readonly place: string;
  readonly period: Period;
  /** The day as of which it is counted. */
  readonly asOf: string;
  readonly units: readonly UnitStanding[];
  readonly duties: readonly ClauseDuties[];
  readonly recipients: readonly Recipient[];
}

/** Where something in the consolidated report comes from. */
export interface Source {
  /** JSON pointer into the content: a paragraph's text or a table's cell. */
  readonly place: string;
  readonly kind: 'figure' | 'sentence' | 'standing';
  /** The report's instance and the hash of its content. */
  readonly report: string;
  readonly content: string;
  /** The clause or the name of the figure. */
  readonly of: string;
}

export interface Consolidated {
  readonly content: PaperContent;
  readonly sources: readonly Source[];
}

/** Most sentences quoted for one clause; the others are counted. */
export const quotesPerClauseMax = 2;

/**
 * The consolidated report of one period (báo cáo tổng hợp quý), from the reports that were accepted and the standing of the
 * duties. Pure. Names every silent unit in one sentence; every figure and sentence taken from a report has its source.
 */
export function consolidate(input: ConsolidationInput): Consolidated {
  const planName = nameOfPlan(input);
  const issuer = agencyInSentence(input.issuer.name);
  const quarter = lowerFirst(input.period.label.vi);
  const sources: Source[] = [];
  const body: Block[] = [item(null, `${issuer} tổng hợp kết quả thực hiện ${quarter} như sau:`, 0)];
  const parts = [reportingPart(input), resultsPart(input), figuresPart(input), openDutiesPart(input), closingPart(input)];
  parts
    .filter((part) => part.blocks.length > 0)
    .forEach(({ title, blocks, sources: found }, index) => {
      body.push({ kind: 'heading', level: 1, marker: `${roman[index] ?? index + 1}.`, text: title });
      for (const { block, inside, ...source } of found)
        sources.push({ place: `/body/${body.length + block}${inside}`, ...source });
      body.push(...blocks);
    });
  const content: PaperContent = {
    type: 'BC',
    typeName: 'BÁO CÁO',
    issuer: input.issuer,
    symbol: `BC-${input.abbreviation}`,
    place: input.place,
    title: `Tổng hợp kết quả thực hiện ${planName} ${quarter}`,
    bases: [
      `Căn cứ ${planName} ngày ${printedDay(input.plan.issuedOn)} của ${issuer}${aboutPlan(input.plan.title)}`,
      `Căn cứ báo cáo kết quả ${quarter} của các đơn vị`,
    ],
    body,
    recipients: input.recipients,
    archive: 'Lưu: VT',
  };
  return { content, sources };
}

const roman = ['I', 'II', 'III', 'IV', 'V'];

interface PartSource extends Omit<Source, 'place'> {
  readonly block: number;
  /** The rest of the pointer inside the block. */
  readonly inside: string;
}

interface Part {
  readonly title: string;
  readonly blocks: readonly Block[];
  readonly sources: readonly PartSource[];
}

function reportingPart({ units, period }: ConsolidationInput): Part {
  const silent = units.filter((one) => one.state === 'silent');
  const late = units.filter((one) => one.state === 'late');
  const sent = units.length - silent.length;
  const names = silent.map((one) => one.unit.name).join(', ');
  const states = { onTime: 'Đúng hạn', late: 'Trễ hạn', silent: 'Chưa báo cáo' } as const;
  const rows = units.map((one, index) => [
    String(index + 1),
    one.unit.name,
    states[one.state],
    one.submittedOn === null ? '' : printedDay(one.submittedOn),
  ]);
  const blocks: Block[] = [
    item(
      '1.',
      `${sent}/${units.length} đơn vị đã gửi báo cáo ${lowerFirst(period.label.vi)}: ${sent - late.length} đơn vị đúng hạn, ${late.length} đơn vị trễ hạn.`,
    ),
    item(
      '2.',
      silent.length === 0 ? 'Không có đơn vị nào chưa báo cáo.' : `Các đơn vị chưa báo cáo (${silent.length}): ${names}.`,
    ),
    {
      kind: 'table',
      caption: 'Tình hình gửi báo cáo của các đơn vị',
      head: ['STT', 'Đơn vị', 'Tình trạng', 'Ngày gửi'],
      rows,
      numeric: [],
    },
  ];
  const sources = units.flatMap(({ report, unit }, row): PartSource[] =>
    report === null
      ? []
      : [{ block: 2, inside: `/rows/${row}/2`, kind: 'standing', report: report.id, content: report.hash, of: unit.id }],
  );
  return { title: 'TÌNH HÌNH BÁO CÁO', blocks, sources };
}

function resultsPart({ duties, units }: ConsolidationInput): Part {
  const blocks: Block[] = [];
  const sources: PartSource[] = [];
  duties.forEach((duty, index) => {
    const reported = units.flatMap(({ unit, report }) => {
      const section = report?.content.sections.find((one) => one.clause === duty.clause);
      return report === null || section === undefined ? [] : [{ unit, report, text: section.text }];
    });
    const running = duty.total - duty.done;
    const state = `đã hoàn thành ${duty.done}/${duty.total} việc${running === 0 ? '' : `, đang thực hiện ${running} việc`}`;
    blocks.push(
      item(
        `${index + 1}.`,
        `${clauseInSentence(duty.clause)} (${shortened(duty.title)}): ${reported.length} đơn vị có báo cáo; ${state}.`,
      ),
    );
    // Other units are heard on each clause: otherwise the first in the list would speak for all.
    const turned = reported
      .map((_, at) => reported[(at + index * quotesPerClauseMax) % reported.length])
      .flatMap((one) => one ?? []);
    for (const { unit, report, text } of turned.slice(0, quotesPerClauseMax)) {
      sources.push({
        block: blocks.length,
        inside: '/text',
        kind: 'sentence',
        report: report.id,
        content: report.hash,
        of: duty.clause,
      });
      blocks.push(item('-', `${unit.name}: ${text}`, 2));
    }
  });
  return { title: 'KẾT QUẢ THỰC HIỆN', blocks, sources };
}

function figuresPart({ units }: ConsolidationInput): Part {
  const names = [...new Set(units.flatMap(({ report }) => Object.keys(report?.content.figures ?? {})))];
  if (names.length === 0) return { title: '', blocks: [], sources: [] };
  const sources: PartSource[] = [];
  const rows = names.map((name, row) => {
    let sum = 0;
    let reporting = 0;
    for (const { report } of units) {
      const figure = report?.content.figures[name];
      if (report === null || figure === undefined) continue;
      sum += figure;
      reporting += 1;
      sources.push({ block: 0, inside: `/rows/${row}/2`, kind: 'figure', report: report.id, content: report.hash, of: name });
    }
    return [String(row + 1), name, printedFigure(sum), String(reporting)];
  });
  const head = ['STT', 'Chỉ tiêu', 'Tổng số', 'Số đơn vị báo cáo'];
  return { title: 'SỐ LIỆU TỔNG HỢP', blocks: [{ kind: 'table', caption: null, head, rows, numeric: [2, 3] }], sources };
}

function openDutiesPart({ duties, asOf }: ConsolidationInput): Part {
  const total = sumOf(duties, 'total');
  const done = sumOf(duties, 'done');
  const overdue = sumOf(duties, 'overdue');
  const open = total - done;
  const sentence =
    open === 0
      ? `Đến ngày ${printedDay(asOf)}, cả ${total} việc được giao đã hoàn thành.`
      : `Đến ngày ${printedDay(asOf)}, còn ${open}/${total} việc được giao chưa hoàn thành, trong đó ${overdue} việc quá hạn.`;
  return { title: 'NHIỆM VỤ CHƯA HOÀN THÀNH', blocks: [item(null, sentence, 0)], sources: [] };
}

function closingPart({ units, duties, period, issuer }: ConsolidationInput): Part {
  const silent = units.filter((one) => one.state === 'silent').length;
  const late = units.filter((one) => one.state === 'late').length;
  const requests = [
    ...(silent > 0 ? [`Yêu cầu ${silent} đơn vị chưa báo cáo nêu tại mục I gửi báo cáo bổ sung và giải trình lý do.`] : []),
    ...(late > 0 ? [`Đề nghị ${late} đơn vị báo cáo trễ hạn chấn chỉnh việc chấp hành chế độ báo cáo.`] : []),
    sumOf(duties, 'done') < sumOf(duties, 'total')
      ? 'Các đơn vị tiếp tục thực hiện những việc chưa hoàn thành theo đúng thời hạn được giao.'
      : 'Các đơn vị tiếp tục duy trì những kết quả đã đạt được.',
  ];
  const blocks = requests.map((text, index) => item(`${index + 1}.`, text));
  const close = `Trên đây là kết quả ${lowerFirst(period.label.vi)} do ${agencyInSentence(issuer.name)} tổng hợp./.`;
  return { title: 'ĐỀ NGHỊ', blocks: [...blocks, item(null, close, 0)], sources: [] };
}

/** A title in capitals is not repeated: written small it would lose its names. */
function aboutPlan(title: string): string {
  return /\p{Ll}/u.test(title) ? ` về ${lowerFirst(title)}` : '';
}

function nameOfPlan({ plan }: ConsolidationInput): string {
  return `${documentType(plan.type)?.name ?? 'Văn bản'} số ${numberAndSymbol(plan.number, plan.symbol)}`;
}

function sumOf(duties: readonly ClauseDuties[], field: 'total' | 'done' | 'overdue'): number {
  return duties.reduce((sum, duty) => sum + duty[field], 0);
}
