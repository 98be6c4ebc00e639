import type { BurnWeek } from '../../office/progress/burnUp.js';
import { type ProgressLanguage, progressWord } from '../../office/progress/words.js';
import { axisSteps, letterSize, line, type Point, svg, textElement, textWidth } from './svg.js';

const width = 520;
const plotHeight = 200;
const top = 14;
const bottom = 24;
/** Names of two lines that end at one height keep this distance. */
const labelGap = 17;

/** Duties done against duties due, by week; each line bears its name and last number at its end. */
export function burnUpPlot(weeks: readonly BurnWeek[], language: ProgressLanguage, id = 'plot-burn'): string {
  const title = progressWord(language, 'burnTitle');
  const description = progressWord(language, 'burnDesc');
  const steps = axisSteps(Math.max(0, ...weeks.map(({ due, done }) => Math.max(due, done ?? 0))));
  const most = steps.at(-1) ?? 1;
  const past = weeks.flatMap(({ done }) => (done === null ? [] : [done]));
  const names = {
    due: `${progressWord(language, 'burnDue')} ${weeks.at(-1)?.due ?? 0}`,
    done: `${progressWord(language, 'burnDone')} ${past.at(-1) ?? 0}`,
  };
  const left = Math.max(...steps.map((step) => textWidth(String(step), letterSize - 1))) + 8;
  const right = Math.max(textWidth(names.due), textWidth(names.done)) + 10;
  const inner = width - left - right;
  const x = (index: number): number => left + (weeks.length <= 1 ? 0 : (index * inner) / (weeks.length - 1));
  const y = (value: number): number => top + plotHeight * (1 - value / most);
  const points = (values: readonly number[]): readonly Point[] => values.map((value, index) => [x(index), y(value)]);
  const axis = steps.flatMap((step) => [
    line(
      [
        [left, y(step)],
        [width - right, y(step)],
      ],
      'line',
    ),
    textElement(String(step), { x: left - 6, y: y(step) + 4, anchor: 'end', tone: 'faint', size: letterSize - 1 }),
  ]);
  const [dueEnd, doneEnd] = apart(y(weeks.at(-1)?.due ?? 0), y(past.at(-1) ?? 0));
  const lines =
    weeks.length === 0
      ? []
      : [
          line(points(weeks.map(({ due }) => due)), 'faint', 2, '5 4'),
          textElement(names.due, { x: width - right + 6, y: dueEnd + 4, tone: 'faint' }),
          ...(past.length === 0
            ? []
            : [
                line(points(past), 'accent', 3),
                textElement(names.done, { x: width - right + 6, y: doneEnd + 4, tone: 'accent', strong: true }),
              ]),
        ];
  return svg({
    id,
    width,
    height: top + plotHeight + bottom,
    title,
    description,
    parts: [...axis, ...months(weeks, x), ...lines],
  });
}

/** Two label heights, moved apart where they would touch. */
function apart(first: number, second: number): readonly [number, number] {
  const missing = labelGap - Math.abs(first - second);
  if (missing <= 0) return [first, second];
  const sign = first <= second ? -1 : 1;
  return [first + (sign * missing) / 2, second - (sign * missing) / 2];
}

/** Days at the foot, as many as have room. */
function months(weeks: readonly BurnWeek[], x: (index: number) => number): readonly string[] {
  const shown: string[] = [];
  let free = Number.NEGATIVE_INFINITY;
  for (const [index, { endsOn }] of weeks.entries()) {
    const text = `${endsOn.slice(8, 10)}/${endsOn.slice(5, 7)}`;
    const half = textWidth(text, letterSize - 1) / 2;
    const at = x(index);
    if (at - half < free + 14) continue;
    shown.push(textElement(text, { x: at, y: top + plotHeight + 18, anchor: 'middle', tone: 'faint', size: letterSize - 1 }));
    free = at + half;
  }
  return shown;
}
