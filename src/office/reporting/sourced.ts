import type { Block, PaperContent } from '../papers/paper.js';
import type { Rollup } from './rollup.js';
import { sentencesOf } from './sentences.js';
import type { PaperSource } from './sources.js';

/** A paper that was built from a roll-up, as it is stored under its hash. */
export interface ConsolidatedPaper extends PaperContent {
  readonly sources: readonly PaperSource[];
  /** Hash of the roll-up. */
  readonly rollup: string;
}

/** A sentence or a cell without a source, or with one that does not stand. */
export interface SourceFault {
  readonly place: string;
  readonly sentence: number | null;
  readonly code: 'missing' | 'unknownReport' | 'otherRollup' | 'noPerson';
  readonly text: string;
}

/** Every place of a paper that says something: titles, grounds, paragraphs, rows of tables; JSON pointers in the order of the text. */
export function placesOf(content: PaperContent): readonly { readonly place: string; readonly text: string }[] {
  return [
    { place: '/title', text: content.title },
    ...content.bases.map((text, at) => ({ place: `/bases/${at}`, text })),
    ...blockPlaces(content.body, '/body'),
    ...(content.appendices ?? []).flatMap(({ title, body }, at) => [
      { place: `/appendices/${at}/title`, text: title },
      ...blockPlaces(body, `/appendices/${at}/body`),
    ]),
  ].filter(({ text }) => text.trim() !== '');
}

function blockPlaces(blocks: readonly Block[], under: string) {
  return blocks.flatMap((block, at): { place: string; text: string }[] => {
    const place = `${under}/${at}`;
    if (block.kind !== 'table')
      return [
        ...(block.kind === 'article' ? [{ place: `${place}/title`, text: block.title ?? '' }] : []),
        { place: `${place}/text`, text: block.text ?? '' },
      ];
    return [
      { place: `${place}/caption`, text: block.caption ?? '' },
      { place: `${place}/head`, text: block.head.join(' ') },
      ...block.rows.map((row, index) => ({ place: `${place}/rows/${index}`, text: row.join(' ') })),
    ];
  });
}

/** The sources of a place: its own, and those of what it is part of. A cell of a row has the row's. */
export function sourcesAt(
  sources: readonly PaperSource[],
  place: string,
  sentence: number | null = null,
): readonly PaperSource[] {
  return sources.filter(
    (source) =>
      (source.place === place || place.startsWith(`${source.place}/`)) &&
      (sentence === null || source.sentence === null || source.sentence === sentence),
  );
}

/**
 * Every sentence of the paper that has no source, and every source that names a report version which is not in the roll-up, another
 * roll-up, or nobody. Empty: the paper can answer for each of its sentences. Everything is reported where the content has no list of sources.
 */
export function sourceFaults(paper: ConsolidatedPaper, hash: string, rollup: Rollup): readonly SourceFault[] {
  // What was brought by another way may have no list at all.
  const sources: readonly PaperSource[] = Array.isArray(paper.sources as unknown) ? paper.sources : [];
  const byPlace = new Map<string, PaperSource[]>();
  for (const source of sources) byPlace.set(source.place, [...(byPlace.get(source.place) ?? []), source]);
  const versions = new Set(rollup.units.map(({ report, content }) => `${report}|${content ?? ''}`));
  const wrong = sources.flatMap((source): readonly SourceFault[] => {
    const code = faultOf(source, hash, versions);
    return code === null ? [] : [{ place: source.place, sentence: source.sentence, code, text: source.of }];
  });
  const missing = placesOf(paper).flatMap(({ place, text }) => unsourced(place, text, byPlace));
  return [...missing, ...wrong];
}

function faultOf({ kind, report, content, of }: PaperSource, hash: string, versions: ReadonlySet<string>) {
  if (kind === 'report') return versions.has(`${report ?? ''}|${content ?? ''}`) && content !== null ? null : 'unknownReport';
  if (kind === 'rollup') return content === hash ? null : 'otherRollup';
  return kind === 'own' && of === '' ? 'noPerson' : null;
}

function unsourced(place: string, text: string, byPlace: ReadonlyMap<string, readonly PaperSource[]>): readonly SourceFault[] {
  const own = byPlace.get(place) ?? [];
  if (own.some(({ sentence }) => sentence === null)) return [];
  return sentencesOf(text).flatMap((sentence, at): readonly SourceFault[] =>
    own.some((source) => source.sentence === at) ? [] : [{ place, sentence: at, code: 'missing', text: sentence }],
  );
}
