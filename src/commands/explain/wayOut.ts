import type { Facts } from '../../engine/command.js';
import { ruleOf } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { canonical, type Json, sha256 } from '../../engine/json.js';
import type { Model } from '../../engine/model.js';
import type { Opener, Remedy } from '../../engine/remedy.js';
import type { Transition } from '../../engine/tree.js';
import { type WayOut, type WayOutBounds, wayOut, wayOutBounds } from '../../engine/wayOut.js';
import { namesOf } from '../../office/catalogue/arguments.js';
import { indexOf } from '../../office/organisation/directory.js';
import { isInForce } from '../../office/organisation/roles.js';
import { dayOf } from '../../office/time/clock.js';
import { isSupposed } from '../../office/wayOut/supposed.js';
import { touchedBy } from '../../office/wayOut/touched.js';
import { officeOf } from '../../office/world.js';
import { helpfulOpeners } from './helpful.js';
import { pretendedInput } from './pretend.js';
import { applied, type Judge, opensAt, type Situation, type Sought } from './situation.js';

export interface WayOutFound {
  readonly wayOut: WayOut<Opener>;
  /** The fields that name the person, where separation of duties bars him and no way out was found. */
  readonly barredBy: readonly string[];
  readonly judgements: number;
}

/**
 * The smallest set of changes that opens a command of an instance to a person, in the order in which they are to be made; no part of them
 * opens it. Pure: the same judgement as the command's own, on worlds that are supposed. Texts and files that people have yet to bring are
 * taken to be sound. Of sets of equal size the one that can be made soonest. Bounded, and says so where the bound was reached.
 */
export function wayOutOf(
  model: Model,
  instance: Instance,
  sought: Sought,
  facts: Facts,
  bounds: WayOutBounds = wayOutBounds,
): WayOutFound {
  const barring = fieldsBarring(model, instance, sought);
  if (barring.forGood.length > 0) return { wayOut: { kind: 'none' }, barredBy: barring.forGood, judgements: 0 };
  const { directory } = officeOf(facts);
  const judging: Judge = { model, count: { judgements: 0 } };
  const start: Situation = { directory, instance, now: facts.now, given: facts.given, sought };
  const hints = hintsFor(start, model);
  const pretended = (situation: Situation, transition: Transition) =>
    pretendedInput(transition, {
      directory: situation.directory,
      instance: situation.instance,
      today: dayOf(situation.now),
      hints,
    });
  const seeking = { judging, pretended, wants: new Map<string, Remedy>() };
  const found = wayOut<Situation, Opener>(
    start,
    {
      opens: (situation) => opensAt(judging, situation, (transition) => pretended(situation, transition)),
      helpful: (situation) => helpfulOpeners(seeking, situation),
      apply: (situation, opener) => applied(judging, situation, opener),
      keyOf,
      judgements: () => judging.count.judgements,
    },
    barring.now.length === 0 ? bounds : { ...bounds, judgementsMax: Math.min(bounds.judgementsMax, barredJudgementsMax) },
  );
  const barredBy = found.kind === 'found' ? [] : barring.now;
  return { wayOut: found, barredBy, judgements: judging.count.judgements };
}

function keyOf({ directory, instance, now, given, sought }: Situation): string {
  const { appointments, delegations, grants, divisions } = directory;
  const supposed = [appointments, delegations, grants, divisions].map(supposedIn);
  return canonical([
    instance.state,
    instance.history,
    markOf(instance.context),
    instance.content,
    now,
    Array.isArray(given.children) ? markOf(given.children) : [],
    sought,
    supposed,
  ]);
}

// A search compares hundreds of situations that share most of their parts: the 8,000 posts of a province, the 500 children of a plan.
const marks = new WeakMap<object, string>();
const supposedIds = new WeakMap<object, readonly string[]>();

function markOf(part: Json): string {
  if (part === null || typeof part !== 'object') return canonical(part);
  const mark = marks.get(part) ?? sha256(canonical(part));
  marks.set(part, mark);
  return mark;
}

function supposedIn(records: readonly { readonly id: string }[]): readonly string[] {
  const known = supposedIds.get(records) ?? records.flatMap(({ id }) => (isSupposed(id) ? [id] : [])).sort();
  supposedIds.set(records, known);
  return known;
}

/** Whom separation of duties bars a return may free, but seldom: it is not worth the search that others get. */
const barredJudgementsMax = 300;

/** The fields by which separation of duties bars a person from every transition of a command; for good where no command ever clears them. */
function fieldsBarring(
  model: Model,
  instance: Instance,
  { command, actor }: Sought,
): { readonly now: readonly string[]; readonly forGood: readonly string[] } {
  const cleared = new Set(
    model.machine.tree.transitions
      .flatMap(({ definition }) => definition.updates ?? [])
      .map(ruleOf)
      .flatMap(({ name, arg }) => (name === 'clear@1' ? touchedBy(name, arg) : [])),
  );
  const barring = (model.byCommand.get(command) ?? []).map(({ definition }) =>
    (definition.requires ?? [])
      .map(ruleOf)
      .filter(({ name, arg }) => model.catalogue.requirements[name]?.bars?.(arg, instance).includes(actor) === true)
      .flatMap(({ arg }) => namesOf(arg))
      .filter((field) => [instance.context[field]].flat().includes(actor)),
  );
  const everywhere = (lists: readonly (readonly string[])[]): readonly string[] =>
    lists.length > 0 && lists.every((fields) => fields.length > 0) ? [...new Set(lists.flat())] : [];
  return {
    now: everywhere(barring),
    forGood: everywhere(barring.map((fields) => fields.filter((field) => !cleared.has(field)))),
  };
}

/** The values by which a step of others can bring the person in: himself where a role is read from a field, else his unit. */
function hintsFor({ directory, now, sought }: Situation, model: Model): Readonly<Record<string, string>> {
  const held = (indexOf(directory).appointmentsOf.get(sought.actor) ?? []).filter((one) => isInForce(directory, one, dayOf(now)));
  const roles = (model.byCommand.get(sought.command) ?? []).flatMap(({ definition }) => definition.by);
  const hints: Record<string, string> = {};
  for (const name of roles) {
    const role = model.definition.roles[name];
    if (role === undefined) continue;
    if ('field' in role) hints[role.field] = sought.actor;
    if ('post' in role && role.of !== 'authority') {
      const unit = held.find(({ post }) => post === role.post)?.unit;
      if (unit !== undefined) hints[role.of.field] = unit;
    }
  }
  const [first] = held;
  if (first !== undefined) hints.draftingUnit ??= first.unit;
  return hints;
}
