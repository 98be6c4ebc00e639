import { counted } from './due.js';
import { type Language, valueLabel, word } from './sentences.js';

/** What a notice says, with its names in words already. */
export interface ToldNotice {
  readonly kind: 'turn' | 'outcome' | 'told' | 'reminder';
  readonly command: string | null;
  readonly actor: string | null;
  /** Of a reminder: `before`, `due`, `after`, `escalated`, `urged`. */
  readonly moment: string | null;
  readonly days: number;
  /** The name of the delegator. */
  readonly behalf: string | null;
}

const moments: Readonly<Record<string, string>> = {
  before: 'noticeBefore',
  due: 'noticeDue',
  after: 'noticeAfter',
  escalated: 'noticeEscalated',
  urged: 'noticeUrged',
};

/** One line that says why this person is told, the same on the page and in the mail. */
export function noticeLine(language: Language, told: ToldNotice): string {
  const { kind, actor, command, moment, days, behalf } = told;
  const happened = actor !== null && command !== null;
  const name =
    kind === 'reminder'
      ? ((moment === null ? undefined : moments[moment]) ?? 'noticeReminder')
      : kind === 'turn'
        ? happened
          ? 'noticeTurnAfter'
          : 'noticeTurn'
        : kind === 'outcome'
          ? 'noticeOutcome'
          : 'noticeTold';
  const line = counted(language, name, days, { actor, command });
  return behalf === null ? line : `${line} (${word(language, 'behalf', { name: behalf })})`;
}

/** What waits by a post or a delegation that has just become somebody's. */
export function waitingTitle(language: Language, count: string): string {
  return word(language, 'noticeWaiting', { count });
}

/** Why: the delegator's name, or null for a post of one's own. */
export function waitingLine(language: Language, behalf: string | null): string {
  return behalf === null ? word(language, 'noticeWaitingPost') : word(language, 'noticeWaitingFor', { name: behalf });
}

/** A title with its mark of urgency before it, on one line. */
export function urgentTitle(language: Language, urgency: unknown, title: string): string {
  const mark =
    urgency === 'hoaToc' || urgency === 'thuongKhan' || urgency === 'khan' ? `[${valueLabel(language, urgency)}] ` : '';
  return `${mark}${title.replace(/\s+/g, ' ').trim()}`;
}
