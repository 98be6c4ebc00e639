import type { JsonObject } from '../../commands/look.js';
import type { Sheet } from '../../commands/papers/printing.js';
import type { PlanProgress } from '../../commands/progress/progress.js';
import { type Directory, indexOf } from '../../office/organisation/directory.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { completenessOf, doneRateOf, timelinessOf } from '../../office/progress/counts.js';
import { dutyStates, reportStates } from '../../office/progress/facts.js';
import { byName } from '../../office/progress/grid.js';
import { dutyWords, percentShown, reportWords } from '../../office/progress/words.js';
import { dayOf } from '../../office/time/clock.js';
import { burnUpPlot } from './burnUp.js';
import { gridPlot, quarterShown } from './grid.js';
import { waitingPlot } from './waiting.js';

interface Printing {
  readonly directory: Directory;
  /** The plan's title. */
  readonly title: string;
  readonly labelOf: (stay: { readonly definition: string; readonly state: string }) => string;
}

/** The progress of a plan on paper: the same numbers and the same pictures as on the page. */
export function progressSheet(progress: PlanProgress, { directory, title, labelOf }: Printing): Sheet {
  const { duties, reports, units, grid, burnUp, times, asOf, quarter } = progress;
  const heading = 'TIẾN ĐỘ THỰC HIỆN NHIỆM VỤ';
  const names = indexOf(directory).unit;
  const bars = (times ?? []).map((one) => ({
    label: labelOf(one),
    medianTenths: one.workingTenths.median,
    p90Tenths: one.workingTenths.p90,
  }));
  const share = ({ perMille, numerator, denominator }: ReturnType<typeof completenessOf>): string =>
    `${percentShown('vi', perMille)} (${numerator}/${denominator})`;
  const view: JsonObject = {
    title: `Tiến độ: ${title}`,
    superior: directory.authority.superior,
    body: directory.authority.name,
    heading,
    plan: title,
    quarter: quarter === null ? '' : quarterShown(quarter),
    day: printedDay(dayOf(asOf)),
    numbers: [
      ...dutyStates.map((state) => [dutyWords[state].vi, String(duties[state])]),
      ['Tổng số nhiệm vụ', String(duties.total)],
      ['Tỷ lệ hoàn thành', share(doneRateOf(duties))],
      ...reportStates.map((state) => [`Báo cáo: ${reportWords[state].vi.toLocaleLowerCase('vi')}`, String(reports[state])]),
      ['Tỷ lệ báo cáo đã nhận', share(completenessOf(reports))],
      ['Tỷ lệ báo cáo đúng hạn', share(timelinessOf(reports))],
    ],
    grid: grid.rows.length === 0 ? '' : gridPlot(grid, 'vi'),
    burn: duties.total === 0 ? '' : burnUpPlot(burnUp, 'vi'),
    waiting: bars.length === 0 ? '' : waitingPlot(bars, 'vi'),
    units: units
      .map((one) => ({ ...one, name: names.get(one.unit)?.name ?? one.unit }))
      .sort((a, b) => byName(a.name, b.name))
      .map(({ name, duties: own, reports: sent }) => [
        name,
        String(own.total),
        ...dutyStates.map((state) => String(own[state])),
        ...reportStates.map((state) => String(sent[state])),
      ]),
    dutyHeads: dutyStates.map((state) => dutyWords[state].vi),
    reportHeads: reportStates.map((state) => reportWords[state].vi),
  };
  return { template: 'progress', title: `Tiến độ: ${title}`, view, day: dayOf(asOf), mustShow: [heading, title.slice(0, 100)] };
}
