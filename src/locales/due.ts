import { type Language, word } from './sentences.js';

/** One step of the sum of days, as `office/time/deadlines.ts` gives it. */
export interface ToldStep {
  readonly day: string;
  readonly until?: string;
  readonly reason: string;
  readonly counted: number | null;
  readonly name: Readonly<Record<Language, string>> | null;
  readonly source: string | null;
}

export interface StepInWords {
  readonly day: string;
  /** Its number in the term; empty for a day that does not count. */
  readonly count: string;
  readonly why: string;
}

/** A step as a reader understands it: the day or days, its number, and why it counts or does not, with the law or the decision. */
export function stepInWords(language: Language, step: ToldStep): StepInWords {
  const { day, until, reason, counted, name, source } = step;
  const open = reason === 'suspended' && until === undefined;
  const what = word(language, open ? 'dueStepSuspendedOpen' : (stepWords[reason] ?? 'dueStepWorking'));
  const parts = [name?.[language] ?? what, ...(source === null || source === '' ? [] : [source])];
  const days = until === undefined || until === day ? dayShown(day) : `${dayShown(day)} – ${dayShown(until)}`;
  return { day: days, count: counted === null ? '' : String(counted), why: parts.join(' · ') };
}

const stepWords: Readonly<Record<string, string>> = {
  start: 'dueStepStart',
  given: 'dueStepGiven',
  periodEnd: 'dueStepPeriodEnd',
  working: 'dueStepWorking',
  swap: 'dueStepWorking',
  rest: 'dueStepRest',
  holiday: 'dueStepHoliday',
  calendar: 'dueStepCalendar',
  suspended: 'dueStepSuspended',
};

/** What work is and how it stands to its due date: `Đang thực hiện – trong hạn`. */
export function progressInWords(language: Language, progress: { readonly stage: string; readonly timing: string }): string {
  const stage = word(language, `stage${capital(progress.stage)}`);
  return progress.stage === 'suspended' ? stage : `${stage} – ${word(language, `timing${capital(progress.timing)}`)}`;
}

/** A due date as `office/time/timing.ts` finds it. */
export interface ToldDue {
  readonly day: string;
  readonly kind: 'left' | 'lastDays' | 'today' | 'justOver' | 'over';
  readonly count: number;
  readonly beyondCalendar: boolean;
}

const dueWords = {
  left: 'dueIn',
  lastDays: 'dueLastDays',
  today: 'dueToday',
  justOver: 'dueOverToday',
  over: 'dueOver',
} as const;

/** A due date as it is read everywhere: `còn 2 ngày làm việc, 14/05/2026`. Tells where the calendar does not know all days off. */
export function dueTold(language: Language, { kind, count, day, beyondCalendar }: ToldDue): string {
  const text = counted(language, dueWords[kind], count, { day: dayShown(day) });
  return beyondCalendar ? `${text} (${word(language, 'dueUnknown')})` : text;
}

/** A phrase with a number of days, in the singular where it is one. */
export function counted(language: Language, name: string, count: number, params: Readonly<Record<string, unknown>> = {}): string {
  const single = count === 1 && SINGLE.has(name);
  return word(language, single ? `${name}One` : name, { ...params, count, days: count });
}

const SINGLE: ReadonlySet<string> = new Set([
  'dueIn',
  'dueOver',
  'noticeBefore',
  'noticeAfter',
  'noticeEscalated',
  'dueResultOpen',
]);

/** `yyyy-mm-dd` as people write it: 14/05/2026. */
export function dayShown(day: string): string {
  return day.split('-').reverse().join('/');
}

function capital(name: string): string {
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}
