import { mayRead, type Reader, readableOf } from '../../office/organisation/visibility.js';
import type { OfficeWorld } from '../../office/world.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';
import { whoCanAct } from './actors.js';
import { cursorOf, type StoredNotice } from './ports.js';

export const noticesPerPage = 50;
/** What the frame of a page counts up to. */
export const openNoticesCountMax = 100;

/** A notice as its person may see it: `view` is null where he may not read the instance (any more); then nothing of it is told. */
export interface SeenNotice {
  readonly notice: StoredNotice;
  readonly view: InstanceView | null;
}

/** One page of a person's notices, open ones first. Reading is judged now, whatever held when the notice was made. */
export async function noticesFor(
  deps: Pick<Deps, 'store' | 'models'>,
  reader: Reader,
  after: string | null,
  limit = noticesPerPage,
): Promise<{ readonly items: readonly SeenNotice[]; readonly next: string | null }> {
  const { authority, person } = reader;
  const rows = await deps.store.notices.page({ authority, person, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: await seen(deps, reader, shown), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}

/** Notices with their instances, each read by the reader's own right. */
export async function seen(
  deps: Pick<Deps, 'store' | 'models'>,
  reader: Reader,
  notices: readonly StoredNotice[],
): Promise<readonly SeenNotice[]> {
  if (notices.length === 0) return [];
  const instances = new Set(notices.flatMap(({ instance }) => (instance === '' ? [] : [instance])));
  const views = await deps.store.instances.views(reader.authority, [...instances]);
  for (const { instance } of views) await deps.models.learn(instance.definition);
  const readable = new Map(
    views.filter((view) => mayRead(reader, readableOf(view.instance, view.readers))).map((view) => [view.instance.id, view]),
  );
  return notices.map((notice) => ({ notice, view: readable.get(notice.instance) ?? null }));
}

/** Whether what a notice asks for can still be done by its person. News ask for nothing. */
export function isActionable(deps: Pick<Deps, 'models'>, world: OfficeWorld, { notice, view }: SeenNotice): boolean {
  if (notice.visit === null) return true;
  if (view === null) return false;
  return whoCanAct(deps.models.pinned(view.instance.definition), view.instance, world).has(notice.person);
}
