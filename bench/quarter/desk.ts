import type { Ask } from '../../src/commands/ask.js';
import type { BulkItem } from '../../src/commands/bulk.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Product } from './product.js';

/** The one way in which the bench acts: as people do through the web, each command under a key of its own. */
export interface Desk {
  act(actor: string, instance: string, command: string, more?: Pick<Ask, 'input' | 'saw' | 'proof'>): Promise<Instance>;
  /** The same command on many, in batches as large as the product takes. */
  actOnAll(actor: string, command: string, items: readonly BulkItem[]): Promise<void>;
  key(): string;
  /** Everything that the relay has to do. */
  settle(): Promise<void>;
}

let keys = 0;

export function makeDesk({ app, modules }: Product, authority: string): Desk {
  const key = (): string => {
    keys += 1;
    return `quarter-${keys}`;
  };
  return {
    key,
    async act(actor, instance, command, more = {}) {
      const outcome = await modules.perform.perform(app.deps, { authority, actor, instance, command, key: key(), ...more });
      if (outcome.kind !== 'accepted') throw new Error(`${command} by ${actor}: ${JSON.stringify(outcome.blockers)}`);
      return outcome.instance;
    },
    async actOnAll(actor, command, items) {
      const { bulk, bulkItemsMax } = modules.bulk;
      for (let from = 0; from < items.length; from += bulkItemsMax) {
        const batch = items.slice(from, from + bulkItemsMax);
        for (const verdict of await bulk(app.deps, { authority, actor, command, key: key(), items: batch }))
          if ('error' in verdict || verdict.outcome.kind !== 'accepted')
            throw new Error(`${command}: ${JSON.stringify(verdict)}`);
      }
    },
    settle: () => app.relay.settle(),
  };
}

/** Work on many, so many at once. */
export async function atOnce<T>(
  list: readonly T[],
  count: number,
  work: (one: T, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let index = next++; index < list.length; index = next++) await work(list[index] as T, index);
  };
  await Promise.all(Array.from({ length: Math.min(count, list.length) }, worker));
}
