import type { Blocker, Claim, Command, Decision, Facts } from './command.js';
import { ruleOf, type TransitionDefinition } from './definition.js';
import { planEffects } from './effects.js';
import { originOf, sealEntry } from './entry.js';
import type { Entry, Instance, Parent } from './instance.js';
import { hashOfKept, type JsonObject } from './json.js';
import { candidates, type Judged, judge, nearest } from './judge.js';
import { configurationKey, type Step } from './machine.js';
import type { InputFault, Model } from './model.js';
import { keptBallot, leastMembers, panelMembersMax } from './panel.js';
import { standingOf } from './standing.js';
import type { Transition } from './tree.js';
import { applyUpdates } from './updates.js';
import { nextVisits } from './visits.js';

/**
 * Judges one command. Pure: same arguments, same answer. Never throws for something a person may do;
 * throws only when the stored state is none that the definition can be in, which is damage, not a decision.
 */
export function decide(model: Model, instance: Instance, command: Command, facts: Facts): Decision {
  // Before all else: whatever state it finds, a timer whose visit is over is obsolete and not a fault.
  const stale = staleTimer(instance, command);
  if (stale !== null) return refused([stale]);
  if (!instance.open) return refused([{ code: 'ended', params: { command: command.name } }]);
  assertKnown(model, instance);
  const transitions = candidates(model, instance, command.name);
  if (transitions.length === 0) return refused([notPossibleHere(model, instance, command)]);

  const judged = transitions.map((transition) => judge(model, transition, instance, command, facts));
  const open = judged.find((one) => one.blockers.length === 0);
  if (open === undefined || open.claim === null) return closest(nearest(judged));
  const faults = model.checkInput(open.transition, command.input);
  if (faults.length > 0)
    return refused([{ code: 'inputInvalid', params: { faults: faults.map(({ path, message }) => ({ path, message })) } }]);

  const step = model.machine.step(instance.state, instance.history, open.transition);
  return accept(model, { instance, command, facts, claim: open.claim }, open.transition.id, open.transition.definition, step);
}

export interface Opening {
  readonly id: string;
  readonly authority: string;
  readonly context: JsonObject;
  readonly content: string | null;
  readonly parent: Parent | null;
}

/** Judges the opening of an instance: revision 1, entry `OPEN`. Openers are those of `openBy`, else those who can act at once. */
export function decideOpening(model: Model, opening: Opening, command: Command, facts: Facts): Decision {
  const faults = [...model.checkContext(opening.context), ...broughtAlong(model, opening.context)];
  if (faults.length > 0)
    return refused([{ code: 'contextInvalid', params: { faults: faults.map(({ path, message }) => ({ path, message })) } }]);
  const ref = model.ref;
  const blank: Instance = {
    ...opening,
    definition: ref,
    revision: 0,
    state: model.machine.initial.state,
    history: {},
    open: true,
    originator: command.actor,
    visits: {},
    head: originOf({ id: opening.id, authority: opening.authority, definition: ref }),
  };
  const judged = openers(model, blank).map((transition) => judge(model, transition, blank, command, facts));
  const claim = judged.find((one) => one.claim !== null)?.claim;
  if (!claim) return refused(judged[0]?.blockers ?? [{ code: 'notYours', params: { command: 'OPEN', roles: [] } }]);
  return accept(
    model,
    { instance: blank, command: { ...command, name: 'OPEN' }, facts, claim },
    'OPEN',
    { by: [] },
    model.machine.initial,
  );
}

/** Fields that only commands write: who signed, which number. Brought along at the opening they would be claims, not facts. */
function broughtAlong(model: Model, context: JsonObject): readonly InputFault[] {
  const written = new Set(
    model.machine.tree.transitions
      .flatMap((transition) => transition.definition.updates ?? [])
      .map(ruleOf)
      .flatMap(({ name, arg }) => model.catalogue.updates[name]?.writes?.(arg) ?? []),
  );
  return Object.keys(context)
    .filter((field) => written.has(field))
    .map((field) => ({ path: `/${field}`, message: 'is written by commands alone' }));
}

