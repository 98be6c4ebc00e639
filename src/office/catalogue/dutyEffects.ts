import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { EffectKind, Scope } from '../../engine/rules.js';
import { PART, partsOf } from '../duties/parts.js';
import { officeOf } from '../world.js';
import { unknownFields } from './arguments.js';
import { linesIn, type ReassignedLine } from './duties.js';

/** What a part is opened with. */
function partContext(
  { next, facts }: Pick<Scope, 'facts'> & { readonly next: Instance },
  part: ReturnType<typeof partsOf>[number],
): JsonObject {
  const { directive, plan, clause, unit } = next.context;
  const known = Object.fromEntries(
    Object.entries({ directive, plan, clause }).filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
  return {
    ...known,
    title: part.title,
    unit: part.unit,
    part: PART,
    duty: next.id,
    assignedOn: officeOf(facts).today,
    dutyUnit: unit ?? '',
    ...(part.dueOn === undefined
      ? typeof next.context.dueOn === 'string'
        ? { dueOn: next.context.dueOn }
        : {}
      : { dueOn: part.dueOn }),
  };
}

export const dutyEffects: Readonly<Record<string, EffectKind>> = {
  'openParts@1': {
    kind: 'open',
    meaning: 'Opens an assignment for each part that this command added.',
    checkArg: (_, place) => unknownFields(['parts', 'directive', 'plan', 'clause', 'unit', 'dueOn'], place),
    plan: (_, { instance, next, facts }) => {
      const before = partsOf(instance).length;
      const children = partsOf(next)
        .slice(before)
        .map((part) => ({ key: part.key, context: partContext({ next, facts }, part) }));
      return [{ params: { definition: 'assignment', kind: PART, children, content: next.content } }];
    },
  },
  'tellReassigned@1': {
    kind: 'followReassign',
    meaning: 'Tells the instance above that this child has another unit now, in the order in which it happened.',
    checkArg: (_, place) => unknownFields(['reassigned'], place),
    plan: (_, { instance, next }) => {
      const line = linesIn<ReassignedLine>(next, 'reassigned').at(-1);
      // One occurrence of a recurring duty may be done by another unit; the recurring duty stays where it is.
      if (next.parent === null || line === undefined || next.context.recurring !== undefined) return [];
      const was = linesIn<ReassignedLine>(instance, 'reassigned').at(-1)?.revision ?? 0;
      const { from, to, revision } = line;
      return [{ params: { parent: next.parent.id, input: { child: next.id, from, to, was, now: revision } } }];
    },
  },
  'carryOver@1': {
    kind: 'carryOver',
    meaning: 'Sends CARRY_OVER with the period of this instance to every duty of its plan that is still open, each once.',
    checkArg: (_, place) => unknownFields(['plan', 'period'], place),
    plan: (_, { next: { context } }) =>
      typeof context.plan === 'string' && typeof context.period === 'string'
        ? [{ params: { plan: context.plan, period: context.period } }]
        : [],
  },
};
