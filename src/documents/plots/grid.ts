import type { ReportState } from '../../office/progress/facts.js';
import { reportStates } from '../../office/progress/facts.js';
import type { Grid, GridCell } from '../../office/progress/grid.js';
import { type ProgressLanguage, progressWord, reportMarks, reportWords } from '../../office/progress/words.js';
import { box, fitted, letterSize, svg, type Tone, textElement, textWidth } from './svg.js';

const rowHeight = 26;
const headHeight = 30;
const cellWidth = 88;
const gap = 3;
const nameWidthMax = 240;
const legendHeight = 22;

const tones: Readonly<Record<ReportState, { readonly ground: Tone; readonly ink: Tone }>> = {
  onTime: { ground: 'doneSoft', ink: 'done' },
  late: { ground: 'soonSoft', ink: 'soon' },
  silent: { ground: 'lateSoft', ink: 'late' },
  overdue: { ground: 'lateSoft', ink: 'late' },
  awaited: { ground: 'sheet', ink: 'faint' },
};

/** The state that a cell shows: the gravest of its reports. */
function shownState({ reports }: GridCell): ReportState | null {
  const gravest: readonly ReportState[] = ['silent', 'overdue', 'late', 'awaited', 'onTime'];
  return gravest.find((state) => reports[state] > 0) ?? null;
}

/** A group is red where more than this share of its reports is missing: one part of so many. */
const missingPart = 10;

/** How a whole group is coloured: by how much of what was due is missing, and by whether all of it came in time. */
function groupState({ reports }: GridCell): ReportState | null {
  const received = reports.onTime + reports.late;
  const missing = reports.silent + reports.overdue;
  if (received + missing === 0) return reports.awaited > 0 ? 'awaited' : null;
  if (missing * missingPart > received + missing) return 'overdue';
  return missing > 0 || reports.late > 0 ? 'late' : 'onTime';
}

/** What is written in a cell: the mark of the report and the duties done of all; of a group the reports received of those asked for. */
function cellText(cell: GridCell, grouped: boolean, language: ProgressLanguage): string {
  const { reports, done, total } = cell;
  if (grouped) {
    const asked = reportStates.reduce((sum, state) => sum + reports[state], 0);
    return asked === 0 ? '' : `${reports.onTime + reports.late}/${asked}`;
  }
  const state = shownState(cell);
  const duties = total === 0 ? '' : `${done}/${total}`;
  return [state === null ? '' : reportMarks[state][language], duties].filter((part) => part !== '').join(' ');
}

/** Unit by quarter: a row for each unit or group, a cell for each quarter; what is meant by a colour stands in its mark too. */
export function gridPlot(grid: Grid, language: ProgressLanguage, id = 'plot-grid'): string {
  const labels = grid.rows.map(({ label, units }) => (units > 1 ? `${label} (${units})` : label));
  const nameWidth = Math.min(nameWidthMax, Math.max(60, ...labels.map((label) => textWidth(label)))) + 10;
  const width = nameWidth + grid.quarters.length * cellWidth;
  const states = grid.grouped ? [] : reportStates;
  const legend = legendOf(states, language, width);
  const height = headHeight + grid.rows.length * rowHeight + 8 + legend.height;
  const heads = grid.quarters.map((quarter, at) =>
    textElement(quarterShown(quarter), {
      x: nameWidth + at * cellWidth + (cellWidth - gap) / 2,
      y: 19,
      anchor: 'middle',
      tone: 'faint',
    }),
  );
  const rows = grid.rows.flatMap(({ cells }, row) => {
    const y = headHeight + row * rowHeight;
    const name = textElement(fitted(labels[row] ?? '', nameWidth - 10), { x: 0, y: y + 17 });
    return [name, ...cells.flatMap((cell, at) => drawnCell(cell, grid.grouped, { x: nameWidth + at * cellWidth, y, language }))];
  });
  const below = headHeight + grid.rows.length * rowHeight + 8;
  return svg({
    id,
    width,
    height,
    title: progressWord(language, 'gridTitle'),
    description: progressWord(language, grid.grouped ? 'gridGrouped' : 'gridDesc'),
    parts: [...heads, ...rows, ...legend.parts(below)],
  });
}

function drawnCell(
  cell: GridCell,
  grouped: boolean,
  { x, y, language }: { readonly x: number; readonly y: number; readonly language: ProgressLanguage },
): readonly string[] {
  const state = grouped ? groupState(cell) : shownState(cell);
  const text = cellText(cell, grouped, language);
  const { ground, ink } = state === null ? { ground: 'sheet' as const, ink: 'faint' as const } : tones[state];
  const drawn = box({ x, y: y + 1, width: cellWidth - gap, height: rowHeight - gap }, ground, 'line');
  if (text === '') return [drawn];
  return [drawn, textElement(text, { x: x + (cellWidth - gap) / 2, y: y + 17, anchor: 'middle', tone: ink, strong: true })];
}

/** The marks explained below, as many in a line as have room. */
function legendOf(states: readonly ReportState[], language: ProgressLanguage, width: number) {
  const places: { readonly text: string; readonly x: number; readonly line: number; readonly tone: Tone }[] = [];
  let [x, lineNumber] = [0, 0];
  for (const state of states) {
    const text = `${reportMarks[state][language]} ${reportWords[state][language]}`;
    const wide = textWidth(text, letterSize - 1) + 14;
    if (x > 0 && x + wide > width) [x, lineNumber] = [0, lineNumber + 1];
    places.push({ text, x, line: lineNumber, tone: tones[state].ink });
    x += wide;
  }
  return {
    height: places.length === 0 ? 0 : (lineNumber + 1) * legendHeight,
    parts: (top: number): readonly string[] =>
      places.map(({ text, x: at, line, tone }) =>
        textElement(text, { x: at, y: top + 14 + line * legendHeight, tone, size: letterSize - 1 }),
      ),
  };
}

const roman = ['I', 'II', 'III', 'IV'];

/** `2010-Q1` as people write it: `I/2010`. */
export function quarterShown(quarter: string): string {
  const [, year, index] = /^(\d{4})-Q([1-4])$/.exec(quarter) ?? [];
  return year === undefined ? quarter : `${roman[Number(index) - 1] ?? ''}/${year}`;
}
