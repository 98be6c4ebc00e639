import { dueReport } from '../../commands/dueReport.js';
import { type JsonObject, pathsOf } from '../../commands/look.js';
import { TrinhkyError } from '../../errors.js';
import { progressInWords, stepInWords } from '../../locales/due.js';
import { extensionsOf } from '../../office/time/extensions.js';
import { progressOf } from '../../office/time/timing.js';
import type { InstanceCall } from '../edge.js';
import { mayReadWork } from '../renditionAccess.js';
import { type Answer, ok, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

const anything: JsonObject = { type: 'object' };
const bool: JsonObject = { type: 'boolean' };
const numberOrNull: JsonObject = { type: ['integer', 'null'] };

const step = object({
  day: text,
  until: textOrNull,
  reason: text,
  counted: numberOrNull,
  name: textOrNull,
  source: textOrNull,
  told: object({ day: text, count: text, why: text }),
});
const term = object({
  path: text,
  stateLabel: textOrNull,
  declared: anything,
  from: text,
  due: textOrNull,
  computed: textOrNull,
  agrees: bool,
  steps: list(step),
  suspended: list(object({ from: text, to: textOrNull, reason: text, by: text })),
  remaining: numberOrNull,
  cutOff: textOrNull,
  calendarVersion: text,
  beyondCalendar: bool,
});

const answer = object({
  terms: list(term),
  history: list(object({ path: text, due: text, seq: count, at: text, command: text, actor: text })),
  extensions: list(object({ from: textOrNull, to: textOrNull, reason: text, askedBy: textOrNull, by: text, at: text })),
  progress: {
    anyOf: [{ type: 'null' }, object({ stage: text, timing: text, workingDays: numberOrNull, due: textOrNull, told: text })],
  },
});

/**
 * The sum of days behind every term that runs; every due date that was ever set, and by which entry; how the work stands to it. For
 * those who may read the work: it names who suspended, extended and why.
 */
async function readDue(call: InstanceCall): Promise<Answer> {
  if (!mayReadWork(call)) throw new TrinhkyError('notAllowed');
  const { instance, since } = call.view;
  const { terms, history } = await dueReport(call.edge.app.deps, call.model, instance);
  const { language } = call;
  const { nodes } = call.model.machine.tree;
  const around = { calendar: call.directory.calendar, now: call.now, since, paths: pathsOf(instance.state) };
  const progress = progressOf(instance, around);
  return ok({
    terms: terms.map(({ path, declared, from, due, agrees, explanation }) => ({
      path,
      stateLabel: nodes.get(path)?.definition.label?.[language] ?? null,
      declared,
      from,
      due,
      computed: explanation.due,
      agrees,
      steps: explanation.steps.map((one) => ({
        ...one,
        until: one.until ?? null,
        name: one.name?.[language] ?? null,
        told: stepInWords(language, one),
      })),
      suspended: explanation.suspended,
      remaining: explanation.remaining,
      cutOff: explanation.cutOff,
      calendarVersion: explanation.calendarVersion,
      beyondCalendar: explanation.beyondCalendar,
    })),
    history,
    extensions: extensionsOf(instance.context),
    progress: progress === null ? null : { ...progress, told: progressInWords(language, progress) },
  });
}

export const dueRoute: Route = {
  method: 'get',
  path: '/api/v1/instances/:id/due',
  policy: { readsInstance: 'id' },
  summary: 'How its due dates come about, day by day, and every one that was set',
  answers: { status: 200, schema: answer },
  handle: readDue,
};
