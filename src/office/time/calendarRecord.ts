import { calendarDaysMax, isDay, stepOf, type WorkingCalendar, type WorkingHours, type WorkingSwap } from './calendar.js';
import { addDays } from './clock.js';

/** What is wrong with a calendar that somebody brings, and where: a JSON pointer and a stable reason. */
export interface CalendarFault {
  readonly path: string;
  readonly reason: FaultReason;
  /** What stands there. */
  readonly value: string;
}

type FaultReason =
  | 'notADay'
  | 'outsideYears'
  | 'yearsReversed'
  | 'tooLong'
  | 'twice'
  | 'dayOffMissing'
  | 'decisionMissing'
  | 'notRestDay'
  | 'workedIsHoliday'
  | 'dayOffNotWorking'
  | 'hoursReversed'
  | 'hoursTwice'
  | 'notAdjoining'
  | 'versionUsed';

/** A day that one calendar works and the other does not. */
export interface ChangedDay {
  readonly day: string;
  readonly working: boolean;
  /** Why, in the new calendar. */
  readonly name: { readonly vi: string; readonly en: string } | null;
}

/** Every fault of meaning of a calendar whose shape is right: days that are none, named twice, exchanged without need or act, hours. */
export function calendarFaults(calendar: WorkingCalendar): readonly CalendarFault[] {
  const { validFrom, validTo } = calendar;
  const bounds = [...dayFault('/validFrom', validFrom), ...dayFault('/validTo', validTo)];
  if (bounds.length > 0) return bounds;
  if (validFrom > validTo) return [{ path: '/validTo', reason: 'yearsReversed', value: validTo }];
  if (validTo > addDays(validFrom, calendarDaysMax)) return [{ path: '/validTo', reason: 'tooLong', value: validTo }];
  return [
    ...daysOff(calendar),
    ...swapFaults(calendar),
    ...(calendar.hours ?? []).flatMap((hours, at) => hourFaults(calendar, hours, at)),
  ];
}

function dayFault(path: string, day: string): CalendarFault[] {
  return isDay(day) ? [] : [{ path, reason: 'notADay', value: day }];
}

function within({ validFrom, validTo }: WorkingCalendar, path: string, day: string): CalendarFault[] {
  if (!isDay(day)) return dayFault(path, day);
  return validFrom <= day && day <= validTo ? [] : [{ path, reason: 'outsideYears', value: day }];
}

function daysOff(calendar: WorkingCalendar): CalendarFault[] {
  const named = [
    ...calendar.holidays.map(({ day }, at) => ({ day, path: `/holidays/${at}/day` })),
    ...(calendar.localDays ?? []).map(({ day }, at) => ({ day, path: `/localDays/${at}/day` })),
  ];
  const seen = new Set<string>();
  return named.flatMap(({ day, path }): CalendarFault[] => {
    const twice = seen.has(day);
    seen.add(day);
    return twice ? [{ path, reason: 'twice', value: day }] : within(calendar, path, day);
  });
}

function swapFaults(calendar: WorkingCalendar): CalendarFault[] {
  const plain: WorkingCalendar = { ...calendar, workingSwaps: [] };
  const seen = new Set<string>();
  return calendar.workingSwaps.flatMap(({ day, dayOff, decision }, at): CalendarFault[] => {
    const path = `/workingSwaps/${at}`;
    const missing: CalendarFault[] = [
      ...(dayOff === undefined ? [{ path: `${path}/dayOff`, reason: 'dayOffMissing', value: '' } as const] : []),
      ...(decision === undefined ? [{ path: `${path}/decision`, reason: 'decisionMissing', value: '' } as const] : []),
    ];
    const days = [{ path: `${path}/day`, day }, ...(dayOff === undefined ? [] : [{ path: `${path}/dayOff`, day: dayOff }])];
    const strange = days.flatMap((one) => dayFault(one.path, one.day));
    // An exchange over the turn of the year (27/12/2014 for 02/01/2015) belongs to the calendars of both years.
    const away = days.map((one) => within(calendar, one.path, one.day));
    if (strange.length === 0 && away.every((faults) => faults.length > 0)) strange.push(...away.flat());
    if (strange.length > 0) return [...missing, ...strange];
    const twice = days.filter((one) => seen.has(one.day));
    for (const one of days) seen.add(one.day);
    const worked = stepOf(plain, day);
    return [
      ...missing,
      ...twice.map((one): CalendarFault => ({ path: one.path, reason: 'twice', value: one.day })),
      ...(worked.reason === 'holiday' ? [{ path: `${path}/day`, reason: 'workedIsHoliday', value: day } as const] : []),
      ...(worked.working ? [{ path: `${path}/day`, reason: 'notRestDay', value: day } as const] : []),
      ...(dayOff !== undefined && !stepOf(plain, dayOff).working
        ? [{ path: `${path}/dayOff`, reason: 'dayOffNotWorking', value: dayOff } as const]
        : []),
    ];
  });
}

