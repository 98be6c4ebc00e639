import type { Directory, Unit } from '../organisation/directory.js';
import { indexOf } from '../organisation/directory.js';
import { type DutyFact, type ReportFact, type ReportState, reportStates } from './facts.js';

/** What one unit, or one group of units, has in one quarter. */
export interface GridCell {
  readonly quarter: string;
  /** Reports of periods that end in the quarter, by how they stand. */
  readonly reports: Readonly<Record<ReportState, number>>;
  /** Duties handed in, and confirmed, by the end of the quarter; and all duties. */
  readonly done: number;
  readonly total: number;
}

interface GridRow {
  /** A unit's id, or a group's: `parent/kind`. */
  readonly key: string;
  readonly label: string;
  /** Units in it: 1 for a unit. */
  readonly units: number;
  readonly cells: readonly GridCell[];
}

export interface Grid {
  readonly quarters: readonly string[];
  readonly grouped: boolean;
  readonly rows: readonly GridRow[];
}

/** More units than this are shown by groups: a page has to be taken in at a glance. */
export const gridUnitsMax = 40;
/** Rows of a grid, the largest groups first to go in: what is left out is in the table. */
const gridRowsMax = 60;

/** A quarter, and its last day. */
interface GridQuarter {
  readonly id: string;
  readonly to: string;
}

interface Counted {
  total: number;
  readonly doneIn: number[];
  readonly reports: Record<ReportState, number>[];
}

/** Gathers the grid fact by fact: a handful of numbers for each unit and quarter. Linear. */
export function makeGrid(quarters: readonly GridQuarter[]) {
  const units = new Map<string, Counted>();
  const none = (): Record<ReportState, number> => ({ onTime: 0, late: 0, silent: 0, overdue: 0, awaited: 0 });
  const of = (unit: string): Counted => {
    const known = units.get(unit) ?? { total: 0, doneIn: quarters.map(() => 0), reports: quarters.map(none) };
    units.set(unit, known);
    return known;
  };
  return {
    addDuty({ unit, doneOn }: Pick<DutyFact, 'unit' | 'doneOn'>): void {
      const counted = of(unit);
      counted.total += 1;
      const at = doneOn === null ? -1 : quarters.findIndex(({ to }) => doneOn <= to);
      if (at >= 0) counted.doneIn[at] = (counted.doneIn[at] ?? 0) + 1;
    },
    /** `quarter`: the one in which the report's period ends. */
    addReport({ unit, state }: Pick<ReportFact, 'unit' | 'state'>, quarter: string): void {
      const counted = of(unit).reports[quarters.findIndex(({ id }) => id === quarter)];
      if (counted !== undefined) counted[state] += 1;
    },
    /** By unit; by group where there are too many units. Groups are the units of one kind under one parent. */
    grid(directory: Directory, grouped = units.size > gridUnitsMax): Grid {
      const rows = new Map<string, { label: string; units: number; cells: Counted }>();
      for (const [unit, counted] of units) {
        const { key, label } = placeOf(directory, unit, grouped);
        const row = rows.get(key) ?? {
          label,
          units: 0,
          cells: { total: 0, doneIn: quarters.map(() => 0), reports: quarters.map(none) },
        };
        rows.set(key, row);
        row.units += 1;
        merge(row.cells, counted);
      }
      return {
        quarters: quarters.map(({ id }) => id),
        grouped,
        rows: [...rows]
          .map(([key, { label, units: size, cells }]) => ({ key, label, units: size, cells: cellsOf(quarters, cells) }))
          .sort((a, b) => collator.compare(a.label, b.label) || (a.key < b.key ? -1 : 1))
          .slice(0, grouped ? gridRowsMax : gridUnitsMax),
      };
    },
  };
}

/** Made once: a collator for each comparison costs more than everything else here. Numbers in names sort as numbers: Phường 2 before Phường 10. */
const collator = new Intl.Collator('vi', { numeric: true });

/** Names as people look them up. */
export function byName(a: string, b: string): number {
  return collator.compare(a, b);
}

/** The group to which a unit belongs where units are shown by groups. */
export function groupOf(unit: Pick<Unit, 'parent' | 'kind'> | undefined): string {
  return unit === undefined ? '/' : `${unit.parent ?? ''}/${unit.kind}`;
}

function placeOf(directory: Directory, id: string, grouped: boolean): { readonly key: string; readonly label: string } {
  const index = indexOf(directory);
  const unit = index.unit.get(id);
  if (!grouped) return { key: id, label: unit?.name ?? id };
  const parent = unit?.parent == null ? undefined : index.unit.get(unit.parent);
  return { key: groupOf(unit), label: `${parent?.name ?? ''}`.trim() || (unit?.name ?? id) };
}

function merge(into: Counted, more: Counted): void {
  into.total += more.total;
  for (const [at, done] of more.doneIn.entries()) into.doneIn[at] = (into.doneIn[at] ?? 0) + done;
  for (const [at, reports] of more.reports.entries()) {
    const sums = into.reports[at];
    if (sums !== undefined) for (const state of reportStates) sums[state] += reports[state];
  }
}

function cellsOf(quarters: readonly GridQuarter[], counted: Counted): readonly GridCell[] {
  let done = 0;
  return quarters.map(({ id }, at) => {
    done += counted.doneIn[at] ?? 0;
    const reports = counted.reports[at];
    if (reports === undefined) throw new Error('a quarter without its cell');
    return { quarter: id, reports: { ...reports }, done, total: counted.total };
  });
}
