import type { Fault } from './fault.js';
import type { History, StateValue } from './instance.js';
import { activePaths, configurationKey, type Machine, type Step } from './machine.js';
import { type Node, pointerOf, type Transition } from './tree.js';

export const checkStatesMax = 20_000;
/** Steps that one walk takes: a bound on the time that a definition from outside can cost. */
export const checkStepsMax = 400_000;

export interface Configuration {
  readonly key: string;
  readonly state: StateValue;
  readonly history: History;
  readonly ended: boolean;
  readonly active: readonly string[];
  /** What each transition that is open here leads to. */
  readonly next: readonly { readonly transition: Transition; readonly key: string; readonly step: Step }[];
}

export interface Exploration {
  /** Every configuration that can be reached; what is stored is valid if and only if it is among them. */
  readonly configurations: ReadonlyMap<string, Configuration>;
  readonly faults: readonly Fault[];
}

/**
 * Walks every configuration that can be reached when all requirements are taken as satisfiable: each state must be
 * entered somewhere, and from everywhere an end must be within reach.
 */
export function explore(machine: Machine): Exploration {
  const configurations = new Map<string, Configuration>();
  const entered = new Set<string>();
  const queue: Step[] = [machine.initial];
  let steps = 0;
  note(machine.initial, entered);
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const key = configurationKey(step.state, step.history);
    if (configurations.has(key)) continue;
    steps += 1;
    if (configurations.size >= checkStatesMax || steps > checkStepsMax) {
      return {
        configurations,
        faults: [{ pointer: '/states', code: 'tooManyConfigurations', message: `More than ${checkStatesMax} configurations` }],
      };
    }
    const active = activePaths(step.state);
    const next = step.ended ? [] : follow(machine, step, active);
    configurations.set(key, { key, state: step.state, history: step.history, ended: step.ended, active, next });
    for (const { step: following } of next) {
      note(following, entered);
      queue.push(following);
    }
  }
  return { configurations, faults: [...neverEntered(machine, entered), ...trapped(machine, configurations)] };
}

function follow(machine: Machine, step: Step, active: readonly string[]): Configuration['next'] {
  const here = new Set(active);
  return machine.tree.transitions
    .filter((transition) => here.has(transition.source.path))
    .map((transition) => {
      const following = machine.step(step.state, step.history, transition);
      return { transition, step: following, key: configurationKey(following.state, following.history) };
    });
}

function note(step: Step, entered: Set<string>): void {
  for (const move of step.moves) if (move.kind === 'enter') entered.add(move.path);
}

function neverEntered(machine: Machine, entered: ReadonlySet<string>): Fault[] {
  return [...machine.tree.nodes.values()]
    .filter((node) => node.parent !== null && node.kind !== 'history' && !entered.has(node.path) && isTop(node, entered))
    .map(
      (node): Fault => ({
        pointer: pointerOf(node),
        code: 'stateUnreachable',
        message: `State "${node.path}" can never be entered`,
      }),
    );
}

/** Of a branch that is never entered only the topmost state is named. */
function isTop(node: Node, entered: ReadonlySet<string>): boolean {
  return node.parent === null || node.parent.parent === null || entered.has(node.parent.path);
}

function trapped(machine: Machine, configurations: ReadonlyMap<string, Configuration>): Fault[] {
  const free = endReachable(configurations);
  const states = new Set<string>();
  for (const configuration of configurations.values()) {
    if (!free.has(configuration.key)) for (const path of configuration.active) states.add(path);
  }
  for (const configuration of configurations.values()) {
    if (free.has(configuration.key)) for (const path of configuration.active) states.delete(path);
  }
  const named = [...states].filter((path) => ![...states].some((other) => path.startsWith(`${other}/`)));
  if (named.length === 0 && free.size < configurations.size) named.push('');
  return named.map((path): Fault => {
    const node = machine.tree.nodes.get(path) ?? machine.tree.root;
    return {
      pointer: path === '' ? '/states' : pointerOf(node),
      code: 'stateTrapped',
      message: path === '' ? 'Some combinations of states can never end' : `From "${path}" no end can be reached`,
    };
  });
}

function endReachable(configurations: ReadonlyMap<string, Configuration>): ReadonlySet<string> {
  const before = new Map<string, string[]>();
  const queue: string[] = [];
  for (const configuration of configurations.values()) {
    if (configuration.ended) queue.push(configuration.key);
    for (const { key } of configuration.next) {
      const list = before.get(key);
      if (list) list.push(configuration.key);
      else before.set(key, [configuration.key]);
    }
  }
  const free = new Set(queue);
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    for (const previous of before.get(key) ?? []) {
      if (free.has(previous)) continue;
      free.add(previous);
      queue.push(previous);
    }
  }
  return free;
}
