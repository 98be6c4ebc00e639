import type { Claim, Command, Facts, Standing } from './command.js';
import { type DueDefinition, type RuleUse, ruleOf, type TransitionDefinition } from './definition.js';
import type { Effect, Instance, Visit } from './instance.js';
import type { JsonObject } from './json.js';
import type { Step } from './machine.js';
import type { Model } from './model.js';
import { noticeOf } from './notices.js';
import { effectName } from './rules.js';

export const effectsPerEntryMax = 200;
/** The kind of effect that tells people. */
export const NOTIFY = 'notify';

interface Planning {
  readonly instance: Instance;
  readonly next: Instance;
  readonly command: Command;
  readonly claim: Claim;
  readonly facts: Facts;
  readonly standing: Standing;
}

interface Draft {
  readonly kind: string;
  readonly params: JsonObject;
  readonly dueAt: string | null;
}

/**
 * The work that follows a commit, in the order of the step: what leaving states ask for (deepest first), then the
 * transition, then the states entered, with everything that is told gathered into one, then the timers of every due date that is new.
 */
export function planEffects(model: Model, planning: Planning, definition: TransitionDefinition, step: Step): readonly Effect[] {
  const planned = step.moves.flatMap((move) => {
    if (move.kind === 'take') return uses(model, definition.effects, planning);
    const state = model.machine.tree.nodes.get(move.path)?.definition;
    return uses(model, move.kind === 'exit' ? state?.exit : state?.entry, planning);
  });
  const drafts = [...withOneNotice(model, planning, definition, step, planned), ...timers(model, planning)];
  if (drafts.length > effectsPerEntryMax) throw new Error(`One command plans more than ${effectsPerEntryMax} effects`);
  return drafts.map((draft, index) => ({ id: `${planning.next.id}/${planning.next.revision}/${index}`, ...draft }));
}

/** Everything that is told of one command is one effect, in the place of the first: outbox rows cost more than what stands in them. */
function withOneNotice(
  model: Model,
  planning: Planning,
  definition: TransitionDefinition,
  step: Step,
  planned: readonly Draft[],
): readonly Draft[] {
  const named = planned.filter(({ kind }) => kind === NOTIFY);
  const roles = [...new Set(named.flatMap(({ params }) => params.roles as readonly string[]))];
  const params = noticeOf(model, { ...planning, moved: step.moves.some(({ kind }) => kind !== 'take') }, definition, roles);
  const others = planned.filter(({ kind }) => kind !== NOTIFY);
  if (params === null) return others;
  const first = planned.findIndex(({ kind }) => kind === NOTIFY);
  return others.toSpliced(first === -1 ? others.length : first, 0, { kind: NOTIFY, params, dueAt: null });
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

/**
 * The ladder of a due date: reminders ahead, on the day and after it, and word to the superior. A rung ahead that has passed is
 * left out; where the date itself has passed, as after a return, the rungs behind it count from now, so that nobody is told of
 * days in which the work was not his.
 */
function timersOf(due: DueDefinition, path: string, visit: Visit, dueAt: string, planning: Planning): Draft[] {
  const { now, world } = planning.facts;
  const stamp = { path, visit: visit.revision, dueRevision: visit.dueRevision };
  const behind = dueAt > now ? dueAt : now;
  const { remind: roles = [], remindBefore = [], remindAfter = [], escalate = [] } = due;
  const rung = (at: string, told: { roles: readonly string[]; moment: string; days: number }): Draft => ({
    kind: 'remind',
    params: { ...stamp, ...told },
    dueAt: at,
  });
  const ahead = remindBefore.map((days) => rung(world.workingDaysFrom(dueAt, -days), { roles, moment: 'before', days }));
  const after = remindAfter.map((days) => rung(world.workingDaysFrom(behind, days), { roles, moment: 'after', days }));
  const told = escalate.map(({ after: days, to }) =>
    rung(world.workingDaysFrom(behind, days), { roles: to, moment: 'escalated', days }),
  );
  return [
    ...ahead.filter(({ dueAt: at }) => at !== null && at > now),
    ...(roles.length > 0 ? [rung(dueAt, { roles, moment: 'due', days: 0 })] : []),
    ...after,
    ...told,
    ...(due.send === undefined ? [] : [{ kind: 'timer', params: { ...stamp, command: due.send }, dueAt }]),
  ];
}
