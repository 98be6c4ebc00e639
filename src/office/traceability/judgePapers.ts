import { name } from './faults.js';
import { addTo, type Ledger } from './ledger.js';
import type { LineParent, PaperLine } from './lines.js';

/** Papers that stand no more: what they were built on may be gone with them. */
const VOID: ReadonlySet<string> = new Set(['discarded', 'withdrawn', 'replaced', 'voided']);

/**
 * Every paper that a period or an obligation says it has is there; `papers` are all that were found. A summary's key begins with its year,
 * which the obligation does not keep: there the number behind it is enough.
 */
export function judgePapersNamed(ledger: Ledger, papers: readonly PaperLine[]): void {
  const { periods, obligations } = ledger.tree;
  const holders = new Set([...periods, ...obligations].map(({ id }) => id));
  const known = new Set<string>();
  for (const { id, parent } of papers) {
    known.add(id);
    // One whose record points nowhere is named as such, not as missing too.
    if (parent !== null) known.add(`${holders.has(parent.id) ? parent.id : ''}|${parent.kind}|${numberOf(parent.key)}`);
  }
  const expect = (parent: LineParent, period: string): void => {
    const { id, kind, key } = parent;
    const own = ledger.world.idOf(parent);
    if (known.has(`${id}|${kind}|${key}`) || known.has(`|${kind}|${key}`) || known.has(own)) return;
    name(ledger.faults, 'paperMissing', id, { period, key });
  };
  for (const { id, papers: keys, period } of periods)
    for (const key of keys) expect({ id, kind: 'consolidation', key }, period ?? '');
  for (const { id, summaries, code } of obligations)
    for (const key of summaries) expect({ id, kind: 'summary', key }, code ?? '');
}

function numberOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}

/** One consolidated paper, after all reports: its roll-up, the report versions behind it, and a source for every sentence. */
export function judgePaper(ledger: Ledger, paper: PaperLine): void {
  const { faults, missing, periods, tree } = ledger;
  const { id, parent, title } = paper;
  const say = { paper: id, title: paper.number ?? title };
  const above = parent?.id ?? '';
  const hangs = parent?.kind === 'summary' ? tree.obligations.some((line) => line.id === above) : periods.has(above);
  const astray = (field: string): void => name(faults, 'paperAstray', id, { ...say, field });
  if (!missing.has(above)) {
    if (!hangs) astray('parent');
    if (parent?.kind === 'consolidation' && hangs && paper.period !== periods.get(above)?.period) astray('period');
  }
  if (paper.plan !== tree.plan.id) astray('plan');
  if (VOID.has(paper.state)) return;
  if (paper.content === null || !paper.content.found) {
    name(faults, 'contentMissing', id, { ...say, content: paper.content?.hash ?? '' });
    return;
  }
  if (paper.rollup === null || !paper.rollup.found)
    name(faults, 'rollupMissing', id, { ...say, content: paper.rollup?.hash ?? '' });
  for (const { report, content, found } of paper.sources) {
    if (!ledger.reports.has(report)) {
      if (!missing.has(report)) name(faults, 'sourceReportMissing', id, { ...say, report });
    } else if (!found && !missing.has(content)) name(faults, 'sourceVersionMissing', id, { ...say, report, content });
  }
  for (const place of paper.unsourced) name(faults, 'sentenceWithoutSource', id, { ...say, place });
  for (const [clause, places] of Object.entries(paper.clauses))
    addTo(ledger.spoken, clause, { paper: id, title: paper.number ?? title, places });
}
