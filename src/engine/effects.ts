import type { Claim, Command, Facts } from './command.js';
import { type DueDefinition, type RuleUse, ruleOf, type TransitionDefinition } from './definition.js';
import type { Effect, Instance, Visit } from './instance.js';
import type { JsonObject } from './json.js';
import type { Step } from './machine.js';
import type { Model } from './model.js';
import { effectName } from './rules.js';

export const effectsPerEntryMax = 200;

interface Planning {
  readonly instance: Instance;
  readonly next: Instance;
  readonly command: Command;
  readonly claim: Claim;
  readonly facts: Facts;
}

interface Draft {
  readonly kind: string;
  readonly params: JsonObject;
  readonly dueAt: string | null;
}

/**
 * The work that follows a commit, in the order of the step: what leaving states ask for (deepest first), then the
 * transition, then the states entered, then the timers of every due date that is new.
 */
export function planEffects(model: Model, planning: Planning, definition: TransitionDefinition, step: Step): readonly Effect[] {
  const drafts = step.moves.flatMap((move) => {
    if (move.kind === 'take') return uses(model, definition.effects, planning);
    const state = model.machine.tree.nodes.get(move.path)?.definition;
    return uses(model, move.kind === 'exit' ? state?.exit : state?.entry, planning);
  });
  drafts.push(...timers(model, planning));
  if (drafts.length > effectsPerEntryMax) throw new Error(`One command plans more than ${effectsPerEntryMax} effects`);
  return drafts.map((draft, index) => ({ id: `${planning.next.id}/${planning.next.revision}/${index}`, ...draft }));
}

function uses(model: Model, list: readonly RuleUse[] | undefined, planning: Planning): Draft[] {
  return (list ?? []).flatMap((use) => {
    const { name, arg } = ruleOf(use);
    const effect = model.catalogue.effects[effectName(name)];
    if (!effect) throw new Error(`Effect ${name} is not in the catalogue`);
    return effect
      .plan(arg, planning)
      .map((planned): Draft => ({ kind: effect.kind, params: planned.params, dueAt: planned.dueAt ?? null }));
  });
}

function timers(model: Model, planning: Planning): Draft[] {
  return Object.entries(planning.next.visits).flatMap(([path, visit]) => {
    const due = model.machine.tree.nodes.get(path)?.definition.due;
    if (!due || visit.due === null || visit.dueRevision !== planning.next.revision) return [];
    return timersOf(due, path, visit, visit.due, planning);
  });
}

function timersOf(due: DueDefinition, path: string, visit: Visit, dueAt: string, planning: Planning): Draft[] {
  const stamp = { path, visit: visit.revision, dueRevision: visit.dueRevision };
  const drafts: Draft[] = [];
  const roles = due.remind ?? [];
  if (roles.length > 0) {
    for (const days of due.remindBefore ?? []) {
      const at = planning.facts.world.workingDaysFrom(dueAt, -days);
      if (at > planning.facts.now)
        drafts.push({ kind: 'remind', params: { ...stamp, roles, moment: 'before', days }, dueAt: at });
    }
    drafts.push({ kind: 'remind', params: { ...stamp, roles, moment: 'due', days: 0 }, dueAt });
  }
  if (due.send !== undefined) drafts.push({ kind: 'timer', params: { ...stamp, command: due.send }, dueAt });
  return drafts;
}
