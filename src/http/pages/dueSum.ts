import { type TermReport, termsOf } from '../../commands/dueReport.js';
import { pathsOf } from '../../commands/look.js';
import { counted, dayShown, progressInWords, type StepInWords, stepInWords } from '../../locales/due.js';
import { word } from '../../locales/sentences.js';
import { dayOf } from '../../office/time/clock.js';
import { extensionsOf } from '../../office/time/extensions.js';
import { progressOf } from '../../office/time/timing.js';
import { namesOf } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import { personName } from '../names.js';
import { mayReadWork } from '../renditionAccess.js';
import { instantInWords } from './dates.js';

interface DueSum {
  readonly state: string;
  readonly steps: readonly StepInWords[];
  readonly lines: readonly string[];
}

/** How the work stands to its due date, and the sum of days of every term that runs. */
export async function dueView(call: InstanceCall): Promise<{
  readonly progress: { readonly label: string; readonly text: string; readonly late: boolean } | null;
  readonly sums: readonly DueSum[];
}> {
  const { instance, since } = call.view;
  const { dueOn } = instance.context;
  const { calendar } = call.directory;
  const progress = progressOf(instance, { calendar, now: call.now, since, paths: pathsOf(instance.state) });
  const terms = mayReadWork(call) ? await termsOf(call.edge.app.deps, call.model, instance, call.directory) : [];
  return {
    progress:
      progress === null
        ? null
        : {
            // The step at hand has a term of its own: the day is said to which the work as a whole stands.
            label:
              typeof dueOn === 'string'
                ? word(call.language, 'progressUntil', { day: dayShown(dueOn) })
                : word(call.language, 'progress'),
            text: progressInWords(call.language, progress),
            late: progress.timing === 'overdue' || progress.timing === 'late',
          },
    sums: terms.filter(({ explanation }) => explanation.steps.length > 0).map((term) => sumOf(call, term)),
  };
}

function sumOf(call: InstanceCall, { path, due, agrees, explanation }: TermReport): DueSum {
  const { language } = call;
  const say = (name: string, params: Readonly<Record<string, unknown>> = {}): string => word(language, name, params);
  const result =
    due !== null
      ? say('dueResult', { day: dayShown(dayOf(due)) })
      : explanation.remaining === null
        ? say('dueResultNone')
        : counted(language, 'dueResultOpen', explanation.remaining);
  return {
    state: call.model.machine.tree.nodes.get(path)?.definition.label?.[language] ?? path,
    steps: explanation.steps.map((step) => stepInWords(language, step)),
    lines: [
      ...(explanation.cutOff === null ? [] : [say('dueCutOff', { day: dayShown(dayOf(explanation.cutOff)) })]),
      ...extended(call),
      result,
      ...(agrees || explanation.due === null ? [] : [say('dueDiffers', { day: dayShown(dayOf(explanation.due)) })]),
      ...(explanation.beyondCalendar ? [say('dueBeyond')] : []),
    ],
  };
}

function extended(call: InstanceCall): readonly string[] {
  const names = namesOf(call, call.model);
  return extensionsOf(call.view.instance.context).map(({ from, to, reason, askedBy, by, at }) =>
    word(call.language, 'dueExtended', {
      from: from === null ? '' : dayShown(from),
      to: to === null ? '' : dayShown(to),
      reason,
      askedBy: askedBy === null ? '' : personName(names, askedBy),
      by: personName(names, by),
      at: instantInWords(at),
    }),
  );
}
