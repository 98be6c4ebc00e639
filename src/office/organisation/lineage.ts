import { type Directory, holdsOn, indexOf, type Succession, type Unit } from './directory.js';

// Units in time: which exist on a day, what they are called, and who took over from whom. Days are `yyyy-mm-dd`.

/** Whether a unit exists on a day; a unit that is not recorded does not. */
export function unitHolds(directory: Directory, id: string, day: string): boolean {
  const unit = indexOf(directory).unit.get(id);
  return unit !== undefined && holdsOn({ from: unit.validFrom, to: unit.validTo }, day);
}

/** The units in force on a day. */
export function unitsOn(directory: Directory, day: string): readonly Unit[] {
  return directory.units.filter(({ id }) => unitHolds(directory, id, day));
}

/** The succession by which a unit has ended until a day. */
function successionOf(directory: Directory, unit: string, day: string): Succession | undefined {
  return (indexOf(directory).successionsFrom.get(unit) ?? []).find(({ on }) => on <= day);
}

/**
 * Whom a succession gives a unit's matters to: what `shares` names for the definition, else the first of `to`, else the nearest unit
 * above that exists on its day. Null where there is none.
 */
export function heirBy(directory: Directory, succession: Succession, unit: string, definition: string | null): string | null {
  const share = succession.shares.find((one) => one.definition === definition);
  return share?.to ?? succession.to[0] ?? nearestAbove(directory, unit, succession.on);
}

function nearestAbove(directory: Directory, unit: string, day: string): string | null {
  const { unit: byId } = indexOf(directory);
  const seen = new Set([unit]);
  let above = byId.get(unit)?.parent ?? null;
  while (above !== null && !seen.has(above)) {
    if (unitHolds(directory, above, day)) return above;
    seen.add(above);
    above = byId.get(above)?.parent ?? null;
  }
  return null;
}

/** The unit that has a unit's matters of a definition on a day, through all successions until then; itself where it has not ended. */
export function heirOn(directory: Directory, unit: string, definition: string | null, day: string): string {
  const seen = new Set<string>();
  let heir = unit;
  while (!seen.has(heir)) {
    seen.add(heir);
    const succession = successionOf(directory, heir, day);
    heir = (succession && heirBy(directory, succession, heir, definition)) ?? heir;
  }
  return heir;
}

/** All units that took a unit over until a day, through every succession, that have not ended by one themselves. Itself where none did. */
export function successorsOn(directory: Directory, unit: string, day: string): readonly string[] {
  const ends = new Set<string>();
  const seen = new Set<string>();
  const walk = (one: string): void => {
    if (seen.has(one)) return;
    seen.add(one);
    const next = successionOf(directory, one, day);
    if (next === undefined) ends.add(one);
    else for (const to of next.to.length > 0 ? next.to : [heirBy(directory, next, one, null) ?? one]) walk(to);
  };
  walk(unit);
  return [...ends];
}

/**
 * The unit above another one on a day. Where the recorded one has ended, whoever took it over, else what is above that: an ended level
 * of the administration leaves no unit without a superior. Null above the topmost.
 */
export function parentOn(directory: Directory, unit: string, day: string): string | null {
  const { unit: byId } = indexOf(directory);
  const seen = new Set([unit]);
  let above = byId.get(unit)?.parent ?? null;
  while (above !== null && !seen.has(above)) {
    seen.add(above);
    if (unitHolds(directory, above, day)) return above;
    const heir = heirOn(directory, above, null, day);
    above = heir === above || heir === unit ? (byId.get(above)?.parent ?? null) : heir;
  }
  return null;
}

/**
 * What a unit was called on a day: the name that it, or by a renaming the same unit under an earlier or later record, bore then.
 * Before its first record and after its last one, the nearest name.
 */
export function nameOn(directory: Directory, unit: string, day: string): string | null {
  const { unit: byId } = indexOf(directory);
  const renamings = directory.successions.filter(({ kind }) => kind === 'rename');
  const seen = new Set<string>();
  let at = byId.get(unit);
  while (at !== undefined && !seen.has(at.id)) {
    seen.add(at.id);
    const { id, validFrom, validTo } = at;
    let next: string | undefined;
    if (day < validFrom) next = renamings.find(({ to }) => to[0] === id)?.from[0];
    else if (validTo !== null && day > validTo) next = renamings.find(({ from }) => from[0] === id)?.to[0];
    const following = next === undefined ? undefined : byId.get(next);
    if (following === undefined || seen.has(following.id)) return at.name;
    at = following;
  }
  return at?.name ?? null;
}
