import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import type { DutyState } from '../reporting/standings.js';
import type { WorkingCalendar } from '../time/calendar.js';
import { dayOf } from '../time/clock.js';
import { progressOf } from '../time/timing.js';

/** Every way in which a duty can stand, in the order in which they are shown; each duty is in exactly one. */
export const dutyStates: readonly DutyState[] = ['early', 'onTime', 'late', 'running', 'overdue', 'notStarted'];

/** What was done, in time or not. */
export const doneStates: ReadonlySet<DutyState> = new Set<DutyState>(['early', 'onTime', 'late']);

/**
 * How a unit's report stands. `onTime` and `late`: received. `silent`: it was recorded that none came. `overdue`: not received, and its day
 * has passed. `awaited`: not received, and its day has not passed.
 */
export type ReportState = 'onTime' | 'late' | 'silent' | 'overdue' | 'awaited';
export const reportStates: readonly ReportState[] = ['onTime', 'late', 'silent', 'overdue', 'awaited'];

/** One unit's duty at an instant. Days are `yyyy-mm-dd`. */
export interface DutyFact {
  readonly instance: string;
  readonly directive: string;
  readonly clause: string;
  readonly title: string;
  readonly unit: string;
  readonly part: 'lead' | 'coordinate';
  readonly state: DutyState;
  /** Its clock stands still; counted under `running` or `notStarted`. */
  readonly suspended: boolean;
  /** It was handed in and is not confirmed; counted under `running`, or under `overdue` where it came after its day. */
  readonly unconfirmed: boolean;
  readonly dueOn: string | null;
  /** The day on which it was handed in; null while it is not confirmed. */
  readonly doneOn: string | null;
  readonly urged: number;
  readonly extended: number;
  /** Periods into which it was carried over, as recorded. */
  readonly carried: readonly string[];
}

/** One unit's report of one period, at an instant. */
export interface ReportFact {
  readonly instance: string;
  /** The unit for which it was opened: numbers of a period do not move when another takes over. */
  readonly unit: string;
  /** The unit that answers for it now. */
  readonly answeredBy: string;
  readonly period: string;
  readonly title: string;
  readonly state: ReportState;
  readonly dueOn: string | null;
  /** The day on which it was received; null while it is not. */
  readonly sentOn: string | null;
  readonly urged: number;
  readonly returned: number;
  readonly corrected: number;
}

/** What stands beside an instance when a fact is read from it. */
export interface Beside {
  readonly calendar: WorkingCalendar;
  /** ISO 8601, UTC. */
  readonly now: string;
  /** The instant of its last entry. */
  readonly since: string;
  /** The paths of the states it is in, outermost first. */
  readonly paths: readonly string[];
}

const text = (value: Json | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);
const count = (value: Json | undefined): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0);

/**
 * A duty as it stands; null for what is nobody's duty (released) and for an instance that is none. Done is what was confirmed, judged by the
 * day on which it was handed in: before its day early, on it or without a day on time, after it late. What is handed in and not confirmed is
 * not done yet: late it is overdue, else running. Overdue and not started at once counts as overdue.
 */
export function dutyFact(instance: Instance, beside: Beside): DutyFact | null {
  const { context, id } = instance;
  const progress = progressOf(instance, beside);
  const unit = text(context.unit);
  if (progress === null || unit === null) return null;
  const { stage, timing } = progress;
  const done = stage === 'done';
  const finished: DutyState = timing === 'early' || timing === 'late' ? timing : 'onTime';
  const open: DutyState =
    timing === 'overdue' || (timing === 'late' && !done)
      ? 'overdue'
      : beside.paths.includes('/offered') || beside.paths.includes('/contested')
        ? 'notStarted'
        : 'running';
  return {
    instance: id,
    directive: text(context.directive) ?? '',
    clause: text(context.clause) ?? '',
    title: text(context.title) ?? '',
    unit,
    part: context.part === 'coordinate' ? 'coordinate' : 'lead',
    state: done ? finished : open,
    suspended: stage === 'suspended',
    unconfirmed: stage === 'awaitingConfirmation',
    dueOn: text(context.dueOn),
    doneOn: done ? (text(context.completedOn) ?? dayOf(beside.since)) : null,
    urged: count(context.timesUrged),
    extended: count(context.extended),
    carried: carriedOf(context.carried),
  };
}

/** The periods in a list of carry-overs: entries are texts, or objects that name the period. */
function carriedOf(value: Json | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one) => {
    if (typeof one === 'string') return [one];
    const named = one !== null && typeof one === 'object' && !Array.isArray(one) ? Object.entries(one) : [];
    return named
      .flatMap(([name, of]) => ((name === 'period' || name === 'to') && typeof of === 'string' ? [of] : []))
      .slice(0, 1);
  });
}

/** States in which a report lies with its unit. */
const withUnit = /^\/(preparing|silent|unreported)(\/|$)/;

/**
 * A report as it stands; null where the instance names no unit or period. Received is what was sent and does not lie with its unit again:
 * one that was returned is not received until it comes back. In time is what was sent on its due day at the latest.
 */
export function reportFact({ id, context }: Instance, { now, paths }: Pick<Beside, 'now' | 'paths'>): ReportFact | null {
  const answeredBy = text(context.unit);
  const period = text(context.period);
  if (answeredBy === null || period === null) return null;
  const dueOn = text(context.dueOn);
  const submitted = text(context.submittedOn);
  const sentOn = submitted !== null && !paths.some((path) => withUnit.test(path)) ? submitted : null;
  return {
    instance: id,
    unit: text(context.forUnit) ?? answeredBy,
    answeredBy,
    period,
    title: text(context.title) ?? '',
    state: reportStateOf({
      silent: paths.some((path) => /^\/(silent|closed|unreported)(\/|$)/.test(path)),
      sentOn,
      dueOn,
      today: dayOf(now),
    }),
    dueOn,
    sentOn,
    urged: count(context.timesUrged),
    returned: count(context.returned),
    corrected: count(context.corrected),
  };
}

interface Sent {
  /** Ended without a report, or recorded as silent. */
  readonly silent: boolean;
  readonly sentOn: string | null;
  readonly dueOn: string | null;
  readonly today: string;
}

function reportStateOf({ silent, sentOn, dueOn, today }: Sent): ReportState {
  if (sentOn !== null) return dueOn !== null && sentOn > dueOn ? 'late' : 'onTime';
  if (silent) return 'silent';
  return dueOn !== null && dueOn < today ? 'overdue' : 'awaited';
}
