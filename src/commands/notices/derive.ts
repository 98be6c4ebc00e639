import { NOTIFY } from '../../engine/effects.js';
import type { Effect } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import type { Model } from '../../engine/model.js';
import { DRAFTER_ROLE } from '../../engine/notices.js';
import { personKey } from '../../office/organisation/directory.js';
import { holdersOn } from '../../office/organisation/roles.js';
import { mayRead, type Reader, readableOf, readerOf } from '../../office/organisation/visibility.js';
import type { OfficeWorld } from '../../office/world.js';
import type { InstanceView } from '../ports.js';
import type { LeasedEffect } from '../relayPorts.js';
import { type CanAct, whoCanAct } from './actors.js';
import type { Closing, Notice, NoticeKind } from './ports.js';

/** One instance as it stands, and what its effects have to tell. */
export interface Deriving {
  readonly view: InstanceView;
  readonly model: Model;
  readonly world: OfficeWorld;
  /** Readers known in this batch. */
  readonly readers: Map<string, Reader>;
  /** The last entry known to tell whose turn it is: durable, so that its own effect runs as well; 0 where none is known. */
  readonly lastTold: number;
}

export interface Derived {
  readonly notices: readonly Notice[];
  readonly closing: Closing | null;
}

/**
 * What follows from the `notify` effects of one instance, as it stands when they run: an instance that has moved on tells only those who
 * can act now, while what happened is told to whoever must know it. One person has at most one notice of one effect. Where a later entry
 * tells whose turn it is, its effect finds the same people and closes what has passed: here only turns are told that began with these.
 */
export function noticesOf(deriving: Deriving, effects: readonly LeasedEffect[]): Derived {
  const turns = effects.filter(tellsTurn);
  const isOver = turns.every((effect) => revisionOf(effect) < deriving.lastTold);
  const actors =
    turns.length === 0 ? new Map<string, CanAct>() : whoCanAct(deriving.model, deriving.view.instance, deriving.world);
  const notices = [...turnsOf(deriving, actors, turns, isOver), ...effects.flatMap((effect) => newsOf(deriving, actors, effect))];
  return { notices, closing: turns.length === 0 || isOver ? null : closingOf(deriving.view, actors) };
}

/** What is open for somebody who can no longer act on the instance is over. */
export function closingOf({ instance }: InstanceView, actors: ReadonlyMap<string, CanAct>): Closing {
  const visits = [...actors.values()].map(({ visit }) => visit);
  return {
    instance: instance.id,
    asOf: instance.revision,
    actors: [...actors.keys()],
    oldestVisit: Math.min(...visits, instance.revision),
  };
}

/** Whether an effect tells what happened: the kind of `noticesOf`. */
export function tells({ kind }: Pick<Effect, 'kind'>): boolean {
  return kind === NOTIFY;
}

/** Whether an effect tells whose turn it is. */
export function tellsTurn({ kind, params }: Pick<Effect, 'kind' | 'params'>): boolean {
  return kind === NOTIFY && params.turn === true;
}

function turnsOf(
  deriving: Deriving,
  actors: ReadonlyMap<string, CanAct>,
  turns: readonly LeasedEffect[],
  ownOnly: boolean,
): readonly Notice[] {
  const { instance } = deriving.view;
  const latest = turns.reduce<LeasedEffect | null>(
    (last, one) => (last !== null && revisionOf(last) > revisionOf(one) ? last : one),
    null,
  );
  return [...actors].flatMap(([person, { visit, onBehalfOf }]) => {
    // Told of what began his turn. Where the instance has moved on since, its own effect says the rest.
    const own = turns.find((effect) => revisionOf(effect) === visit);
    if (own === undefined && ownOnly) return [];
    const source = own ?? (latest && visit < revisionOf(latest) ? latest : null);
    if (source !== null && source.params.actor === person) return [];
    const happened = source === null ? {} : happenedIn(source.params);
    const id = `${instance.id}/${visit}/turn/${person}`;
    return made(deriving, {
      id,
      person,
      kind: 'turn',
      visit,
      params: { ...happened, ...(onBehalfOf === null ? {} : { onBehalfOf }) },
    });
  });
}

