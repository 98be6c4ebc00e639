import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createMachine,
  initialTransition,
  transition as xstateTransition,
} from 'xstate';
import type { Definition } from './definition.js';
import type { History, StateValue } from './instance.js';
import { canonical } from './json.js';
import { type Node, resolveTarget, type Transition, type Tree, treeOf } from './tree.js';

/** One thing that happens in a step, in order: a state left, the transition itself, a state entered. */
export type Move = { readonly kind: 'exit' | 'enter'; readonly path: string } | { readonly kind: 'take' };

export interface Step {
  readonly state: StateValue;
  readonly history: History;
  /** The instance has ended. */
  readonly ended: boolean;
  readonly moves: readonly Move[];
}

export interface Machine {
  readonly tree: Tree;
  readonly initial: Step;
  /** The step of one transition from one configuration. Computed by xstate once, then a table. */
  step(state: StateValue, history: History, transition: Transition): Step;
}

// A constant without a dot, so that node ids can be turned back into paths.
const MACHINE_ID = 'm';

type MachineConfig = Parameters<typeof createMachine>[0];

/**
 * Compiles a definition without faults into a machine. Every transition gets an event of its own and no guard:
 * what was judged is what is taken. Nothing is executed; xstate's actors are never used.
 */
export function compileMachine(definition: Definition, tree: Tree = treeOf(definition)): Machine {
  const machine = createMachine(configOf(tree) as MachineConfig) as AnyStateMachine;
  const table = new Map<string, Step>();
  const [snapshot, actions] = initialTransition(machine);
  const initial = stepOf(tree, snapshot as AnyMachineSnapshot, actions);
  return {
    tree,
    initial,
    step(state, history, transition) {
      if (transition.target === null) return { state, history, ended: false, moves: [{ kind: 'take' }] };
      const key = `${configurationKey(state, history)}|${transition.id}`;
      let step = table.get(key);
      if (step === undefined) {
        const [next, taken] = xstateTransition(machine, restore(machine, state, history), { type: transition.id });
        step = stepOf(tree, next as AnyMachineSnapshot, taken);
        table.set(key, step);
      }
      return step;
    },
  };
}

/** Text that two configurations share only if they are the same state with the same live history. */
export function configurationKey(state: StateValue, history: History): string {
  return `${canonical(state)}${canonical(history)}`;
}

function restore(machine: AnyStateMachine, value: StateValue, history: History): AnyMachineSnapshot {
  const historyValue = Object.fromEntries(Object.entries(history).map(([key, ids]) => [key, ids.map((id) => ({ id }))]));
  // `resolveState` would ignore history in this form; `restoreSnapshot` reads it.
  return machine.restoreSnapshot(
    { status: 'active', value, context: {}, children: {}, historyValue } as never,
    undefined as never,
  ) as AnyMachineSnapshot;
}

function stepOf(tree: Tree, snapshot: AnyMachineSnapshot, actions: readonly { type: string; params?: unknown }[]): Step {
  const ended = snapshot.status === 'done';
  const moves = actions.flatMap((action): Move[] => {
    if (action.type === 'take') return [{ kind: 'take' }];
    if (action.type !== 'exit' && action.type !== 'enter') return [];
    return [{ kind: action.type, path: (action.params as { path: string }).path }];
  });
  // On reaching the end xstate leaves every active state; for us the end is a place to stay in.
  if (ended) moves.length = moves.findLastIndex((move) => move.kind === 'enter') + 1;
  const state = snapshot.value as StateValue;
  return { state, history: liveHistory(tree, snapshot, state), ended, moves };
}

/** Keeps only what is remembered of holders that are not active: the rest can never be asked for before it changes. */
function liveHistory(tree: Tree, snapshot: AnyMachineSnapshot, state: StateValue): History {
  const active = new Set(activePaths(state));
  const history: Record<string, readonly string[]> = {};
  const stored = snapshot.historyValue as Readonly<Record<string, readonly { id: string }[]>>;
  for (const key of Object.keys(stored).sort()) {
    const holder = tree.nodes.get(pathOfId(key))?.parent;
    if (holder && !active.has(holder.path)) history[key] = (stored[key] ?? []).map((node) => node.id).sort();
  }
  return history;
}

/** The paths of all active states, ancestors first. */
export function activePaths(state: StateValue, prefix = ''): string[] {
  if (typeof state === 'string') return [`${prefix}/${state}`];
  return Object.entries(state).flatMap(([name, inner]) => [`${prefix}/${name}`, ...activePaths(inner, `${prefix}/${name}`)]);
}

export function pathOfId(id: string): string {
  return id === MACHINE_ID ? '' : `/${id.slice(MACHINE_ID.length + 1).replaceAll('.', '/')}`;
}

export function idOfPath(path: string): string {
  return `${MACHINE_ID}${path.replaceAll('/', '.')}`;
}

type Config = Record<string, unknown>;

function configOf(tree: Tree): Config {
  const bySource = new Map<string, Transition[]>();
  for (const transition of tree.transitions.filter(hasTarget)) {
    const { path } = transition.source;
    bySource.set(path, [...(bySource.get(path) ?? []), transition]);
  }
  return { ...nodeConfig(tree.root, bySource), id: MACHINE_ID };
}

function nodeConfig(node: Node, bySource: ReadonlyMap<string, readonly Transition[]>): Config {
  const { definition } = node;
  if (node.kind === 'history') {
    return { type: 'history', history: definition.history, target: `#${idOfPath(resolveTarget(node, definition.target ?? ''))}` };
  }
  const config: Config = {};
  if (node.parent !== null) {
    config.entry = [{ type: 'enter', params: { path: node.path } }];
    config.exit = [{ type: 'exit', params: { path: node.path } }];
  }
  if (node.kind === 'final') return { ...config, type: 'final' };
  if (node.kind === 'parallel') config.type = 'parallel';
  if (definition.initial !== undefined) config.initial = definition.initial;
  if (node.children.length > 0)
    config.states = Object.fromEntries(node.children.map((child) => [child.name, nodeConfig(child, bySource)]));
  if (definition.done !== undefined) {
    const target = resolveTarget(node, definition.done);
    config.onDone = { target: `#${idOfPath(target)}`, reenter: target === node.path };
  }
  config.on = Object.fromEntries((bySource.get(node.path) ?? []).map((transition) => [transition.id, eventConfig(transition)]));
  return config;
}

function hasTarget(transition: Transition): boolean {
  return transition.target !== null;
}

function eventConfig(transition: Transition): Config {
  const config: Config = { target: `#${idOfPath(transition.target ?? '')}`, actions: [{ type: 'take' }] };
  // Naming the own state leaves and enters it: a new visit, new timers.
  if (transition.target === transition.source.path) config.reenter = true;
  return config;
}
