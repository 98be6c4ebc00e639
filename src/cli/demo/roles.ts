/** In the second quarter one report is returned. */
const quarterOfReturn = 1;
const lastQuarter = 3;

/** The part that each unit plays in one quarter's reports. */
export interface Roles {
  readonly silent: ReadonlySet<string>;
  readonly late: ReadonlySet<string>;
  readonly returned: string | null;
}

/** Who is silent, who is late, whose report is returned: other units each quarter, and never all of them. */
export function rolesOf(units: readonly string[], index: number): Roles {
  const turn = (step: number) =>
    units[(units.length - 1 - ((index * 5 + step * 3) % units.length) + units.length) % units.length];
  const silentCount = units.length < 3 ? 0 : index === lastQuarter ? 1 : Math.min(2, Math.ceil(units.length / 10));
  const lateCount = units.length < 3 ? 0 : Math.max(1, Math.floor(units.length / 7));
  const silent = pick(turn, silentCount, new Set());
  const late = pick(turn, lateCount, silent);
  const returned = index === quarterOfReturn ? (units.find((unit) => !silent.has(unit) && !late.has(unit)) ?? null) : null;
  return { silent, late, returned };
}

function pick(turn: (step: number) => string | undefined, count: number, taken: ReadonlySet<string>): Set<string> {
  const picked = new Set<string>();
  for (let step = 0; picked.size < count && step < 10 * (count + taken.size + 1); step += 1) {
    const unit = turn(step);
    if (unit !== undefined && !taken.has(unit)) picked.add(unit);
  }
  return picked;
}
