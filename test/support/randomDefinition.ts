import type { Definition, StateDefinition, TransitionDefinition } from '../../src/engine/definition.js';
import type { Catalogue } from '../../src/engine/rules.js';

/** A catalogue without a name in it: random definitions have people and places, and no rules. */
export const emptyCatalogue: Catalogue = { posts: new Set(), requirements: {}, updates: {}, effects: {} };

type Draft = { -readonly [Key in keyof StateDefinition]: StateDefinition[Key] };
type Dice = (sides: number) => number;

/** A small generator of numbers (mulberry32): the same seed gives the same definition. */
export function diceOf(seed: number): Dice {
  let a = seed >>> 0;
  return (sides) => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % sides;
  };
}

interface Making {
  readonly dice: Dice;
  commands: number;
  /** States that may still be made. */
  budget: number;
}

/**
 * A definition with nested, parallel, final and history states. Bent towards what is rare by chance: every parallel state
 * can be done, most compounds too, and a compound with history is left and resumed from a state beside it.
 * Not every one is sound; the caller keeps those that `checkDefinition` accepts.
 */
export function randomDefinition(seed: number): Definition {
  const making: Making = { dice: diceOf(seed), commands: 0, budget: 4 + (seed % 7) };
  const states = siblings(making, 0);
  const end: Draft = { final: true };
  const names = Object.keys(states);
  link(making, states, names, 'end');
  const all = { ...states, end };
  jump(making, all);
  return {
    id: 'random',
    version: 1,
    label: { vi: 'Ngẫu nhiên', en: 'Random' },
    context: { type: 'object', additionalProperties: false, properties: { who: { type: 'string' } } },
    roles: { someone: { field: 'who' } },
    initial: names[0] ?? 'end',
    states: all,
  };
}

function siblings(making: Making, depth: number): Record<string, Draft> {
  const count = depth === 0 ? 2 + making.dice(2) : 1 + making.dice(2);
  const states: Record<string, Draft> = {};
  for (let index = 0; index < count; index += 1) states[`s${index}`] = state(making, depth);
  return states;
}

function state(making: Making, depth: number): Draft {
  making.budget -= 1;
  const kind = depth >= 3 || making.budget <= 0 ? 9 : making.dice(10);
  if (kind < 3) return parallel(making, depth);
  if (kind < 7) return compound(making, depth, true);
  return {};
}

function compound(making: Making, depth: number, mayRemember: boolean): Draft {
  const states = siblings(making, depth + 1);
  const names = Object.keys(states);
  const initial = names[0] ?? 's0';
  const ends = !mayRemember || making.dice(3) > 0;
  link(making, states, names, ends ? 'end' : initial);
  const all: Record<string, Draft> = ends ? { ...states, end: { final: true } } : states;
  if (making.dice(3) === 0) {
    const target = names[making.dice(names.length)] ?? initial;
    all.back = { history: making.dice(2) === 0 ? 'deep' : 'shallow', target };
  }
  return { initial, states: all };
}

function parallel(making: Making, depth: number): Draft {
  const regions: Record<string, Draft> = {};
  for (let index = 0; index < 2 + (making.dice(5) === 0 ? 1 : 0); index += 1)
    regions[`r${index}`] = compound(making, depth + 1, false);
  return { parallel: regions };
}

/** Leads each state to the next and the last one to `last`, by `done` where the state can be done. */
function link(making: Making, states: Record<string, Draft>, names: readonly string[], last: string): void {
  names.forEach((name, index) => {
    const draft = states[name];
    if (!draft) return;
    const next = names[index + 1] ?? last;
    const canBeDone = draft.parallel !== undefined || Object.hasOwn(draft.states ?? {}, 'end');
    if (canBeDone && making.dice(5) > 0) {
      draft.done = next;
      if (making.dice(2) === 0) return;
    }
    addTransition(making, draft, { target: next, by: ['someone'] });
  });
}

function addTransition(making: Making, draft: Draft, transition: TransitionDefinition): void {
  making.commands += 1;
  draft.on = { ...draft.on, [`C${making.commands}`]: transition };
}

interface Placed {
  readonly path: string;
  readonly draft: Draft;
}

function flat(states: Readonly<Record<string, Draft>>, around: string): Placed[] {
  return Object.entries(states).flatMap(([name, draft]) => {
    const path = `${around}/${name}`;
    return [{ path, draft }, ...flat(draft.states ?? draft.parallel ?? {}, path)];
  });
}

/** Further transitions: resumes of every history state, and a few at random, to the own state or without a target too. */
function jump(making: Making, states: Readonly<Record<string, Draft>>): void {
  const all = flat(states, '');
  const sources = all.filter(({ draft }) => draft.history === undefined && draft.final !== true);
  for (const { path, draft } of all) {
    if (draft.history === undefined) continue;
    const holder = path.slice(0, path.lastIndexOf('/'));
    const beside = sources.filter((source) => isApart(source.path, holder) && sound(states, source.path, path));
    const source = beside[making.dice(Math.max(1, beside.length))];
    const held = all.find((one) => one.path === holder);
    if (!source || !held) continue;
    addTransition(making, source.draft, { target: path, by: ['someone'] });
    if (sound(states, holder, source.path)) addTransition(making, held.draft, { target: source.path, by: ['someone'] });
  }
  for (let count = making.dice(4); count > 0; count -= 1) {
    const source = sources[making.dice(sources.length)];
    const target = all[making.dice(all.length)];
    if (!source || !target) continue;
    const stays = making.dice(6) === 0;
    if (stays) addTransition(making, source.draft, { by: ['someone'] });
    else if (target.draft.history === undefined && sound(states, source.path, target.path))
      addTransition(making, source.draft, { target: target.path, by: ['someone'] });
  }
}

function isApart(a: string, b: string): boolean {
  return a !== b && !a.startsWith(`${b}/`) && !b.startsWith(`${a}/`);
}

/** Whether the nearest state around source and target is no parallel one: else the definition would be refused. */
function sound(states: Readonly<Record<string, Draft>>, source: string, target: string): boolean {
  if (target.startsWith(`${source}/`)) return flat(states, '').find((one) => one.path === source)?.draft.parallel === undefined;
  const a = source.split('/').slice(0, -1);
  const b = target.split('/').slice(0, -1);
  let shared = 0;
  while (shared < Math.min(a.length, b.length) && a[shared] === b[shared]) shared += 1;
  const domain = a.slice(0, shared).join('/');
  return flat(states, '').find((one) => one.path === domain)?.draft.parallel === undefined;
}

/** At most how many configurations a definition can have, remembered ones included: a walk over too many takes long. */
export function configurationsAtMost(definition: Pick<StateDefinition, 'states' | 'parallel'>): number {
  return stays(definition) * memories(definition);
}

function stays({ states, parallel }: Pick<StateDefinition, 'states' | 'parallel'>): number {
  if (parallel) return Object.values(parallel).reduce((product, region) => product * stays(region), 1);
  const inside = Object.values(states ?? {}).filter((child) => child.history === undefined);
  return inside.length === 0 ? 1 : inside.reduce((sum, child) => sum + stays(child), 0);
}

function memories({ states, parallel }: Pick<StateDefinition, 'states' | 'parallel'>): number {
  const inside = Object.values(states ?? parallel ?? {});
  const own = inside.some((child) => child.history !== undefined) ? 1 + stays({ ...(states && { states }) }) : 1;
  return inside.reduce((product, child) => product * memories(child), own);
}
