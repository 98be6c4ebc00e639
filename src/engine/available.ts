import type { Blocker, Command, Facts } from './command.js';
import { SYSTEM_ROLE, type TransitionDefinition } from './definition.js';
import type { Instance } from './instance.js';
import { bareObject, type Json, type JsonObject } from './json.js';
import { type Judged, judgeBut, nearest } from './judge.js';
import { activePaths } from './machine.js';
import type { Model } from './model.js';

/** One command as a page shows it: open, or closed with the reason. */
export interface Available {
  readonly command: string;
  readonly open: boolean;
  readonly blockers: readonly Blocker[];
  readonly transition: string;
  readonly target: string | null;
  readonly definition: TransitionDefinition;
  readonly onBehalfOf: string | null;
  /** The capacity in which it would be given; null where there is none, or it is closed. */
  readonly capacity: Json;
}

/** Codes of what cannot be said before the command is given: the form and the page supply it. */
export const ASKED_LATER: ReadonlySet<string> = new Set([
  'contentNotNamed',
  'preparationNeeded',
  'stepUpNeeded',
  'signatureNeeded',
  'sealNeeded',
  'numberNeeded',
  'duplicatePaper',
  'replyMissing',
  'ownPlanUnclear',
  'voteForUnnamed',
  'consultedNumber',
]);

/**
 * Every command of the current state with its answer for this actor. Uses the same judgement as `decide`; only what
 * the command itself will bring (its input, the hash that was seen) is left open.
 * Commands that only the system sends are left out.
 */
export function available(model: Model, instance: Instance, actor: string, facts: Facts): readonly Available[] {
  if (!instance.open) return [];
  const active = new Set(activePaths(instance.state));
  const list: Available[] = [];
  for (const [command, transitions] of model.byCommand) {
    const here = transitions.filter(
      ({ source, definition }) =>
        (source.parent === null || active.has(source.path)) && definition.by.some((role) => role !== SYSTEM_ROLE),
    );
    if (here.length === 0) continue;
    const asked = { instance, command: probe(command, actor), facts };
    const judged = here.map((transition) => judgeBut(ASKED_LATER, model, transition, asked));
    // What is possible in every state says nothing of this one: it is shown to those who have a part in it.
    if (judged.every(({ transition, claim }) => transition.source.parent === null && claim === null)) continue;
    list.push(describe(command, judged));
  }
  return list;
}

function probe(name: string, actor: string): Command {
  return { name, actor, input: bareObject() as JsonObject, key: '', requestHash: '' };
}

function describe(command: string, judged: readonly Judged[]): Available {
  const open = judged.find((one) => one.blockers.length === 0);
  const shown = open ?? (judged[0] as Judged);
  return {
    command,
    open: open !== undefined,
    blockers: open ? [] : nearest(judged).blockers,
    transition: shown.transition.id,
    target: shown.transition.target,
    definition: shown.transition.definition,
    onBehalfOf: open?.claim?.onBehalfOf ?? null,
    capacity: open?.claim?.capacity ?? null,
  };
}
