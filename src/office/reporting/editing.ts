import type { Block, PaperContent } from '../papers/paper.js';
import { item } from '../papers/printedWords.js';
import type { DraftedPaper } from './draftPaper.js';
import { type Drafted, placed, type SourceOf } from './draftPart.js';
import { sentencesOf } from './sentences.js';
import type { PaperSource } from './sources.js';

type Inside = Drafted['sources'][number];

const BODY = /^\/body\/(\d+)(\/.*)$/;

/** The words of a person, who answers for them. */
export const ownSource = (person: string): SourceOf => ({ kind: 'own', report: null, content: null, of: person });

/** The body of a paper as blocks with what stands behind each; and the sources of everything outside the body. */
export function draftedOf({ content, sources }: DraftedPaper): {
  readonly body: readonly Drafted[];
  readonly others: readonly PaperSource[];
} {
  const byBlock = new Map<number, Inside[]>();
  const others: PaperSource[] = [];
  for (const { place, ...source } of sources) {
    const [, at, inside] = BODY.exec(place) ?? [];
    if (at === undefined || inside === undefined) others.push({ place, ...source });
    else byBlock.set(Number(at), [...(byBlock.get(Number(at)) ?? []), { ...source, inside }]);
  }
  return { body: content.body.map((block, at) => ({ block, sources: byBlock.get(at) ?? [] })), others };
}

/** The paper with another body. */
export function withBody(content: PaperContent, body: readonly Drafted[], others: readonly PaperSource[]): DraftedPaper {
  const { blocks, sources } = placed(body, '/body');
  return { content: { ...content, body: blocks }, sources: [...others, ...sources] };
}

/** The paragraph at a place `/body/n/text`; null where there is none. */
export function paragraphAt(
  content: PaperContent,
  place: string,
): { readonly at: number; readonly block: Extract<Block, { kind: 'paragraph' }> } | null {
  const [, at, inside] = BODY.exec(place) ?? [];
  const block = at === undefined || inside !== '/text' ? undefined : content.body[Number(at)];
  return block?.kind === 'paragraph' ? { at: Number(at), block } : null;
}

/**
 * The paper with another text in one paragraph. A sentence that is left word for word keeps its sources, every other one is the person's
 * own. An empty text takes the paragraph off. Null where there is no paragraph at the place.
 */
export function edited(paper: DraftedPaper, place: string, text: string, person: string): DraftedPaper | null {
  const found = paragraphAt(paper.content, place);
  if (found === null) return null;
  const { body, others } = draftedOf(paper);
  const before = body[found.at];
  const clean = text.replace(/\s+/g, ' ').trim();
  const next =
    clean === ''
      ? []
      : [
          {
            block: { ...found.block, text: clean },
            sources: sourcesAfter(found.block.text, before?.sources ?? [], clean, person),
          },
        ];
  return withBody(paper.content, [...body.slice(0, found.at), ...next, ...body.slice(found.at + 1)], others);
}

function sourcesAfter(old: string, sources: readonly Inside[], text: string, person: string): readonly Inside[] {
  const before = sentencesOf(old);
  const left = before.map((sentence, at) => ({ sentence, at }));
  const after = sentencesOf(text);
  if (after.join(' ') === before.join(' ')) return sources;
  return after.flatMap((sentence, at): readonly Inside[] => {
    const index = left.findIndex((one) => one.sentence === sentence);
    const [same] = index < 0 ? [] : left.splice(index, 1);
    if (same === undefined) return [{ ...ownSource(person), inside: '/text', sentence: at }];
    return sources.filter((one) => one.sentence === null || one.sentence === same.at).map((one) => ({ ...one, sentence: at }));
  });
}

/** The paper with a paragraph of a person's own after a place of the body. Null where there is no paragraph or heading at the place. */
export function added(paper: DraftedPaper, place: string, text: string, person: string): DraftedPaper | null {
  const [, at, inside] = BODY.exec(place) ?? [];
  const clean = text.replace(/\s+/g, ' ').trim();
  const block = at === undefined || inside !== '/text' ? undefined : paper.content.body[Number(at)];
  if (block === undefined || clean === '') return null;
  const { body, others } = draftedOf(paper);
  const level = block.kind === 'paragraph' ? block.level : 1;
  const own: Drafted = {
    block: item(block.kind === 'paragraph' && block.marker === '-' ? '-' : null, clean, level),
    sources: [{ ...ownSource(person), inside: '/text', sentence: null }],
  };
  return withBody(paper.content, [...body.slice(0, Number(at) + 1), own, ...body.slice(Number(at) + 1)], others);
}

