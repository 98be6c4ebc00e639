import type { Deps } from '../commands/deps.js';
import { dueOfInstance, type Instance, type Model } from '../commands/look.js';
import type { SeenNotice } from '../commands/notices/list.js';
import type { Preferences } from '../commands/notices/mailing.js';
import { type NoticeKind, waitingOf } from '../commands/notices/ports.js';
import { SYSTEM_ACTOR } from '../engine/definition.js';
import { textAt } from '../engine/json.js';
import { dueTold } from '../locales/due.js';
import { noticeLine, urgentTitle, waitingLine, waitingTitle } from '../locales/notices.js';
import { type Language, labelIn, word } from '../locales/sentences.js';
import { type Directory, indexOf } from '../office/organisation/directory.js';
import { dayOf } from '../office/time/clock.js';
import { dueStanding } from '../office/time/timing.js';
import type { MailGroup, MailItem, MailView } from './mailTemplates.js';

/** Most items of one mail; the rest is in the list that it links to. */
export const mailItemsMax = 40;
const titleCharsMax = 300;
const subjectCharsMax = 150;

const groups: readonly (readonly [NoticeKind, string])[] = [
  ['turn', 'mailGroupTurn'],
  ['reminder', 'mailGroupReminder'],
  ['outcome', 'mailGroupOutcome'],
  ['told', 'mailGroupTold'],
];

/** What a mail is made of. Every notice in it may be read by its person. */
export interface MailMaking {
  readonly deps: Pick<Deps, 'models'>;
  readonly directory: Directory;
  readonly preferences: Preferences;
  /** The address of this server in links. */
  readonly address: string;
  readonly now: string;
}

/** One mail of several notices, or of one alone. */
export function noticeMail(making: MailMaking, notices: readonly SeenNotice[], isCut: boolean): MailView {
  const { preferences, address, directory, now } = making;
  const { language } = preferences;
  const [first] = notices;
  const name = nameOf(directory, preferences.person);
  const shown = groups.flatMap(([kind, title]): MailGroup[] => {
    const items = notices.flatMap((seen) => (seen.notice.kind === kind ? itemOf(making, seen) : []));
    return items.length === 0 ? [] : [{ title: word(language, title), items }];
  });
  const alone = notices.length === 1 ? shown[0]?.items[0] : undefined;
  if (alone !== undefined && first !== undefined && (first.view || waitingOf(first.notice) !== null)) {
    const group = shown[0]?.title ?? '';
    return {
      ...frameOf(making),
      subject: cut(`${group}: ${alone.title}`, subjectCharsMax),
      lead: word(language, 'mailOneLead', { name }),
      code: null,
      groups: shown,
      more: null,
      action: { href: alone.href, label: word(language, 'mailOpenOne') },
    };
  }
  return {
    ...frameOf(making),
    subject: word(language, 'mailDigestSubject', { count: notices.length, day: dayInWords(dayOf(now)) }),
    lead: word(language, 'mailDigestLead', { name }),
    code: null,
    groups: shown,
    more: isCut ? word(language, 'mailMore') : null,
    action: { href: `${address}/notices`, label: word(language, 'mailOpenList') },
  };
}

/** The mail with the code that confirms an address. */
export function confirmMail(making: MailMaking, code: string): MailView {
  const { preferences, address, directory } = making;
  const { language } = preferences;
  return {
    ...frameOf(making),
    subject: word(language, 'mailConfirmSubject'),
    lead: word(language, 'mailConfirmLead', { name: nameOf(directory, preferences.person) }),
    code,
    groups: [],
    more: null,
    action: { href: `${address}/preferences`, label: word(language, 'preferences') },
  };
}

function frameOf({ preferences: { language }, address, directory }: MailMaking) {
  return {
    lang: language,
    why: word(language, 'mailWhy'),
    settings: { href: `${address}/preferences`, label: word(language, 'preferences') },
    sender: directory.authority.name,
  };
}

function itemOf({ deps, directory, preferences, address, now }: MailMaking, { notice, view }: SeenNotice): MailItem[] {
  const { language } = preferences;
  const waiting = waitingOf(notice);
  if (waiting !== null) {
    const { onBehalfOf } = notice.params;
    const behalf = typeof onBehalfOf === 'string' ? nameOf(directory, onBehalfOf) : null;
    const title = waitingTitle(language, waiting);
    return [{ title, href: `${address}/inbox`, line: waitingLine(language, behalf), due: null, isLate: false, reason: null }];
  }
  if (view === null) return [];
  const { instance } = view;
  const model = deps.models.pinned(instance.definition);
  const { command, actor, reason, moment, days, onBehalfOf } = notice.params;
  const due = instance.open && notice.visit !== null ? dueOfInstance(instance) : null;
  const told = {
    command: typeof command === 'string' ? commandLabel(language, model, command) : null,
    actor: typeof actor === 'string' ? actorName(language, directory, actor) : null,
    behalf: typeof onBehalfOf === 'string' ? nameOf(directory, onBehalfOf) : null,
  };
  // The heading of its group says already what kind of notice it is.
  const happened = notice.kind !== 'reminder' && told.actor !== null && told.command !== null && told.behalf === null;
  const line = happened
    ? word(language, 'noticeHappened', told)
    : noticeLine(language, {
        ...told,
        kind: notice.kind,
        moment: typeof moment === 'string' ? moment : null,
        days: typeof days === 'number' ? Math.abs(days) : 0,
      });
  return [
    {
      title: titleOf(language, model, instance),
      href: `${address}/instances/${encodeURIComponent(instance.id)}`,
      line,
      due: due === null ? null : word(language, 'mailDue', { due: dueTold(language, dueStanding(directory.calendar, due, now)) }),
      isLate: due !== null && due < now,
      reason: typeof reason === 'string' ? word(language, 'noticeReason', { reason }) : null,
    },
  ];
}

function titleOf(language: Language, model: Model, instance: Instance): string {
  const title = textAt(instance.context, 'title').replace(/\s+/g, ' ').trim();
  const kind = labelIn(language, model.definition.label, instance.definition.id);
  return cut(urgentTitle(language, instance.context.urgency, title === '' ? kind : `${kind}: ${title}`), titleCharsMax);
}

function commandLabel(language: Language, model: Model, command: string): string {
  if (command === 'OPEN') return word(language, 'opened');
  const labelled = model.byCommand.get(command)?.find(({ definition }) => definition.label !== undefined);
  return labelIn(language, labelled?.definition.label, command);
}

function actorName(language: Language, directory: Directory, actor: string): string {
  return actor === SYSTEM_ACTOR ? word(language, 'system') : nameOf(directory, actor);
}

function nameOf(directory: Directory, person: string): string {
  return indexOf(directory).person.get(person)?.name ?? person;
}

function dayInWords(day: string): string {
  const [year, month, date] = day.split('-');
  return `${date}/${month}/${year}`;
}

function cut(text: string, charsMax: number): string {
  const chars = Array.from(text);
  return chars.length <= charsMax ? text : `${chars.slice(0, charsMax - 1).join('')}…`;
}
