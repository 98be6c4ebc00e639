import { available, type Available as EngineAvailable } from '../engine/available.js';
import type { Blocker as EngineBlocker } from '../engine/command.js';
import type { Entry as EngineEntry, Instance as EngineInstance, StateValue as EngineStateValue } from '../engine/instance.js';
import { type Json as EngineJson, type JsonObject as EngineJsonObject, isObject } from '../engine/json.js';
import { needsOf } from '../engine/judge.js';
import { activePaths } from '../engine/machine.js';
import type { Model as EngineModel } from '../engine/model.js';
import { dueOf } from '../engine/standing.js';
import type { Transition } from '../engine/tree.js';
import { worldAt } from '../office/world.js';
import type { Deps } from './deps.js';
import { givenFor } from './facts.js';

// What is read and shown, under the names of the engine, for those who may not reach for the engine itself.
export type Available = EngineAvailable;
export type Blocker = EngineBlocker;
export type Entry = EngineEntry;
export type Instance = EngineInstance;
export type Json = EngineJson;
export type JsonObject = EngineJsonObject;
export type Model = EngineModel;
export type StateValue = EngineStateValue;
export { isObject };

/**
 * What may be done next with an instance as it is given, for one actor: the same judgement as the command itself.
 * Reads the directory, and children only where a requirement of the current state asks for them.
 */
export async function availableTo(
  deps: Pick<Deps, 'store' | 'clock'> & Partial<Pick<Deps, 'models'>>,
  model: Model,
  instance: Instance,
  actor: string,
): Promise<readonly Available[]> {
  if (!instance.open) return [];
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(instance.authority);
  const given = await givenFor(deps, instance, needsOf(model, activeTransitions(model, instance)));
  return available(model, instance, actor, { now, world: worldAt(directory, now), given });
}

function activeTransitions(model: Model, instance: Instance): readonly Transition[] {
  const active = new Set(activePaths(instance.state));
  return model.machine.tree.transitions.filter(({ source }) => source.parent === null || active.has(source.path));
}

/** The paths of the states an instance is in, outermost first. */
export function pathsOf(state: StateValue): readonly string[] {
  return activePaths(state);
}

/** The earliest due instant of the states an instance is in, or null. */
export function dueOfInstance(instance: Instance): string | null {
  return dueOf(instance);
}
