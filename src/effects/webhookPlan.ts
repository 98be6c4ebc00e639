import { entryOf } from '../commands/carriedEntry.js';
import type { Deps } from '../commands/deps.js';
import type { HandOver, PlannedEffect } from '../commands/relayPorts.js';
import { deliveryId } from '../commands/webhooks/message.js';
import type { Subscription } from '../commands/webhooks/ports.js';

const NONE: readonly PlannedEffect[] = [];

/**
 * One effect for each entry and each subscription that wants it. Its id follows from both, so a second carrier adds nothing. For an authority
 * without subscriptions this is one look into a cache for each batch.
 */
export async function planWebhooks(deps: Deps, batch: readonly HandOver[]): Promise<readonly PlannedEffect[]> {
  const planned: PlannedEffect[] = [];
  for (const authority of new Set(batch.map((item) => item.authority))) {
    const subscriptions = await deps.store.webhooks.watched(authority);
    if (subscriptions.length === 0) continue;
    const mine = batch.filter((item) => item.authority === authority);
    planned.push(...(await planFor(deps, authority, subscriptions, mine)));
  }
  return planned.length === 0 ? NONE : planned;
}

async function planFor(
  deps: Deps,
  authority: string,
  subscriptions: readonly Subscription[],
  batch: readonly HandOver[],
): Promise<readonly PlannedEffect[]> {
  const narrow = subscriptions.some((one) => one.definitions !== null);
  const definitions = narrow ? await definitionsOf(deps, authority, batch) : new Map<string, string>();
  return batch.flatMap((item): readonly PlannedEffect[] => {
    const { command, at } = entryOf(item);
    const definition = definitions.get(item.instance) ?? '';
    return subscriptions
      .filter((one) => wants(one, { definition, command, at }))
      .map(({ id }) => ({
        of: item,
        effect: { id: deliveryId(item.instance, item.seq, id), kind: 'webhook', params: { subscription: id, at }, dueAt: null },
      }));
  });
}

function wants(
  { definitions, commands, from }: Subscription,
  entry: { readonly definition: string; readonly command: string; readonly at: string },
): boolean {
  if (entry.at < from) return false;
  return (
    (definitions === null || definitions.includes(entry.definition)) && (commands === null || commands.includes(entry.command))
  );
}

/** The definition of each instance, which never changes: from memory where it is held. */
async function definitionsOf(deps: Deps, authority: string, batch: readonly HandOver[]): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const unknown = new Set<string>();
  for (const { instance } of batch) {
    const held = deps.held.get(authority, instance);
    if (held === undefined) unknown.add(instance);
    else found.set(instance, held.instance.definition.id);
  }
  if (unknown.size === 0) return found;
  for (const { instance } of await deps.store.instances.loadMany(authority, [...unknown]))
    found.set(instance.id, instance.definition.id);
  return found;
}
