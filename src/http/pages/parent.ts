import type { Instance } from '../../commands/look.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import type { InstanceCall } from '../edge.js';
import { reads } from '../gate.js';
import { textIn } from './signView.js';

/** What an instance belongs to: by name, and with a link for those who may read it. */
export async function parentOf(call: InstanceCall) {
  const { parent, context } = call.view.instance;
  if (parent === null) return null;
  const view = await call.edge.app.deps.store.instances.view(call.identity.authority, parent.id);
  const href = view !== null && reads(call.reader, view) ? `/instances/${encodeURIComponent(parent.id)}` : null;
  const title = textIn(context, 'title', parent.id);
  return {
    href,
    label: deliveredOf(context)?.name ?? (href === null ? title : textIn(view?.instance.context ?? {}, 'title', title)),
  };
}

/** Of a delivery: the paper that was sent, and its sealed print. */
export function deliveredOf(context: Instance['context']) {
  const { paper, file, number } = context;
  if (typeof paper !== 'string' || typeof file !== 'string') return null;
  const own = `/instances/${encodeURIComponent(paper)}`;
  const bearing = typeof number === 'number' ? numberAndSymbol(number, textIn(context, 'symbol', '')) : '';
  const name = [bearing, textIn(context, 'title', paper)].filter((part) => part !== '').join(' – ');
  return { href: own, name, print: `/api/v1${own}/renditions/${file}?view=1` };
}
