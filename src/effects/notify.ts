import type { Deps } from '../commands/deps.js';
import { whoCanAct } from '../commands/notices/actors.js';
import { closingOf, type Derived, type Deriving, noticesOf, remindersOf } from '../commands/notices/derive.js';
import type { Notice } from '../commands/notices/ports.js';
import { viewsOf } from '../commands/notices/views.js';
import type { InstanceView } from '../commands/ports.js';
import type { EffectEnd, EffectOutcome, LeasedEffect } from '../commands/relayPorts.js';
import type { Visit } from '../engine/instance.js';
import type { Reader } from '../office/organisation/visibility.js';
import { worldAt } from '../office/world.js';
import { failureOf, type Handler, textOf } from './handler.js';
import { planMails } from './mailPlan.js';

/** Tells who can act now, whoever opened or drafted, and the roles that must know; closes what has passed from others. */
export const notify: Handler = byAuthority((around, effects) => {
  const ends: EffectEnd[] = [];
  const told: Derived[] = [];
  for (const [instance, mine] of groupedByInstance(effects)) {
    const outcome = attempt(mine, () => {
      const deriving = derivingOf(around, instance);
      if (deriving === null) return { kind: 'obsolete', note: 'instanceGone' };
      told.push(noticesOf(deriving, mine));
      return { kind: 'done' };
    });
    ends.push(...mine.map((effect, position) => ({ effect, outcome: outcome[position] ?? { kind: 'done' as const } })));
  }
  return { ends, told };
});

/** Reminds of a due date, unless the stay is over or the date has moved. */
export const remind: Handler = byAuthority((around, effects) => remindAll(around, effects, isCurrent));

/** Tells everybody who can act when it runs that he is urged (đôn đốc); once the work is done there is nobody to urge. */
export const urge: Handler = byAuthority((around, effects) => remindAll(around, effects, () => true));

function remindAll(
  around: Around,
  effects: readonly LeasedEffect[],
  isDue: (visits: InstanceView['instance']['visits'], effect: LeasedEffect) => boolean,
): ReturnType<Telling> {
  const told: Derived[] = [];
  const ends = effects.map((effect): EffectEnd => {
    const [outcome = { kind: 'done' as const }] = attempt([effect], () => {
      const deriving = derivingOf(around, effect.instance);
      if (deriving === null) return { kind: 'obsolete', note: 'instanceGone' };
      if (!isDue(deriving.view.instance.visits, effect)) return { kind: 'obsolete', note: 'visitOver' };
      told.push({ notices: remindersOf(deriving, effect), closing: null });
      return { kind: 'done' };
    });
    return { effect, outcome };
  });
  return { ends, told };
}

/** What the notices of one authority are derived from: read once for a batch. */
interface Around {
  readonly deps: Deps;
  readonly authority: string;
  readonly views: ReadonlyMap<string, InstanceView>;
  readonly world: Deriving['world'];
  readonly readers: Map<string, Reader>;
}

type Telling = (
  around: Around,
  effects: readonly LeasedEffect[],
) => { readonly ends: readonly EffectEnd[]; readonly told: readonly Derived[] };

/**
 * All notices of a batch with one read and one write for each authority: one by one they cost more than the commands that they tell of.
 * What cannot be derived fails alone; a failed write is everybody's retry.
 */
function byAuthority(telling: Telling): Handler {
  return async (deps, effects) => {
    const authorities = [...new Set(effects.map((effect) => effect.authority))];
    const ends = await Promise.all(
      authorities.map(async (authority) => {
        const mine = effects.filter((effect) => effect.authority === authority);
        try {
          return await tellAll(deps, authority, mine, telling);
        } catch (error) {
          return mine.map((effect) => ({ effect, outcome: failureOf(effect, error) }));
        }
      }),
    );
    return ends.flat();
  };
}

async function tellAll(
  deps: Deps,
  authority: string,
  effects: readonly LeasedEffect[],
  telling: Telling,
): Promise<readonly EffectEnd[]> {
  const around = await aroundOf(deps, authority, [...new Set(effects.map((effect) => effect.instance))]);
  const { ends, told } = telling(around, effects);
  const notices = told.flatMap((derived) => derived.notices);
  const closings = told.flatMap(({ closing }) => (closing === null ? [] : [closing]));
  const at = around.world.now;
  const fresh = await deps.store.notices.write(notices, closings, { authority, at });
  await closePassed(
    around,
    notices.filter(({ id, visit }) => visit !== null && fresh.has(id)),
  );
  // Run again after a crash, all of them may still lack their mail: planning it twice changes nothing.
  const isAgain = effects.some(({ token }) => token > 1);
  await planMails(deps, around.views, isAgain ? notices : notices.filter(({ id }) => fresh.has(id)));
  return ends;
}

/**
 * An instance may move on between the read and the write; the effect of that later step may have closed before this batch opened. So
 * what was opened is held against the instance once more.
 */
async function closePassed({ deps, authority, views }: Around, opened: readonly Notice[]): Promise<void> {
  if (opened.length === 0) return;
  const ids = [...new Set(opened.map(({ instance }) => instance))];
  const stored = await deps.store.instances.revisions(authority, ids);
  const moved = [...stored].flatMap(([id, revision]) => (revision === views.get(id)?.instance.revision ? [] : [id]));
  if (moved.length === 0) return;
  const now = await aroundOf(deps, authority, moved, stored);
  const closings = [...now.views.values()].map((view) =>
    closingOf(view, whoCanAct(deps.models.pinned(view.instance.definition), view.instance, now.world)),
  );
  await deps.store.notices.write([], closings, { authority, at: now.world.now });
}

async function aroundOf(
  deps: Deps,
  authority: string,
  instances: readonly string[],
  stored: ReadonlyMap<string, number> | null = null,
): Promise<Around> {
  const world = worldAt(await deps.store.directory.snapshot(authority), deps.clock.now());
  const views = await viewsOf(deps, world, instances, stored);
  return { deps, authority, views, world, readers: new Map() };
}

function derivingOf({ deps, views, world, readers }: Around, instance: string): Deriving | null {
  const view = views.get(instance);
  if (view === undefined) return null;
  return { view, model: deps.models.pinned(view.instance.definition), world, readers, lastTold: deps.held.lastTold(instance) };
}

/** What cannot be derived fails alone, each effect of it by its own count of attempts. */
function attempt(effects: readonly LeasedEffect[], work: () => EffectOutcome): readonly EffectOutcome[] {
  try {
    const outcome = work();
    return effects.map(() => outcome);
  } catch (error) {
    return effects.map((effect) => failureOf(effect, error));
  }
}

function groupedByInstance(effects: readonly LeasedEffect[]): ReadonlyMap<string, readonly LeasedEffect[]> {
  const groups = new Map<string, LeasedEffect[]>();
  for (const effect of effects) {
    const group = groups.get(effect.instance);
    if (group === undefined) groups.set(effect.instance, [effect]);
    else group.push(effect);
  }
  return groups;
}

function isCurrent(visits: Readonly<Record<string, Visit>>, effect: LeasedEffect): boolean {
  const visit = visits[textOf(effect, 'path')];
  return visit !== undefined && visit.revision === effect.params.visit && visit.dueRevision === effect.params.dueRevision;
}
