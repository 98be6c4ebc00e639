import type { MongoClient } from 'mongodb';
import { type PlainEntry, plainEntry, steps } from '../case.js';
import { runHandlers } from '../run/runner.js';
import {
  type Handlers,
  type InProcessCommand,
  insertAll,
  newId,
  plainClient,
  type Seeding,
  type StoredCase,
  type VariantOptions,
} from './variant.js';

interface RawCase {
  _id: string;
  authority: string;
  revision: number;
  state: string;
  since: string;
  history: PlainEntry[];
}

/** Floor: the driver alone, in process, one versioned update with a pushed entry for each command. Decides nothing. */
export function rawVariant({ uri, database }: VariantOptions): Handlers {
  let client: MongoClient | null = null;
  const cases = () => (client as MongoClient).db(database).collection<RawCase>('cases');

  async function act({ id, position, revision, key, note }: InProcessCommand): Promise<void> {
    const step = steps[position] as (typeof steps)[number];
    const entry = plainEntry({ step, seq: revision + 1, key, note });
    const result = await cases().updateOne(
      { _id: id, authority: 'bench', revision },
      { $set: { revision: revision + 1, state: step.to, since: entry.at }, $push: { history: entry } },
    );
    if (result.matchedCount !== 1) throw new Error(`${id} is not at revision ${revision}`);
  }

  return {
    async start() {
      client = await plainClient(uri);
    },
    seed: (argument) => {
      const blank = { authority: 'bench', revision: 1, state: 'drafting', since: '', history: [] };
      return insertAll(
        cases(),
        Array.from({ length: (argument as Seeding).count }, () => ({ _id: newId(), ...blank })),
      );
    },
    ...runHandlers(act),
    settle: () => undefined,
    async stored(argument): Promise<StoredCase> {
      const found = await cases().findOne({ _id: argument as string });
      if (found === null) throw new Error(`no case ${String(argument)}`);
      const entries = found.history.map(({ command, actor, input }) => ({ command, actor, note: input.note }));
      return { state: found.state, revision: found.revision, entries, effects: 0 };
    },
    stop: () => client?.close(),
  };
}
