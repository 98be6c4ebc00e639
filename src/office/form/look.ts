import { type Found, type Place, type Shown, term } from './finding.js';
import { bottomOf, centreOf, type MeasuredLine, type MeasuredRule, rightOf, topOf } from './measures.js';

/** How lines of a component must look. What is left out is not judged. */
export interface Look {
  readonly sizePt?: readonly [min: number, max: number];
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly upper?: boolean;
}

/** Lines of one component on one page. */
export interface Spot {
  readonly page: number;
  readonly lines: readonly MeasuredLine[];
}

/** Browsers and word processors round sizes to a hundredth of an inch or so. */
const sizeTolerancePt = 0.2;
export const centreToleranceMm = 2;

/** The rectangle around lines. */
export function placeOf({ page, lines }: Spot): Place {
  const xMm = Math.min(...lines.map((line) => line.xMm));
  const yMm = Math.min(...lines.map(topOf));
  const round = (mm: number): number => Math.round(mm * 10) / 10;
  return {
    page,
    xMm: round(xMm),
    yMm: round(yMm),
    widthMm: round(Math.max(...lines.map(rightOf)) - xMm),
    heightMm: round(Math.max(...lines.map(bottomOf)) - yMm),
  };
}

/** One finding for each way in which a component looks other than it must. */
export function lookFaults(spot: Spot | null, look: Look): readonly Found[] {
  if (spot === null || spot.lines.length === 0) return [];
  const place = placeOf(spot);
  const runs = spot.lines.flatMap((line) => line.runs).filter(({ text }) => /[\p{L}\p{N}]/u.test(text));
  const faults: Found[] = [];
  const say = (found: Shown, expected: Shown): number => faults.push({ place, found, expected });
  if (look.sizePt !== undefined) {
    const [min, max] = look.sizePt;
    const odd = runs.find(({ sizePt }) => sizePt < min - sizeTolerancePt || sizePt > max + sizeTolerancePt);
    if (odd !== undefined) say(points(odd.sizePt), rangeOf(min, max));
  }
  if (look.bold !== undefined && runs.some(({ bold }) => bold !== look.bold))
    say(term(look.bold ? 'notBold' : 'bold'), term(look.bold ? 'bold' : 'notBold'));
  if (look.italic !== undefined && runs.some(({ italic }) => italic !== look.italic))
    say(term(look.italic ? 'upright' : 'italic'), term(look.italic ? 'italic' : 'upright'));
  const text = spot.lines.map((line) => line.text).join(' ');
  if (look.upper === true && text !== text.toLocaleUpperCase('vi')) say(text, term('upperCase'));
  return faults;
}

export function points(sizePt: number): string {
  return `${Math.round(sizePt * 10) / 10} pt`;
}

export function rangeOf(min: number, max: number, unit = 'pt'): string {
  return min === max ? `${min} ${unit}` : `${min}–${max} ${unit}`;
}

export function millimetres(mm: number): string {
  return `${Math.round(mm * 10) / 10} mm`;
}

/** Whether every line stands centred over, or under, another. */
export function centredOn(spot: Spot | null, centreMm: number): readonly Found[] {
  if (spot === null) return [];
  const off = spot.lines.find((line) => Math.abs(centreOf(line) - centreMm) > centreToleranceMm);
  return off === undefined
    ? []
    : [{ place: placeOf({ ...spot, lines: [off] }), found: millimetres(centreOf(off)), expected: millimetres(centreMm) }];
}

/** The line drawn below a component, at most `reachMm` below its last base line. */
export function ruleUnder(rules: readonly MeasuredRule[], spot: Spot, reachMm = 5): MeasuredRule | null {
  const last = spot.lines.at(-1);
  if (last === undefined) return null;
  const found = rules.filter(
    ({ xMm, yMm, lengthMm }) =>
      yMm >= last.baseMm &&
      yMm <= last.baseMm + reachMm &&
      Math.abs(xMm + lengthMm / 2 - centreOf(last)) <= 3 * centreToleranceMm,
  );
  return found[0] ?? null;
}

/** The line below must be as long as a share of the longest line of the text; `min` 1 and `max` 1 means: as long as the text. */
export function ruleFaults(
  rules: readonly MeasuredRule[],
  spot: Spot | null,
  [min, max]: readonly [number, number],
): readonly Found[] {
  if (spot === null || spot.lines.length === 0) return [];
  const width = Math.max(...spot.lines.map(({ widthMm }) => widthMm));
  const expected = min === max ? millimetres(width * min) : `${millimetres(width * min)} – ${millimetres(width * max)}`;
  const rule = ruleUnder(rules, spot);
  if (rule === null) return [{ place: placeOf(spot), found: term('missing'), expected }];
  const tolerance = min === max ? 1.5 : 0.5;
  const fits = rule.lengthMm >= width * min - tolerance && rule.lengthMm <= width * max + tolerance;
  return fits ? [] : [{ place: placeOf(spot), found: millimetres(rule.lengthMm), expected }];
}
