import { contextFields, type Definition, type PanelDefinition, ruleOf } from './definition.js';
import type { Fault } from './fault.js';
import { canonical, isObject, type JsonObject } from './json.js';
import { countCommand, voterRole } from './panelRules.js';
import { isOfPanel, type Node, pointerOf, type Tree } from './tree.js';

/**
 * What a panel must have beside its shape: a ballot of its own that nothing else writes, members who are not themselves the ballot, a role
 * by which they vote, and commands that stand nowhere else in its state. Where it leads is checked like every target.
 */
export function checkPanels(definition: Definition, tree: Tree): Fault[] {
  const panels = [...tree.nodes.values()].flatMap((node) => {
    const { panel } = node.definition;
    return panel === undefined ? [] : [{ node, panel }];
  });
  return panels.flatMap(({ node, panel }, index) => {
    const pointer = `${pointerOf(node)}/panel`;
    const shared = panels.slice(0, index).some((earlier) => earlier.panel.ballot === panel.ballot);
    return [
      ...checkMembers(definition, panel, pointer),
      ...checkBallot(definition, tree, panel, pointer),
      ...(shared ? [ballotFault(pointer, panel, 'is the ballot of another panel')] : []),
      ...checkCommands(definition, node, panel, pointer),
    ];
  });
}

function checkMembers(definition: Definition, panel: PanelDefinition, pointer: string): Fault[] {
  const { members, membership, ballot } = panel;
  const role = Object.hasOwn(definition.roles, members) ? definition.roles[members] : undefined;
  const at = `${pointer}/members`;
  if (role === undefined) return [{ pointer: at, code: 'roleUnknown', message: `Role "${members}" is not declared` }];
  if ('ballot' in role)
    return [{ pointer: at, code: 'panelRole', message: `The members of a panel cannot be the ballot they make` }];
  return membership === 'follows' || voterRole(definition, panel) !== undefined
    ? []
    : [{ pointer: at, code: 'panelRole', message: `No role is {"ballot": "${ballot}"}: those on the ballot could not vote` }];
}

function checkBallot(definition: Definition, tree: Tree, panel: PanelDefinition, pointer: string): Fault[] {
  const { ballot } = panel;
  if (!contextFields(definition).has(ballot))
    return [{ pointer: `${pointer}/ballot`, code: 'fieldUnknown', message: `The context has no field "${ballot}"` }];
  const { properties, required } = definition.context;
  const faults: Fault[] = [];
  if (canonical((properties as JsonObject)[ballot]) !== canonical({ type: 'object' }))
    faults.push(ballotFault(pointer, panel, 'must have the schema {"type": "object"}: the engine alone writes it'));
  if (Array.isArray(required) && required.includes(ballot))
    faults.push(ballotFault(pointer, panel, 'cannot be required: it is made when the panel is entered'));
  const writer = tree.transitions.find(
    ({ source, command, definition: { updates = [] } }) =>
      !isOfPanel(source, command) && updates.some((use) => names(ruleOf(use).arg, ballot)),
  );
  if (writer) faults.push(ballotFault(pointer, panel, `is also written by ${writer.command} (${writer.pointer})`));
  return faults;
}

/** Whether an argument mentions a field anywhere: as a text, in a list, as a key. What an update does with it is not asked. */
function names(arg: unknown, field: string): boolean {
  if (Array.isArray(arg)) return arg.some((item) => names(item, field));
  if (isObject(arg)) return Object.entries(arg).some(([key, value]) => key === field || names(value, field));
  return arg === field;
}

function ballotFault(pointer: string, { ballot }: PanelDefinition, what: string): Fault {
  return { pointer: `${pointer}/ballot`, code: 'panelBallot', message: `Field "${ballot}" ${what}` };
}

/** The panel's own commands took the place of what the author wrote under the same name. */
function checkCommands(definition: Definition, node: Node, panel: PanelDefinition, pointer: string): Fault[] {
  const written = node.path
    .split('/')
    .slice(1)
    .reduce<unknown>((state, name) => childNamed(state, name), { states: definition.states });
  const own = isObject(written) && isObject(written.on) ? written.on : {};
  return [panel.command, countCommand(panel)]
    .filter((command) => Object.hasOwn(own, command))
    .map((command) => ({
      pointer: `${pointer}/command`,
      code: 'panelCommandTaken',
      message: `${command} is declared here already: a panel makes its commands itself`,
    }));
}

function childNamed(state: unknown, name: string): unknown {
  if (!isObject(state)) return undefined;
  const children = state.states ?? state.parallel;
  return isObject(children) ? children[name] : undefined;
}
