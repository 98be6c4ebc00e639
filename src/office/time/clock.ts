/** A domain clock: the instant at which a command is judged. Only `main` and the demo choose one. */
export interface Clock {
  /** ISO 8601, UTC, milliseconds. */
  now(): string;
}

const HO_CHI_MINH_OFFSET_MS = 7 * 60 * 60 * 1000;

/**
 * The day in Asia/Ho_Chi_Minh on which an instant falls, `yyyy-mm-dd`.
 * Vietnam has kept UTC+7 without summer time since 1975, so a fixed offset is exact and needs no time-zone table.
 */
export function dayOf(instant: string): string {
  if (instant !== asked.instant)
    asked = { instant, day: new Date(Date.parse(instant) + HO_CHI_MINH_OFFSET_MS).toISOString().slice(0, 10) };
  return asked.day;
}

/** One judgement asks for the day of the same instant some dozens of times. */
let asked = { instant: '', day: '' };

/** The instant at which a day begins in Asia/Ho_Chi_Minh, ISO 8601 UTC. */
export function startOfDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00.000Z`) - HO_CHI_MINH_OFFSET_MS).toISOString();
}

/** The last millisecond of a day in Asia/Ho_Chi_Minh: a due date counts to the end of its day. */
export function endOfDay(day: string): string {
  return new Date(Date.parse(startOfDay(day)) + 24 * 60 * 60 * 1000 - 1).toISOString();
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** Days are texts with four digits for the year, which sort: beyond these two they would not. */
const firstDay = '0000-01-01';
const lastDay = '9999-12-31';

/** The day `count` calendar days later (earlier when negative); the first or last day that there is where it would lie beyond. */
export function addDays(day: string, count: number): string {
  const at = Date.parse(`${day}T00:00:00.000Z`) + count * DAY_MS;
  if (at > Date.parse(lastDay)) return lastDay;
  if (at < Date.parse(firstDay)) return firstDay;
  return new Date(at).toISOString().slice(0, 10);
}

/** The time of day of an instant in Asia/Ho_Chi_Minh, `hh:mm`. */
export function timeOf(instant: string): string {
  return new Date(Date.parse(instant) + HO_CHI_MINH_OFFSET_MS).toISOString().slice(11, 16);
}
