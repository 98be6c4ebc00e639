import { type Connection, createConnection, Schema } from 'mongoose';
import { createActor, createMachine } from 'xstate';
import { poolSocketsMax } from '../../src/store/connection.js';
import { type CaseKind, type PlainEntry, plainEntry, steps, tells, titleOf } from '../case.js';
import { type Listening, listening, plainApp } from './plainHttp.js';
import { type Handlers, insertAll, newId, type Seeding, type StoredCase, type VariantOptions } from './variant.js';

const attemptsMax = 30;

/** The case as anyone would write it for xstate: roles as a guard, one machine, one actor for each request. */
const by = (actor: string) => ({ guard: ({ event }: { event: { actor?: string } }) => event.actor === actor });
const machine = createMachine({
  types: {} as { events: { type: string; actor?: string } },
  id: 'case',
  initial: 'drafting',
  states: {
    drafting: { on: { SUBMIT: { target: 'reviewing', ...by('officer') } } },
    reviewing: { on: { APPROVE: { target: 'checking', ...by('head') }, RETURN: { target: 'drafting', ...by('head') } } },
    checking: { on: { CHECK: { target: 'signing', ...by('form') } } },
    signing: { on: { SIGN: { target: 'issuing', ...by('deputy') } } },
    issuing: { on: { ISSUE: { target: 'issued', ...by('clerk') } } },
    issued: { type: 'final' },
  },
});

interface CaseFields {
  _id: string;
  authority: string;
  kind: CaseKind;
  state: string;
  context: { drafter: string; draftingUnit: string; title: string };
  revision: number;
}
interface HistoryFields extends PlainEntry {
  case: string;
}
interface OutboxFields {
  case: string;
  seq: number;
  kind: string;
  params: { told: string };
  state: string;
}
type Models = ReturnType<typeof modelsOn>;

function modelsOn(connection: Connection) {
  const text = { type: String, required: true } as const;
  const caseSchema = new Schema<CaseFields>(
    { _id: String, authority: text, kind: text, state: text, context: { drafter: text, draftingUnit: text, title: text } },
    { versionKey: 'revision', optimisticConcurrency: true, timestamps: true },
  );
  const historySchema = new Schema<HistoryFields>(
    {
      case: text,
      seq: { type: Number, required: true },
      at: text,
      actor: text,
      role: text,
      command: text,
      transition: text,
      key: text,
      requestHash: text,
      before: text,
      after: text,
      input: { note: text },
    },
    { versionKey: false },
  );
  historySchema.index({ case: 1, seq: 1 }, { unique: true });
  historySchema.index({ case: 1, key: 1 }, { unique: true });
  const outboxSchema = new Schema<OutboxFields>(
    { case: text, seq: { type: Number, required: true }, kind: text, params: { told: text }, state: text },
    { versionKey: false },
  );
  outboxSchema.index({ state: 1 });
  return {
    cases: connection.model('Case', caseSchema),
    history: connection.model('History', historySchema, 'history'),
    outbox: connection.model('Outbox', outboxSchema, 'outbox'),
  };
}

interface Asked {
  readonly id: string;
  readonly command: string;
  readonly actor: string;
  readonly key: string;
  readonly note: string;
}

/** One command; the status and the answer's body. */
async function perform(connection: Connection, { cases, history, outbox }: Models, asked: Asked): Promise<[number, object]> {
  for (let attempt = 0; attempt < attemptsMax; attempt += 1) {
    const found = await cases.findById(asked.id);
    if (found === null) return [404, {}];
    const actor = createActor(machine, { snapshot: machine.resolveState({ value: found.state }) }).start();
    const event = { type: asked.command, actor: asked.actor };
    if (!actor.getSnapshot().can(event)) return [409, { state: found.state }];
    actor.send(event);
    const before = found.state;
    found.state = actor.getSnapshot().value as string;
    actor.stop();
    const step = steps.find((one) => one.command === asked.command && one.from === before) as (typeof steps)[number];
    const entry = plainEntry({ step, seq: found.revision + 1, key: asked.key, note: asked.note });
    try {
      await connection.transaction(async (session) => {
        await found.save({ session });
        await history.create([{ case: asked.id, ...entry }], { session });
        if (tells(found.kind, step))
          await outbox.create(
            [{ case: asked.id, seq: entry.seq, kind: 'notify', params: { told: step.told }, state: 'waiting' }],
            { session },
          );
      });
      return [200, { state: found.state, revision: found.revision }];
    } catch (error) {
      if ((error as Error).name !== 'VersionError') throw error;
    }
  }
  return [503, {}];
}

/** The obvious implementation: express, an actor for each request, `save()` and two creates in one transaction. */
export function obviousVariant({ uri, database }: VariantOptions): Handlers {
  let connection: Connection | null = null;
  let models: Models | null = null;
  let server: Listening | null = null;
  const ready = () => ({ connection: connection as Connection, models: models as Models });
  return {
    async start() {
      connection = await createConnection(uri, {
        dbName: database,
        maxPoolSize: poolSocketsMax,
        writeConcern: { w: 'majority', journal: true },
        readConcern: { level: 'majority' },
      }).asPromise();
      models = modelsOn(connection);
      await Promise.all([models.cases.init(), models.history.init(), models.outbox.init()]);
      const app = plainApp();
      app.post('/cases/:id/commands/:command', async (request, response) => {
        const { actor, key, note } = request.body as { actor: string; key: string; note: string };
        const [status, body] = await perform(ready().connection, ready().models, {
          id: request.params.id,
          command: request.params.command,
          actor,
          key,
          note,
        });
        response.status(status).json(body);
      });
      server = await listening(app);
    },
    port: () => server?.port,
    seed: (argument) => {
      const { count, kind } = argument as Seeding;
      const blank = { authority: 'bench', kind, state: 'drafting', revision: 1 };
      const documents = Array.from({ length: count }, (_, index) => ({
        _id: newId(),
        ...blank,
        context: { drafter: 'officer', draftingUnit: 'nv', title: titleOf(index) },
      }));
      return insertAll(ready().connection.collection<CaseFields>('cases'), documents);
    },
    settle: () => undefined,
    async stored(argument): Promise<StoredCase> {
      const id = argument as string;
      const found = await ready().models.cases.findById(id).lean();
      if (found === null) throw new Error(`no case ${id}`);
      const entries = await ready().models.history.find({ case: id }).sort({ seq: 1 }).lean();
      const effects = await ready().models.outbox.countDocuments({ case: id });
      return {
        state: found.state,
        revision: found.revision,
        entries: entries.map(({ command, actor, input }) => ({ command, actor, note: input.note })),
        effects,
      };
    },
    async stop() {
      await server?.close();
      await connection?.close();
    },
  };
}
