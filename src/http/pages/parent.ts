import type { Instance } from '../../commands/look.js';
import { type Language, word } from '../../locales/sentences.js';
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
    label:
      deliveredOf(context, call.language)?.name ?? (href === null ? title : textIn(view?.instance.context ?? {}, 'title', title)),
  };
}

interface PaperBeside {
  readonly heading: string;
  readonly href: string;
  readonly name: string;
  readonly print: string | null;
  /** The matrix of its clauses; null where it has none. */
  readonly coverage: string | null;
}

/** Of a delivery: the paper that was sent, and its sealed print. */
export function deliveredOf(context: Instance['context'], language: Language): PaperBeside | null {
  const { paper, file } = context;
  if (typeof paper !== 'string' || typeof file !== 'string') return null;
  return { ...beside(word(language, 'deliveredPaper'), paper, file, context), coverage: null };
}

/**
 * Of work that a clause of a paper orders: that paper, for those who may read it. Its text is no draft of this work, so it is not shown
 * as one.
 */
export async function orderedBy(call: InstanceCall): Promise<PaperBeside | null> {
  const { plan, clause } = call.view.instance.context;
  if (typeof plan !== 'string' || typeof clause !== 'string') return null;
  const view = await call.edge.app.deps.store.instances.view(call.identity.authority, plan);
  if (view === null || !reads(call.reader, view)) return null;
  const { context } = view.instance;
  const file = typeof context.sealedFile === 'string' ? context.sealedFile : null;
  return beside(word(call.language, 'orderedBy', { clause }), plan, file, context);
}

function beside(heading: string, paper: string, file: string | null, context: Instance['context']): PaperBeside {
  const own = `/instances/${encodeURIComponent(paper)}`;
  const { number } = context;
  const bearing = typeof number === 'number' ? numberAndSymbol(number, textIn(context, 'symbol', '')) : '';
  const name = [bearing, textIn(context, 'title', paper)].filter((part) => part !== '').join(' – ');
  return {
    heading,
    href: own,
    name,
    print: file === null ? null : `/api/v1${own}/renditions/${file}?view=1`,
    coverage: `${own}/coverage`,
  };
}
