import type { Deps } from '../commands/deps.js';
import type { Notice } from '../commands/ports.js';
import type { EffectEnd, LeasedEffect } from '../commands/relayPorts.js';
import type { Instance, Visit } from '../engine/instance.js';
import type { Directory } from '../office/organisation/directory.js';
import { holdersOn } from '../office/organisation/roles.js';
import { dayOf } from '../office/time/clock.js';
import { worldAt } from '../office/world.js';
import { failureOf, type Handler, textOf } from './handler.js';

/** Tells the people who hold the roles now; each gets one notice for one effect, however often it runs. */
export const notify = together('command', () => true);

/** Reminds the people of a due date, unless the stay is over or the date has moved. */
export const remind = together('reminder', (instance, effect) => isCurrent(instance.visits, effect));

/**
 * All notices of a batch with one read and one insert for each authority: one by one they cost two database commands each,
 * more than the command that they tell of. What cannot be planned fails alone; a failed insert is everybody's retry.
 */
function together(kind: Notice['kind'], isDue: (instance: Instance, effect: LeasedEffect) => boolean): Handler {
  return async (deps, effects) => {
    const authorities = [...new Set(effects.map((effect) => effect.authority))];
    const ends = await Promise.all(
      authorities.map(async (authority) => {
        const mine = effects.filter((effect) => effect.authority === authority);
        try {
          return await tellAll(deps, authority, mine, kind, isDue);
        } catch (error) {
          return mine.map((effect) => ({ effect, outcome: failureOf(effect, error) }));
        }
      }),
    );
    return ends.flat();
  };
}

async function tellAll(
  deps: Deps,
  authority: string,
  effects: readonly LeasedEffect[],
  kind: Notice['kind'],
  isDue: (instance: Instance, effect: LeasedEffect) => boolean,
): Promise<readonly EffectEnd[]> {
  const found = await deps.store.instances.loadMany(authority, [...new Set(effects.map((effect) => effect.instance))]);
  for (const { instance } of found) await deps.models.learn(instance.definition);
  const byId = new Map(found.map(({ instance }) => [instance.id, instance]));
  const directory = await deps.store.directory.snapshot(authority);
  const notices: Notice[] = [];
  const ends = effects.map((effect): EffectEnd => {
    const instance = byId.get(effect.instance);
    if (instance === undefined) return { effect, outcome: { kind: 'obsolete', note: 'instanceGone' } };
    try {
      if (!isDue(instance, effect)) return { effect, outcome: { kind: 'obsolete', note: 'visitOver' } };
      notices.push(...noticesOf(deps, directory, effect, instance, kind));
      return { effect, outcome: { kind: 'done' } };
    } catch (error) {
      return { effect, outcome: failureOf(effect, error) };
    }
  });
  await deps.store.notices.add(notices);
  return ends;
}

function isCurrent(visits: Readonly<Record<string, Visit>>, effect: LeasedEffect): boolean {
  const visit = visits[textOf(effect, 'path')];
  return visit !== undefined && visit.revision === effect.params.visit && visit.dueRevision === effect.params.dueRevision;
}

function noticesOf(
  deps: Deps,
  directory: Directory,
  effect: LeasedEffect,
  instance: Instance,
  kind: Notice['kind'],
): readonly Notice[] {
  const now = deps.clock.now();
  const model = deps.models.pinned(instance.definition);
  const world = worldAt(directory, now);
  const keys = (effect.params.roles as readonly string[]).flatMap((name) => {
    const role = model.definition.roles[name];
    return role ? world.principals(role, instance) : [];
  });
  const people = new Set(keys.flatMap((key) => holdersOn(directory, key, dayOf(now))));
  // Nobody is told of what he did himself; a reminder is nobody's deed.
  if (typeof effect.params.actor === 'string') people.delete(effect.params.actor);
  const params = { ...effect.params, definition: instance.definition.id, title: instance.context.title ?? '' };
  const { authority } = effect;
  return [...people].map((person) => ({
    id: `${effect.id}/${person}`,
    authority,
    person,
    instance: instance.id,
    kind,
    params,
    at: now,
  }));
}
