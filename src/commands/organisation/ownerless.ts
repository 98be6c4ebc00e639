import { ruleOf, SYSTEM_ROLE } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import { awaitedTransitions, principalsOf } from '../../engine/judge.js';
import type { Model } from '../../engine/model.js';
import type { Transition } from '../../engine/tree.js';
import { indexOf } from '../../office/organisation/directory.js';
import { holdersAt } from '../../office/organisation/holding.js';
import { unitHolds } from '../../office/organisation/lineage.js';
import { holdersOn } from '../../office/organisation/roles.js';
import { roleFieldsOf } from '../../office/organisation/unitFields.js';
import { dayOf } from '../../office/time/clock.js';
import { type OfficeWorld, worldAt } from '../../office/world.js';
import type { Deps } from '../deps.js';
import type { OpenPage } from '../ports.js';
import { titleOf } from './openWork.js';

const pageRows = 100;
/** Most open instances that one call looks at, where the caller asks for a part. */
export const checkedAtOnceMax = 2_000;

/** Why nobody can take an awaited command. */
type OwnerlessReason =
  /** Nobody holds the posts. */
  | 'vacant'
  /** Only people who are shut out hold them. */
  | 'disabled'
  /** Everybody who holds them had a part that bars him (separation of duties). */
  | 'barred'
  /** The definition's roles name nobody at all for this instance. */
  | 'nobodyNamed';

/** An open instance with an awaited command that nobody can take today, or with a unit that has ended. */
export interface Ownerless {
  readonly instance: string;
  readonly definition: string;
  readonly title: string;
  readonly commands: readonly { readonly command: string; readonly reason: OwnerlessReason; readonly keys: readonly string[] }[];
  /** Units in its context that do not exist today. */
  readonly endedUnits: readonly string[];
}

export interface OwnerlessPage {
  readonly checked: number;
  readonly ownerless: readonly Ownerless[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

/** Looks at one part of the open instances, at most `max` (rounded up to whole pages), from where an earlier call ended. */
export async function checkPart(
  deps: Pick<Deps, 'store' | 'clock' | 'models'>,
  authority: string,
  after: string | null,
  max: number,
): Promise<OwnerlessPage> {
  const world = worldAt(await deps.store.directory.snapshot(authority), deps.clock.now());
  const ownerless: Ownerless[] = [];
  let checked = 0;
  let next = after;
  do {
    const page: OpenPage = await deps.store.instances.openPage({ authority, by: null, after: next, limit: pageRows });
    for (const { held } of page.rows) {
      await deps.models.learn(held.instance.definition);
      const found = ownerlessOf(deps.models.pinned(held.instance.definition), held.instance, world);
      if (found !== null) ownerless.push(found);
    }
    checked += page.rows.length;
    next = page.next;
  } while (next !== null && checked < max);
  return { checked, ownerless, next };
}

/**
 * Walks every open instance of an authority and names each for whose awaited commands nobody can act today. An answer without any is
 * the proof that no open duty is without an owner, as of the records of this moment.
 */
export async function checkOwners(
  deps: Pick<Deps, 'store' | 'clock' | 'models'>,
  authority: string,
  onProgress: (checked: number) => void = () => undefined,
): Promise<Omit<OwnerlessPage, 'next'>> {
  const ownerless: Ownerless[] = [];
  let checked = 0;
  let after: string | null = null;
  do {
    const part: OwnerlessPage = await checkPart(deps, authority, after, checkedAtOnceMax);
    ownerless.push(...part.ownerless);
    checked += part.checked;
    after = part.next;
    onProgress(checked);
  } while (after !== null);
  return { checked, ownerless };
}

/** Null where somebody can take each awaited command, as far as records say, and every unit exists. */
export function ownerlessOf(model: Model, instance: Instance, world: OfficeWorld): Ownerless | null {
  const awaited = awaitedTransitions(model, instance).filter(({ definition }) => !onlySystem(definition.by));
  const byCommand = new Map<string, Transition[]>();
  for (const transition of awaited) byCommand.set(transition.command, [...(byCommand.get(transition.command) ?? []), transition]);
  const judged = [...byCommand].map(([command, transitions]) => ({
    command,
    ...standingOf(model, instance, world, transitions),
  }));
  const named = judged.filter(({ keys }) => keys.length > 0);
  // A role that names nobody is no duty of anybody, unless nothing else is awaited either.
  const relevant = named.length > 0 ? named : judged;
  const commands = relevant.flatMap(({ command, keys, reason }) => (reason === null ? [] : [{ command, keys, reason }]));
  const endedUnits = unitsOf(model, instance).filter((unit) => !unitHolds(world.directory, unit, dayOf(world.now)));
  if (commands.length === 0 && endedUnits.length === 0) return null;
  const { id, definition, context } = instance;
  return { instance: id, definition: definition.id, title: titleOf(context), commands, endedUnits };
}

function standingOf(
  model: Model,
  instance: Instance,
  world: OfficeWorld,
  transitions: readonly Transition[],
): { readonly keys: readonly string[]; readonly reason: OwnerlessReason | null } {
  const day = dayOf(world.now);
  const ways = transitions.map((transition) => ({
    keys: principalsOf(model, transition, instance, { world }),
    barred: barredFrom(model, transition, instance),
  }));
  const keys = [...new Set(ways.flatMap((way) => way.keys))].sort();
  const able = ways.some((way) =>
    way.keys.some((key) => holdersOn(world.directory, key, day).some((person) => !way.barred.includes(person))),
  );
  if (able) return { keys, reason: null };
  if (keys.length === 0) return { keys, reason: 'nobodyNamed' };
  if (keys.some((key) => holdersOn(world.directory, key, day).length > 0)) return { keys, reason: 'barred' };
  return { keys, reason: keys.some((key) => isHeldByDisabled(world, key)) ? 'disabled' : 'vacant' };
}

/** Nobody who can act stands behind the key: whoever does is shut out. */
function isHeldByDisabled({ directory, now }: OfficeWorld, key: string): boolean {
  if (!key.startsWith('person:')) return holdersAt(directory, key, now).length > 0;
  return indexOf(directory).person.has(key.slice('person:'.length));
}

function barredFrom(model: Model, transition: Transition, instance: Instance): readonly string[] {
  return (transition.definition.requires ?? []).flatMap((use) => {
    const { name, arg } = ruleOf(use);
    const rule = model.catalogue.requirements[name];
    return [...(rule?.bars?.(arg, instance) ?? []), ...(rule?.gave?.(arg, instance) ?? [])];
  });
}

function onlySystem(by: readonly string[]): boolean {
  return by.every((role) => role === SYSTEM_ROLE);
}

function unitsOf(model: Model, { context }: Instance): readonly string[] {
  const { units } = roleFieldsOf(model.definition);
  const named = units.flatMap((field) => [(context as JsonObject)[field]].flat());
  return [...new Set(named.filter((one): one is string => typeof one === 'string'))];
}
