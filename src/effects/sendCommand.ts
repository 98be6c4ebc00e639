import type { Deps } from '../commands/deps.js';
import { perform } from '../commands/perform.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import type { Blocker, TimerStamp } from '../engine/command.js';
import { SYSTEM_ACTOR } from '../engine/definition.js';
import { isObject, type JsonObject } from '../engine/json.js';
import { TrinhkyError } from '../errors.js';
import { numberOf, oneByOne, textOf } from './handler.js';

const sendAtOnce = 8;
/** Each of them tells many. */
const tellAtOnce = 2;

/** A due date has come: sends its command as `system`. `decide` judges the visit and the date on the revision that commits. */
export const timer = oneByOne(sendAtOnce, (deps, effect) => {
  const stamp = { path: textOf(effect, 'path'), visit: numberOf(effect, 'visit'), dueRevision: numberOf(effect, 'dueRevision') };
  return send(deps, effect, { instance: effect.instance, command: textOf(effect, 'command'), timer: stamp });
});

/** A child tells its parent. A parent in which the command is not possible any more has moved on: nothing is to be told. */
export const tellParent = oneByOne(sendAtOnce, (deps, effect) =>
  send(deps, effect, { instance: textOf(effect, 'parent'), command: textOf(effect, 'command') }),
);

const reassignRetryMs = 500;

/** A child was re-assigned: the instance above follows. One that comes before the earlier of the same child waits for it. */
export const followReassign = oneByOne(sendAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const message = { instance: textOf(effect, 'parent'), command: 'REASSIGNED', input: effect.params.input as JsonObject };
  const outcome = await send(deps, effect, message);
  const ahead = outcome.kind === 'parked' && codesIn(outcome.reason).every((code) => code === 'reassignmentAhead');
  return ahead ? { kind: 'retry', inMs: reassignRetryMs, reason: 'reassignmentAhead' } : outcome;
});

function codesIn({ blockers }: JsonObject): readonly unknown[] {
  return Array.isArray(blockers) ? blockers.map((one) => (isObject(one) ? one.code : null)) : [null];
}

/** A paper in force tells the one that it replaces, amends or corrects. */
export const tellLinked = oneByOne(sendAtOnce, (deps, effect) =>
  send(deps, effect, {
    instance: textOf(effect, 'target'),
    command: textOf(effect, 'command'),
    input: effect.params.input as JsonObject,
  }),
);

/** A parent tells its open children of a kind, each under a key of its own: told twice, a child does it once. */
export const tellChildren = oneByOne(tellAtOnce, async (deps, effect): Promise<EffectOutcome> => {
  const children = await deps.store.instances.children(effect.authority, effect.instance);
  const kind = textOf(effect, 'kind');
  const command = textOf(effect, 'command');
  const { input } = effect.params;
  const told = isObject(input) ? { command, input } : { command };
  const open = children.filter((child) => child.open && child.kind === kind);
  const refused: JsonObject[] = [];
  const worker = async (): Promise<void> => {
    for (let child = open.shift(); child !== undefined; child = open.shift()) {
      const outcome = await send(deps, effect, { instance: child.id, ...told, key: `${effect.id}/${child.id}` });
      if (outcome.kind === 'parked') refused.push({ child: child.id, reason: outcome.reason });
    }
  };
  await Promise.all(Array.from({ length: sendAtOnce }, worker));
  return refused.length === 0
    ? { kind: 'done' }
    : { kind: 'parked', reason: { code: 'commandRefused', refused: refused.slice(0, 10) } };
});

interface Message {
  readonly instance: string;
  readonly command: string;
  readonly timer?: TimerStamp;
  readonly input?: JsonObject;
  readonly key?: string;
}

/** The last three: it is suspended already, or not any more, or carried over, as after a message that came twice or a duty that was opened late. */
const OVER: ReadonlySet<string> = new Set([
  'ended',
  'visitOver',
  'notPossibleHere',
  'suspended',
  'notSuspended',
  'carriedAlready',
]);

export async function send(deps: Deps, effect: LeasedEffect, message: Message): Promise<EffectOutcome> {
  try {
    const outcome = await perform(deps, { authority: effect.authority, actor: SYSTEM_ACTOR, key: effect.id, ...message });
    if (outcome.kind === 'accepted') return { kind: 'done' };
    if (outcome.blockers.every(isOver))
      return { kind: 'obsolete', note: outcome.blockers.map((blocker) => blocker.code).join(', ') };
    return {
      kind: 'parked',
      reason: { code: 'commandRefused', blockers: outcome.blockers.map(({ code, params }) => ({ code, params })) },
    };
  } catch (error) {
    if (error instanceof TrinhkyError && error.code === 'notFound') return { kind: 'obsolete', note: 'instanceGone' };
    throw error;
  }
}

/** A command that the definition does not know at all is a mistake to show, not a thing of the past. */
function isOver(blocker: Blocker): boolean {
  return OVER.has(blocker.code) && blocker.params.known !== false;
}
