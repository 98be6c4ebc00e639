import type { Facts } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { needsOf } from '../../engine/judge.js';
import type { Model } from '../../engine/model.js';
import type { Opener } from '../../engine/remedy.js';
import { type WayOut, type WayOutBounds, wayOutBounds } from '../../engine/wayOut.js';
import { worldAt } from '../../office/world.js';
import type { Deps } from '../deps.js';
import { givenFor } from '../facts.js';
import { activeTransitions } from './paths.js';
import type { Sought } from './situation.js';
import { wayOutOf } from './wayOut.js';
import { type Actor, type WhoCan, whoCanGive } from './whoCan.js';

/** Changes that one way out has at most. */
export const wayOutChangesMax = wayOutBounds.changesMax;

/** Judgements for all commands that are explained at once: a page shows many, and one request must not take a second. */
const judgementsTotalMax = 2_000;

type Needs = Pick<Deps, 'store' | 'clock' | 'scanner'>;

/** Blockers that stay whatever state an instance comes to: they bar the person and not the moment. */
const BARRING: ReadonlySet<string> = new Set(['mustDiffer', 'capacityMissing']);

export interface Explanation {
  readonly command: string;
  /** Who can give the command now, or, where it is not possible in this state, who could as soon as it is. */
  readonly whoCould: readonly Actor[];
  /** Whether they could now. */
  readonly now: boolean;
  readonly barred: WhoCan['barred'];
  readonly wayOut: WayOut<Opener>;
  /** The fields that name the person, where separation of duties bars him from the command for good. */
  readonly barredBy: readonly string[];
}

/** What explains that commands are closed to a person: who could give them, and the smallest change that would open each to him. Pure. */
export function explainTo(model: Model, instance: Instance, sought: readonly Sought[], facts: Facts): readonly Explanation[] {
  let left = judgementsTotalMax;
  return sought.map((one) => {
    const bounds = { ...wayOutBounds, judgementsMax: Math.min(wayOutBounds.judgementsMax, left) };
    const { judgements, ...explanation } = explained(model, instance, one, facts, bounds);
    left = Math.max(0, left - judgements);
    return explanation;
  });
}

/** What a person seeks who looks at a page: whatever the command itself brings will be right. */
export function soughtBy(actor: string, command: string): Sought {
  return { command, actor, onBehalfOf: null, input: null, saw: 'right', proven: true };
}

function explained(model: Model, instance: Instance, sought: Sought, facts: Facts, bounds: WayOutBounds) {
  const { command } = sought;
  const here = activeTransitions(model, instance).filter((transition) => transition.command === command);
  const now = here.length > 0;
  const { can, barred } = whoCanGive(model, instance, facts, command, now ? here : (model.byCommand.get(command) ?? []));
  const later = barred.filter(({ blockers }) => !blockers.some(({ code }) => BARRING.has(code)));
  const { wayOut, barredBy, judgements } = wayOutOf(model, instance, sought, facts, bounds);
  return {
    command,
    whoCould: instance.open ? (now ? can : [...can, ...later]) : [],
    now,
    barred: now ? barred : barred.filter((one) => !later.includes(one)),
    wayOut,
    barredBy,
    judgements,
  };
}

/** Reads what an explanation needs; a step that is only supposed may need whatever a rule of the definition needs. Writes nothing. */
export async function factsToExplain(deps: Needs, model: Model, instance: Instance): Promise<Facts> {
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(instance.authority);
  const given = await givenFor(deps, instance, needsOf(model, model.machine.tree.transitions));
  return { now, world: worldAt(directory, now), given };
}
