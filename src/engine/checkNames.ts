import {
  contextFields,
  type Definition,
  type DueDefinition,
  type Role,
  type RuleUse,
  ruleOf,
  SYSTEM_ROLE,
} from './definition.js';
import type { Fault } from './fault.js';
import { type ArgumentPlace, type Catalogue, effectName } from './rules.js';
import { isInside, isOfPanel, type Node, pointerOf, type Transition, type Tree } from './tree.js';

/** Compares an argument with the schema of its rule; answers complaints. `definitions/` fills it with ajv. */
export type RuleChecker = (kind: keyof Omit<Catalogue, 'posts'>, name: string, arg: unknown) => readonly string[];

/** Every role, post, field and rule that is named exists, and every argument fits. */
export function checkNames(definition: Definition, tree: Tree, catalogue: Catalogue, checkArg: RuleChecker): Fault[] {
  const roles = [
    ...checkRoles(definition, catalogue),
    ...unknownRoles(definition, definition.openBy ?? [], '/openBy'),
    ...tree.transitions
      .filter(isWritten)
      .flatMap((transition) => unknownRoles(definition, transition.definition.by, `${transition.pointer}/by`)),
  ];
  const context: RuleContext = { definition, catalogue, checkArg };
  const onTransitions = tree.transitions.filter(isWritten).flatMap((transition) => transitionRules(context, transition));
  const onStates = [...tree.nodes.values()].flatMap((node) => stateRules(context, node));
  return [...roles, ...onTransitions, ...onStates];
}

/** A panel's transitions are the engine's; what an author wrote of them stands in the panel. */
function isWritten({ source, command }: Transition): boolean {
  return !isOfPanel(source, command);
}

interface RuleContext {
  readonly definition: Definition;
  readonly catalogue: Catalogue;
  readonly checkArg: RuleChecker;
}

function checkRoles(definition: Definition, catalogue: Catalogue): Fault[] {
  const fields = contextFields(definition);
  return Object.entries(definition.roles).flatMap(([name, role]): Fault[] => {
    const pointer = `/roles/${name}`;
    const faults: Fault[] = [];
    if (name === SYSTEM_ROLE)
      faults.push({ pointer, code: 'roleUnknown', message: `"${SYSTEM_ROLE}" is the engine itself and cannot be declared` });
    for (const field of fieldsOf(role).filter((one) => !fields.has(one)))
      faults.push({
        pointer,
        code: 'fieldUnknown',
        message: `Role "${name}" names the field "${field}", which the context does not have`,
      });
    const post = postOf(role);
    if (post !== null && !catalogue.posts.has(post)) {
      faults.push({
        pointer: `${pointer}/post`,
        code: 'postUnknown',
        message: `Role "${name}" names the post "${post}", which is not in the catalogue`,
      });
    }
    return faults;
  });
}

/** The fields of the context that a role reads, its own or those of the role below it. */
function fieldsOf(role: Role): readonly string[] {
  if ('superiorOf' in role) return fieldsOf(role.superiorOf);
  if ('ballot' in role) return [role.ballot];
  if ('field' in role) return [role.field];
  const served = 'serving' in role && role.serving !== undefined ? [role.serving.field] : [];
  return role.of === 'authority' ? served : [role.of.field, ...served];
}

function postOf(role: Role): string | null {
  if ('superiorOf' in role) return postOf(role.superiorOf);
  if ('signsFor' in role) return role.signsFor;
  return 'post' in role ? role.post : null;
}

function unknownRoles(definition: Definition, roles: readonly string[], pointer: string): Fault[] {
  return roles.flatMap((role, index): Fault[] =>
    role === SYSTEM_ROLE || Object.hasOwn(definition.roles, role)
      ? []
      : [{ pointer: `${pointer}/${index}`, code: 'roleUnknown', message: `Role "${role}" is not declared` }],
  );
}

function transitionRules(context: RuleContext, transition: Transition): Fault[] {
  const place: ArgumentPlace = {
    definition: context.definition,
    state: transition.source.definition,
    transition: transition.definition,
  };
  const { requires = [], updates = [], effects = [] } = transition.definition;
  return [
    ...requires.flatMap((use, index) => checkUse(context, 'requirements', use, `${transition.pointer}/requires/${index}`, place)),
    ...updates.flatMap((use, index) => checkUse(context, 'updates', use, `${transition.pointer}/updates/${index}`, place)),
    ...effects.flatMap((use, index) => checkUse(context, 'effects', use, `${transition.pointer}/effects/${index}`, place)),
  ];
}

