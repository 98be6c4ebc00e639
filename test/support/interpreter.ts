import type { Definition, StateDefinition } from '../../src/engine/definition.js';
import type { StateValue } from '../../src/engine/instance.js';

/**
 * A second reading of the semantics of definitions, written from the text of the design alone and slow on purpose:
 * sets of paths, no xstate, nothing shared with the engine but types. Where the two disagree, one of them is wrong.
 */
export interface Interpreter {
  initial(): Read;
  /** Takes a transition of `source`; without a target nothing is left and nothing entered. */
  step(state: StateValue, history: Remembered, source: string, target: string | null): Read;
}

/** Path of a history state to the paths that were active. */
export type Remembered = Readonly<Record<string, readonly string[]>>;

export interface Read {
  readonly state: StateValue;
  readonly history: Remembered;
  readonly ended: boolean;
  /** `exit /a/b`, `take`, `enter /c`, in order. */
  readonly moves: readonly string[];
  /** How many `done` were taken, and how many history states were entered with something remembered. */
  readonly dones: number;
  readonly resumed: number;
}

interface Spot {
  readonly path: string;
  readonly up: Spot | null;
  readonly rules: StateDefinition;
  readonly below: Spot[];
}

/** What one command does, gathered while it runs. */
interface Run {
  active: Set<string>;
  memory: Map<string, readonly string[]>;
  moves: string[];
  dones: number;
  resumed: number;
}

export function interpreterOf(definition: Definition): Interpreter {
  const spots = new Map<string, Spot>();
  const root = place({ initial: definition.initial, states: definition.states }, '', null, spots);
  const order = [...spots.keys()];
  const chart: Chart = { root, order, at: (path) => found(spots, path) };
  return {
    initial() {
      const run: Run = { active: new Set(), memory: new Map(), moves: [], dones: 0, resumed: 0 };
      enter(chart, run, root, [found(spots, `/${definition.initial}`)]);
      return settle(chart, run);
    },
    step(state, history, source, target) {
      const run: Run = {
        active: new Set(pathsOf(state, '')),
        memory: new Map(Object.entries(history)),
        moves: [],
        dones: 0,
        resumed: 0,
      };
      if (!run.active.has(source)) throw new Error(`${source} is not active`);
      if (target === null) run.moves.push('take');
      else move(chart, run, chart.at(source), target, true);
      return settle(chart, run);
    },
  };
}

interface Chart {
  readonly root: Spot;
  /** Every path in document order. */
  readonly order: readonly string[];
  at(path: string): Spot;
}

function place(rules: StateDefinition, path: string, up: Spot | null, spots: Map<string, Spot>): Spot {
  const spot: Spot = { path, up, rules, below: [] };
  spots.set(path, spot);
  for (const [name, child] of Object.entries(rules.parallel ?? rules.states ?? {})) {
    spot.below.push(place(child, `${path}/${name}`, spot, spots));
  }
  return spot;
}

function found(spots: ReadonlyMap<string, Spot>, path: string): Spot {
  const spot = spots.get(path);
  if (spot === undefined) throw new Error(`no state ${path}`);
  return spot;
}

/** All states around and including those that the value names. */
function pathsOf(state: StateValue, around: string): string[] {
  if (typeof state === 'string') return [`${around}/${state}`];
  return Object.entries(state).flatMap(([name, inner]) => [`${around}/${name}`, ...pathsOf(inner, `${around}/${name}`)]);
}

/** A target is a sibling's name or an absolute path. */
function whereTo(spot: Spot, target: string): string {
  return target[0] === '/' ? target : `${spot.up?.path ?? ''}/${target}`;
}

function contains(outer: string, inner: string): boolean {
  return inner !== outer && inner.startsWith(`${outer}/`);
}

