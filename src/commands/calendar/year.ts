import { stringify } from 'csv-stringify/sync';
import { isWorkingDay, type WorkingCalendar, type WorkingHours, weekdayOf } from '../../office/time/calendar.js';
import { yearOf } from '../../office/time/calendarRecord.js';
import { addDays } from '../../office/time/clock.js';
import { usualHours } from '../../office/time/workingHours.js';

/** A day of a year that is not what the week alone makes of it. */
export interface SpecialDay {
  readonly day: string;
  /** 0 = Sunday to 6 = Saturday. */
  readonly weekday: number;
  /** `holiday`: by law; `local`: by local decision; `dayOff` and `worked`: the two sides of an exchange. */
  readonly kind: 'holiday' | 'local' | 'dayOff' | 'worked';
  readonly name: { readonly vi: string; readonly en: string };
  /** The act that ordered an exchange; null for other days. */
  readonly decision: string | null;
  readonly source: string;
  /** Still to be confirmed by the decision of the year. */
  readonly proposed: boolean;
}

/** A year of a calendar, ready to be shown. */
export interface CalendarYear {
  readonly year: number;
  readonly version: string;
  /** The days of the year that the calendar knows, both included; null where it knows none. */
  readonly knownFrom: string | null;
  readonly knownTo: string | null;
  readonly restDays: readonly number[];
  readonly hours: readonly WorkingHours[];
  /** Working days of each month, January first. */
  readonly workingDays: readonly number[];
  readonly days: readonly SpecialDay[];
}

/** What a calendar says of a year: its special days in order, each with its source, and the working days of each month. */
export function calendarYear(calendar: WorkingCalendar, year: number): CalendarYear {
  const own = yearOf(calendar, year);
  const { holidays, localDays = [], workingSwaps } = own;
  const known = own.validFrom <= own.validTo;
  const days = [
    ...holidays.map((holiday) => special(holiday, 'holiday')),
    ...localDays.map((holiday) => special(holiday, 'local')),
    ...workingSwaps.flatMap(exchange),
  ].filter(({ day }) => day.startsWith(`${year}-`));
  return {
    year,
    version: calendar.version,
    knownFrom: known ? own.validFrom : null,
    knownTo: known ? own.validTo : null,
    restDays: calendar.restDays,
    hours: calendar.hours ?? [
      { weekdays: [0, 1, 2, 3, 4, 5, 6].filter((one) => !calendar.restDays.includes(one)), spans: usualHours },
    ],
    workingDays: Array.from(
      { length: 12 },
      (_, month) => daysOfMonth(year, month).filter((day) => isWorkingDay(calendar, day)).length,
    ),
    days: days.sort((a, b) => (a.day < b.day ? -1 : 1)),
  };
}

function special(holiday: WorkingCalendar['holidays'][number], kind: 'holiday' | 'local'): SpecialDay {
  const { day, name, source, proposed } = holiday;
  return { day, weekday: weekdayOf(day), kind, name, decision: null, source, proposed: proposed ?? false };
}

function exchange({ day, dayOff, decision, source }: WorkingCalendar['workingSwaps'][number]): SpecialDay[] {
  const common = { decision: decision ?? null, source, proposed: false };
  const off = dayOff === undefined ? '' : dayOff.split('-').reverse().join('/');
  const on = day.split('-').reverse().join('/');
  const worked: SpecialDay = {
    ...common,
    day,
    weekday: weekdayOf(day),
    kind: 'worked',
    name: dayOff === undefined ? { vi: 'Làm bù', en: 'Worked' } : { vi: `Làm bù ngày ${off}`, en: `Worked for ${off}` },
  };
  if (dayOff === undefined) return [worked];
  const name = { vi: `Nghỉ hoán đổi, làm bù ngày ${on}`, en: `Off in exchange, worked on ${on}` };
  return [worked, { ...common, day: dayOff, weekday: weekdayOf(dayOff), kind: 'dayOff', name }];
}

/** The days of a month (0 = January), `yyyy-mm-dd`. */
export function daysOfMonth(year: number, month: number): readonly string[] {
  const first = `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}-01`;
  const days: string[] = [];
  for (let day = first; day.slice(0, 7) === first.slice(0, 7); day = addDays(day, 1)) days.push(day);
  return days;
}

/** The headings of the table of special days, in its order. */
export type CalendarColumns = readonly [
  day: string,
  weekday: string,
  kind: string,
  vi: string,
  en: string,
  decision: string,
  source: string,
  proposed: string,
];

/** The special days as CSV in UTF-8 with byte order mark, comma and CRLF; a cell that a spreadsheet would take for a formula gets a `'`. */
export function calendarCsv(
  { days }: CalendarYear,
  columns: CalendarColumns,
  kinds: Readonly<Record<SpecialDay['kind'], string>>,
): string {
  const rows = days.map(({ day, weekday, kind, name, decision, source, proposed }) => [
    day,
    weekday === 0 ? 'CN' : `T${weekday + 1}`,
    kinds[kind],
    name.vi,
    name.en,
    decision ?? '',
    source,
    proposed ? 'x' : '',
  ]);
  return stringify([[...columns], ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
