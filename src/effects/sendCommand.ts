import type { Deps } from '../commands/deps.js';
import { perform } from '../commands/perform.js';
import type { EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import type { Blocker, TimerStamp } from '../engine/command.js';
import { SYSTEM_ACTOR } from '../engine/definition.js';
import { TrinhkyError } from '../errors.js';
import { numberOf, oneByOne, textOf } from './handler.js';

const sendAtOnce = 8;

/** A due date has come: sends its command as `system`. `decide` judges the visit and the date on the revision that commits. */
export const timer = oneByOne(sendAtOnce, (deps, effect) => {
  const stamp = { path: textOf(effect, 'path'), visit: numberOf(effect, 'visit'), dueRevision: numberOf(effect, 'dueRevision') };
  return send(deps, effect, { instance: effect.instance, command: textOf(effect, 'command'), timer: stamp });
});

/** A child tells its parent. A parent in which the command is not possible any more has moved on: nothing is to be told. */
export const tellParent = oneByOne(sendAtOnce, (deps, effect) =>
  send(deps, effect, { instance: textOf(effect, 'parent'), command: textOf(effect, 'command') }),
);

interface Message {
  readonly instance: string;
  readonly command: string;
  readonly timer?: TimerStamp;
}

const OVER: ReadonlySet<string> = new Set(['ended', 'visitOver', 'notPossibleHere']);

async function send(deps: Deps, effect: LeasedEffect, message: Message): Promise<EffectOutcome> {
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
