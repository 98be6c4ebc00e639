import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import { isBeyond, isDay, type WorkingCalendar, workingDaysBetween } from './calendar.js';
import { dayOf } from './clock.js';
import { explainDue } from './deadlines.js';
import { ledgerOf, openSuspension } from './suspensions.js';

/** How far the work is. */
export type WorkStage = 'notStarted' | 'inProgress' | 'awaitingConfirmation' | 'done' | 'suspended';
/** How it stands to its due date: running, or finished. `none`: no due date, or the clock stands still. */
export type Timing = 'none' | 'inTime' | 'dueSoon' | 'overdue' | 'early' | 'onTime' | 'late';

/** Computed whenever it is shown, and never stored: it would be wrong the next morning. */
export interface Progress {
  readonly stage: WorkStage;
  readonly timing: Timing;
  /** Working days left or passed; null where nothing is due, and for what was finished. */
  readonly workingDays: number | null;
  /** The due instant that was compared, ISO 8601. */
  readonly due: string | null;
}

/** Soon is due what has at most so many working days left. */
export const soonWorkingDays = 3;

interface Asked {
  readonly stage: WorkStage;
  readonly due: string | null;
  /** The instant or the day on which the work was handed in; null while it is not. */
  readonly doneAt: string | null;
  readonly now: string;
  readonly calendar: WorkingCalendar;
}

/**
 * The standing of work to its due date. A due day counts to its end in Asia/Ho_Chi_Minh. Work that was handed in is judged by the day
 * on which it was, however long its confirmation takes: before the due day early, on it on time, after it late. Pure.
 */
export function timingOf({ stage, due, doneAt, now, calendar }: Asked): Progress {
  if (due === null || stage === 'suspended') return { stage, timing: 'none', workingDays: null, due };
  if (stage === 'done' || stage === 'awaitingConfirmation') {
    if (doneAt === null) return { stage, timing: 'none', workingDays: null, due };
    const late = isDay(doneAt) ? doneAt > dayOf(due) : doneAt > due;
    const early = (isDay(doneAt) ? doneAt : dayOf(doneAt)) < dayOf(due);
    return { stage, timing: late ? 'late' : early ? 'early' : 'onTime', workingDays: null, due };
  }
  const [today, day] = [dayOf(now), dayOf(due)];
  if (now > due) return { stage, timing: 'overdue', workingDays: workingDaysBetween(calendar, day, today), due };
  const left = workingDaysBetween(calendar, today, day);
  return { stage, timing: left <= soonWorkingDays ? 'dueSoon' : 'inTime', workingDays: left, due };
}

/** A due date as it stands at an instant, for whoever reads it. */
export interface DueStanding {
  readonly day: string;
  /** `justOver`: passed, and no working day since; `lastDays`: ahead, and no working day left after today. */
  readonly kind: 'left' | 'lastDays' | 'today' | 'justOver' | 'over';
  /** Working days left, or passed since. */
  readonly count: number;
  readonly late: boolean;
  readonly soon: boolean;
  /** Days off are not known for every day that was counted. */
  readonly beyondCalendar: boolean;
}

/** How a due instant stands to `now`, in working days; a due day counts to its end in Asia/Ho_Chi_Minh. Pure. */
export function dueStanding(calendar: WorkingCalendar, due: string, now: string): DueStanding {
  const [day, today] = [dayOf(due), dayOf(now)];
  const late = now > due;
  const [from, to] = late ? [day, today] : [today, day];
  const count = workingDaysBetween(calendar, from, to);
  const frame = { day, count, late, soon: !late && count <= soonWorkingDays, beyondCalendar: isBeyond(calendar, from, to) };
  if (late) return { ...frame, kind: count === 0 ? 'justOver' : 'over' };
  return { ...frame, kind: day === today ? 'today' : count === 0 ? 'lastDays' : 'left' };
}

/** What the states of the shipped definitions mean for the work itself, by path; the innermost that is named counts. */
const stages: Readonly<Record<string, Readonly<Record<string, WorkStage>>>> = {
  directive: {
    '/assigning': 'notStarted',
    '/active': 'inProgress',
    '/suspended': 'suspended',
    '/assessing': 'awaitingConfirmation',
    '/assessed': 'awaitingConfirmation',
    '/signedOff': 'done',
  },
  assignment: {
    '/offered': 'notStarted',
    '/contested': 'notStarted',
    '/executing': 'inProgress',
    '/executing/suspended': 'suspended',
    '/completed': 'awaitingConfirmation',
    '/confirmed': 'done',
  },
  report: {
    '/preparing': 'inProgress',
    '/preparing/open': 'notStarted',
    '/submitted': 'awaitingConfirmation',
    '/accepted': 'done',
    '/closed': 'done',
  },
  incoming: { '/underway/directed': 'notStarted', '/underway/handling': 'inProgress', '/resolved': 'done' },
};

/** Fields that hold the day on which the work was handed in. */
const handedInFields = ['completedOn', 'submittedOn', 'resolvedOn'] as const;

interface Around {
  readonly calendar: WorkingCalendar;
  readonly now: string;
  /** The instant of the last entry: when what has ended came to its end. */
  readonly since: string;
  /** The paths of the states the instance is in. */
  readonly paths: readonly string[];
}

/** The standing of a duty, a report or an incoming paper that is dealt with; null for an instance that is no such work. */
export function progressOf(instance: Pick<Instance, 'definition' | 'context' | 'open'>, around: Around): Progress | null {
  const known = Object.hasOwn(stages, instance.definition.id) ? stages[instance.definition.id] : undefined;
  const named = around.paths.flatMap((path) => (known !== undefined && Object.hasOwn(known, path) ? [known[path]] : [])).at(-1);
  if (named === undefined) return null;
  const { context } = instance;
  const handedIn = handedInFields.map((field) => textOf(context[field])).find((day) => day !== null) ?? null;
  // What came after the work was handed in moves no date by which it is judged.
  const ledger = ledgerOf(context.suspensions).filter(({ from }) => handedIn === null || dayOf(from) < handedIn);
  const running = named === 'notStarted' || named === 'inProgress';
  const stage = running && openSuspension(ledger) !== null ? 'suspended' : named;
  const { calendar, since } = around;
  const due = explainDue(
    { field: 'dueOn' },
    { calendar, from: since, fieldValue: textOf(context.dueOn), suspensions: ledger },
  ).due;
  return timingOf({ stage, due, doneAt: handedIn ?? (instance.open ? null : since), now: around.now, calendar });
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