function stateRules(context: RuleContext, node: Node): Fault[] {
  const place: ArgumentPlace = { definition: context.definition, state: node.definition, transition: null };
  const effects = (['entry', 'exit'] as const).flatMap((moment) =>
    (node.definition[moment] ?? []).flatMap((use, index) =>
      checkUse(context, 'effects', use, `${pointerOf(node)}/${moment}/${index}`, place),
    ),
  );
  const votes = (node.definition.panel?.requires ?? []).flatMap((use, index) =>
    checkUse(context, 'requirements', use, `${pointerOf(node)}/panel/requires/${index}`, place),
  );
  return [...effects, ...votes];
}

function checkUse(
  context: RuleContext,
  kind: keyof Omit<Catalogue, 'posts'>,
  use: RuleUse,
  pointer: string,
  place: ArgumentPlace,
): Fault[] {
  const { name: written, arg } = ruleOf(use);
  const name = kind === 'effects' ? effectName(written) : written;
  const rule = Object.hasOwn(context.catalogue[kind], name) ? context.catalogue[kind][name] : undefined;
  if (!rule) return [{ pointer, code: 'ruleUnknown', message: `"${written}" is not in the catalogue of ${kind}` }];
  const shape = context.checkArg(kind, name, arg);
  const meaning = shape.length > 0 ? [] : (rule.checkArg?.(arg, place) ?? []);
  return [...shape, ...meaning].map((complaint): Fault => ({ pointer, code: 'ruleArgument', message: `${name}: ${complaint}` }));
}

const DUE_BASES = ['workingDays', 'calendarDays', 'field', 'endOfPeriod'] as const;

/** A due date has one basis, its roles and fields exist, and the command it sends is open to the system where it is sent. */
export function checkDues(definition: Definition, tree: Tree): Fault[] {
  return [...tree.nodes.values()].flatMap((node) =>
    node.definition.due ? checkDue(definition, tree, node, node.definition.due) : [],
  );
}

function checkDue(definition: Definition, tree: Tree, node: Node, due: DueDefinition): Fault[] {
  const pointer = `${pointerOf(node)}/due`;
  const faults: Fault[] = [];
  const fields = contextFields(definition);
  if (DUE_BASES.filter((basis) => due[basis] !== undefined).length !== 1) {
    faults.push({ pointer, code: 'dueAmbiguous', message: `A due date has exactly one of ${DUE_BASES.join(', ')}` });
  }
  if (due.onResume === 'keep' && due.field === undefined && due.endOfPeriod === undefined) {
    faults.push({
      pointer: `${pointer}/onResume`,
      code: 'dueAmbiguous',
      message: 'A term counted in days begins anew with every stay; only a date read from the context can be kept',
    });
  }
  for (const key of ['field', 'endOfPeriod', 'suspendedBy'] as const) {
    const field = due[key];
    if (field !== undefined && !fields.has(field))
      faults.push({ pointer: `${pointer}/${key}`, code: 'fieldUnknown', message: `The context has no field "${field}"` });
  }
  faults.push(...unknownRoles(definition, due.remind ?? [], `${pointer}/remind`), ...checkLadder(definition, due, pointer));
  if (due.send !== undefined && !admitsSystem(tree, node, due.send)) {
    faults.push({
      pointer: `${pointer}/send`,
      code: 'dueCommandClosed',
      message: `${due.send} is not open to "${SYSTEM_ROLE}" in "${node.path}"`,
    });
  }
  return faults;
}

/** The rungs behind a due date climb: each later than the one before, and each names roles that exist. */
function checkLadder(definition: Definition, due: DueDefinition, pointer: string): Fault[] {
  const { remindAfter = [], escalate = [] } = due;
  const climbs = (key: string, rungs: readonly number[]): Fault[] =>
    rungs.every((days, index) => index === 0 || days > (rungs[index - 1] ?? 0))
      ? []
      : [
          {
            pointer: `${pointer}/${key}`,
            code: 'dueLadder',
            message: `The days in ${key} must ascend, each later than the one before`,
          },
        ];
  return [
    ...climbs('remindAfter', remindAfter),
    ...climbs(
      'escalate',
      escalate.map(({ after }) => after),
    ),
    ...escalate.flatMap(({ to }, index) => unknownRoles(definition, to, `${pointer}/escalate/${index}/to`)),
  ];
}

function admitsSystem(tree: Tree, node: Node, command: string): boolean {
  return tree.transitions.some(
    ({ command: name, source, definition }) =>
      name === command &&
      definition.by.includes(SYSTEM_ROLE) &&
      (source.path === node.path || isInside(source.path, node.path) || isInside(node.path, source.path)),
  );
}