/**
 * The paper with other paragraphs for one item of the form (`of` is its code, with the clause): those that were merged from reports go,
 * the new ones come in their place, else after the clause or the item's title. What bears a person's own words stays.
 */
export function remerged(paper: DraftedPaper, of: string, blocks: readonly Drafted[]): DraftedPaper {
  const { body, others } = draftedOf(paper);
  const isMerged = ({ sources }: Drafted): boolean =>
    sources.some((one) => one.of === of || one.of === `more:${of}`) &&
    sources.every(({ kind }) => kind === 'report' || kind === 'rollup');
  const first = body.findIndex(isMerged);
  const [code = '', clause] = of.split('@');
  const anchor = clause === undefined ? `item:${code}` : `clause:${clause}`;
  const place = first >= 0 ? first : body.findIndex(({ sources }) => sources.some((one) => one.of === anchor)) + 1;
  const kept = (list: readonly Drafted[]) => list.filter((one) => !isMerged(one));
  const at = place <= 0 ? body.length : place;
  return withBody(paper.content, [...kept(body.slice(0, at)), ...blocks, ...kept(body.slice(at))], others);
}

/**
 * A fresh draft with what a person wrote into the old one: own sentences of a paragraph that is there again follow its text, own paragraphs
 * stand after what they stood after. Nothing of a person's is lost; a paragraph that was written anew stands beside the fresh one.
 */
export function carriedOver(old: DraftedPaper, fresh: DraftedPaper): DraftedPaper {
  const { body, others } = draftedOf(fresh);
  const result: Drafted[] = [...body];
  let after = -1;
  for (const drafted of draftedOf(old).body) {
    const anchor = anchorOf(drafted);
    const at = anchor === null ? -1 : result.findIndex((one) => anchorOf(one) === anchor);
    if (at >= 0) after = at;
    const own = drafted.sources.filter(({ kind }) => kind === 'own');
    if (own.length === 0) continue;
    const known = at < 0 ? undefined : result[at];
    if (known === undefined) {
      const bare = ownOnly(drafted, own);
      result.splice(after < 0 ? result.length : after + 1, 0, bare);
      after = after < 0 ? -1 : after + 1;
    } else result[at] = appended(known, drafted, own);
  }
  return withBody(fresh.content, result, others);
}

/** What tells a paragraph again in another draft; null for one that is all a person's own. */
function anchorOf({ sources }: Drafted): string | null {
  const [first] = sources.filter(({ kind }) => kind !== 'own');
  return first === undefined ? null : `${first.kind} ${first.of} ${first.report ?? ''}`;
}

function ownTexts({ block }: Drafted, own: readonly Inside[]): readonly { readonly text: string; readonly by: Inside }[] {
  const sentences = block.kind === 'paragraph' ? sentencesOf(block.text) : [];
  const [whole] = own.filter(({ sentence }) => sentence === null);
  if (whole !== undefined) return sentences.map((text) => ({ text, by: whole }));
  return own.flatMap((by) => {
    const text = by.sentence === null ? undefined : sentences[by.sentence];
    return text === undefined ? [] : [{ text, by }];
  });
}

function ownOnly(drafted: Drafted, own: readonly Inside[]): Drafted {
  const texts = ownTexts(drafted, own);
  const block =
    drafted.block.kind === 'paragraph' ? { ...drafted.block, text: texts.map(({ text }) => text).join(' ') } : drafted.block;
  return { block, sources: texts.map(({ by }, at) => ({ ...by, inside: '/text', sentence: at })) };
}

function appended(known: Drafted, drafted: Drafted, own: readonly Inside[]): Drafted {
  if (known.block.kind !== 'paragraph') return known;
  const before = sentencesOf(known.block.text);
  const texts = ownTexts(drafted, own).filter(({ text }) => !before.includes(text));
  const spread = known.sources.flatMap((one) =>
    one.sentence === null ? before.map((_, at) => ({ ...one, sentence: at })) : [one],
  );
  return {
    block: { ...known.block, text: [known.block.text, ...texts.map(({ text }) => text)].join(' ') },
    sources: [...spread, ...texts.map(({ by }, at) => ({ ...by, inside: '/text', sentence: before.length + at }))],
  };
}
