import { join } from 'node:path';
import type { Assembled } from '../../src/assemble.js';
import type { Outcome } from '../../src/commands/ask.js';
import type { OpenOutcome } from '../../src/commands/open.js';
import { readEntry } from '../../src/engine/entry.js';
import { steps, titleOf } from '../case.js';
import { authority, town } from '../town.js';
import { type InProcessCommand, newId, type Seeding, type StoredCase, type VariantOptions } from './variant.js';

/** The parts of the engine that the measurements call. */
export interface EngineModules {
  readonly assemble: typeof import('../../src/assemble.js')['assemble'];
  readonly perform: typeof import('../../src/commands/perform.js')['perform'];
  readonly open: typeof import('../../src/commands/open.js')['open'];
  readonly bulk: typeof import('../../src/commands/bulk.js')['bulk'];
}

/** What is measured is what ships, in `dist/`; a loader in between would cost time. The smoke test takes the sources. */
export function engineFolder(built: boolean): URL {
  return new URL(built ? '../../dist/' : '../../src/', import.meta.url);
}

async function engineModules(built: boolean): Promise<EngineModules> {
  const folder = engineFolder(built);
  const from = async <T>(path: string): Promise<T> => (await import(new URL(path, folder).href)) as T;
  const { assemble } = await from<typeof import('../../src/assemble.js')>('assemble.js');
  const { perform } = await from<typeof import('../../src/commands/perform.js')>('commands/perform.js');
  const { open } = await from<typeof import('../../src/commands/open.js')>('commands/open.js');
  const { bulk } = await from<typeof import('../../src/commands/bulk.js')>('commands/bulk.js');
  return { assemble, perform, open, bulk };
}

export interface Engine {
  readonly app: Assembled;
  readonly modules: EngineModules;
  act(command: InProcessCommand & { readonly named?: boolean }): Promise<void>;
  seed(seeding: Seeding): Promise<string[]>;
  stored(id: string): Promise<StoredCase>;
  close(): Promise<void>;
}

const openingsAtOnce = 32;

/** The engine on a database of its own, with the bench's workflows and its small authority. */
export async function openEngine(options: VariantOptions): Promise<Engine> {
  const modules = await engineModules(options.built);
  let closing = false;
  const app = await modules.assemble({
    uri: options.uri,
    database: options.database,
    workflowsFolder: options.workflowsFolder,
    cacheFolder: options.cacheFolder,
    keyFolder: join(options.cacheFolder, 'keys'),
    onWarning(text) {
      if (!closing) process.stderr.write(`engine: ${text}\n`);
    },
  });
  await app.deps.store.directory.save(town);

  async function openOne({ kind }: Seeding, number: number): Promise<string> {
    const context = { drafter: 'officer', draftingUnit: 'nv', title: titleOf(number) };
    return accepted(await modules.open(app.deps, { authority, definition: kind, context, actor: 'officer', key: newId() }))
      .instance.id;
  }

  return {
    app,
    modules,
    async act({ id, position, revision, key, note, named }) {
      const { command, actor } = steps[position] as (typeof steps)[number];
      accepted(
        await modules.perform(app.deps, {
          authority,
          instance: id,
          command,
          actor,
          key,
          input: { note },
          ...(named ? { ifRevision: revision } : {}),
        }),
      );
    },
    async seed(seeding) {
      const ids: string[] = [];
      while (ids.length < seeding.count) {
        const group = Math.min(openingsAtOnce, seeding.count - ids.length);
        ids.push(...(await Promise.all(Array.from({ length: group }, (_, index) => openOne(seeding, ids.length + index)))));
      }
      await app.relay.settle();
      return ids;
    },
    stored: (id) => stored(app, id),
    close() {
      closing = true;
      return app.close();
    },
  };
}

export function accepted<T extends Outcome | OpenOutcome>(outcome: T): Extract<T, { kind: 'accepted' }> {
  if (outcome.kind === 'accepted') return outcome as Extract<T, { kind: 'accepted' }>;
  throw new Error(`refused: ${JSON.stringify((outcome as { blockers: unknown }).blockers)}`);
}

const storedEntriesMax = 100;

async function stored(app: Assembled, id: string): Promise<StoredCase> {
  const held = await app.deps.store.instances.load(authority, id);
  if (held === null) throw new Error(`no case ${id}`);
  const entries = (await app.deps.store.instances.history(authority, id, 2, storedEntriesMax)).map(({ bytes }) =>
    readEntry(bytes),
  );
  const effects = await app.connection.collection('outbox').countDocuments({ authority, instance: id });
  return {
    state: held.instance.state as string,
    revision: held.instance.revision,
    entries: entries.map(({ command, actor, input }) => ({ command, actor, note: input.note as string })),
    effects,
  };
}