/** Leaves everything inside the domain, takes the transition, and enters towards the target. */
function move(chart: Chart, run: Run, source: Spot, target: string, isCommand: boolean): void {
  const goal = chart.at(whereTo(source, target));
  const domain = contains(source.path, goal.path) ? source : around(source, goal);
  const leaving = chart.order.filter((path) => run.active.has(path) && contains(domain.path, path)).reverse();
  for (const path of leaving) remember(chart, run, chart.at(path));
  for (const path of leaving) {
    run.moves.push(`exit ${path}`);
    run.active.delete(path);
  }
  if (isCommand) run.moves.push('take');
  enter(chart, run, domain, goalsOf(chart, run, goal));
  for (const [path] of run.memory) {
    const holder = chart.at(path).up;
    if (holder !== null && run.active.has(holder.path)) run.memory.delete(path);
  }
}

function around(a: Spot, b: Spot): Spot {
  for (let spot = a.up; spot !== null; spot = spot.up) if (contains(spot.path, b.path)) return spot;
  throw new Error('the root is around everything');
}

/** Called while everything is still active: shallow keeps the child, deep the leaves. */
function remember(chart: Chart, run: Run, spot: Spot): void {
  for (const child of spot.below) {
    const { history } = child.rules;
    if (history === undefined) continue;
    const inside = chart.order.filter((path) => run.active.has(path) && contains(spot.path, path));
    const kept =
      history === 'shallow'
        ? inside.filter((path) => chart.at(path).up === spot)
        : inside.filter((path) => chart.at(path).below.length === 0);
    run.memory.set(child.path, kept);
  }
}

function goalsOf(chart: Chart, run: Run, goal: Spot): Spot[] {
  if (goal.rules.history === undefined) return [goal];
  const kept = run.memory.get(goal.path);
  if (kept === undefined) return [chart.at(whereTo(goal, goal.rules.target ?? ''))];
  run.resumed += 1;
  return kept.map((path) => chart.at(path));
}

/** Everything on the way from the domain to the goals, every region beside the way, and the initial states below. */
function enter(chart: Chart, run: Run, domain: Spot, goals: readonly Spot[]): void {
  const wanted = new Set<string>();
  for (const goal of goals) {
    for (let spot: Spot | null = goal; spot !== null && spot !== domain; spot = spot.up) wanted.add(spot.path);
  }
  let size = -1;
  while (size !== wanted.size) {
    size = wanted.size;
    for (const path of wanted) {
      const { rules, below } = chart.at(path);
      if (rules.parallel) for (const region of below) wanted.add(region.path);
      else if (rules.states && !below.some((child) => wanted.has(child.path))) wanted.add(`${path}/${rules.initial}`);
    }
  }
  for (const path of chart.order) {
    if (!wanted.has(path) || run.active.has(path)) continue;
    run.active.add(path);
    run.moves.push(`enter ${path}`);
  }
}

/** Takes every `done`, the innermost first, until none is left or the instance has ended. */
function settle(chart: Chart, run: Run): Read {
  while (!ended(chart, run)) {
    const next = chart.order
      .filter((path) => run.active.has(path) && chart.at(path).rules.done !== undefined && isDone(run, chart.at(path)))
      .sort((a, b) => b.split('/').length - a.split('/').length)[0];
    if (next === undefined) break;
    const spot = chart.at(next);
    run.dones += 1;
    move(chart, run, spot, spot.rules.done ?? '', false);
  }
  const history = Object.fromEntries(run.memory);
  const { moves, dones, resumed } = run;
  return { state: stateOf(run, chart.root), history, ended: ended(chart, run), moves, dones, resumed };
}

function isDone(run: Run, spot: Spot): boolean {
  if (spot.rules.parallel) return spot.below.every((region) => isDone(run, region));
  return spot.below.some((child) => run.active.has(child.path) && child.rules.final === true);
}

function ended(chart: Chart, run: Run): boolean {
  return isDone(run, chart.root);
}

function stateOf(run: Run, spot: Spot): StateValue {
  const inside = spot.below.filter((child) => run.active.has(child.path));
  const [only] = inside;
  if (!spot.rules.parallel && only && only.below.length === 0) return nameOf(only);
  return Object.fromEntries(inside.map((child) => [nameOf(child), stateOf(run, child)]));
}

function nameOf(spot: Spot): string {
  return spot.path.slice(spot.path.lastIndexOf('/') + 1);
}
