import { type DueReport, dueReport, type EarlierDue, type TermReport } from '../../commands/dueReport.js';
import type { Instance, Model } from '../../commands/look.js';
import { TrinhkyError } from '../../errors.js';
import { counted, dayShown, stepInWords } from '../../locales/due.js';
import { word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import { dayOf } from '../../office/time/clock.js';
import { extensionsOf } from '../../office/time/extensions.js';
import { answer, columnsDefault, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

/** `trinhky due INSTANCE`: the sum of days of every term that runs, and every due date that was set. */
export async function due(session: Session, id: string): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = id.split('.')[0] ?? '';
    const held = await app.deps.store.instances.load(authority, id);
    if (held === null) throw new TrinhkyError('notFound', { reason: 'instance', instance: id });
    const { instance } = held;
    await app.deps.models.learn(instance.definition);
    const model = app.deps.models.pinned(instance.definition);
    const report = await dueReport(app.deps, model, instance);
    const { person } = indexOf(await app.deps.store.directory.snapshot(authority));
    const nameOf = (actor: string | null) => (actor === null ? '' : (person.get(actor)?.name ?? actor));
    answer(session, { instance: id, ...report, extensions: extensionsOf(instance.context) }, () =>
      shown({ session, model, instance, nameOf }, report),
    );
    return 0;
  });
}

interface Showing {
  readonly session: Session;
  readonly model: Model;
  readonly instance: Instance;
  readonly nameOf: (person: string | null) => string;
}

function shown(showing: Showing, { terms, history }: DueReport): string {
  const { words } = showing.session;
  const sums = terms.length === 0 ? [`${words.say('due.none')}\n`] : terms.map((term) => sumOf(showing, term));
  return [...sums, ...(history.length === 0 ? [] : [earlier(showing, history)])].join('\n');
}

function sumOf(showing: Showing, term: TermReport): string {
  const { words, io } = showing.session;
  const { language } = words;
  const { explanation } = term;
  const rows = explanation.steps.map((step) => stepInWords(language, step)).map(({ day, count, why }) => [day, count, why]);
  const head = [word(language, 'dueSumDay'), word(language, 'dueSumCount'), word(language, 'dueSumWhy')];
  const lines = [
    ...(explanation.cutOff === null ? [] : [word(language, 'dueCutOff', { day: dayShown(dayOf(explanation.cutOff)) })]),
    ...extended(showing),
    result(showing, term),
    ...(term.agrees ? [] : [word(language, 'dueDiffers', { day: instantShown(explanation.due) })]),
    ...(explanation.beyondCalendar ? [word(language, 'dueBeyond')] : []),
    word(language, 'dueCalendarVersion', { version: explanation.calendarVersion }),
  ];
  const sum = rows.length === 0 ? '' : table(head, rows, io.columns ?? columnsDefault, [1]);
  return `${words.say('due.state', { state: labelOf(showing, term.path) })}\n${sum}${lines.join('\n')}\n`;
}

function extended({ session, instance, nameOf }: Showing): readonly string[] {
  const { language } = session.words;
  return extensionsOf(instance.context).map(({ from, to, reason, askedBy, by, at }) =>
    word(language, 'dueExtended', {
      from: from === null ? '' : dayShown(from),
      to: to === null ? '' : dayShown(to),
      reason,
      askedBy: nameOf(askedBy),
      by: nameOf(by),
      at: shownInstant(at),
    }),
  );
}

function result({ session }: Showing, { due: set, explanation }: TermReport): string {
  const { language } = session.words;
  if (set !== null) return word(language, 'dueResultInstant', { when: instantShown(set) });
  if (explanation.remaining !== null) return counted(language, 'dueResultOpen', explanation.remaining);
  return word(language, 'dueResultNone');
}

function earlier(showing: Showing, history: readonly EarlierDue[]): string {
  const { words, io } = showing.session;
  const head = ['at', 'command', 'actor', 'due', 'path'].map((name) => words.say(`due.${name}`));
  const rows = history.map((one) => [
    shownInstant(one.at),
    one.command,
    showing.nameOf(one.actor),
    shownInstant(one.due),
    labelOf(showing, one.path),
  ]);
  return `${words.say('due.earlier')}\n${table(head, rows, io.columns ?? columnsDefault)}`;
}

const instantShown = (instant: string | null): string => (instant === null ? '—' : shownInstant(instant));

function labelOf({ session, model }: Showing, path: string): string {
  return model.machine.tree.nodes.get(path)?.definition.label?.[session.words.language] ?? path;
}
