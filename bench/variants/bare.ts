import type { MongoClient } from 'mongodb';
import { type PlainEntry, plainEntry, steps } from '../case.js';
import { type Listening, listening, plainApp } from './plainHttp.js';
import { type Handlers, insertAll, newId, plainClient, type Seeding, type StoredCase, type VariantOptions } from './variant.js';

interface BareCase {
  _id: string;
  authority: string;
  revision: number;
  state: string;
  since: string;
  /** The last entry: it is overwritten, so this floor keeps no history at all. */
  last: PlainEntry | null;
}

/** Floor: a bare express handler with one versioned update. Decides nothing and keeps only the last entry. */
export function bareVariant({ uri, database }: VariantOptions): Handlers {
  let client: MongoClient | null = null;
  let server: Listening | null = null;
  const cases = () => (client as MongoClient).db(database).collection<BareCase>('cases');

  function app() {
    const bare = plainApp();
    bare.post('/cases/:id/commands/:position', async (request, response) => {
      const { revision, key, note } = request.body as { revision: number; key: string; note: string };
      const step = steps[Number(request.params.position)] as (typeof steps)[number];
      const entry = plainEntry({ step, seq: revision + 1, key, note });
      const result = await cases().updateOne(
        { _id: request.params.id, authority: 'bench', revision },
        { $set: { revision: revision + 1, state: step.to, since: entry.at, last: entry } },
      );
      response.status(result.matchedCount === 1 ? 200 : 409).json({ state: step.to, revision: revision + 1 });
    });
    return bare;
  }

  return {
    async start() {
      client = await plainClient(uri);
      server = await listening(app());
    },
    port: () => server?.port,
    seed: (argument) => {
      const blank = { authority: 'bench', revision: 1, state: 'drafting', since: '', last: null };
      return insertAll(
        cases(),
        Array.from({ length: (argument as Seeding).count }, () => ({ _id: newId(), ...blank })),
      );
    },
    settle: () => undefined,
    async stored(argument): Promise<StoredCase> {
      const found = await cases().findOne({ _id: argument as string });
      if (found === null) throw new Error(`no case ${String(argument)}`);
      const entries =
        found.last === null ? [] : [{ command: found.last.command, actor: found.last.actor, note: found.last.input.note }];
      return { state: found.state, revision: found.revision, entries, effects: 0 };
    },
    async stop() {
      await server?.close();
      await client?.close();
    },
  };
}
