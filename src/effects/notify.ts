import type { Deps } from '../commands/deps.js';
import type { Notice } from '../commands/ports.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import type { Instance, Visit } from '../engine/instance.js';
import { dayOf } from '../office/clock.js';
import { type Directory, holdsOn, indexOf } from '../office/directory.js';
import { worldAt } from '../office/world.js';
import { oneByOne, textOf } from './handler.js';

const notifyAtOnce = 8;

/** Tells the people who hold the roles now; each gets one notice for one effect, however often it runs. */
export const notify = oneByOne(notifyAtOnce, async (deps, effect) => {
  const held = await deps.store.instances.load(effect.authority, effect.instance);
  if (held === null) return { kind: 'obsolete', note: 'instanceGone' };
  await tell(deps, effect, held.instance, 'command');
  return { kind: 'done' };
});

/** Reminds the people of a due date, unless the stay is over or the date has moved. */
export const remind = oneByOne(notifyAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const held = await deps.store.instances.load(effect.authority, effect.instance);
  if (held === null || !isCurrent(held.instance.visits, effect)) return { kind: 'obsolete', note: 'visitOver' };
  await tell(deps, effect, held.instance, 'reminder');
  return { kind: 'done' };
});

function isCurrent(visits: Readonly<Record<string, Visit>>, effect: LeasedEffect): boolean {
  const visit = visits[textOf(effect, 'path')];
  return visit !== undefined && visit.revision === effect.params.visit && visit.dueRevision === effect.params.dueRevision;
}

async function tell(deps: Deps, effect: LeasedEffect, instance: Instance, kind: Notice['kind']): Promise<void> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(effect.authority);
  const model = deps.models.pinned(instance.definition);
  const world = worldAt(directory, now);
  const keys = (effect.params.roles as readonly string[]).flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? world.principals(role, instance) : [];
  });
  const people = new Set(keys.flatMap((key) => holdersOf(directory, key, dayOf(now))));
  // Nobody is told of what he did himself; a reminder is nobody's deed.
  if (typeof effect.params.actor === 'string') people.delete(effect.params.actor);
  const params = { ...effect.params, definition: instance.definition.id, title: instance.context.title ?? '' };
  await deps.store.notices.add(
    [...people].map((person) => ({
      id: `${effect.id}/${person}`,
      authority: effect.authority,
      person,
      instance: instance.id,
      kind,
      params,
      at: now,
    })),
  );
}

/** The people behind a principal key on a day. */
export function holdersOf(directory: Directory, key: string, day: string): readonly string[] {
  if (key.startsWith('person:')) return [key.slice('person:'.length)];
  const appointments = indexOf(directory).appointmentsAt.get(key) ?? [];
  return appointments.filter((appointment) => holdsOn(appointment, day)).map((appointment) => appointment.person);
}
