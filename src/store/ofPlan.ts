import type { Collection, Filter } from 'mongodb';
import type { OfPlanPage, OfPlanQuery } from '../commands/ports.js';
import type { InstanceDocument } from './documents.js';
import { VIEW_FIELDS, type ViewDocument, viewOf } from './views.js';

/** Rows of one page at most. */
export const ofPlanRowsMax = 5_000;

/** Instances of one definition that name a plan, by unit and id, on the index `ofPlan`: nothing else of the plan is read. */
export async function readOfPlan(instances: Collection<InstanceDocument>, query: OfPlanQuery): Promise<OfPlanPage> {
  const { authority, plan, definition, unit, fields, after } = query;
  const limit = Math.min(query.limit, ofPlanRowsMax);
  const filter: Filter<InstanceDocument> = {
    authority,
    'context.plan': plan,
    'definition.id': definition,
    ...(unit === null ? {} : { 'context.unit': unit }),
    ...(after === null ? {} : { _id: { $gt: after } }),
  };
  const rows = await instances
    .find<ViewDocument>(filter, { projection: fields === undefined ? VIEW_FIELDS : fieldsOf(fields) })
    .sort({ _id: 1 })
    .limit(limit)
    .toArray();
  const last = rows.length < limit ? undefined : rows.at(-1);
  return { rows: rows.map(viewOf), next: last?._id ?? null };
}

function fieldsOf(fields: readonly string[]) {
  const { context: _, ...others } = VIEW_FIELDS;
  return { ...others, ...Object.fromEntries(fields.map((field) => [`context.${field}`, 1])) };
}
