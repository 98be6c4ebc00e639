import type { Facts } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import { candidates, needsOf } from '../engine/judge.js';
import type { Model } from '../engine/model.js';
import { worldAt } from '../office/world.js';
import type { Deps } from './deps.js';

/** Reads what the rules may know of the world for one command: the directory, and only what its requirements need. */
export async function factsFor(
  deps: Pick<Deps, 'store' | 'clock'>,
  model: Model,
  instance: Instance,
  command: string,
): Promise<Facts> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(instance.authority);
  const given: Record<string, unknown> = {};
  if (needsOf(model, candidates(model, instance, command)).includes('children')) {
    given.children = await deps.store.instances.children(instance.authority, instance.id);
  }
  return { now, world: worldAt(directory, now), given };
}
