import { addWorkingDays, nextWorkingDay, type WorkingCalendar } from '../../office/time/calendar.js';
import { addDays, type Clock, dayOf, startOfDay } from '../../office/time/clock.js';

/** The demo's domain clock: the story's time, moved by the demo alone and never back. */
export interface DemoTime {
  readonly clock: Clock;
  /** Today in the story, `yyyy-mm-dd`. */
  today(): string;
  /** Moves to a day and an hour (Asia/Ho_Chi_Minh); an earlier moment than now is left out. */
  to(day: string, hour?: number): void;
  /** Moves to the working day `count` working days from today, 8 o'clock. */
  workingDays(count: number): void;
  /** A few seconds pass between two commands, so that entries have an order that a reader sees. */
  tick(): void;
  calendar: WorkingCalendar;
}

const hourMs = 3_600_000;
const tickMs = 4_000;
const officeHour = 8;

export function demoTime(startDay: string, calendar: WorkingCalendar): DemoTime {
  let now = at(startDay, officeHour);
  const to = (day: string, hour = officeHour) => {
    now = Math.max(now, at(day, hour));
  };
  const today = () => dayOf(new Date(now).toISOString());
  return {
    clock: { now: () => new Date(now).toISOString() },
    today,
    to,
    workingDays: (count) => to(addWorkingDays(calendar, today(), count)),
    tick() {
      now += tickMs;
    },
    calendar,
  };
}

function at(day: string, hour: number): number {
  return Date.parse(startOfDay(day)) + hour * hourMs;
}

/** The first working day on or after a day. */
export function workingDayFrom(calendar: WorkingCalendar, day: string): string {
  return nextWorkingDay(calendar, addDays(day, -1));
}
