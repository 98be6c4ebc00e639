import type { Entry, Instance } from '../../engine/instance.js';
import { dayOf } from '../time/clock.js';

/** How one unit's report stands, as a roll-up needs it: from the instance, or the same from its entries alone. */
export interface ReportStanding {
  readonly report: string;
  readonly revision: number;
  /** The unit for which it was opened. */
  readonly unit: string;
  /** The unit that answers for it now. */
  readonly answeredBy: string;
  /** `yyyy-mm-dd`, or null where nothing was sent. */
  readonly submittedOn: string | null;
  readonly late: boolean;
  /** Hash of the content that was accepted last. */
  readonly accepted: string | null;
}

/** How one duty stands: done before, on or after its day, or not done. */
export type DutyState = 'early' | 'onTime' | 'late' | 'running' | 'overdue' | 'notStarted';

export interface DutyStanding {
  readonly assignment: string;
  readonly revision: number;
  readonly directive: string;
  readonly clause: string;
  readonly title: string;
  readonly unit: string;
  readonly dueOn: string | null;
  /** Null where it is nobody's duty any more: released. */
  readonly state: DutyState | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A report as it is stored. */
export function reportStanding({ id, revision, context }: Instance): ReportStanding {
  const unit = text(context.unit) ?? '';
  return {
    report: id,
    revision,
    unit: text(context.forUnit) ?? unit,
    answeredBy: unit,
    submittedOn: text(context.submittedOn),
    late: context.late === true,
    accepted: text(context.acceptedContent),
  };
}

const SENDS: ReadonlySet<string> = new Set(['SUBMIT']);

/**
 * The same from a report's entries, in order and from the first on: what was opened, sent, accepted, extended and taken over. Throws where
 * there is no entry that opens it.
 */
export function reportStandingOf(entries: readonly Entry[]): ReportStanding {
  const [opened] = entries;
  if (opened === undefined) throw new Error('a report without entries');
  const unit = text(opened.input.unit) ?? '';
  let standing: ReportStanding = {
    report: opened.instance,
    revision: opened.seq,
    unit: text(opened.input.forUnit) ?? unit,
    answeredBy: unit,
    submittedOn: null,
    late: false,
    accepted: null,
  };
  let due: string | null = null;
  for (const entry of entries) {
    standing = { ...afterEntry(standing, entry, due), revision: entry.seq };
    due = text(entry.input.dueOn) ?? due;
  }
  return standing;
}

function afterEntry(before: ReportStanding, { command, at, input, content, after }: Entry, due: string | null): ReportStanding {
  if (SENDS.has(command)) {
    const over = before.submittedOn === null && due !== null && due < dayOf(at);
    return { ...before, submittedOn: dayOf(at), late: before.late || over };
  }
  if (command === 'MARK_LATE') return before.submittedOn === null ? { ...before, late: true } : before;
  if (command === 'GRANT_EXTENSION') return { ...before, late: false };
  if (command === 'ACCEPT' && after === 'accepted') return { ...before, accepted: content };
  if (command === 'TAKE_OVER' && input.from === before.answeredBy) return { ...before, answeredBy: text(input.to) ?? '' };
  return before;
}

/** What of a duty decides how it stands on a day. */
interface DutyFacts {
  readonly leaf: string;
  readonly dueOn: string | null;
  readonly completedOn: string | null;
}

/** Taken from its unit, or from everybody. */
const NOBODYS: ReadonlySet<string> = new Set(['released', 'cancelled', 'withdrawn', 'recalled']);
/** Not begun: nobody has taken it on yet. */
const WAITING: ReadonlySet<string> = new Set(['offered', 'contested']);

/**
 * The standing on a day: done is what was confirmed, counted by the day on which it was completed; what is completed and not confirmed
 * yet is still running, and overdue only where it was completed after its day.
 */
export function dutyStateOn({ leaf, dueOn, completedOn }: DutyFacts, day: string): DutyState | null {
  if (NOBODYS.has(leaf)) return null;
  const done = completedOn ?? day;
  if (leaf === 'confirmed') {
    if (dueOn === null || done === dueOn) return 'onTime';
    return done < dueOn ? 'early' : 'late';
  }
  if (dueOn !== null && dueOn < done) return 'overdue';
  return WAITING.has(leaf) ? 'notStarted' : 'running';
}

function leafOf(state: Instance['state']): string {
  if (typeof state === 'string') return state;
  return Object.keys(state)[0] ?? '';
}

/** A duty as it is stored, on a day. */
export function dutyStanding({ id, revision, context, state }: Instance, day: string): DutyStanding {
  const dueOn = text(context.dueOn);
  return {
    assignment: id,
    revision,
    directive: text(context.directive) ?? '',
    clause: text(context.clause) ?? '',
    title: text(context.title) ?? '',
    unit: text(context.unit) ?? '',
    dueOn,
    state: dutyStateOn({ leaf: leafOf(state), dueOn, completedOn: text(context.completedOn) }, day),
  };
}

/** The same from a duty's entries, in order and from the first on. */
export function dutyStandingOf(entries: readonly Entry[], day: string): DutyStanding {
  const [opened] = entries;
  if (opened === undefined) throw new Error('a duty without entries');
  const { input } = opened;
  let dueOn: string | null = null;
  let completedOn: string | null = null;
  let unit = text(input.unit) ?? '';
  for (const entry of entries) {
    dueOn = text(entry.input.dueOn) ?? dueOn;
    if (entry.command === 'COMPLETE') completedOn = dayOf(entry.at);
    if (entry.command === 'RETURN') completedOn = null;
    if (entry.command === 'REASSIGN') unit = text(entry.input.unit) ?? unit;
    if (entry.command === 'TAKE_OVER' && entry.input.from === unit) unit = text(entry.input.to) ?? unit;
  }
  const last = entries.at(-1) ?? opened;
  return {
    assignment: opened.instance,
    revision: last.seq,
    directive: text(input.directive) ?? '',
    clause: text(input.clause) ?? '',
    title: text(input.title) ?? '',
    unit,
    dueOn,
    state: dutyStateOn({ leaf: leafOf(last.after), dueOn, completedOn }, day),
  };
}
