import type { Deps } from '../commands/deps.js';
import { idOfChild } from '../commands/open.js';
import type { LeasedEffect } from '../commands/relayPorts.js';
import { ledgerOf, openSuspension } from '../office/time/suspensions.js';
import { textOf } from './handler.js';
import { send } from './sendCommand.js';

const SUSPEND = 'SUSPEND';
const RESUME = 'RESUME';
/** What is suspended and taken up again while children are opened is looked at so often. */
const looksMax = 5;

/**
 * A suspension of the instance above reaches what is opened below it afterwards. Looked at after the opening: a suspension that is committed
 * later tells its children itself, and finds these. What is taken up again meanwhile is taken up here too.
 */
export async function suspendLate(
  deps: Deps,
  effect: LeasedEffect,
  children: readonly { readonly key: string }[],
): Promise<void> {
  const [child] = children;
  if (child === undefined || !knows(deps, textOf(effect, 'definition'))) return;
  let told = false;
  for (let look = 0; look < looksMax; look += 1) {
    const parent = await deps.store.instances.load(effect.authority, effect.instance);
    const line = parent?.instance.open === true ? openSuspension(ledgerOf(parent.instance.context.suspensions)) : null;
    if ((line !== null) === told) return;
    told = line !== null;
    for (const { key } of children) {
      const instance = idOfChild(effect.authority, { id: effect.instance, kind: textOf(effect, 'kind'), key });
      const message = line === null ? { command: RESUME } : { command: SUSPEND, input: { reason: line.reason } };
      await send(deps, effect, { instance, ...message, key: `${effect.id}/${key}/${message.command}/${look}`.slice(0, 200) });
    }
  }
}

function knows({ models }: Deps, definition: string): boolean {
  return (models.latest(definition).byCommand.get(SUSPEND) ?? []).some((transition) =>
    transition.definition.by.includes('system'),
  );
}
