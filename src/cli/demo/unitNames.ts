import { slugOf } from '../../office/papers/symbols.js';
import { type Addressee, addresseeOf, addressees, generalAddressees } from '../../office/reading/addressees.js';
import type { PlanReading, UnitMention } from '../../office/reading/planReading.js';

/** How many units stand for a group whose size the paper does not say. */
export const sampleUnits = 3;
export const unitsInGroupMax = 200;

/** The units that the demo makes from the names in a paper. */
export interface NamedUnits {
  readonly units: readonly NamedUnit[];
  /** Ids of the units that a name stands for; empty for a name that is no unit of this authority. */
  idsOf(name: string): readonly string[];
  /** Groups whose size was made up. */
  readonly guessed: readonly string[];
}

export interface NamedUnit {
  readonly id: string;
  readonly name: string;
  readonly kind: Addressee['kind'];
}

// "các đơn vị liên quan", "Thủ trưởng các phòng ban", "Sở, ban, ngành ...": whoever the paper names elsewhere.
const VAGUE = /^(?:Thủ trưởng\s+)?(?:các|những|mọi)\s|liên quan|^(?:Sở|Phòng|Ban),\s|^(?:cơ quan|đơn vị),/iu;
const MANY = /\scác\s+(?:tỉnh|thành phố|huyện|quận|thị xã)(?!\p{L})/iu;
const WARD_WORD = /(?:phường|xã|thị trấn|đặc khu)/iu;
// Bodies of the Party, the Front and elected councils are not under the authority: it writes to them, it assigns nothing to them.
const OUTSIDE =
  /Mặt trận|MTTQ|đoàn thể|(?:Quận|Tỉnh|Thành|Huyện|Đảng) ủy|Hội đồng nhân dân|HĐND|nhân dân$|^Hội\s|^Liên đoàn|^Đoàn\s/iu;
const HEADS = /^(?:Thủ trưởng|Trưởng|Giám đốc|Chánh|Vụ trưởng|Cục trưởng|Chủ tịch|Chi cục trưởng|Viện trưởng)\s+(?=\p{Lu})/u;

/** The units of a paper: all that lead a clause or answer for the others, and those named as helping, once each. */
export function namedUnits(reading: PlanReading): NamedUnits {
  const leading = [...addressees(reading), ...generalAddressees(reading)];
  const helping = reading.clauses.flatMap((clause) => clause.units.filter(isHelper)).map(({ name }) => addresseeOf(name));
  const units = new Map<string, NamedUnit>();
  const guessed: string[] = [];
  // A name in full makes its own abbreviation known, so that "Sở KH&CN" is no unit beside "Sở Khoa học và Công nghệ".
  const aliases = new Map([...leading, ...helping].map(({ name }) => [initialsOf(name), keyOf(name)] as const));
  const resolve = (name: string) => aliases.get(keyOf(name)) ?? keyOf(name);
  const add = (name: string, kind: Addressee['kind']) => {
    const key = resolve(name);
    if (key === keyOf(name) && key !== '' && !units.has(key))
      units.set(key, { id: idOf(name, units.size), name: plainName(name), kind });
  };
  for (const addressee of [...leading, ...helping]) {
    const { name, kind } = addressee;
    if (isGroupOfWards(addressee) || isVague(addressee)) continue;
    if (MANY.test(name)) {
      guessed.push(name);
      for (let number = 1; number <= sampleUnits; number += 1) add(sampleName(name, number), kind);
    } else add(name, kind);
  }
  const agencies = () => [...units.values()].filter((unit) => unit.kind !== 'ward');
  if (units.size === 0 && leading.some(isVague)) {
    guessed.push(...leading.filter(isVague).map(({ name }) => name));
    for (let number = 1; number <= sampleUnits; number += 1) add(`Đơn vị ví dụ ${number}`, 'other');
  }
  const everyAgency = agencies().filter(
    (unit) => leading.some(({ name }) => keyOf(name) === keyOf(unit.name)) || guessed.length > 0,
  );
  const wards = wardsOf([...leading, ...helping].filter(isGroupOfWards), guessed);
  for (const ward of wards) units.set(ward.id, ward);
  return {
    units: [...units.values()],
    guessed: [...new Set(guessed)],
    idsOf(name) {
      const addressee = addresseeOf(name);
      if (isGroupOfWards(addressee)) return wards.map((ward) => ward.id);
      if (isVague(addressee)) return everyAgency.map((unit) => unit.id);
      if (MANY.test(name))
        return [...units.values()].filter((unit) => unit.name.startsWith(`${plainName(name)} (`)).map((unit) => unit.id);
      const unit = units.get(resolve(name));
      return unit === undefined ? [] : [unit.id];
    },
  };
}

function isHelper({ name, role }: UnitMention): boolean {
  return role === 'coordinate' && !OUTSIDE.test(name) && !VAGUE.test(name);
}

/** Whether a name stands for "whoever else is meant": never a unit of its own. */
export function isVague({ name }: Pick<Addressee, 'name'>): boolean {
  return VAGUE.test(name) && !/(?:UBND|(?:Ủy|Uỷ) ban nhân dân)/iu.test(name);
}

function isGroupOfWards({ name, kind, count }: Addressee): boolean {
  return kind === 'ward' && (count !== 1 || /(?:phường|xã|thị trấn),/iu.test(name));
}

function wardsOf(groups: readonly Addressee[], guessed: string[]): NamedUnit[] {
  const [first] = groups;
  if (first === undefined) return [];
  const told = Math.max(
    0,
    ...groups.map(({ name, count }) => (/(?:phường|xã|thị trấn),/iu.test(name) && count === 1 ? 0 : (count ?? 0))),
  );
  if (told === 0) guessed.push(first.name);
  const word = WARD_WORD.exec(first.name)?.[0] ?? 'phường';
  const name = `${word.charAt(0).toUpperCase()}${word.slice(1).toLowerCase()}`;
  return Array.from({ length: Math.min(unitsInGroupMax, told || sampleUnits) }, (_, index) => {
    return { id: `${slugOf(word)}-${String(index + 1).padStart(2, '0')}`, name: `${name} ${index + 1}`, kind: 'ward' as const };
  });
}

function sampleName(name: string, number: number): string {
  return `${plainName(name)} (ví dụ ${number})`;
}

/** `Vụ trưởng Vụ Tổ chức cán bộ` and `Vụ Tổ chức cán bộ` are one unit, and so are `Phòng Nội vụ` and `phòng Nội vụ quận`. */
export function keyOf(name: string): string {
  return plainName(name)
    .toLowerCase()
    .replaceAll('uỷ', 'ủy')
    .replaceAll('hoá', 'hóa')
    .replaceAll(' - ', ' ')
    .replace(/\s+(?:quận|huyện|tỉnh|thành phố|thị xã|phường|xã)$/u, '');
}

/** `Sở Khoa học và Công nghệ` gives `sở kh&cn`. */
function initialsOf(name: string): string {
  const [head = '', ...words] = plainName(name).split(/\s+/);
  const initials = words.map((word) => (word === 'và' ? '&' : word === '-' ? '-' : word.charAt(0)));
  return keyOf(`${head} ${initials.join('')}`);
}

function plainName(name: string): string {
  const plain = name.replace(HEADS, '').trim();
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}

function idOf(name: string, count: number): string {
  const slug = slugOf(plainName(name)).slice(0, 50).replace(/-$/, '');
  return slug === '' ? `don-vi-${count + 1}` : `${slug}-${count + 1}`;
}
