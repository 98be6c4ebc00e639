import { coverageSentence, fieldLabel, type Language, valueLabel, word } from './sentences.js';

/** A fault as it is named: a code of `coverageFaults` and what fills its sentence. */
interface Named {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}

/** How ids of units are called. */
type UnitName = (unit: string) => string;

/** One fault of a plan's links in a sentence; a unit that was recorded nowhere is told as such. */
export function faultInWords(language: Language, { code, params }: Named, unitName: UnitName): string {
  const { unit, field, reason, content } = params;
  return coverageSentence(language, code, {
    ...params,
    ...(typeof unit === 'string' ? { unit: unit === '' ? word(language, 'coverageNoUnit') : unitName(unit) } : {}),
    ...(typeof field === 'string' ? { field: fieldLabel(language, field) } : {}),
    ...(typeof reason === 'string' ? { reason: valueLabel(language, `ownerless.${reason}`) } : {}),
    ...(typeof content === 'string' ? { content: content.slice(0, 12) } : {}),
  });
}

/** The faults that a refusal names, one sentence each, and how many more there are. */
export function namedFaults(language: Language, named: readonly unknown[], more: unknown, unitName: UnitName): readonly string[] {
  const told = named.map((fault) => faultInWords(language, fault as Named, unitName));
  return typeof more === 'number' && more > 0 ? [...told, word(language, 'coverageMore', { count: more })] : told;
}

interface DirectiveTold {
  readonly grade: string | null;
  readonly continued: boolean;
}

interface RowTold {
  readonly outcome: 'directive' | 'noAction' | 'nothing';
  readonly reason: string | null;
}

/** What became of a clause that has no directive. */
export function outcomeInWords(language: Language, { outcome, reason }: RowTold): string {
  if (outcome === 'nothing') return word(language, 'coverageNothing');
  return reason === null ? word(language, 'coverageNoAction') : word(language, 'coverageNoActionFor', { reason });
}

/** A directive's state with its assessment: `Đã nghiệm thu, Tốt`. */
export function standingInWords(language: Language, stateLabel: string, { grade, continued }: DirectiveTold): string {
  const parts = [stateLabel, ...(grade === null ? [] : [valueLabel(language, grade)])];
  return [...parts, ...(continued ? [word(language, 'coverageContinued')] : [])].join(', ');
}

/** Duties by how their time stands, the commonest words first: `12 đúng hạn, 3 quá hạn`; empty where there are none. */
export function timingsInWords(language: Language, timings: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const timing of timings) counts.set(timing, (counts.get(timing) ?? 0) + 1);
  return [...counts].map(([timing, count]) => `${count} ${timingInWords(language, timing)}`).join(', ');
}

/** How the time of one duty stands. */
export function timingInWords(language: Language, timing: string): string {
  return word(language, `coverageTiming${timing}`);
}

interface ChangeTold {
  readonly kind: 'same' | 'changed' | 'new';
  readonly path: string;
  readonly from: string | null;
}

/** What a clause is to the earlier paper; empty where it stands as it stood. */
export function changeInWords(language: Language, { kind, path, from }: ChangeTold): string {
  if (kind === 'new') return word(language, 'coverageNew');
  if (kind === 'changed') return word(language, 'coverageChanged', { from });
  return path === from ? '' : word(language, 'coverageMoved', { from });
}
