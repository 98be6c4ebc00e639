import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { checkDefinition } from '../engine/check.js';
import type { RuleChecker } from '../engine/checkNames.js';
import type { Definition } from '../engine/definition.js';
import { explore } from '../engine/explore.js';
import type { Fault } from '../engine/fault.js';
import { hashOf, type JsonObject } from '../engine/json.js';
import { compileMachine } from '../engine/machine.js';
import { type InputFault, type Model, transitionsByCommand } from '../engine/model.js';
import { withPanelRules } from '../engine/panelRules.js';
import type { Catalogue } from '../engine/rules.js';
import { treeOf } from '../engine/tree.js';
import { definitionShape } from './shape.js';

const faultsPerInputMax = 10;

/** What a command that declares no input takes: nothing. */
const NO_INPUT = { type: 'object', additionalProperties: false } as const;

function newAjv(allErrors: boolean): Ajv2020 {
  // Union types stand in the contexts of shipped definitions; everything else that ajv calls doubtful is refused.
  const ajv = new Ajv2020({ strict: true, allErrors, allowUnionTypes: true, strictRequired: false, strictTypes: true });
  addFormats.default(ajv);
  return ajv;
}

const shapeOf = newAjv(true).compile<Definition>(definitionShape);

/** Complaints about the shape of a definition; empty when it has the right one. */
export function shapeFaults(value: unknown): Fault[] {
  if (shapeOf(value)) return [];
  return explainShape(shapeOf.errors ?? []);
}

/** ajv reports every branch of an `anyOf`; the branch's own words are kept, the summary of the branches is not. */
function explainShape(errors: readonly ErrorObject[]): Fault[] {
  const faults = errors
    .filter(
      (error) =>
        !['anyOf', 'oneOf', 'if', '$ref'].includes(error.keyword) &&
        !(error.keyword === 'type' && error.schemaPath.includes('anyOf')),
    )
    .map((error): Fault => ({ pointer: error.instancePath, code: 'shape', message: messageOf(error) }));
  const unique = new Map(faults.map((fault) => [`${fault.pointer} ${fault.message}`, fault]));
  return unique.size > 0
    ? [...unique.values()]
    : [{ pointer: '', code: 'shape', message: 'The file does not have the shape of a definition' }];
}

function messageOf(error: ErrorObject): string {
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') return `"${String(params.additionalProperty)}" is not allowed here`;
  if (error.keyword === 'required' || error.keyword === 'dependentRequired')
    return `"${String(params.missingProperty)}" is missing`;
  if (error.keyword === 'false schema') return 'is not allowed together with what stands beside it';
  return error.message ?? error.keyword;
}

/** The complaint function for arguments of rules, from the schemas of a catalogue; each schema is compiled once. */
export function argumentChecker(catalogue: Catalogue): RuleChecker {
  const ajv = newAjv(false);
  const compiled = new Map<string, ValidateFunction>();
  return (kind, name, arg) => {
    const schema = catalogue[kind][name]?.arg;
    if (schema === undefined) return arg === undefined ? [] : ['takes no argument'];
    if (arg === undefined) return ['needs an argument'];
    const key = `${kind}/${name}`;
    let validate = compiled.get(key);
    if (validate === undefined) {
      validate = ajv.compile(schema);
      compiled.set(key, validate);
    }
    return validate(arg)
      ? []
      : [`${validate.errors?.[0]?.instancePath ?? ''} ${validate.errors?.[0]?.message ?? 'does not fit'}`.trim()];
  };
}

/** Every fault of a definition's meaning, the JSON Schemas inside it included. */
export function meaningFaults(
  definition: Definition,
  catalogue: Catalogue,
  checkArg: RuleChecker = argumentChecker(catalogue),
): Fault[] {
  return [...checkDefinition(definition, catalogue, checkArg), ...schemaFaults(definition)];
}

function schemaFaults(definition: Definition): Fault[] {
  const ajv = newAjv(false);
  const places: [string, JsonObject][] = [['/context', definition.context]];
  for (const { pointer, definition: transition } of treeOf(definition).transitions) {
    if (transition.input) places.push([`${pointer}/input`, transition.input]);
  }
  return places.flatMap(([pointer, schema]): Fault[] => {
    try {
      ajv.compile(closed(schema));
      return schema.type === 'object' && schema.additionalProperties === false
        ? []
        : [{ pointer, code: 'schemaInvalid', message: 'The schema must be of type object with "additionalProperties": false' }];
    } catch (error) {
      return [{ pointer, code: 'schemaInvalid', message: error instanceof Error ? error.message : String(error) }];
    }
  });
}

/** A schema inside a definition may not take a name under which ajv would keep it. */
function closed(schema: JsonObject): JsonObject {
  const { $id: _, ...rest } = schema;
  return rest;
}

/** Compiles a definition without faults. Compiled once per version; validators are made here and never per call. */
export function compileModel(definition: Definition, catalogue: Catalogue): Model {
  const tree = treeOf(definition);
  const machine = compileMachine(definition, tree);
  const ajv = newAjv(false);
  const context = ajv.compile(closed(definition.context));
  const inputs = new Map(
    tree.transitions.map((transition) => [transition.id, ajv.compile(closed(transition.definition.input ?? NO_INPUT))]),
  );
  return {
    ref: { id: definition.id, version: definition.version, hash: hashOf(definition) },
    definition,
    machine,
    configurations: explore(machine).configurations,
    catalogue: withPanelRules(catalogue),
    byCommand: transitionsByCommand(tree.transitions),
    checkInput: (transition, input) => complaints(inputs.get(transition.id), input),
    checkContext: (value) => complaints(context, value),
  };
}

function complaints(validate: ValidateFunction | undefined, value: unknown): readonly InputFault[] {
  if (validate === undefined) return [{ path: '', message: 'takes no input' }];
  if (validate(value)) return [];
  return (validate.errors ?? [])
    .slice(0, faultsPerInputMax)
    .map((error) => ({ path: error.instancePath, message: messageOf(error) }));
}
