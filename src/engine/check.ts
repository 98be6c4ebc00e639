import { checkDues, checkNames, type RuleChecker } from './checkNames.js';
import { checkPanels } from './checkPanels.js';
import type { Definition } from './definition.js';
import { explore } from './explore.js';
import type { Fault } from './fault.js';
import { compileMachine } from './machine.js';
import type { Catalogue } from './rules.js';
import {
  domainOf,
  isInside,
  isOfPanel,
  type Node,
  pointerOf,
  resolveTarget,
  type Transition,
  type Tree,
  treeOf,
} from './tree.js';

const STATE_NAME = /^[a-z][A-Za-z0-9]*$/;

/**
 * Checks the meaning of a definition whose shape is right: every fault at once, each with its place.
 * The walk over all configurations runs only when the structure is sound, since a machine cannot be built before.
 * @param checkArg compares an argument with a catalogue's JSON Schema; answers complaints.
 */
export function checkDefinition(definition: Definition, catalogue: Catalogue, checkArg: RuleChecker): Fault[] {
  const tree = treeOf(definition);
  const structure = [...tree.nodes.values()].flatMap((node) => checkNode(tree, node));
  const moves = tree.transitions.filter(isSaidOnce).flatMap((transition) => checkTransition(tree, transition));
  const commands = [...checkShadowing(tree), ...checkRegions(tree), ...checkAlternatives(tree)];
  const names = [
    ...checkNames(definition, tree, catalogue, checkArg),
    ...checkDues(definition, tree),
    ...checkPanels(definition, tree),
  ];
  const faults = [...structure, ...moves, ...commands, ...names];
  return structure.length + moves.length > 0 ? faults : [...faults, ...explore(compileMachine(definition, tree)).faults];
}

function checkNode(tree: Tree, node: Node): Fault[] {
  const pointer = pointerOf(node);
  const { definition } = node;
  const faults: Fault[] = [];
  const say = (code: Fault['code'], message: string): unknown => faults.push({ pointer, code, message });

  if (node.parent !== null && (!STATE_NAME.test(node.name) || node.name in Object.prototype)) {
    say('stateName', `State name "${node.name}" must match ${STATE_NAME.source} and be no built-in property`);
  }
  if (node.kind === 'compound') {
    const initial = node.children.find((child) => child.name === definition.initial);
    if (!initial) say('initialUnknown', `Initial state "${definition.initial}" is not among the states here`);
    else if (initial.kind === 'history') say('initialIsHistory', `Initial state "${definition.initial}" is a history state`);
    else if (initial.kind === 'final' && node.parent !== null)
      say('initialIsFinal', `Initial state "${definition.initial}" is final: the state would be done as soon as it is entered`);
  }
  if (node.parent?.kind === 'parallel') {
    if (node.kind !== 'compound') say('regionNotCompound', `Region "${node.name}" must have an initial state and states`);
    if (definition.done !== undefined)
      say('regionHasDone', `Region "${node.name}" may not have "done": the parallel state around it has`);
  }
  if (node.kind === 'final' && ['on', 'due', 'entry', 'exit', 'done'].some((key) => key in definition)) {
    say('finalHasMore', `Final state "${node.name}" may have a label and nothing else`);
  }
  if (node.kind === 'history') checkHistory(tree, node, say);
  if (definition.done !== undefined) checkDone(tree, node, definition.done, say);
  return faults;
}

type Say = (code: Fault['code'], message: string) => unknown;

function checkHistory(tree: Tree, node: Node, say: Say): void {
  if (node.parent === null || node.parent.parent === null || node.parent.kind !== 'compound') {
    say('historyMisplaced', `History state "${node.name}" must stand among the states of a compound state`);
  }
  const target = tree.nodes.get(resolveTarget(node, node.definition.target ?? ''));
  const holder = node.parent?.path ?? '';
  if (!target || target.kind === 'history' || !isInside(target.path, holder)) {
    say('targetUnknown', `History state "${node.name}" needs a default target inside "${holder}"`);
  }
}

