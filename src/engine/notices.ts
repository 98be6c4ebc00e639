import type { Command, Facts, Standing } from './command.js';
import { ruleOf, type TransitionDefinition } from './definition.js';
import type { Instance } from './instance.js';
import type { JsonObject } from './json.js';
import { awaitedTransitions } from './judge.js';
import type { Model } from './model.js';
import { awaitedOf } from './standing.js';

/** What is kept of a reason beside the entry, which has all of it. */
export const noticeReasonCharsMax = 500;
/** Who drafted a paper is told of its outcome like whoever opened it, under whatever definition. */
export const DRAFTER_ROLE = 'drafter';

export interface Telling {
  readonly instance: Instance;
  readonly next: Instance;
  readonly command: Command;
  readonly facts: Facts;
  readonly standing: Standing;
  /** Whether a state was left or entered. */
  readonly moved: boolean;
}

/**
 * What one accepted command has to tell, as the parameters of a single effect, or null: `turn` where somebody else is awaited than
 * before, `outcome` where whoever opened or drafted must learn how it went (ended, signed, at rest, or decided with a reason), and the
 * roles that the definition names. Who these people are is asked when it is told.
 */
export function noticeOf(
  model: Model,
  telling: Telling,
  definition: TransitionDefinition,
  roles: readonly string[],
): JsonObject | null {
  const { command, next } = telling;
  const turn = turnPasses(model, telling);
  const outcome = isOutcome(model, telling, definition) && hasListener(model, telling);
  if (!turn && !outcome && roles.length === 0) return null;
  const reason = reasonIn(command.input);
  return {
    ...(roles.length > 0 ? { roles } : {}),
    ...(turn ? { turn } : {}),
    ...(outcome ? { outcome } : {}),
    ...(reason === null ? {} : { reason }),
    command: command.name,
    actor: command.actor,
    revision: next.revision,
  };
}

/** Whether others are awaited than before, or others barred; what only passes within the actor's own hands is nobody's news. */
function turnPasses(model: Model, { instance, next, command, facts, standing, moved }: Telling): boolean {
  if (!moved && next.revision > 1 && next.context === instance.context) return false;
  const before = next.revision === 1 ? { principals: [], excluded: [] } : awaitedOf(model, instance, facts);
  const own = `person:${command.actor}`;
  if ([...before.principals, ...standing.principals].every((key) => key === own)) return false;
  if (!same(before.principals, standing.principals)) return true;
  const barred = standing.excluded.filter((person) => !before.excluded.includes(person));
  const freed = before.excluded.filter((person) => !standing.excluded.includes(person));
  return barred.length + freed.length > 0 && holdsOneOf(model, next, facts, [...barred, ...freed]);
}

/** Whether one of these people is awaited at all: barring others closes and opens nothing. */
function holdsOneOf(model: Model, instance: Instance, facts: Pick<Facts, 'world'>, people: readonly string[]): boolean {
  const roles = new Set(awaitedTransitions(model, instance).flatMap(({ definition }) => definition.by));
  return [...roles].some((name) => {
    const role = model.definition.roles[name];
    return role !== undefined && facts.world.people(role, instance).some((person) => people.includes(person));
  });
}

function isOutcome(model: Model, { command, next, standing, moved }: Telling, definition: TransitionDefinition): boolean {
  if (next.revision === 1) return false;
  if (!next.open || reasonIn(command.input) !== null) return true;
  // Open and nobody awaited: it has come to rest, as a paper in force.
  if (moved && standing.principals.length === 0) return true;
  return (definition.updates ?? []).some((use) => model.catalogue.updates[ruleOf(use).name]?.outcome === true);
}

/** Somebody else than the actor opened or drafted it. */
function hasListener(model: Model, { instance, command, facts }: Telling): boolean {
  const drafter = model.definition.roles[DRAFTER_ROLE];
  const keys = drafter === undefined ? [] : facts.world.principals(drafter, instance);
  return [`person:${instance.originator}`, ...keys].some((key) => key !== 'person:system' && key !== `person:${command.actor}`);
}

function reasonIn(input: JsonObject): string | null {
  if (typeof input.reason !== 'string') return null;
  const said = input.reason.replace(/\s+/g, ' ').trim();
  return said === '' ? null : Array.from(said).slice(0, noticeReasonCharsMax).join('');
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((key, index) => key === other[index]);
}
