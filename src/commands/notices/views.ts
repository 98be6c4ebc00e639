import { standingOf } from '../../engine/standing.js';
import type { OfficeWorld } from '../../office/world.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';

/**
 * Instances as notices are derived from them, by id; those that are not there are left out. What this process holds is not read again, so
 * it may be behind what another process has done: who tells by it must compare revisions afterwards. With `stored`, the revisions as they
 * stand, nothing older is taken.
 */
export async function viewsOf(
  deps: Pick<Deps, 'store' | 'models' | 'held'>,
  world: OfficeWorld,
  ids: readonly string[],
  stored: ReadonlyMap<string, number> | null,
): Promise<ReadonlyMap<string, InstanceView>> {
  const authority = world.directory.authority.id;
  const views = new Map<string, InstanceView>();
  const unknown: string[] = [];
  for (const id of ids) {
    const held = deps.held.get(authority, id);
    if (held === undefined || (stored !== null && stored.get(id) !== held.instance.revision)) {
      unknown.push(id);
      continue;
    }
    const { instance, since } = held;
    await deps.models.learn(instance.definition);
    const { readers, principals } = standingOf(deps.models.pinned(instance.definition), instance, { world });
    views.set(id, { instance, readers, principals, since });
  }
  const found = unknown.length === 0 ? [] : await deps.store.instances.views(authority, unknown);
  for (const view of found) {
    await deps.models.learn(view.instance.definition);
    views.set(view.instance.id, view);
  }
  return views;
}
