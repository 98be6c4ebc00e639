import { type RuleUse, ruleOf } from './definition.js';
import type { Instance } from './instance.js';
import type { Json } from './json.js';
import type { Model } from './model.js';
import type { Scope } from './rules.js';

/**
 * Applies updates in order, each to the result of the one before.
 * A context that no longer fits its schema is a fault of the definition and throws: it must never be stored.
 */
export function applyUpdates(
  model: Model,
  uses: readonly RuleUse[],
  scope: Scope,
  next: number,
): Pick<Instance, 'context' | 'content'> {
  if (uses.length === 0) return { context: scope.instance.context, content: scope.instance.content };
  let { instance } = scope;
  for (const use of uses) {
    const { name, arg } = ruleOf(use);
    const update = model.catalogue.updates[name];
    if (!update) throw new Error(`Update ${name} is not in the catalogue`);
    const change = update.apply(arg, { ...scope, instance }, next);
    instance = {
      ...instance,
      context: merge(instance.context, change.context),
      content: change.content === undefined ? instance.content : change.content,
    };
  }
  const faults = model.checkContext(instance.context);
  if (faults.length > 0)
    throw new Error(
      `Updates of ${model.ref.id}.v${model.ref.version} would store an invalid context: ${faults[0]?.path} ${faults[0]?.message}`,
    );
  return { context: instance.context, content: instance.content };
}

function merge(
  context: Instance['context'],
  change: Readonly<Record<string, Json | undefined>> | undefined,
): Instance['context'] {
  if (change === undefined) return context;
  const merged: Record<string, Json> = { ...context };
  for (const [field, value] of Object.entries(change)) {
    if (value === undefined) delete merged[field];
    else merged[field] = value;
  }
  return merged;
}
