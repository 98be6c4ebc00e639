import type { Facts } from './command.js';
import type { DueDefinition } from './definition.js';
import type { Instance, Visit } from './instance.js';
import { canonical } from './json.js';
import { activePaths, type Step } from './machine.js';
import type { Model } from './model.js';

/**
 * The stays after a step. A state that was entered has a new stay and, where it declares `due`, a new term; one that was
 * not left keeps its stay, and its due date follows the field it is read from and the ledger of its suspensions: a changed
 * date gets a new `dueRevision`. While a suspension is open there is no due date; after it the term is counted anew from
 * where it began, without the days of the ledger. Where the command recounts, every term that the calendar decides is counted anew.
 */
export function nextVisits(model: Model, commit: Committing, facts: Facts): Instance['visits'] {
  const { before, moved, step, recounts } = commit;
  const entered = new Set(step.moves.flatMap((move) => (move.kind === 'enter' ? [move.path] : [])));
  const active = step.ended ? [] : activePaths(moved.state);
  const visits: Record<string, Visit> = {};
  for (const path of active) {
    const old = before.visits[path];
    visits[path] =
      entered.has(path) || old === undefined
        ? newVisit(model, moved, path, facts)
        : keptVisit(model, { before, moved, recounts, path, old }, facts);
  }
  return visits;
}

function newVisit(model: Model, moved: Instance, path: string, facts: Facts): Visit {
  const rule = model.machine.tree.nodes.get(path)?.definition.due;
  const stay = { revision: moved.revision, dueRevision: moved.revision };
  return rule ? { ...stay, due: facts.world.due(rule, moved, facts.now), from: facts.now } : { ...stay, due: null };
}

interface Committing {
  readonly before: Instance;
  readonly moved: Instance;
  readonly step: Step;
  /** The command is one that counts the terms anew. */
  readonly recounts: boolean;
}

interface Kept extends Omit<Committing, 'step'> {
  readonly path: string;
  readonly old: Visit;
}

function keptVisit(model: Model, kept: Kept, facts: Facts): Visit {
  const { moved, old } = kept;
  const rule = model.machine.tree.nodes.get(kept.path)?.definition.due;
  if (!rule || !mayMove(rule, kept)) return old;
  const due = facts.world.due(rule, moved, old.from ?? facts.now);
  return due === old.due ? old : { ...old, due, dueRevision: moved.revision };
}

/** A term counted in days began when the state was entered; only a date read from the context, or a suspension, moves under a stay. */
function mayMove(rule: DueDefinition, { before, moved, old, recounts }: Kept): boolean {
  if (rule.field !== undefined || rule.endOfPeriod !== undefined) return true;
  // A stay that kept no beginning cannot be counted again.
  if (recounts && old.from !== undefined) return true;
  const ledger = rule.suspendedBy;
  return ledger !== undefined && canonical(before.context[ledger] ?? null) !== canonical(moved.context[ledger] ?? null);
}