function checkDone(tree: Tree, node: Node, done: string, say: Say): void {
  const path = resolveTarget(node, done);
  const target = tree.nodes.get(path);
  if (!target) {
    say('targetUnknown', `"done" leads to "${done}", which is no state`);
    return;
  }
  if (target.kind === 'history' && touches(node, target)) {
    say('historyTargetedFromInside', `"done" leads to the history of a state it is in`);
  }
  if (domainOf(tree, node, path).kind === 'parallel') {
    say('domainIsParallel', `"done" would leave every region of "${domainOf(tree, node, path).path}"`);
  }
  // Only upwards: a chain of states that are done at once then always comes to an end.
  if (target.kind === 'final' && target.parent !== node.parent) say('doneIntoEnd', `"done" leads into the end of another state`);
  const ends = node.kind === 'parallel' || node.children.some((child) => child.kind === 'final');
  if (!ends) say('doneWithoutEnd', `"done" can never happen: "${node.path}" has no final state of its own`);
}

/** A history state is targeted only from a state neither inside nor around its holder. */
function touches(source: Node, history: Node): boolean {
  const holder = history.parent?.path ?? '';
  return source.path === holder || isInside(source.path, holder) || isInside(holder, source.path);
}

/** The count of a panel leads where its vote does. */
function isSaidOnce({ source, command }: Transition): boolean {
  return !isOfPanel(source, command) || command === source.definition.panel?.command;
}

function checkTransition(tree: Tree, transition: Transition): Fault[] {
  const { target, source, command } = transition;
  const pointer = targetPointer(transition);
  if (target === null) return [];
  if (source.parent === null) {
    return [
      {
        pointer,
        code: 'everywhereMoves',
        message: `${command} is declared for every state and may not lead to another`,
      },
    ];
  }
  const node = tree.nodes.get(target);
  if (!node || node.parent === null) {
    return [
      {
        pointer,
        code: 'targetUnknown',
        message: `${command} leads to "${transition.definition.target}", which is no state`,
      },
    ];
  }
  const faults: Fault[] = [];
  const domain = domainOf(tree, source, target);
  if (domain.kind === 'parallel') {
    faults.push({
      pointer,
      code: 'domainIsParallel',
      message: `${command} would silently reset every region of "${domain.path}"`,
    });
  }
  if (node.kind === 'history' && touches(source, node)) {
    faults.push({
      pointer,
      code: 'historyTargetedFromInside',
      message: `${command} leads to the history of a state it is in or around`,
    });
  }
  return faults;
}

/** Where a transition says its target; a panel says it once for the vote and the count. */
function targetPointer({ pointer, source, command, definition }: Transition): string {
  if (!isOfPanel(source, command)) return `${pointer}/target`;
  return `${pointer}/${definition.target === source.definition.panel?.passed ? 'passed' : 'failed'}`;
}

function checkShadowing(tree: Tree): Fault[] {
  return tree.transitions.flatMap((inner) =>
    tree.transitions
      .filter((outer) => outer.command === inner.command && isInside(inner.source.path, outer.source.path))
      .map(
        (outer): Fault => ({
          pointer: inner.pointer,
          code: 'commandShadowed',
          message: `${inner.command} is declared here and on "${outer.source.path}" around it`,
        }),
      ),
  );
}

/** One event may move only one region: two open at once would make the engine choose silently. */
function checkRegions(tree: Tree): Fault[] {
  return tree.transitions.flatMap((second, index) =>
    tree.transitions
      .slice(0, index)
      .filter((first) => first.command === second.command && inTwoRegions(tree, first.source, second.source))
      .map(
        (first): Fault => ({
          pointer: second.pointer,
          code: 'commandInTwoRegions',
          message: `${second.command} can be open here and in "${first.source.path}" at once`,
        }),
      ),
  );
}

function inTwoRegions(tree: Tree, a: Node, b: Node): boolean {
  if (a.path === b.path || isInside(a.path, b.path) || isInside(b.path, a.path)) return false;
  let node: Node = a;
  while (node.parent !== null && !isInside(b.path, node.path)) node = node.parent;
  return (tree.nodes.get(node.path) ?? tree.root).kind === 'parallel';
}

function checkAlternatives(tree: Tree): Fault[] {
  return tree.transitions.flatMap((later, index) =>
    tree.transitions
      .slice(0, index)
      .filter((earlier) => earlier.command === later.command && earlier.source === later.source && hides(earlier, later))
      .slice(0, 1)
      .map(
        (earlier): Fault => ({
          pointer: later.pointer,
          code: 'alternativeUnreachable',
          message: `${later.command} is never reached: ${earlier.pointer} admits the same people without a condition`,
        }),
      ),
  );
}

function hides(earlier: Transition, later: Transition): boolean {
  return (
    (earlier.definition.requires ?? []).length === 0 && later.definition.by.every((role) => earlier.definition.by.includes(role))
  );
}
