import { readFile } from 'node:fs/promises';
import { commandLineActor } from '../../commands/administers.js';
import type { JsonObject } from '../../commands/look.js';
import { listForms, loadForm, showForm } from '../../commands/reporting/forms.js';
import { TrinhkyError } from '../../errors.js';
import { answer, authorityOf, columnsDefault, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

export interface FormShowFlags {
  readonly edition?: string;
}

/** `trinhky reportform list`. */
export async function reportFormList(session: Session): Promise<number> {
  const { words, io } = session;
  await withApplication(session, async (app) => {
    const rows = await listForms(app.deps, await authorityOf(session, app));
    answer(session, rows, () => {
      if (rows.length === 0) return words.say('reportform.none');
      const head = ['id', 'version', 'at', 'by'].map((name) => words.say(`reportform.${name}`));
      const shown = rows.map(({ id, version, at, by }) => [id, String(version), shownInstant(at), by]);
      return table(head, shown, io.columns ?? columnsDefault);
    });
  });
  return 0;
}

/** `trinhky reportform load FILE`: the next version of a form; the periods that are open keep theirs. */
export async function reportFormLoad(session: Session, file: string): Promise<number> {
  const value = parsed(await readFile(file, 'utf8').catch(unreadable(file)), file);
  await withApplication(session, async (app) => {
    const loaded = await loadForm(app.deps, { authority: await authorityOf(session, app), actor: commandLineActor }, value);
    answer(session, loaded, () => {
      const { id, version } = loaded.form;
      const { added = [], removed = [] } = loaded.changes ?? {};
      const said = session.words.say(loaded.saved ? 'reportform.loaded' : 'reportform.same', { id, version });
      const told = [
        ...(added.length > 0 ? [session.words.say('reportform.added', { codes: added.join(', ') })] : []),
        ...(removed.length > 0 ? [session.words.say('reportform.removed', { codes: removed.join(', ') })] : []),
      ];
      return [said, ...told].join('\n');
    });
  });
  return 0;
}

/** `trinhky reportform show ID`: what a form asks, item by item; the newest version unless another is named. */
export async function reportFormShow(session: Session, id: string, flags: FormShowFlags): Promise<number> {
  const { words, io } = session;
  const version = flags.edition === undefined ? null : Number(flags.edition);
  if (version !== null && !Number.isInteger(version)) throw new TrinhkyError('inputInvalid', { path: '--edition' });
  await withApplication(session, async (app) => {
    const shown = await showForm(app.deps, await authorityOf(session, app), id, version);
    answer(session, shown, () => {
      const { form } = shown;
      const head = ['code', 'kind', 'label', 'measure'].map((name) => words.say(`reportform.${name}`));
      const rows = [...form.perDuty.map((item) => ({ item, each: true })), ...form.once.map((item) => ({ item, each: false }))];
      const lines = rows.map(({ item, each }) => [
        item.code,
        words.say(`reportform.kinds.${item.kind}`),
        each ? words.say('reportform.perDuty', { label: item.label[words.language] }) : item.label[words.language],
        item.kind === 'figure' ? item.unit : '',
      ]);
      const title = `${form.label[words.language]} (${form.id}, ${words.say('reportform.version')} ${form.version})`;
      return `${title}\n${table(head, lines, io.columns ?? columnsDefault)}`;
    });
  });
  return 0;
}

function unreadable(file: string) {
  return (cause: unknown): never => {
    throw new TrinhkyError('inputInvalid', { path: file, reason: 'unreadable' }, { cause });
  };
}

function parsed(text: string, file: string): JsonObject {
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  } catch (cause) {
    throw new TrinhkyError('inputInvalid', { path: file, reason: 'notJson' }, { cause });
  }
  throw new TrinhkyError('inputInvalid', { path: file, reason: 'notJson' });
}
