import { printedDay } from '../papers/printedWords.js';
import { type Drafted, type DraftInput, rollupSource, tabled } from './draftPart.js';
import { clauseLabel } from './draftResults.js';
import { printedDecimal, sumOf } from './figures.js';
import type { RollupFigure, RollupUnit } from './rollup.js';

/** Columns of figures beside those of the unit: more do not fit on a sheet that lies. */
export const figureColumnsMax = 8;

const shown = (value: string | null): string => (value === null ? '' : printedDecimal(value));
const signed = (value: string | null): string =>
  value === null ? '' : value.startsWith('-') || /^0(\.0*)?$/.test(value) ? printedDecimal(value) : `+${printedDecimal(value)}`;

const RULES: Readonly<Record<RollupFigure['rule'], string>> = {
  sum: 'Cộng',
  last: 'Số cuối kỳ',
  average: 'Bình quân',
  count: 'Số đơn vị',
};

/** The figures beside those of the period before; nothing where the form asks for none. */
export function figuresOf(input: DraftInput): readonly Drafted[] {
  const figures = input.rollup.figures.filter(({ value }) => value !== null);
  if (figures.length === 0) return [];
  const compared = figures.some(({ before }) => before !== null);
  const head = [
    'STT',
    'Chỉ tiêu',
    'Đơn vị tính',
    'Cách tính',
    input.label,
    ...(compared ? [input.labelBefore ?? 'Kỳ trước', 'Tăng (+), giảm (-)'] : []),
    'Số báo cáo',
  ];
  const numeric = head.map((_, at) => at).filter((at) => at > 3);
  return [
    tabled(
      { caption: null, head, numeric },
      figures.map((figure, at) => ({
        source: rollupSource(input, `figure:${figure.code}`),
        cells: [
          String(at + 1),
          clauseLabel(figure.code, figure.label),
          figure.measure,
          RULES[figure.rule],
          shown(figure.value),
          ...(compared ? [shown(figure.before), signed(figure.change)] : []),
          String(new Set(figure.of.map(({ report }) => report)).size),
        ],
      })),
    ),
  ];
}

const STATES: Readonly<Record<RollupUnit['state'], string>> = { onTime: 'Đúng hạn', late: 'Trễ hạn', silent: 'Chưa báo cáo' };

/** One table for each eight figures: every unit with its state and values, those without a report too, and the total below. */
export function unitTables(input: DraftInput): readonly Drafted[] {
  const asked = input.rollup.figures.filter(({ code, of }) => !code.includes('@') && of.length > 0);
  const groups = chunks(asked, figureColumnsMax);
  const all = groups.length === 0 ? [[]] : groups;
  return all.map((figures, at) => unitTable(input, figures, all.length > 1 ? `Bảng ${at + 1}/${all.length}` : null));
}

function chunks<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, at) => list.slice(at * size, (at + 1) * size));
}

/** A unit that has several reports, as in a year, has one row with its own values by the figure's rule. */
function unitTable(input: DraftInput, figures: readonly RollupFigure[], caption: string | null): Drafted {
  const rows = unitRows(input);
  const year = input.parts.length > 0;
  const head = [
    'STT',
    'Đơn vị',
    year ? 'Số kỳ đã báo cáo' : 'Tình trạng gửi báo cáo',
    ...figures.map(({ label, measure }) => (measure === '' ? label : `${label} (${measure})`)),
  ];
  const first = 3;
  const values = figures.map(valuesByReport);
  const total = {
    cells: ['', 'Tổng cộng', '', ...figures.map(({ value }) => shown(value))],
    source: rollupSource(input, 'total'),
  };
  return tabled({ caption, head, numeric: [...figures.map((_, at) => at + first), ...(year ? [2] : [])] }, [
    ...rows.map(({ name, reports, versions }, at) => ({
      cells: [
        String(at + 1),
        name,
        year ? `${versions.length}/${input.parts.length}` : standing(reports[0]),
        ...figures.map((figure, column) => shown(ownValue(figure, values[column] ?? new Map(), reports))),
      ],
      source: sourceOfRow(input, versions, reports[0]),
    })),
    total,
  ]);
}

interface UnitRow {
  readonly name: string;
  readonly reports: readonly RollupUnit[];
  readonly versions: readonly RollupUnit[];
}

function unitRows({ rollup }: DraftInput): readonly UnitRow[] {
  const rows = new Map<string, RollupUnit[]>();
  for (const unit of rollup.units) rows.set(unit.unit, [...(rows.get(unit.unit) ?? []), unit]);
  return [...rows.values()].map((reports) => ({
    name: reports.at(-1)?.name ?? '',
    reports,
    versions: reports.filter(({ content }) => content !== null),
  }));
}

function standing(unit: RollupUnit | undefined): string {
  if (unit === undefined) return '';
  const word = unit.state !== 'silent' && unit.content === null ? 'Chưa được chấp nhận' : STATES[unit.state];
  const day = unit.submittedOn === null ? '' : `, ${printedDay(unit.submittedOn)}`;
  return `${word}${day}${unit.answeredBy === null ? '' : ` (${unit.answeredBy.name} báo cáo)`}`;
}

function sourceOfRow(input: DraftInput, versions: readonly RollupUnit[], unit: RollupUnit | undefined) {
  const [only] = versions;
  if (versions.length === 1 && only !== undefined)
    return { kind: 'report' as const, report: only.report, content: only.content, of: only.unit };
  return rollupSource(input, `unit:${unit?.unit ?? ''}`);
}

function valuesByReport({ of }: RollupFigure): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { report, value } of of) values.set(report, [...(values.get(report) ?? []), value]);
  return values;
}

/** What one unit told: the sum of its values for a sum, those of its last report for a stock; an average has no own value over several. */
function ownValue(
  { rule }: RollupFigure,
  values: ReadonlyMap<string, readonly string[]>,
  reports: readonly RollupUnit[],
): string | null {
  const own = reports.flatMap(({ report }) => values.get(report) ?? []);
  if (own.length === 0) return null;
  if (rule === 'sum') return sumOf(own);
  if (rule === 'count')
    return String(new Set(reports.filter(({ report }) => values.has(report)).map(({ report }) => report)).size);
  if (rule === 'average') return own.length > 1 ? null : (own[0] ?? null);
  const last = reports.findLast(({ report }) => values.has(report))?.report ?? '';
  return sumOf(values.get(last) ?? []);
}
