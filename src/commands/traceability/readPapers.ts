import type { Instance } from '../../engine/instance.js';
import { isObject } from '../../engine/json.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import { type ConsolidatedPaper, sourceFaults } from '../../office/reporting/sourced.js';
import type { PaperSource } from '../../office/reporting/sources.js';
import { judgePaper, judgePapersNamed } from '../../office/traceability/judgePapers.js';
import type { Ledger } from '../../office/traceability/ledger.js';
import type { LineParent, PaperLine } from '../../office/traceability/lines.js';
import { lineOf, textOf } from './readLines.js';
import { ofPlan, promised, type ReadDeps } from './readTree.js';
import { storedJson } from './stored.js';

/** Tells the ledger of every consolidated paper and summary of a plan, one paper's sources in memory at a time. After the reports. */
export async function tellPapers(deps: ReadDeps, ledger: Ledger, plan: Instance): Promise<void> {
  const papers: Instance[] = [];
  const add = (instance: Instance): void => {
    if (KINDS.has(instance.parent?.kind ?? '')) papers.push(instance);
  };
  for await (const rows of ofPlan(deps, plan, 'document')) for (const { instance } of rows) add(instance);
  const named = ledger.tree.periods.flatMap(({ id, papers: keys }) =>
    keys.map((key): LineParent => ({ id, kind: 'consolidation', key })),
  );
  const found = papers.map((instance) => ({ instance, since: '' }));
  for (const { instance } of await promised(deps, plan.authority, found, named)) add(instance);
  judgePapersNamed(ledger, papers.map(headOf));
  for (const paper of papers) judgePaper(ledger, await lineOfPaper(deps, paper, ledger));
}

const KINDS: ReadonlySet<string> = new Set(['consolidation', 'summary']);

/** A paper without what is read of its content. */
function headOf(paper: Instance): PaperLine {
  const { number, symbol, period, title } = paper.context;
  return {
    ...lineOf(paper),
    period: textOf(period),
    title: textOf(title) ?? '',
    number: typeof number === 'number' && typeof symbol === 'string' ? numberAndSymbol(number, symbol) : null,
    content: null,
    rollup: null,
    sources: [],
    unsourced: [],
    clauses: {},
  };
}

async function lineOfPaper(deps: ReadDeps, paper: Instance, ledger: Ledger): Promise<PaperLine> {
  const { authority, content: hash, context } = paper;
  const content = hash === null ? null : await storedJson(deps.store, authority, hash);
  const rollupHash = textOf(context.rollup);
  const stored = rollupHash === null ? null : await storedJson(deps.store, authority, rollupHash);
  const rollup = isObject(stored) && stored.kind === 'rollup' ? (stored as unknown as Rollup) : null;
  const line: PaperLine = {
    ...headOf(paper),
    content: hash === null ? null : { hash, found: content !== null },
    rollup: rollupHash === null ? null : { hash: rollupHash, found: rollup !== null },
  };
  if (content === null || shapeFaults(content).length > 0)
    return { ...line, content: hash === null ? null : { hash, found: false } };
  const consolidated = content as unknown as ConsolidatedPaper;
  const sources = (Array.isArray(consolidated.sources) ? consolidated.sources : []) as readonly PaperSource[];
  return {
    ...line,
    sources: await versionsOf(deps, authority, sources, rollup),
    // Without its roll-up nothing can be said of its sentences: that it is gone is named already.
    unsourced: rollup === null || rollupHash === null ? [] : unsourcedIn(consolidated, rollupHash, rollup),
    clauses: spokenIn(sources, new Set(ledger.tree.plan.clauses.map(({ path }) => path))),
  };
}

/** The report versions that a paper names, each once: stored, and among those that its roll-up was built on. */
async function versionsOf(
  { store }: ReadDeps,
  authority: string,
  sources: readonly PaperSource[],
  rollup: Rollup | null,
): Promise<PaperLine['sources']> {
  const named = new Map<string, { readonly report: string; readonly content: string }>();
  for (const { kind, report, content } of sources)
    if (kind === 'report') named.set(`${report ?? ''}|${content ?? ''}`, { report: report ?? '', content: content ?? '' });
  for (const { report, content } of rollup?.units ?? [])
    if (content !== null) named.set(`${report}|${content}`, { report, content });
  const built = new Set((rollup?.units ?? []).map(({ report, content }) => `${report}|${content ?? ''}`));
  const stored = await store.contents.present(authority, new Set([...named.values()].map(({ content }) => content)));
  return [...named].map(([key, one]) => ({ ...one, found: stored.has(one.content) && (rollup === null || built.has(key)) }));
}

function unsourcedIn(paper: ConsolidatedPaper, hash: string, rollup: Rollup): readonly string[] {
  return sourceFaults(paper, hash, rollup)
    .filter(({ code }) => code !== 'unknownReport')
    .map(({ place, sentence }) => (sentence === null ? place : `${place}#${sentence + 1}`));
}

/** How many places speak of each clause: what names it as its source, or a figure told for it (`luot@II.1`). */
function spokenIn(sources: readonly PaperSource[], clauses: ReadonlySet<string>): Readonly<Record<string, number>> {
  const places = new Map<string, Set<string>>();
  for (const { of, place } of sources) {
    const clause = clauses.has(of) ? of : of.slice(of.indexOf('@') + 1);
    if (!clauses.has(clause)) continue;
    const known = places.get(clause) ?? new Set<string>();
    known.add(place);
    places.set(clause, known);
  }
  return Object.fromEntries([...places].map(([clause, found]) => [clause, found.size]));
}