/** The outcome for whoever opened or drafted, and the news for the roles that the definition names. */
function newsOf(deriving: Deriving, actors: ReadonlyMap<string, CanAct>, effect: LeasedEffect): readonly Notice[] {
  const { params } = effect;
  const revision = revisionOf(effect);
  const isTold = (person: string): boolean =>
    person === params.actor || (params.turn === true && actors.get(person)?.visit === revision);
  const listeners =
    params.outcome === true ? holding(deriving, [DRAFTER_ROLE], [personKey(deriving.view.instance.originator)]) : [];
  const known = holding(deriving, rolesIn(params), []).filter((person) => !listeners.includes(person));
  const news = (kind: NoticeKind, people: readonly string[]): readonly Notice[] =>
    people
      .filter((person) => !isTold(person))
      .flatMap((person) =>
        made(deriving, { id: `${effect.id}/${person}`, person, kind, visit: null, params: happenedIn(params) }),
      );
  return [...news('outcome', listeners), ...news('told', known)];
}

/**
 * A reminder or an escalation to the holders of roles, and to the delegates of those of them who can act; an urging (`awaited`) to all who
 * can act now. It is closed like a turn where the person can act, and is news where he cannot.
 */
export function remindersOf(deriving: Deriving, effect: LeasedEffect): readonly Notice[] {
  const actors = whoCanAct(deriving.model, deriving.view.instance, deriving.world);
  const named = effect.params.awaited === true ? [...actors.keys()] : holding(deriving, rolesIn(effect.params), []);
  const delegates = [...actors].flatMap(([person, { onBehalfOf }]) =>
    onBehalfOf !== null && named.includes(onBehalfOf) ? [person] : [],
  );
  const { roles: _roles, awaited: _awaited, ...params } = effect.params;
  return [...new Set([...named, ...delegates])].flatMap((person) =>
    person === params.actor
      ? []
      : made(deriving, {
          id: `${effect.id}/${person}`,
          person,
          kind: 'reminder',
          visit: actors.get(person)?.visit ?? null,
          params,
        }),
  );
}

/** The people behind roles and principal keys now, without doubles; nobody who is disabled. */
function holding({ view, model, world }: Deriving, roles: readonly string[], keys: readonly string[]): readonly string[] {
  const named = roles.flatMap((name) => {
    const role = model.definition.roles[name];
    return role === undefined ? [] : world.principals(role, view.instance);
  });
  return [...new Set([...keys, ...named].flatMap((key) => holdersOn(world.directory, key, world.today)))];
}

type Draft = Pick<Notice, 'id' | 'person' | 'kind' | 'visit' | 'params'>;

/** The notice, where its person may read the instance at this moment. */
function made({ view, world, readers }: Deriving, draft: Draft): readonly Notice[] {
  const { instance } = view;
  const reader = readers.get(draft.person) ?? readerOf(world.directory, draft.person, world.now);
  readers.set(draft.person, reader);
  if (!mayRead(reader, readableOf(instance, view.readers))) return [];
  return [{ ...draft, authority: instance.authority, instance: instance.id, asOf: instance.revision, at: world.now }];
}

function happenedIn({ command, actor, reason }: JsonObject): JsonObject {
  return { command: command ?? null, actor: actor ?? null, ...(reason === undefined ? {} : { reason }) };
}

function rolesIn(params: JsonObject): readonly string[] {
  return Array.isArray(params.roles) ? params.roles.filter((name): name is string => typeof name === 'string') : [];
}

function revisionOf({ params }: LeasedEffect): number {
  return typeof params.revision === 'number' ? params.revision : 0;
}
