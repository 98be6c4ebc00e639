import { changeInWords, faultInWords, outcomeInWords, standingInWords, timingsInWords } from '../locales/coverage.js';
import { type Language, labelIn, word } from '../locales/sentences.js';
import type { CoverageDirective, CoverageRow } from '../office/traceability/coverage.js';
import { type CoverageFault, faultClasses } from '../office/traceability/faults.js';
import type { ClauseChange } from '../office/traceability/planChanges.js';
import type { WordPiece } from '../office/traceability/wordChanges.js';
import { table } from './table.js';

/** A matrix with everything that is needed to tell it. */
export interface ShownCoverage {
  readonly rows: readonly CoverageRow[];
  readonly faults: readonly CoverageFault[];
  readonly faultCount: number;
  readonly changes: { readonly clauses: readonly ClauseChange[]; readonly dropped: readonly { readonly path: string }[] } | null;
}

export interface CoverageSpeaker {
  readonly language: Language;
  readonly width: number;
  readonly unitName: (unit: string) => string;
  /** The label of a directive's state. */
  readonly stateLabel: (state: string) => string;
}

const textCharsMax = 160;

/** The matrix for a terminal: a block for each clause, then what is missing. Fits 80 columns. */
export function shownCoverage(speaker: CoverageSpeaker, coverage: ShownCoverage): string {
  const { language, width } = speaker;
  const changes = new Map((coverage.changes?.clauses ?? []).map((change) => [change.path, change]));
  const rows = coverage.rows.flatMap((row) => clauseRows(speaker, row, changes.get(row.clause)));
  const head = [word(language, 'coverageClause'), word(language, 'coverageOutcome')];
  const dropped = (coverage.changes?.dropped ?? []).map(({ path }) => path).join(', ');
  return [
    totals(speaker, coverage.rows),
    table(head, rows, width),
    ...(dropped === '' ? [] : [`${word(language, 'coverageDropped')}: ${dropped}\n`]),
    faultsShown(speaker, coverage),
  ].join('\n');
}

/** How much there is: clauses, directives, duties, clauses from which nothing follows. */
export function totals({ language }: Pick<CoverageSpeaker, 'language'>, rows: readonly CoverageRow[]): string {
  const directives = rows.flatMap((row) => row.directives);
  const params = {
    clauses: rows.length,
    directives: directives.length,
    duties: directives.reduce((sum, { duties }) => sum + duties.length, 0),
    without: rows.filter(({ outcome }) => outcome === 'noAction').length,
  };
  return `${word(language, 'coverageTotal', params)}\n`;
}

function clauseRows(speaker: CoverageSpeaker, row: CoverageRow, change: ClauseChange | undefined): readonly [string, string][] {
  const { language } = speaker;
  const text = row.text.length > textCharsMax ? `${row.text.slice(0, textCharsMax - 1)}…` : row.text;
  const changed = change === undefined ? '' : changeInWords(language, change);
  const lines = [
    ...(text === '' ? [] : [`“${text}”`]),
    ...(changed === '' ? [] : [`± ${changed}${change?.kind === 'changed' ? `: ${piecesShown(change.words)}` : ''}`]),
    ...(row.directives.length === 0
      ? [`→ ${outcomeInWords(language, row)}`]
      : row.directives.flatMap((one) => directiveLines(speaker, one))),
    ...(row.spoken.length === 0
      ? []
      : [`  ${word(language, 'coverageSpoken')}: ${row.spoken.map(({ title, places }) => `${title} (${places})`).join('; ')}`]),
  ];
  return lines.map((line, at): [string, string] => [at === 0 ? row.clause : '', line]);
}

function directiveLines({ language, stateLabel }: CoverageSpeaker, directive: CoverageDirective): readonly string[] {
  const { duties, told, state } = directive;
  const evidence = duties.reduce((sum, duty) => sum + duty.evidence, 0);
  const counted = timingsInWords(
    language,
    duties.map(({ timing }) => timing),
  );
  const reports = told.map(({ period, reports: count }) => `${period}: ${count}`).join(', ');
  return [
    `→ ${standingInWords(language, stateLabel(state), directive)}`,
    duties.length === 0
      ? `  ${word(language, 'coverageNobody')}`
      : `  ${word(language, 'coverageDutiesCount', { count: duties.length })}: ${counted}`,
    ...(evidence === 0 ? [] : [`  ${word(language, 'coverageEvidenceCount', { count: evidence })}`]),
    ...(reports === '' ? [] : [`  ${word(language, 'coverageReports')}: ${reports}`]),
  ];
}

/** `[-bỏ-] {+thêm+}`, and no more of what stayed than is needed to see where it was. */
function piecesShown(pieces: readonly WordPiece[]): string {
  return pieces
    .map(({ kind, text }) => {
      if (kind === 'removed') return `[-${text}-]`;
      if (kind === 'added') return `{+${text}+}`;
      const words = text.split(' ');
      return words.length > 6 ? `${words.slice(0, 3).join(' ')} … ${words.slice(-3).join(' ')}` : text;
    })
    .join(' ');
}

function faultsShown({ language, unitName, width }: CoverageSpeaker, { faults, faultCount }: ShownCoverage): string {
  if (faultCount === 0) return `✓ ${word(language, 'coverageWhole')}\n`;
  const parts = (['broken', 'open'] as const).flatMap((kind) => {
    const own = faults.filter(({ code }) => faultClasses[code] === kind);
    if (own.length === 0) return [];
    const rows = own.map((fault) => [
      '  ✗',
      `${faultInWords(language, fault, unitName)} (${fault.code}${fault.at === null ? '' : ` ${fault.at}`})`,
    ]);
    return [`${word(language, kind === 'broken' ? 'coverageBroken' : 'coverageOpen')}:\n${table(null, rows, width)}`];
  });
  return `${word(language, 'coverageFaulty', { count: faultCount })}\n${parts.join('')}`;
}

/** The label of a state of a definition's outermost level; its name where it has none. */
export function outerLabel(
  nodes: ReadonlyMap<string, { readonly definition: { readonly label?: Readonly<Record<Language, string>> } }>,
  state: string,
  language: Language,
): string {
  return labelIn(language, nodes.get(`/${state}`)?.definition.label, state);
}
