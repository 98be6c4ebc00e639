import { type ProgressLanguage, progressWord, tenthsShown } from '../../office/progress/words.js';
import { box, fitted, letterSize, line, svg, textElement, textWidth } from './svg.js';

/** Working days in one state, in tenths. */
interface WaitingBar {
  readonly label: string;
  readonly medianTenths: number;
  readonly p90Tenths: number;
}

const width = 520;
const rowHeight = 44;
const labelWidthMax = 190;
/** Bars that are drawn; the table beside has all of them. */
const waitingBarsMax = 14;

/** Median and 90th percentile of the time in each state, two bars for each; every bar bears its number. The longest first. */
export function waitingPlot(bars: readonly WaitingBar[], language: ProgressLanguage, id = 'plot-waiting'): string {
  const shown = [...bars].sort((a, b) => b.p90Tenths - a.p90Tenths || (a.label < b.label ? -1 : 1)).slice(0, waitingBarsMax);
  const labelWidth = Math.min(labelWidthMax, Math.max(60, ...shown.map(({ label }) => textWidth(label)))) + 12;
  const names = { median: progressWord(language, 'median'), p90: progressWord(language, 'p90') };
  const number = (tenths: number): string => tenthsShown(language, tenths);
  const most = Math.max(10, ...shown.map(({ p90Tenths, medianTenths }) => Math.max(p90Tenths, medianTenths)));
  const widest = Math.max(
    ...shown.map(({ p90Tenths, medianTenths }) => Math.max(textWidth(number(p90Tenths)), textWidth(number(medianTenths)))),
    0,
  );
  const room = width - labelWidth - widest - 10;
  const length = (tenths: number): number => Math.max(1, (tenths * room) / most);
  const parts = shown.flatMap(({ label, medianTenths, p90Tenths }, row) => {
    const y = 26 + row * rowHeight;
    const bar = (tenths: number, at: number, tone: 'accent' | 'soon'): readonly string[] => [
      box({ x: labelWidth, y: at, width: length(tenths), height: 14 }, tone),
      textElement(number(tenths), { x: labelWidth + length(tenths) + 5, y: at + 12, size: letterSize - 1 }),
    ];
    return [
      textElement(fitted(label, labelWidth - 12), { x: 0, y: y + 21 }),
      ...bar(medianTenths, y + 1, 'accent'),
      ...bar(p90Tenths, y + 18, 'soon'),
    ];
  });
  const second = 22 + textWidth(names.median, letterSize - 1) + 16;
  const legend = [
    box({ x: 0, y: 4, width: 12, height: 12 }, 'accent'),
    textElement(names.median, { x: 18, y: 15, size: letterSize - 1 }),
    box({ x: second, y: 4, width: 12, height: 12 }, 'soon'),
    textElement(`${names.p90} (${progressWord(language, 'workingDays')})`, { x: second + 18, y: 15, size: letterSize - 1 }),
  ];
  const height = 32 + Math.max(1, shown.length) * rowHeight;
  const axis = line(
    [
      [labelWidth, 24],
      [labelWidth, height - 4],
    ],
    'line',
  );
  return svg({
    id,
    width,
    height,
    title: progressWord(language, 'waitTitle'),
    description: progressWord(language, 'waitDesc'),
    parts: [...legend, axis, ...parts],
  });
}
