import { dueOfInstance } from '../commands/look.js';
import type { SeenNotice } from '../commands/notices/list.js';
import { waitingOf } from '../commands/notices/ports.js';
import { noticeLine, urgentTitle, waitingLine, waitingTitle } from '../locales/notices.js';
import { labelIn, word } from '../locales/sentences.js';
import { indexOf } from '../office/organisation/directory.js';
import { modelFor, namesOf } from './api/show.js';
import type { SignedCall } from './edge.js';
import { commandLabel, personName } from './names.js';

export interface NoticeInWords {
  readonly id: string;
  /** Null where the reader may not read the instance: then nothing else of it is told either. */
  readonly instance: string | null;
  readonly title: string | null;
  readonly kind: string;
  readonly line: string | null;
  readonly reason: string | null;
  readonly due: string | null;
  readonly at: string;
  readonly open: boolean;
  readonly readAt: string | null;
  readonly closedAt: string | null;
}

/** A notice as the page and the API tell it. */
export function noticeInWords(call: SignedCall, { notice, view }: SeenNotice): NoticeInWords {
  const { id, kind, at, open, readAt, closedAt, params } = notice;
  const frame = { id, kind, at, open, readAt, closedAt };
  const waiting = waitingOf(notice);
  if (waiting !== null) return { ...frame, ...waitingInWords(call, waiting, params.onBehalfOf) };
  if (view === null) return { ...frame, instance: null, title: null, line: null, reason: null, due: null };
  const { language } = call;
  const { instance } = view;
  const model = modelFor(call, instance.definition);
  const names = namesOf(call, model);
  const title = typeof instance.context.title === 'string' ? instance.context.title : '';
  const label = labelIn(language, model.definition.label, instance.definition.id);
  const line = noticeLine(language, {
    kind,
    command: typeof params.command === 'string' ? commandLabel(names, params.command) : null,
    actor: typeof params.actor === 'string' ? personName(names, params.actor) : null,
    moment: typeof params.moment === 'string' ? params.moment : null,
    days: typeof params.days === 'number' ? Math.abs(params.days) : 0,
    behalf: typeof params.onBehalfOf === 'string' ? personName(names, params.onBehalfOf) : null,
  });
  return {
    ...frame,
    instance: instance.id,
    title: urgentTitle(language, instance.context.urgency, title === '' ? label : `${label}: ${title}`),
    line,
    reason: typeof params.reason === 'string' ? word(language, 'noticeReason', { reason: params.reason }) : null,
    due: open && notice.visit !== null ? dueOfInstance(instance) : null,
  };
}

/** A summary: of no single instance, so it leads to the list of all that waits. */
function waitingInWords(call: SignedCall, waiting: string, delegator: unknown) {
  const behalf = typeof delegator === 'string' ? (indexOf(call.directory).person.get(delegator)?.name ?? delegator) : null;
  const line = waitingLine(call.language, behalf);
  return { instance: null, title: waitingTitle(call.language, waiting), line, reason: null, due: null };
}
