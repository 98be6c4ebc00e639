import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import { type FigureFault, type FigureShape, parseFigure } from '../reporting/figures.js';
import { textIn } from './texts.js';

// Evidence of completion (minh chứng kết quả): what a unit lays before the consolidator, round by round.

/** Rounds that are kept; a duty that comes back more often is talked about, not returned. */
export const evidenceRoundsMax = 20;
/** Decimal places that a figure of evidence keeps: with three or more, `1.250` could be read in two ways and would be refused. */
const figureDecimals = 2;

export interface EvidenceFile {
  readonly hash: string;
  readonly name: string;
}

export interface EvidenceFigure {
  readonly name: string;
  /** Canonical decimal text. */
  readonly value: string;
  readonly measure: string;
}

/** One round: what was reported, by whom, and why it came back, where it did. */
export interface EvidenceRound {
  readonly round: number;
  readonly on: string;
  readonly by: string;
  readonly result: string;
  readonly files: readonly EvidenceFile[];
  readonly figures: readonly EvidenceFigure[];
  /** By which paper the unit spoke, where the clerk entered it. */
  readonly source?: string;
  readonly returned?: { readonly on: string; readonly by: string; readonly reason: string };
}

/** The rounds that an instance keeps, the first one first. */
export function evidenceOf({ context }: Pick<Instance, 'context'>): readonly EvidenceRound[] {
  const { evidence } = context;
  return Array.isArray(evidence) ? (evidence.filter(isObject) as unknown as readonly EvidenceRound[]) : [];
}

/** A figure of evidence has any name and size; only `%` belongs to the measure. */
function shapeOf(figure: JsonObject): FigureShape {
  return { unit: textIn(figure, 'measure'), decimals: figureDecimals, min: null, max: null };
}

/** What is wrong with a figure that was typed. */
export interface FigureFinding {
  readonly name: string;
  readonly typed: string;
  readonly fault: FigureFault['code'];
}

/** The figures of an input with their values as canonical decimal texts, or what is wrong with them. */
export function figuresFrom(asked: Json | undefined): {
  readonly figures: readonly EvidenceFigure[];
  readonly findings: readonly FigureFinding[];
} {
  const figures: EvidenceFigure[] = [];
  const findings: FigureFinding[] = [];
  for (const one of Array.isArray(asked) ? asked.filter(isObject) : []) {
    const typed = textIn(one, 'value');
    const read = parseFigure(typed, shapeOf(one));
    const name = textIn(one, 'name');
    if ('fault' in read) findings.push({ name, typed, fault: read.fault.code });
    else figures.push({ name, value: read.value, measure: textIn(one, 'measure') });
  }
  return { figures, findings };
}

/** The files of an input. */
export function filesFrom(asked: Json | undefined): readonly EvidenceFile[] {
  return Array.isArray(asked)
    ? asked.filter(isObject).map((file) => ({ hash: textIn(file, 'hash'), name: textIn(file, 'name') }))
    : [];
}

/** Every hash that evidence or the unit's own plan rests on: such a file is not taken off. */
export function hashesRestedOn(instance: Pick<Instance, 'context'>): ReadonlySet<string> {
  const plans = Array.isArray(instance.context.ownPlan) ? instance.context.ownPlan.filter(isObject) : [];
  return new Set([
    ...evidenceOf(instance).flatMap(({ files }) => files.map(({ hash }) => hash)),
    ...plans.flatMap(({ hash }) => (typeof hash === 'string' ? [hash] : [])),
  ]);
}
