import { type Directory, holdsOn, type Unit } from '../organisation/directory.js';
import type { PaperContent } from './paper.js';

/** One line of a distribution list before it is sent. */
export interface Addressed {
  readonly name: string;
  /** The unit in this system; null for a body outside it. */
  readonly unit: string | null;
  readonly purpose: string | null;
}

/**
 * The distribution list that a paper itself names: its addressees, then its recipients, each with the unit of the same name where
 * there is one: whatever the case and the accents' form, with `UBND` for its long form, and without the committee's name where only
 * one unit can be meant. What stands for another line (`Như trên`, `Như Điều 3`) is left out.
 */
export function addressedOf(content: PaperContent, directory: Directory, day: string): readonly Addressed[] {
  const units = directory.units.filter((unit) => holdsOn({ from: unit.validFrom, to: unit.validTo }, day));
  const unitOf = namedUnits(units);
  const lines = [
    ...(content.addressees ?? []).map((name) => ({ name, purpose: null })),
    ...content.recipients.filter(({ name }) => !/^như\s+(trên|điều)/iu.test(name.trim())),
  ];
  const seen = new Set<string>();
  return lines.flatMap(({ name, purpose }) => {
    const clean = name
      .normalize('NFC')
      .replace(/[;.,\s]+$/u, '')
      .trim();
    const key = keyOf(clean);
    if (clean === '' || seen.has(key)) return [];
    seen.add(key);
    return [{ name: clean, unit: unitOf(key), purpose }];
  });
}

/** The units in force that a list does not name, the authority's own root left out. */
export function othersOf(list: readonly Addressed[], directory: Directory, day: string): readonly Unit[] {
  const named = new Set(list.map(({ unit }) => unit));
  return directory.units.filter(
    (unit) =>
      unit.id !== directory.authority.rootUnit && !named.has(unit.id) && holdsOn({ from: unit.validFrom, to: unit.validTo }, day),
  );
}

/** What the lines of a list call together, by the kinds of units they mean. */
const groups: readonly (readonly [RegExp, readonly string[]])[] = [
  [/(^|\s)(các|\d+) (ủy ban nhân dân )?(phường|xã|thị trấn)(?![\p{L}\d]| \d)/u, ['ward', 'commune']],
  [/(^|\s)các (phòng|ban|cơ quan|đơn vị)(?!\p{L})/u, ['division', 'office', 'inspectorate']],
];

/**
 * The units that a list means without naming them (`Chủ tịch UBND 16 phường`, `Thủ trưởng các phòng, ban`): a proposal for whoever
 * sends the paper, since a line like that reaches nobody in this system.
 */
export function unitsMeant(list: readonly Addressed[], directory: Directory, day: string): ReadonlySet<string> {
  const lines = list.filter(({ unit }) => unit === null).map(({ name }) => keyOf(name));
  const kinds = new Set(groups.filter(([pattern]) => lines.some((line) => pattern.test(line))).flatMap(([, meant]) => meant));
  return new Set(
    othersOf(list, directory, day)
      .filter(({ kind }) => kinds.has(kind))
      .map(({ id }) => id),
  );
}

/** The unit that a key names: by its whole name, else by its name without the committee's, where no other unit has that. */
function namedUnits(units: readonly Unit[]): (key: string) => string | null {
  const whole = new Map(units.map((unit) => [keyOf(unit.name), unit.id]));
  const bare = new Map<string, string | null>();
  for (const { name, id } of units) {
    const key = bareOf(keyOf(name));
    bare.set(key, bare.has(key) ? null : id);
  }
  return (key) => whole.get(key) ?? bare.get(bareOf(key)) ?? null;
}

function bareOf(key: string): string {
  return key.replace(/^(chủ tịch )?ủy ban nhân dân /u, '');
}

function keyOf(name: string): string {
  return name
    .normalize('NFC')
    .toLocaleLowerCase('vi')
    .replace(/\bubnd\b/gu, 'ủy ban nhân dân')
    .replace(/uỷ/gu, 'ủy')
    .replace(/\s+/gu, ' ')
    .trim();
}
