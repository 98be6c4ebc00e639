import type { PlanProgress } from '../../commands/progress/progress.js';
import type { Language } from '../../locales/sentences.js';
import { completenessOf, doneInTimeOf, doneRateOf, type Rate, receivedOf, timelinessOf } from '../../office/progress/counts.js';
import { dutyStates, reportStates } from '../../office/progress/facts.js';
import { dutyWords, type ProgressWord, percentShown, progressWord, reportWords } from '../../office/progress/words.js';

/** What the address of a progress page chooses. */
export interface Chosen {
  readonly quarter: string | null;
  readonly unit: string | null;
  readonly kind: 'duty' | 'report' | null;
  readonly state: string | null;
  /** A group of units, `parent/kind`, where there are too many to show each. */
  readonly group: string | null;
}

/** The address of a progress page with some choices changed. */
export function progressHref(id: string, chosen: Partial<Chosen>): string {
  const entries = Object.entries(chosen).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  const query = new URLSearchParams(Object.fromEntries(entries) as Record<string, string>).toString();
  return `/instances/${encodeURIComponent(id)}/progress${query === '' ? '' : `?${query}`}`;
}

/** The numbers at the head of the page; each is a link to the list behind it. */
export function numbersOf(language: Language, progress: PlanProgress, chosen: Chosen) {
  const { duties, reports, plan } = progress;
  const at = { quarter: chosen.quarter, unit: chosen.unit };
  const href = (kind: 'duty' | 'report', state: string | null): string => `${progressHref(plan, { ...at, kind, state })}#list`;
  const late = new Set(['late', 'overdue', 'silent']);
  return {
    duties: [
      { label: progressWord(language, 'total'), value: duties.total, href: href('duty', null), late: false },
      ...dutyStates.map((state) => ({
        label: dutyWords[state][language],
        value: duties[state],
        href: href('duty', state),
        late: late.has(state) && duties[state] > 0,
      })),
    ],
    reports: [
      { label: progressWord(language, 'asked'), value: reports.asked, href: href('report', null), late: false },
      ...reportStates.map((state) => ({
        label: reportWords[state][language],
        value: reports[state],
        href: href('report', state),
        late: late.has(state) && reports[state] > 0,
      })),
    ],
    parts: [
      ...(duties.suspended > 0 ? [`${progressWord(language, 'suspended')}: ${duties.suspended}`] : []),
      ...(duties.unconfirmed > 0 ? [`${progressWord(language, 'unconfirmed')}: ${duties.unconfirmed}`] : []),
    ],
    rates: [
      rateView(language, 'doneRate', 'doneRateHow', doneRateOf(duties)),
      rateView(language, 'inTimeRate', 'inTimeHow', doneInTimeOf(duties)),
      rateView(language, 'completeness', 'completenessHow', completenessOf(reports)),
      rateView(language, 'timeliness', 'timelinessHow', timelinessOf(reports)),
    ],
  };
}

function rateView(language: Language, name: ProgressWord, how: ProgressWord, { perMille, numerator, denominator }: Rate) {
  return {
    label: progressWord(language, name),
    share: percentShown(language, perMille),
    of: `${numerator}/${denominator}`,
    how: progressWord(language, how),
  };
}

/** The table by unit: the same numbers, each with its link. */
export function unitRowsOf(language: Language, progress: PlanProgress, chosen: Chosen, nameOf: (unit: string) => string) {
  const { plan, units } = progress;
  return units.map(({ unit, duties, reports }) => {
    const link = (kind: 'duty' | 'report', state: string | null, value: number, label: string) => ({
      label,
      value,
      href: value === 0 ? null : `${progressHref(plan, { quarter: chosen.quarter, unit, kind, state })}#list`,
    });
    return {
      unit,
      name: nameOf(unit),
      href: progressHref(plan, { quarter: chosen.quarter, unit }),
      followUp: `/instances/${encodeURIComponent(plan)}/follow-up?unit=${encodeURIComponent(unit)}`,
      cells: [
        link('duty', null, duties.total, progressWord(language, 'duties')),
        ...dutyStates.map((state) => link('duty', state, duties[state], dutyWords[state][language])),
        link('report', null, receivedOf(reports), progressWord(language, 'received')),
        ...reportStates.map((state) => link('report', state, reports[state], reportWords[state][language])),
      ],
    };
  });
}
