import type { Definition } from './definition.js';
import type { Exploration } from './explore.js';
import type { DefinitionRef } from './instance.js';
import type { Machine } from './machine.js';
import type { Catalogue } from './rules.js';
import type { Transition } from './tree.js';

/** A definition that passed every check, ready to decide with. Immutable. */
export interface Model {
  readonly ref: DefinitionRef;
  readonly definition: Definition;
  readonly machine: Machine;
  readonly configurations: Exploration['configurations'];
  readonly catalogue: Catalogue;
  readonly byCommand: ReadonlyMap<string, readonly Transition[]>;
  /** Complaints about an input or a context; empty when it fits. Filled by `definitions/` with ajv, compiled once. */
  readonly checkInput: (transition: Transition, input: unknown) => readonly InputFault[];
  readonly checkContext: (context: unknown) => readonly InputFault[];
}

export interface InputFault {
  /** JSON pointer inside the value. */
  readonly path: string;
  readonly message: string;
}

/** Groups a definition's transitions by the command that asks for them. */
export function transitionsByCommand(transitions: readonly Transition[]): ReadonlyMap<string, readonly Transition[]> {
  const map = new Map<string, Transition[]>();
  for (const transition of transitions) {
    const list = map.get(transition.command);
    if (list) list.push(transition);
    else map.set(transition.command, [transition]);
  }
  return map;
}
