import type { Facts } from './command.js';
import type { Instance, Visit } from './instance.js';
import { activePaths, type Step } from './machine.js';
import type { Model } from './model.js';

/**
 * The stays after a step. A state that was entered has a new stay and, where it declares `due`, a new term; one that was
 * not left keeps its stay, and its due date follows the field it is read from: a changed date gets a new `dueRevision`.
 */
export function nextVisits(model: Model, before: Instance, moved: Instance, step: Step, facts: Facts): Instance['visits'] {
  const entered = new Set(step.moves.flatMap((move) => (move.kind === 'enter' ? [move.path] : [])));
  const active = step.ended ? [] : activePaths(moved.state);
  const visits: Record<string, Visit> = {};
  for (const path of active) {
    const old = before.visits[path];
    visits[path] =
      entered.has(path) || old === undefined ? newVisit(model, moved, path, facts) : keptVisit(model, moved, path, old, facts);
  }
  return visits;
}

function newVisit(model: Model, moved: Instance, path: string, facts: Facts): Visit {
  const rule = model.machine.tree.nodes.get(path)?.definition.due;
  const due = rule ? facts.world.due(rule, moved, facts.now) : null;
  return { revision: moved.revision, due, dueRevision: moved.revision };
}

function keptVisit(model: Model, moved: Instance, path: string, old: Visit, facts: Facts): Visit {
  const rule = model.machine.tree.nodes.get(path)?.definition.due;
  // A term counted in days began when the state was entered; only a date read from the context can move under a stay.
  if (!rule || (rule.field === undefined && rule.endOfPeriod === undefined)) return old;
  const due = facts.world.due(rule, moved, facts.now);
  return due === old.due ? old : { revision: old.revision, due, dueRevision: moved.revision };
}