/** One pretended transition for each way to be allowed to open. */
function openers(model: Model, blank: Instance): readonly Transition[] {
  const source = model.machine.tree.root;
  const pretend = (by: readonly string[]): Transition => ({
    id: 'OPEN',
    command: 'OPEN',
    source,
    target: null,
    pointer: '',
    definition: { by },
  });
  if (model.definition.openBy) return [pretend(model.definition.openBy)];
  const active = model.configurations.get(configurationKey(blank.state, blank.history))?.active ?? [];
  return model.machine.tree.transitions
    .filter((transition) => active.includes(transition.source.path))
    .map((transition) => pretend(transition.definition.by));
}

interface Accepting {
  readonly instance: Instance;
  readonly command: Command;
  readonly facts: Facts;
  readonly claim: Claim;
}

function accept(model: Model, asked: Accepting, transitionId: string, definition: TransitionDefinition, step: Step): Decision {
  const { instance, command, facts, claim } = asked;
  const revision = instance.revision + 1;
  const changed = applyUpdates(model, definition.updates ?? [], { instance, command, claim, facts }, revision);
  const opened = openBallots(model, { ...instance, ...changed }, step, facts);
  if ('code' in opened) return refused([opened]);
  const moved: Instance = {
    ...instance,
    ...changed,
    ...opened,
    revision,
    state: step.state,
    history: step.history,
    open: !step.ended,
  };
  const recounts = (definition.updates ?? []).some((use) => model.catalogue.updates[ruleOf(use).name]?.recounts === true);
  const visits = nextVisits(model, { before: instance, moved, step, recounts }, facts);
  const next: Instance = { ...moved, visits };
  const standing = standingOf(model, next, facts);
  const effects = planEffects(model, { ...asked, next, standing }, definition, step);
  const entry: Entry = {
    instance: instance.id,
    seq: revision,
    prev: instance.head,
    at: facts.now,
    actor: command.actor,
    onBehalfOf: claim.onBehalfOf,
    role: claim.role,
    by: claim.by,
    capacity: claim.capacity,
    key: command.key,
    requestHash: command.requestHash,
    command: command.name,
    transition: transitionId,
    input: command.input,
    before: instance.revision === 0 ? null : instance.state,
    after: step.state,
    contextHash: hashOfKept(next.context),
    content: next.content,
    effects,
  };
  const { bytes, hash } = sealEntry(entry);
  const sealed: Instance = { ...next, head: hash };
  return { kind: 'accepted', next: sealed, entry, bytes, effects, standing };
}

/**
 * The context with a new ballot for each panel that the step enters: whoever holds the role then. A panel that could never pass because
 * it has too few members, or would have more than a ballot holds, is not entered, and the command says so.
 */
function openBallots(model: Model, instance: Instance, step: Step, facts: Facts): Pick<Instance, 'context'> | Blocker {
  let { context } = instance;
  for (const move of step.moves) {
    const panel = move.kind === 'enter' ? model.machine.tree.nodes.get(move.path)?.definition.panel : undefined;
    const role = panel && model.definition.roles[panel.members];
    if (!panel || !role) continue;
    const members = facts.world.people(role, instance);
    const least = leastMembers(panel.rule);
    if (members.length < least || members.length > panelMembersMax)
      return { code: 'panelMembers', params: { count: members.length, least, most: panelMembersMax } };
    context = { ...context, [panel.ballot]: keptBallot({ members, votes: [] }) };
  }
  return { context };
}

/** What is stored is valid if and only if the walk at load found it: xstate itself would forgive a damaged state. */
function assertKnown(model: Model, instance: Instance): void {
  if (!model.configurations.has(configurationKey(instance.state, instance.history))) {
    throw new Error(`Instance ${instance.id} is stored in a state that ${model.ref.id}.v${model.ref.version} does not have`);
  }
}

function staleTimer(instance: Instance, command: Command): Blocker | null {
  if (command.timer === undefined) return null;
  const { path, visit, dueRevision } = command.timer;
  const current = instance.visits[path];
  if (current !== undefined && current.revision === visit && current.dueRevision === dueRevision) return null;
  return { code: 'visitOver', params: { path, visit } };
}

function notPossibleHere(model: Model, instance: Instance, command: Command): Blocker {
  return {
    code: 'notPossibleHere',
    params: {
      command: command.name,
      known: model.byCommand.has(command.name),
      state: instance.state as never,
      revision: instance.revision,
    },
  };
}

function refused(blockers: readonly Blocker[]): Decision {
  return { kind: 'refused', blockers, claim: null };
}

function closest({ blockers, claim }: Judged): Decision {
  return { kind: 'refused', blockers, claim };
}
