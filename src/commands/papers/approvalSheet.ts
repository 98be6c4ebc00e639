import { readEntry } from '../../engine/entry.js';
import type { Instance } from '../../engine/instance.js';
import { sha256, textAt } from '../../engine/json.js';
import { approvalSheetView } from '../../office/papers/approvalSheet.js';
import { dayOf } from '../../office/time/clock.js';
import type { Deps } from '../deps.js';
import type { Sheet } from './printing.js';

/** Most entries that a sheet tells of, the last ones: a paper with more has its whole history in the system. */
export const sheetEntriesMax = 500;

/** The approval sheet of a paper as it stood after a revision: its entries up to there, and nothing that came later. */
export async function approvalSheet(
  deps: Pick<Deps, 'store' | 'models'>,
  instance: Instance,
  revision = instance.revision,
): Promise<Sheet> {
  const { authority, id } = instance;
  const from = Math.max(1, revision - sheetEntriesMax + 1);
  const stored = await deps.store.instances.history(authority, id, from, revision - from + 1);
  const entries = stored.map(({ bytes }) => readEntry(bytes)).filter(({ seq }) => seq <= revision);
  const directory = await deps.store.directory.snapshot(authority);
  const model = deps.models.pinned(instance.definition);
  const labelOf = (command: string) =>
    model.byCommand.get(command)?.find((transition) => transition.definition.label !== undefined)?.definition.label?.vi ??
    command;
  const view = approvalSheetView({ instance, entries, directory, labelOf, head: sha256(stored.at(-1)?.bytes ?? '') });
  return {
    template: 'approvalSheet',
    title: `Phiếu trình: ${textAt(instance.context, 'title')}`,
    view,
    day: dayOf(entries.at(-1)?.at ?? '2000-01-01T00:00:00.000Z'),
    mustShow: ['PHIẾU TRÌNH', textAt(instance.context, 'title').slice(0, 200)],
  };
}
