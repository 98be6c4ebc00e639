import { agencyInSentence } from '../papers/agencyName.js';
import { type Block, numberAndSymbol, type PaperContent } from '../papers/paper.js';
import { lowerFirst, printedDay } from '../papers/printedWords.js';
import { documentType } from '../papers/symbols.js';
import { type Drafted, type DraftInput, frameSource, placed, said } from './draftPart.js';
import { onceNarratives, resultsOf, yesNoOf } from './draftResults.js';
import { requestsOf, situationOf, unfinishedOf } from './draftSituation.js';
import { figuresOf, unitTables } from './draftTables.js';
import type { PaperSource } from './sources.js';

const roman = ['I', 'II', 'III', 'IV', 'V', 'VI'];

export interface DraftedPaper {
  readonly content: PaperContent;
  readonly sources: readonly PaperSource[];
}

/**
 * The consolidated paper of a period or a year (báo cáo tổng hợp), drafted from a roll-up and the accepted reports behind it. Pure. Silent
 * and late units are named; every sentence, cell and title has its source; the appendix has a row for every unit.
 */
export function draftPaper(input: DraftInput): DraftedPaper {
  const plan = nameOfPlan(input);
  const issuer = agencyInSentence(input.issuer.name);
  const period = lowerFirst(input.label);
  const opening = said(null, `${issuer} báo cáo kết quả thực hiện ${plan} ${period} như sau:`, frameSource('opening'), 0);
  const body = placed([opening, ...sections(input, issuer)], '/body');
  const appendix = placed(unitTables(input), '/appendices/0/body');
  const bases = [
    `Căn cứ ${plan} ngày ${printedDay(input.plan.issuedOn)} của ${issuer}${aboutPlan(input.plan.title)}`,
    `Căn cứ báo cáo kết quả ${period} của các đơn vị`,
  ];
  const content: PaperContent = {
    type: 'BC',
    typeName: 'BÁO CÁO',
    issuer: input.issuer,
    symbol: `BC-${input.abbreviation}`,
    place: input.place,
    title: `Kết quả thực hiện ${plan} ${period}`,
    bases,
    body: body.blocks,
    recipients: input.recipients,
    archive: 'Lưu: VT',
    appendices: [
      { marker: 'Phụ lục', title: `Số liệu báo cáo ${period} theo đơn vị`, orientation: 'landscape', body: appendix.blocks },
    ],
  };
  const framed = ['/title', ...bases.map((_, at) => `/bases/${at}`), '/appendices/0/title'].map(
    (place): PaperSource => ({ place, sentence: null, ...frameSource('title') }),
  );
  return { content, sources: [...framed, ...body.sources, ...appendix.sources] };
}

/** The parts that have something to say, numbered in turn. */
function sections(input: DraftInput, issuer: string): readonly Drafted[] {
  const figures = figuresOf(input);
  const parts: readonly { readonly title: string; readonly blocks: readonly Drafted[] }[] = [
    { title: 'TÌNH HÌNH CHẤP HÀNH CHẾ ĐỘ BÁO CÁO', blocks: situationOf(input) },
    { title: 'KẾT QUẢ THỰC HIỆN NHIỆM VỤ', blocks: resultsOf(input) },
    { title: 'SỐ LIỆU TỔNG HỢP', blocks: [...figures, ...yesNoOf(input), ...unitsReferred(input)] },
    { title: 'NHIỆM VỤ CHƯA HOÀN THÀNH', blocks: unfinishedOf(input) },
    { title: 'ĐÁNH GIÁ, ĐỀ XUẤT CỦA CÁC ĐƠN VỊ', blocks: onceNarratives(input) },
    { title: 'KIẾN NGHỊ, YÊU CẦU', blocks: requestsOf(input, issuer) },
  ];
  return parts
    .filter(({ blocks }) => blocks.length > 0)
    .flatMap(({ title, blocks }, at) => [headed(roman[at] ?? String(at + 1), title), ...blocks]);
}

function headed(number: string, title: string): Drafted {
  const block: Block = { kind: 'heading', level: 1, marker: `${number}.`, text: title };
  return { block, sources: [{ ...frameSource('heading'), inside: '/text', sentence: null }] };
}

function unitsReferred(input: DraftInput): readonly Drafted[] {
  return input.rollup.figures.length === 0
    ? []
    : [said(null, 'Số liệu của từng đơn vị có tại Phụ lục kèm theo.', frameSource('appendix'), 0)];
}

/** A title in capitals is not repeated: written small it would lose its names. */
function aboutPlan(title: string): string {
  return /\p{Ll}/u.test(title) ? ` về ${lowerFirst(title)}` : '';
}

function nameOfPlan({ plan }: DraftInput): string {
  return `${documentType(plan.type)?.name ?? 'Văn bản'} số ${numberAndSymbol(plan.number, plan.symbol)}`;
}
