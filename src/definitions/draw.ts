import { alternatives, type Definition, type Label, type StateDefinition } from '../engine/definition.js';
import type { StateValue } from '../engine/instance.js';
import { domainOf, type Node, resolveTarget, type Tree, treeOf } from '../engine/tree.js';

export interface Drawing {
  readonly language: keyof Label;
  /** Where an instance is: its active states get the class `active`. */
  readonly state?: StateValue;
}

/** The word on an arrow that is taken by itself. */
const DONE: Label = { vi: 'xong', en: 'done' };
/** The box of the commands that every state has. */
const EVERY: Label = { vi: 'Ở mọi trạng thái', en: 'In every state' };
/** What stands for a history state, as in a state chart. */
const HISTORY = { shallow: 'H', deep: 'H*' } as const;

/**
 * A definition as a Mermaid `stateDiagram-v2`: nested states as boxes, regions side by side, ends as arrows to `[*]`,
 * history as `H` or `H*`. A transition without a target is written inside its state, or in a note beside
 * a box. Any label is safe: every character
 * that Mermaid could read as syntax is written as an entity.
 */
export function mermaid(definition: Definition, drawing: Drawing): string {
  const tree = treeOf(definition);
  const active = drawing.state === undefined ? [] : leavesOf(drawing.state, '');
  const lines = [
    'stateDiagram-v2',
    ...everyState(tree.root, drawing.language),
    ...bodyOf({ tree, ...drawing, arrows: arrowsOf(tree, drawing.language) }, tree.root).map(indent),
    '  classDef history stroke-dasharray:3',
    '  classDef active stroke-width:4px,font-weight:bold',
    ...historyOf(tree),
    ...(active.length > 0 ? [`  class ${active.map(idOf).join(',')} active`] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** The commands of every state stand in a box beside the states. */
function everyState(root: Node, language: keyof Label): string[] {
  const stays = staysOf(root, language).map(entities);
  if (stays.length === 0) return [];
  return [`  state "${entities(EVERY[language])}" as ${idOf('')}`, ...stays.map((label) => `  ${idOf('')} : ${label}`)];
}

interface Canvas {
  readonly tree: Tree;
  readonly language: keyof Label;
  /** The arrows by the path of the state in which they are drawn. */
  readonly arrows: ReadonlyMap<string, readonly string[]>;
}

/** What stands inside a state: its children, how it begins and ends, and the arrows among them. */
function bodyOf(canvas: Canvas, node: Node): string[] {
  if (node.kind === 'parallel') {
    return node.children.flatMap((child, index) => [...(index === 0 ? [] : ['--']), ...boxOf(canvas, child)]);
  }
  const begin = node.definition.initial === undefined ? [] : [`[*] --> ${idOf(`${node.path}/${node.definition.initial}`)}`];
  const ends = node.children.filter((child) => child.kind === 'final').map((child) => `${idOf(child.path)} --> [*]`);
  const boxes = node.children.flatMap((child) => boxOf(canvas, child));
  return [...boxes, ...begin, ...(canvas.arrows.get(node.path) ?? []), ...ends];
}

function boxOf(canvas: Canvas, node: Node): string[] {
  const head = `state "${entities(titleOf(node, canvas.language))}" as ${idOf(node.path)}`;
  const stays = staysOf(node, canvas.language).map(entities);
  if (node.children.length === 0) return [head, ...stays.map((label) => `${idOf(node.path)} : ${label}`)];
  // Mermaid allows a box no text but its title.
  const note = stays.length === 0 ? [] : [`note right of ${idOf(node.path)} : ${stays.join(', ')}`];
  return [`${head} {`, ...bodyOf(canvas, node).map(indent), '}', ...note];
}

function titleOf(node: Node, language: keyof Label): string {
  if (node.definition.history) return HISTORY[node.definition.history];
  return node.definition.label?.[language] ?? node.name;
}

/** The labels of the transitions that leave nothing. */
function staysOf({ definition }: Node, language: keyof Label): string[] {
  const labels = commandsOf(definition).filter(({ target }) => target === undefined);
  return [...new Set(labels.map(({ command, label }) => label?.[language] ?? command))];
}

function commandsOf({ on = {} }: StateDefinition) {
  return Object.entries(on).flatMap(([command, entry]) => alternatives(entry).map((one) => ({ ...one, command })));
}

function arrowsOf(tree: Tree, language: keyof Label): ReadonlyMap<string, readonly string[]> {
  const arrows = new Map<string, string[]>();
  for (const node of tree.nodes.values()) {
    for (const [target, text] of leadsOf(node, language)) {
      const path = resolveTarget(node, target);
      // An arrow from a box to something inside it stands beside the box: within it, Mermaid would not know its source.
      const around = domainOf(tree, node, path);
      const place = around === node && node.parent !== null ? node.parent : around;
      const line = `${idOf(node.path)} --> ${idOf(path)}${text === '' ? '' : ` : ${entities(text)}`}`;
      const list = arrows.get(place.path) ?? [];
      if (!list.includes(line)) arrows.set(place.path, [...list, line]);
    }
  }
  return arrows;
}

function leadsOf({ definition }: Node, language: keyof Label): [string, string][] {
  const commands = commandsOf(definition).flatMap(({ target, command, label }): [string, string][] =>
    target === undefined ? [] : [[target, label?.[language] ?? command]],
  );
  const done: [string, string][] = definition.done === undefined ? [] : [[definition.done, DONE[language]]];
  const fallback: [string, string][] = definition.history && definition.target ? [[definition.target, '']] : [];
  return [...commands, ...done, ...fallback];
}

function historyOf(tree: Tree): string[] {
  const paths = [...tree.nodes.values()].filter(({ kind }) => kind === 'history').map(({ path }) => idOf(path));
  return paths.length > 0 ? [`  class ${paths.join(',')} history`] : [];
}

function leavesOf(state: StateValue, around: string): string[] {
  if (typeof state === 'string') return [`${around}/${state}`];
  return Object.entries(state).flatMap(([name, inner]) => leavesOf(inner, `${around}/${name}`));
}

/** Begins with `s_`, so that no state can be called like a word of Mermaid; state names have no underscore. */
function idOf(path: string): string {
  return `s${path.replaceAll('/', '_')}`;
}

/** Everything but letters, digits and a few harmless marks as a decimal entity. */
function entities(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[^\p{L}\p{M}\p{N} .,()/*-]/gu, (mark) => `#${mark.codePointAt(0)};`);
}

function indent(line: string): string {
  return `  ${line}`;
}
