import { labelIn, word } from '../../locales/sentences.js';
import { readFilter } from '../../office/organisation/visibility.js';
import type { Assets } from '../assets.js';
import type { SignedCall } from '../edge.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { rowView } from './inbox.js';

const rowsPerPage = 50;
/** What is looked for here; duties, reports and deliveries hang below these. */
const kinds = ['document', 'incoming', 'directive', 'report'] as const;
const PLACE = /^[\d\-T:.Z]{10,30}\|[\w.-]{1,120}$/;

/** The papers that the reader may read, the one with the newest step first: also those that wait for nobody any more. */
export async function papersPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const { language, edge, query, reader } = call;
  const { models } = edge.app.deps;
  const known = new Set(models.all().map(({ ref }) => ref.id));
  const kind = kinds.find((one) => one === query.kind) ?? 'document';
  const after = PLACE.test(query.after ?? '') ? (query.after ?? null) : null;
  const rows = await edge.app.deps.store.instances.list({
    filter: readFilter(reader),
    definition: kind,
    parent: null,
    open: null,
    originator: null,
    after,
    newestFirst: true,
    limit: rowsPerPage + 1,
  });
  const shown = rows.slice(0, rowsPerPage);
  const last = shown.at(-1);
  const more = rows.length > rowsPerPage && last !== undefined ? `${last.since}|${last.id}` : null;
  const view = {
    ...signedFrame(call, assets, word(language, 'papers')),
    kinds: kinds
      .filter((id) => known.has(id))
      .map((id) => ({
        href: `/papers?kind=${id}`,
        label: labelIn(language, models.latest(id).definition.label, id),
        current: id === kind,
      })),
    rows: shown.map((row) => rowView(call, row, null)),
    next: more === null ? null : `/papers?kind=${kind}&after=${encodeURIComponent(more)}`,
    first: after === null ? null : `/papers?kind=${kind}`,
  };
  return { kind: 'page', status: 200, template: 'papers', view };
}
