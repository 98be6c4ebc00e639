import type { Block } from '../papers/paper.js';
import { item } from '../papers/printedWords.js';
import type { ReportForm } from './form.js';
import type { Merged } from './merge.js';
import type { UnitReport } from './report.js';
import type { Rollup } from './rollup.js';
import { sentencesOf } from './sentences.js';
import type { PaperSource } from './sources.js';

/** What a consolidated paper is drafted from. */
export interface DraftInput {
  readonly plan: {
    readonly number: number;
    readonly symbol: string;
    readonly issuedOn: string;
    readonly title: string;
    /** Abbreviation of the plan's type: `KH`, `QĐ` ... */
    readonly type: string;
  };
  readonly issuer: { readonly superior: string | null; readonly name: string };
  /** In symbols: `UBND`. */
  readonly abbreviation: string;
  readonly place: string;
  /** As printed: `Quý I năm 2010`, `Năm 2010`. */
  readonly label: string;
  /** Of the period before; null where there is none to compare with. */
  readonly labelBefore: string | null;
  /** The day as of which duties are counted, `yyyy-mm-dd`. */
  readonly asOf: string;
  readonly rollup: Rollup;
  readonly rollupHash: string;
  readonly form: ReportForm;
  /** Accepted reports by instance. Those of a year: of its last period. */
  readonly reports: ReadonlyMap<string, UnitReport>;
  /** Of a year: its periods in order, by label and by the reports that belong to each. Empty for a period. */
  readonly parts: readonly { readonly label: string; readonly reports: ReadonlySet<string> }[];
  readonly recipients: readonly { readonly name: string; readonly purpose: string | null }[];
}

/** A source without its place. */
export type SourceOf = Omit<PaperSource, 'place' | 'sentence'>;

/** A block with what stands behind it; `inside` is the rest of the pointer in the block. */
export interface Drafted {
  readonly block: Block;
  readonly sources: readonly (SourceOf & { readonly inside: string; readonly sentence: number | null })[];
}

export const frameSource = (of: string): SourceOf => ({ kind: 'frame', report: null, content: null, of });

export function rollupSource({ rollupHash }: Pick<DraftInput, 'rollupHash'>, of: string): SourceOf {
  return { kind: 'rollup', report: null, content: rollupHash, of };
}

/** A paragraph whose whole text has one source. */
export function said(marker: string | null, text: string, source: SourceOf, level: 0 | 1 | 2 | 3 = 1): Drafted {
  return { block: item(marker, text, level), sources: [{ ...source, inside: '/text', sentence: null }] };
}

/** A paragraph of single sentences, each with a source of its own; where they cannot be told apart again, all stand behind the whole. */
export function saidInTurn(
  marker: string | null,
  sentences: readonly { readonly text: string; readonly source: SourceOf }[],
  level: 0 | 1 | 2 | 3 = 1,
): Drafted {
  const text = sentences.map((sentence) => sentence.text).join(' ');
  const apart = sentencesOf(text).length === sentences.length;
  const sources = sentences.map(({ source }, at) => ({ ...source, inside: '/text', sentence: apart ? at : null }));
  return { block: item(marker, text, level), sources };
}

/** A paragraph that was merged from what units wrote; `of` is the item and the clause. */
export function mergedParagraph({ text, from }: Merged, of: string, marker: string | null, level: 0 | 1 | 2 | 3 = 2): Drafted {
  return {
    block: item(marker, text, level),
    sources: from.map(({ sentence, told }) => ({
      kind: 'report',
      report: told.report,
      content: told.content,
      of,
      inside: '/text',
      sentence,
    })),
  };
}

type Table = Extract<Block, { kind: 'table' }>;

/** A table: its words are the form's, each row has a source. */
export function tabled(
  table: Omit<Table, 'kind' | 'rows'>,
  rows: readonly { cells: readonly string[]; source: SourceOf }[],
): Drafted {
  return {
    block: { kind: 'table', ...table, rows: rows.map(({ cells }) => cells) },
    sources: [
      { ...frameSource('table'), inside: '/caption', sentence: null },
      { ...frameSource('table'), inside: '/head', sentence: null },
      ...rows.map(({ source }, at) => ({ ...source, inside: `/rows/${at}`, sentence: null })),
    ],
  };
}

/** Blocks in their place under a pointer, and their sources. */
export function placed(
  drafted: readonly Drafted[],
  under: string,
): { blocks: readonly Block[]; sources: readonly PaperSource[] } {
  return {
    blocks: drafted.map(({ block }) => block),
    sources: drafted.flatMap(({ sources }, at) =>
      sources.map(({ inside, ...source }): PaperSource => ({ place: `${under}/${at}${inside}`, ...source })),
    ),
  };
}
