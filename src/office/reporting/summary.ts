import { clausesAndDuties, type FigureKind, figureOf, type GivenValue } from './buildRollup.js';
import type { Rollup } from './rollup.js';
import type { DutyStanding } from './standings.js';

export interface SummaryInput {
  readonly plan: string;
  /** The obligation's instance. */
  readonly of: string;
  /** `2010-Y`. */
  readonly period: string;
  readonly takenAt: string;
  /** The roll-ups of the finer periods, in the order of time; at least one. */
  readonly parts: readonly { readonly hash: string; readonly rollup: Rollup }[];
  readonly duties: readonly DutyStanding[];
  /** The same year's roll-up one year before. */
  readonly before: { readonly hash: string; readonly rollup: Rollup } | null;
}

/**
 * The roll-up of a longer period from those of its parts (a year from its quarters, a quarter from its months). Pure. A figure's values
 * are all those of the parts, so an average is one over units and periods, never an average of averages, and `last` is what each unit
 * gave last. Figures are joined by code; a part in which the code has another unit of measure or rule is left out of that figure.
 * The form is that of the last part.
 */
export function summarise(input: SummaryInput): Rollup {
  const { parts, before } = input;
  const last = parts.at(-1)?.rollup;
  if (last === undefined) throw new Error('a summary without parts');
  const unitOf = new Map(parts.flatMap(({ rollup }) => rollup.units.map(({ report, unit }): [string, string] => [report, unit])));
  return {
    kind: 'rollup',
    plan: input.plan,
    of: input.of,
    period: input.period,
    form: last.form,
    takenAt: input.takenAt,
    units: parts.flatMap(({ rollup }) => rollup.units),
    figures: kindsOf(parts.map(({ rollup }) => rollup)).map((kind) =>
      figureOf(
        kind,
        givenIn(
          parts.map(({ rollup }) => rollup),
          kind,
        ),
        before?.rollup ?? null,
        (report) => unitOf.get(report) ?? report,
      ),
    ),
    ...clausesAndDuties(input.duties),
    yesNo: yesNoOf(parts.map(({ rollup }) => rollup)),
    before: before?.hash ?? null,
    parts: parts.map(({ hash }) => hash),
  };
}

/** Every code once, as the newest part that has it declares it, in the order in which the codes first appear. */
function kindsOf(rollups: readonly Rollup[]): readonly FigureKind[] {
  const kinds = new Map<string, FigureKind>();
  for (const { figures } of rollups)
    for (const { code, label, measure, rule, decimals } of figures) kinds.set(code, { code, label, measure, rule, decimals });
  return [...kinds.values()];
}

function givenIn(rollups: readonly Rollup[], { code, measure, rule }: FigureKind): readonly GivenValue[] {
  return rollups.flatMap(
    ({ figures }) => figures.find((one) => one.code === code && one.measure === measure && one.rule === rule)?.of ?? [],
  );
}

/** Counted over units and periods. */
function yesNoOf(rollups: readonly Rollup[]): Rollup['yesNo'] {
  const sums = new Map<string, Rollup['yesNo'][number]>();
  for (const { yesNo } of rollups)
    for (const { code, label, yes, of } of yesNo) {
      const before = sums.get(code);
      sums.set(code, { code, label, yes: yes + (before?.yes ?? 0), of: of + (before?.of ?? 0) });
    }
  return [...sums.values()];
}
