import type { Collection, Filter } from 'mongodb';
import type { OfPlanPage, OfPlanQuery } from '../commands/ports.js';
import type { InstanceDocument } from './documents.js';
import { HELD_FIELDS, type HeldDocument, heldOf } from './heldDocuments.js';

type PlanDocument = HeldDocument & Pick<InstanceDocument, 'readers' | 'principals'>;

const PLAN_FIELDS = { ...HELD_FIELDS, readers: 1, principals: 1 } as const;

/** Rows of one page at most. */
export const ofPlanRowsMax = 5_000;

/** Instances of one definition that name a plan, by unit and id, on the index `ofPlan`: nothing else of the plan is read. */
export async function readOfPlan(instances: Collection<InstanceDocument>, query: OfPlanQuery): Promise<OfPlanPage> {
  const { authority, plan, definition, unit, after } = query;
  const limit = Math.min(query.limit, ofPlanRowsMax);
  const filter: Filter<InstanceDocument> = {
    authority,
    'context.plan': plan,
    'definition.id': definition,
    ...(unit === null ? {} : { 'context.unit': unit }),
    ...(after === null ? {} : { _id: { $gt: after } }),
  };
  const rows = await instances.find<PlanDocument>(filter, { projection: PLAN_FIELDS }).sort({ _id: 1 }).limit(limit).toArray();
  const last = rows.length < limit ? undefined : rows.at(-1);
  return {
    rows: rows.map(({ readers, principals, ...document }) => ({ ...heldOf(document), readers, principals })),
    next: last?._id ?? null,
  };
}
