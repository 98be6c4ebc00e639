import { labelIn } from '../../locales/sentences.js';
import { readFilter } from '../../office/organisation/visibility.js';
import { namesOf } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import { stateLabel } from '../names.js';
import { opinionsOf } from './opinions.js';

const childrenShownMax = 50;
/** A paper may have hundreds of deliveries, which are shown on a page of their own. */
const childrenReadMax = 600;
const shownElsewhere: ReadonlySet<string> = new Set(['delivery', 'opinion']);

/** What was opened from an instance, for those who may read it; opinions apart, since they are told with their answers. */
export async function childrenOf(call: InstanceCall) {
  const rows = await call.edge.app.deps.store.instances.list({
    filter: readFilter(call.reader),
    definition: null,
    parent: call.view.instance.id,
    open: null,
    originator: null,
    after: null,
    limit: childrenReadMax,
  });
  const shown = rows.filter((row) => !shownElsewhere.has(row.definition.id)).slice(0, childrenShownMax);
  const opinions = await opinionsOf(
    call,
    rows.filter((row) => row.definition.id === 'opinion'),
  );
  const children = shown.map((row) => {
    const model = call.edge.app.deps.models.pinned(row.definition);
    return {
      href: `/instances/${encodeURIComponent(row.id)}`,
      title: row.title,
      kind: labelIn(call.language, model.definition.label, row.definition.id),
      state: stateLabel(namesOf(call, model), row.state),
    };
  });
  return { children, opinions };
}