function hourFaults({ hours = [] }: WorkingCalendar, { weekdays, spans }: WorkingHours, at: number): CalendarFault[] {
  const before = new Set(hours.slice(0, at).flatMap((one) => one.weekdays));
  const ends = spans.flatMap(({ from, to }) => [from, to]);
  const disordered = ends.findIndex((time, index) => index > 0 && time <= (ends[index - 1] ?? ''));
  return [
    ...weekdays.flatMap((weekday, index): CalendarFault[] =>
      before.has(weekday) || weekdays.indexOf(weekday) !== index
        ? [{ path: `/hours/${at}/weekdays/${index}`, reason: 'hoursTwice', value: String(weekday) }]
        : [],
    ),
    ...(disordered < 0
      ? []
      : [
          {
            path: `/hours/${at}/spans/${Math.floor(disordered / 2)}`,
            reason: 'hoursReversed',
            value: ends[disordered] ?? '',
          } as const,
        ]),
  ];
}

/**
 * The calendar in force with the days that a new one brings: between the new one's first and last day only its entries hold, outside the
 * old ones stay. Weekly rest days and hours are the new one's. A fault where the two leave days between them of which nothing is known.
 */
export function mergeCalendars(old: WorkingCalendar, brought: WorkingCalendar): WorkingCalendar | CalendarFault {
  if (brought.validFrom > addDays(old.validTo, 1))
    return { path: '/validFrom', reason: 'notAdjoining', value: brought.validFrom };
  if (brought.validTo < addDays(old.validFrom, -1)) return { path: '/validTo', reason: 'notAdjoining', value: brought.validTo };
  const outside = <T extends { readonly day: string }>(entries: readonly T[]): readonly T[] =>
    entries.filter(({ day }) => day < brought.validFrom || day > brought.validTo);
  const joined = <T extends { readonly day: string }>(before: readonly T[], now: readonly T[]): readonly T[] =>
    [...outside(before), ...now].sort((a, b) => (a.day < b.day ? -1 : 1));
  const hours = brought.hours ?? old.hours;
  return {
    version: brought.version,
    restDays: brought.restDays,
    holidays: joined(old.holidays, brought.holidays),
    localDays: joined(old.localDays ?? [], brought.localDays ?? []),
    workingSwaps: [...swapsKept(old, brought), ...brought.workingSwaps].sort((a, b) => (a.day < b.day ? -1 : 1)),
    ...(hours === undefined ? {} : { hours }),
    validFrom: old.validFrom < brought.validFrom ? old.validFrom : brought.validFrom,
    validTo: old.validTo > brought.validTo ? old.validTo : brought.validTo,
  };
}

/** The old exchanges that the new calendar does not speak of: one belongs to the year of the day that it gives off. */
function swapsKept(old: WorkingCalendar, { workingSwaps, validFrom, validTo }: WorkingCalendar): readonly WorkingSwap[] {
  return old.workingSwaps.filter(
    ({ day, dayOff = day }) => (dayOff < validFrom || dayOff > validTo) && !workingSwaps.some((swap) => swap.day === day),
  );
}

/** The days, in order, that are worked in one calendar and not in the other, over all days of which either knows. */
export function changedDays(before: WorkingCalendar, after: WorkingCalendar): readonly ChangedDay[] {
  const last = before.validTo > after.validTo ? before.validTo : after.validTo;
  const changed: ChangedDay[] = [];
  for (let day = before.validFrom < after.validFrom ? before.validFrom : after.validFrom; day <= last; day = addDays(day, 1)) {
    const { working, name } = stepOf(after, day);
    if (working !== stepOf(before, day).working) changed.push({ day, working, name: name ?? stepOf(before, day).name });
  }
  return changed;
}

/** The part of a calendar that concerns a year, for showing: its entries of that year and how far it knows them. */
export function yearOf(calendar: WorkingCalendar, year: number): WorkingCalendar {
  const own = <T extends { readonly day: string }>(entries: readonly T[]): readonly T[] =>
    entries.filter(({ day }) => Number(day.slice(0, 4)) === year);
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  return {
    ...calendar,
    holidays: own(calendar.holidays),
    localDays: own(calendar.localDays ?? []),
    workingSwaps: calendar.workingSwaps.filter(({ day, dayOff = day }) =>
      [day, dayOff].some((one) => Number(one.slice(0, 4)) === year),
    ),
    validFrom: calendar.validFrom > first ? calendar.validFrom : first,
    validTo: calendar.validTo < last ? calendar.validTo : last,
  };
}
