import { ruleOf, SYSTEM_ROLE } from '../../engine/definition.js';
import type { JsonObject } from '../../engine/json.js';
import { candidates } from '../../engine/judge.js';
import { type Opener, openerKinds, type Remedy } from '../../engine/remedy.js';
import type { Transition } from '../../engine/tree.js';
import { dayOf, startOfDay } from '../../office/time/clock.js';
import { CONTENT } from '../../office/wayOut/touched.js';
import { worldAt } from '../../office/world.js';
import { capacityOpeners, claimOpeners, membership, peopleFor } from './claimOpeners.js';
import { activeTransitions, isTimed, nearing, touching, updating } from './paths.js';
import { askedRightly, type Judge, judgedAt, type Situation } from './situation.js';

/** Persons who are tried for a step, and how many of those who can are proposed. */
const actorsTriedMax = 6;
const actorsProposedMax = 2;

/** What one search knows besides the situation. */
export interface Seeking {
  readonly judging: Judge;
  readonly pretended: (situation: Situation, transition: Transition) => JsonObject;
  /** What was found wanting on the way: it may have to be done in a state that is reached only later. */
  readonly wants: Map<string, Remedy>;
}

/** The changes that may bring the sought command nearer to being open, the soonest possible first, each once. */
export function helpfulOpeners(seeking: Seeking, situation: Situation): readonly Opener[] {
  const { model } = seeking.judging;
  const { instance, sought } = situation;
  const here = instance.open ? candidates(model, instance, sought.command) : [];
  const found = here.length > 0 ? here.flatMap((transition) => openersFor(seeking, situation, transition)) : [];
  const toward = here.length > 0 ? [] : stepsToward(seeking, situation, model.byCommand.get(sought.command) ?? []);
  const wanted = [...seeking.wants.values()].flatMap((want) => stepsFor(seeking, situation, want));
  const unique = new Map([...found, ...toward, ...wanted].map((opener) => [JSON.stringify(opener), opener]));
  return [...unique.values()].sort((a, b) => openerKinds.indexOf(a.kind) - openerKinds.indexOf(b.kind));
}

/** What would meet the first thing that bars the sought command by this transition: whatever else is done, this must be. */
function openersFor(seeking: Seeking, situation: Situation, transition: Transition): readonly Opener[] {
  const { sought } = situation;
  const input = sought.input ?? seeking.pretended(situation, transition);
  const judged = judgedAt(seeking.judging, situation, sought, transition, input);
  if (judged.claim === null) {
    return [
      ...claimOpeners(situation, seeking.judging.model, transition, sought.actor, sought.onBehalfOf),
      ...rolesByField(seeking, transition).flatMap((want) => remembered(seeking, situation, want)),
    ];
  }
  const [first] = judged.blockers;
  if (first === undefined)
    return sought.input !== null && seeking.judging.model.checkInput(transition, input).length > 0
      ? [{ kind: 'bring', what: 'input' }]
      : [];
  return remediesOf(seeking, situation, transition, judged).flatMap((remedy) =>
    remedy.kind === 'ownPost'
      ? capacityOpeners(situation, seeking.judging.model, transition, judged.claim)
      : openersOf(seeking, situation, remedy),
  );
}

function remediesOf(
  { judging }: Seeking,
  { instance }: Situation,
  transition: Transition,
  { claim, command, facts }: Pick<ReturnType<typeof judgedAt>, 'claim' | 'command' | 'facts'>,
): readonly Remedy[] {
  if (claim === null) return [];
  const scope = { instance, command, claim, facts };
  for (const { name, arg } of (transition.definition.requires ?? []).map(ruleOf)) {
    const requirement = judging.model.catalogue.requirements[name];
    if (requirement?.check(arg, scope) == null || requirement.needs?.some((need) => MADE.has(need))) continue;
    return requirement.remedies?.(arg, scope) ?? [];
  }
  return [];
}

/** Facts that the machinery makes for a command before it is judged again. */
const MADE: ReadonlySet<string> = new Set(['preparation', 'signature', 'seal', 'number']);

function openersOf(seeking: Seeking, situation: Situation, remedy: Remedy): readonly Opener[] {
  const { now, directory } = situation;
  switch (remedy.kind) {
    case 'bring':
      return [{ kind: 'bring', what: remedy.what }];
    case 'day': {
      const until = startOfDay(remedy.day);
      return until > now ? [{ kind: 'wait', until, sends: null }] : [];
    }
    case 'childrenEnd':
      return remedy.ids.length === 0 ? [] : [{ kind: 'endChildren', childKind: remedy.childKind, ids: remedy.ids }];
    case 'memberOf':
      return membership(directory, remedy.person, remedy.unit, dayOf(now));
    default:
      return remembered(seeking, situation, remedy);
  }
}

