import type { Deps } from '../commands/deps.js';
import { open } from '../commands/open.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import { SYSTEM_ACTOR } from '../engine/definition.js';
import { isObject, type JsonObject } from '../engine/json.js';
import { oneByOne, textOf } from './handler.js';
import { suspendLate } from './suspendLate.js';

const openAtOnce = 4;
const childrenAtOnce = 8;

interface Child {
  readonly key: string;
  readonly context: JsonObject;
}

/** Opens the children that a command on the parent asked for. Ids follow from parent, kind and key, so a second run finds them opened. */
export const openChildren = oneByOne(openAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  if (await parentEnded(deps, effect)) return { kind: 'obsolete', note: 'parentEnded' };
  const children = effect.params.children as unknown as readonly Child[];
  const queue = [...children];
  const refusals: JsonObject[] = [];
  const worker = async (): Promise<void> => {
    for (let child = queue.shift(); child !== undefined; child = queue.shift()) {
      const refusal = await openOne(deps, effect, child);
      if (refusal !== null) refusals.push(refusal);
    }
  };
  await Promise.all(Array.from({ length: childrenAtOnce }, worker));
  await suspendLate(deps, effect, children);
  return refusals.length > 0
    ? { kind: 'parked', reason: { code: 'childRefused', refusals: refusals.slice(0, 10) } }
    : { kind: 'done' };
});

/** A parent that ended by a later command takes no children any more: they would stay open below it for ever. */
async function parentEnded(deps: Deps, effect: LeasedEffect): Promise<boolean> {
  const parent = await deps.store.instances.load(effect.authority, effect.instance);
  const asked = Number(effect.id.slice(effect.instance.length + 1).split('/')[0]);
  return parent !== null && !parent.instance.open && parent.instance.revision > asked;
}

async function openOne(deps: Deps, effect: LeasedEffect, child: Child): Promise<JsonObject | null> {
  const kind = textOf(effect, 'kind');
  const outcome = await open(deps, {
    authority: effect.authority,
    definition: textOf(effect, 'definition'),
    context: { ...(isObject(effect.params.shared) ? effect.params.shared : {}), ...child.context },
    content: typeof effect.params.content === 'string' ? effect.params.content : null,
    parent: { id: effect.instance, kind, key: child.key },
    actor: SYSTEM_ACTOR,
    key: `${effect.id}/${child.key}`.slice(0, 200),
  });
  return outcome.kind === 'accepted'
    ? null
    : { key: child.key, blockers: outcome.blockers.map(({ code, params }) => ({ code, params })) };
}
