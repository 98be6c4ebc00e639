import { alternatives, childrenOf, type Definition, type StateDefinition, type TransitionDefinition } from './definition.js';
import { countCommand, panelled } from './panelRules.js';

/** A state with its place in the definition, its panel laid out as transitions. The root has path `` and no definition of its own. */
export interface Node {
  /** `/signing/prepared`. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'compound' | 'parallel' | 'leaf' | 'final' | 'history';
  readonly definition: StateDefinition;
  readonly parent: Node | null;
  readonly children: readonly Node[];
}

/** A transition with the event of its own that the machine knows it by: `SIGN/1`. */
export interface Transition {
  readonly id: string;
  readonly command: string;
  readonly source: Node;
  /** Resolved path, or null where the transition stays. */
  readonly target: string | null;
  readonly definition: TransitionDefinition;
  /** JSON pointer of the transition inside its file. */
  readonly pointer: string;
}

export interface Tree {
  readonly root: Node;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly transitions: readonly Transition[];
}

/** Lays a definition out as nodes and transitions, in document order. Never throws: what is wrong, `check` says. */
export function treeOf(definition: Definition): Tree {
  const nodes = new Map<string, Node>();
  const root = addNode((state) => panelled(definition, state), rootOf(definition), ['', null], nodes);
  const transitions: Transition[] = [];
  const counts = new Map<string, number>();
  for (const source of nodes.values()) {
    for (const [command, entry] of Object.entries(source.definition.on ?? {})) {
      alternatives(entry).forEach((transition, index) => {
        const count = (counts.get(command) ?? 0) + 1;
        counts.set(command, count);
        transitions.push({
          id: `${command}/${count}`,
          command,
          source,
          target: transition.target === undefined ? null : resolveTarget(source, transition.target),
          definition: transition,
          pointer: isOfPanel(source, command)
            ? `${pointerOf(source)}/panel`
            : `${pointerOf(source)}/on/${command}${Array.isArray(entry) ? `/${index}` : ''}`,
        });
      });
    }
  }
  return { root, nodes, transitions };
}

/** The commands of every state are possible and never awaited, as if each said so itself. */
function rootOf({ initial, states, on }: Definition): StateDefinition {
  const asideOf = (one: TransitionDefinition): TransitionDefinition => ({ ...one, aside: true });
  const everywhere: Record<string, TransitionDefinition | readonly TransitionDefinition[]> = {};
  for (const [command, entry] of Object.entries(on ?? {}))
    everywhere[command] = Array.isArray(entry) ? alternatives(entry).map(asideOf) : asideOf(entry as TransitionDefinition);
  return { initial, states, on: everywhere };
}

/** Whether a command of a state comes from its panel. */
export function isOfPanel({ definition: { panel } }: Pick<Node, 'definition'>, command: string): boolean {
  return panel !== undefined && (command === panel.command || command === countCommand(panel));
}

function addNode(
  laidOut: (state: StateDefinition) => StateDefinition,
  definition: StateDefinition,
  [name, parent]: readonly [name: string, parent: Node | null],
  nodes: Map<string, Node>,
): Node {
  const children: Node[] = [];
  const path = parent === null ? '' : `${parent.path}/${name}`;
  const node: Node = { path, name, kind: kindOf(definition), definition: laidOut(definition), parent, children };
  nodes.set(path, node);
  for (const [childName, child] of Object.entries(childrenOf(definition))) {
    children.push(addNode(laidOut, child, [childName, node], nodes));
  }
  return node;
}

function kindOf(definition: StateDefinition): Node['kind'] {
  if (definition.history) return 'history';
  if (definition.parallel) return 'parallel';
  if (definition.states) return 'compound';
  return definition.final ? 'final' : 'leaf';
}

/** A target is a sibling's name or an absolute path. */
export function resolveTarget(source: Node, target: string): string {
  return target.startsWith('/') ? target : `${source.parent?.path ?? ''}/${target}`;
}

/** JSON pointer of a state inside its file. */
export function pointerOf(node: Node): string {
  if (node.parent === null) return '';
  const folder = node.parent.kind === 'parallel' ? 'parallel' : 'states';
  return `${pointerOf(node.parent)}/${folder}/${node.name}`;
}

export function isInside(path: string, ancestor: string): boolean {
  return path.startsWith(`${ancestor}/`);
}

/**
 * The state whose inside a move changes: the source itself where the target is inside it, else the nearest state around both.
 * Everything active inside the domain is left and entered anew.
 */
export function domainOf(tree: Tree, source: Node, target: string): Node {
  if (isInside(target, source.path)) return source;
  let node = source.parent ?? tree.root;
  while (node.parent !== null && !isInside(target, node.path)) node = node.parent;
  return node;
}
