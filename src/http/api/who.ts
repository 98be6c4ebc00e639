import { type Explanation, explainTo, factsToExplain, soughtBy } from '../../commands/explain/explain.js';
import { whoCan } from '../../commands/explain/whoCan.js';
import type { JsonObject } from '../../commands/look.js';
import { TrinhkyError } from '../../errors.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { reads } from '../gate.js';
import { awaitedIn, stateLabel } from '../names.js';
import { mayReadWork } from '../renditionAccess.js';
import { explanationBody, whoBody } from '../wayOutWords.js';
import { type Answer, ok, param, type Route } from './route.js';
import { commandName, instanceId, list, object, problem, text, textOrNull } from './schemas.js';
import { modelFor, namesOf } from './show.js';

const flag: JsonObject = { type: 'boolean' };
const anyObject: JsonObject = { type: 'object' };
const actor: JsonObject = anyObject;
const named = object({ person: text, name: text });
const explanation: JsonObject = object({
  whoCould: list(actor),
  whoCouldNow: flag,
  wayOut: object({ kind: { enum: ['found', 'none', 'bound'] }, sentence: textOrNull, changes: list(anyObject) }),
});

interface ObjectSchema {
  readonly properties: JsonObject;
  readonly required: readonly string[];
}

/** A problem document with what an explained refusal says more. */
export const explainedProblem = object(
  { ...(problem as unknown as ObjectSchema).properties, ...(explanation as unknown as ObjectSchema).properties },
  (problem as unknown as ObjectSchema).required,
);

export const explainQuery = object({ explain: { const: '1' } }, []);

const whoAnswer = object(
  {
    instance: instanceId,
    state: { type: ['string', 'object'] },
    stateLabel: text,
    since: text,
    waitsFor: list(object({ key: text, label: text })),
    commands: list(
      object({
        command: text,
        label: text,
        awaited: flag,
        can: list(actor),
        barred: list(actor),
        vacant: list(object({ key: text, label: text })),
        superiors: list(named),
      }),
    ),
    explanation,
  },
  ['instance', 'state', 'stateLabel', 'since', 'waitsFor', 'commands'],
);

export const whoRoute: Route = {
  method: 'get',
  path: '/api/v1/instances/:id/who',
  policy: { readsInstance: 'id' },
  summary: 'Who can give each command now, by which record; with `command` also what would open that one to me',
  query: object({ command: commandName }, []),
  answers: { status: 200, schema: whoAnswer },
  handle: readWho,
};

/** Names of those inside are for those who may read the work; whoever only received a paper is refused. */
async function readWho(call: InstanceCall): Promise<Answer> {
  if (!mayReadWork(call)) throw new TrinhkyError('notAllowed');
  const { instance, since, principals } = call.view;
  const names = namesOf(call, call.model);
  const { command } = call.query;
  if (command !== undefined && !call.model.byCommand.has(command)) throw new TrinhkyError('notFound');
  const facts = await factsToExplain(call.edge.app.deps, call.model, instance);
  const sought = command === undefined ? [] : [soughtBy(call.identity.person, command)];
  const [one] = explainTo(call.model, instance, sought, facts);
  return ok({
    instance: instance.id,
    state: instance.state,
    stateLabel: stateLabel(names, instance.state),
    since,
    waitsFor: awaitedIn(names, principals, { instance, now: call.now }),
    commands: whoCan(call.model, instance, facts).map((found) => whoBody(names, found)),
    ...(one === undefined ? {} : { explanation: explanationBody(names, one) }),
  });
}

interface AskedCommand {
  readonly input?: JsonObject;
  readonly saw?: string;
  readonly onBehalfOf?: string;
  readonly proof?: string;
}

/** What explains a refused command to its actor as he gave it; null for a reader who may not read the work. */
export async function explanationOf(call: SignedCall, body: AskedCommand): Promise<Explanation | null> {
  const { deps } = call.edge.app;
  const view = await deps.store.instances.view(call.identity.authority, param(call, 'id'));
  if (view === null || !reads(call.reader, view)) return null;
  const inside: InstanceCall = { ...call, view, model: modelFor(call, view.instance.definition) };
  if (!mayReadWork(inside)) return null;
  const facts = await factsToExplain(deps, inside.model, view.instance);
  const sought = [
    {
      command: param(call, 'command'),
      actor: call.identity.person,
      onBehalfOf: body.onBehalfOf ?? null,
      input: body.input ?? {},
      saw: { hash: body.saw ?? null },
      proven: false,
    },
  ];
  return explainTo(inside.model, view.instance, sought, facts)[0] ?? null;
}
