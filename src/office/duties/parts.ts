import type { ChildStanding } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { textIn } from './texts.js';

// A duty split into parts (chia nhỏ nhiệm vụ), each carried by a unit as an assignment of its own below the duty.

/** Parts of one duty, over all splits. */
export const partsMax = 40;
/** The kind of the children that are parts. */
export const PART = 'part';

/** When a split duty may be reported as completed: all parts, those that its own unit carries, or at least so many. */
export type ClosingRule =
  | { readonly kind: 'all' }
  | { readonly kind: 'lead' }
  | { readonly kind: 'atLeast'; readonly count: number };

export interface DutyPart {
  /** `p1`, `p2` ...: the key of the child, never used again. */
  readonly key: string;
  readonly title: string;
  /** Who carries it now; follows a re-assignment. */
  readonly unit: string;
  readonly dueOn?: string;
  /** Carried by the unit of the duty itself when it was split off. */
  readonly lead: boolean;
}

/** The parts that an instance names, in order. */
export function partsOf({ context }: Pick<Instance, 'context'>): readonly DutyPart[] {
  const { parts } = context;
  return Array.isArray(parts) ? (parts.filter(isObject) as unknown as readonly DutyPart[]) : [];
}

/** The rule that was declared at the last split; all parts where none was. */
export function closingOf({ context }: Pick<Instance, 'context'>): ClosingRule {
  if (context.closing === 'lead') return { kind: 'lead' };
  return context.closing === 'atLeast' ? { kind: 'atLeast', count: Number(context.closingCount ?? 1) } : { kind: 'all' };
}

/** The parts of a split as they are kept, keyed after those that are there. */
export function partsFrom({ context }: Pick<Instance, 'context'>, asked: Json | undefined): readonly DutyPart[] {
  const before = partsOf({ context }).length;
  const given = Array.isArray(asked) ? asked.filter(isObject) : [];
  return given.map((part: JsonObject, index) => ({
    key: `p${before + index + 1}`,
    title: textIn(part, 'title'),
    unit: textIn(part, 'unit'),
    ...(typeof part.dueOn === 'string' ? { dueOn: part.dueOn } : {}),
    lead: part.unit === context.unit,
  }));
}

/** How the parts stand against the rule. */
export interface PartsStanding {
  readonly met: boolean;
  readonly confirmed: number;
  readonly open: readonly string[];
  readonly wanted: number;
}

/**
 * How far the parts are. A part that was released or recalled counts for nothing; a contested one is open. `all` wants every part that was not
 * released, `lead` those of the duty's own unit, `atLeast` so many, whatever the others do. Where every part that a rule wants was released, it is met:
 * the duty is whole again, and its unit answers for all of it.
 */
export function partsStanding(instance: Pick<Instance, 'context'>, children: readonly ChildStanding[]): PartsStanding {
  const rule = closingOf(instance);
  const byKey = new Map(children.filter(({ kind }) => kind === PART).map((child) => [child.key, child]));
  const parts = partsOf(instance).map((part) => ({ part, child: byKey.get(part.key) }));
  const live = parts.filter(({ child }) => child?.state !== 'released');
  const wanted = rule.kind === 'lead' ? live.filter(({ part }) => part.lead) : live;
  const confirmed = wanted.filter(({ child }) => child?.state === 'confirmed').length;
  const least = rule.kind === 'atLeast' ? Math.min(rule.count, live.length) : wanted.length;
  const open = wanted.flatMap(({ child, part }) => (child?.state === 'confirmed' ? [] : [child?.id ?? part.key]));
  return { met: confirmed >= least, confirmed, open, wanted: least };
}

/** Why a split does not stand, as the code of a blocker with its parameters; null when it does. */
export function splitFault(
  instance: Pick<Instance, 'context' | 'parent'>,
  input: JsonObject,
): { readonly fault: 'depth' | 'tooMany' | 'late' | 'rule'; readonly params: JsonObject } | null {
  if (instance.parent?.kind === PART) return { fault: 'depth', params: {} };
  const fresh = partsFrom(instance, input.parts);
  if (fresh.length === 0) return null;
  const all = [...partsOf(instance), ...fresh];
  if (all.length > partsMax) return { fault: 'tooMany', params: { max: partsMax } };
  const { dueOn } = instance.context;
  const late = typeof dueOn === 'string' ? fresh.find((part) => part.dueOn !== undefined && part.dueOn > dueOn) : undefined;
  if (late !== undefined) return { fault: 'late', params: { day: late.dueOn ?? null, dueOn: dueOn ?? null } };
  if (input.closing === 'lead' && !all.some(({ lead }) => lead)) return { fault: 'rule', params: { rule: 'lead' } };
  const { closingCount: count } = input;
  const countWrong = typeof count === 'number' ? count > all.length : true;
  return input.closing === 'atLeast' && countWrong ? { fault: 'rule', params: { rule: 'atLeast', most: all.length } } : null;
}