/** A field that a role is read from may come to name the person, or his unit. */
function rolesByField({ judging }: Seeking, transition: Transition): readonly Remedy[] {
  const fields = transition.definition.by.flatMap((name) => {
    const role = judging.model.definition.roles[name];
    if (role === undefined) return [];
    if ('field' in role) return [role.field];
    return 'post' in role && role.of !== 'authority' ? [role.of.field] : [];
  });
  return fields.length === 0 ? [] : [{ kind: 'field', fields: [...new Set(fields)], to: 'filled' }];
}

function remembered(seeking: Seeking, situation: Situation, want: Remedy): readonly Opener[] {
  seeking.wants.set(JSON.stringify(want), want);
  return stepsFor(seeking, situation, want);
}

/** The steps that do what is wanted, or lead to where it can be done. */
function stepsFor(seeking: Seeking, situation: Situation, want: Remedy): readonly Opener[] {
  const { model } = seeking.judging;
  const targets = doing(seeking, want).filter(({ command }) => command !== situation.sought.command);
  const active = activeTransitions(model, situation.instance).filter((transition) => targets.includes(transition));
  if (active.length === 0) return stepsToward(seeking, situation, targets);
  const own = want.kind === 'update' ? situation.sought.actor : null;
  return active.flatMap((transition) => stepsBy(seeking, situation, transition, own));
}

function doing({ judging }: Seeking, want: Remedy): readonly Transition[] {
  if (want.kind === 'field') return touching(judging.model, want.fields);
  if (want.kind === 'content') return touching(judging.model, [CONTENT]);
  return want.kind === 'update' ? updating(judging.model, want.name) : [];
}

function stepsToward(seeking: Seeking, situation: Situation, targets: readonly Transition[]): readonly Opener[] {
  return nearing(seeking.judging.model, situation.instance, targets).flatMap((transition) =>
    stepsBy(seeking, situation, transition, null),
  );
}

/** The step as it could be taken: by whom it is open to, or else what would open it to somebody. */
function stepsBy(seeking: Seeking, situation: Situation, transition: Transition, only: string | null): readonly Opener[] {
  const { instance, sought, now, directory } = situation;
  if (isTimed(transition)) {
    const due = instance.visits[transition.source.path]?.due ?? null;
    return due === null ? [] : [{ kind: 'wait', until: due > now ? due : now, sends: transition.command }];
  }
  if (transition.definition.by.every((role) => role === SYSTEM_ROLE)) return [];
  const people = peopleFor(worldAt(directory, now), seeking.judging.model, transition, instance);
  const actors = only === null ? [...new Set([sought.actor, ...people])].slice(0, actorsTriedMax) : [only];
  const input = seeking.pretended(situation, transition);
  const fits = seeking.judging.model.checkInput(transition, input).length === 0;
  const able = actors.filter((by) => {
    const asked = askedRightly(transition.command, by);
    return fits && judgedAt(seeking.judging, situation, asked, transition, input).blockers.length === 0;
  });
  if (able.length > 0)
    return able.slice(0, actorsProposedMax).map((by): Opener => ({ kind: 'step', command: transition.command, by, input }));
  return only === null ? closedStep(seeking, situation, transition, people) : [];
}

/** A step that nobody can take: the post is vacant, or its holder is barred and another is needed. */
function closedStep(
  seeking: Seeking,
  situation: Situation,
  transition: Transition,
  people: readonly string[],
): readonly Opener[] {
  const { model } = seeking.judging;
  const [holder] = people;
  if (holder === undefined) return claimOpeners(situation, model, transition, null, null);
  const judged = judgedAt(
    seeking.judging,
    situation,
    askedRightly(transition.command, holder),
    transition,
    seeking.pretended(situation, transition),
  );
  const own = remediesOf(seeking, situation, transition, judged).flatMap((remedy): readonly Opener[] => {
    if (remedy.kind === 'field' || remedy.kind === 'content') seeking.wants.set(JSON.stringify(remedy), remedy);
    const isOwn = remedy.kind === 'day' || remedy.kind === 'childrenEnd' || remedy.kind === 'memberOf';
    return isOwn ? openersOf(seeking, situation, remedy) : [];
  });
  return [...own, ...claimOpeners(situation, model, transition, null, null)];
}
