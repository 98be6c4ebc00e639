import { CLOSING_PATH } from './paths.js';
import type { Clause, PlanReading } from './planReading.js';

/** A unit, or a group of like units, that carries duties of the paper. */
export interface Addressee {
  /** As the paper writes it. */
  readonly name: string;
  readonly kind: 'ward' | 'division' | 'office' | 'inspectorate' | 'other';
  /** How many units the name stands for; null where the paper names a group without saying how many. */
  readonly count: number | null;
}

const WARDS = /(?:UBND|(?:Ủy|Uỷ) ban nhân dân)\s+(?:(\d{1,3})\s+|các\s+|cấp\s+)?(?:phường|xã|thị trấn|đặc khu)/iu;
// "Thủ trưởng các phòng ban, đơn vị", "các cơ quan, đơn vị": whoever the paper names elsewhere.
const GENERAL =
  /^(?:Thủ trưởng\s+)?(?:các\s+)?(?:sở|phòng|ban|cơ quan|đơn vị|phòng,? ban)(?:(?:,|\s+và)?\s+(?:ban|ngành|đơn vị|phòng|cơ quan|tổ chức|địa phương|đoàn thể|trực thuộc|có liên quan|liên quan|quận|huyện|tỉnh|thành phố))*$/iu;

/** The kind of a unit by its name. */
export function addresseeOf(name: string): Addressee {
  const ward = WARDS.exec(name);
  if (ward) {
    const group = /các|cấp/iu.test(ward[0]);
    return { name, kind: 'ward', count: ward[1] ? Number(ward[1]) : group ? null : 1 };
  }
  const bare = name.replace(/^(?:Thủ trưởng|Trưởng|Giám đốc|Chánh)\s+(?=\p{Lu})/u, '');
  const count = /(?:^|\s)các\s/iu.test(name) ? null : 1;
  if (/^Văn phòng/u.test(bare)) return { name, kind: 'office', count };
  if (/^(?:Chánh\s+)?Thanh tra/u.test(bare)) return { name, kind: 'inspectorate', count };
  if (/^[Pp]hòng\s/u.test(bare)) return { name, kind: 'division', count };
  return { name, kind: 'other', count };
}

/**
 * The units that carry duties: all that lead a clause, in order, each once. A general group ("Thủ trưởng các phòng ban, đơn vị") gives way
 * to the agencies that the paper names elsewhere; where it names none, the group itself stays.
 */
export function addressees(reading: PlanReading): readonly Addressee[] {
  return resolved(leadsOf(reading.clauses), reading);
}

/** Those whom the closing sentence addresses; they answer for every clause that names no unit. Without such a sentence: all addressees. */
export function generalAddressees(reading: PlanReading): readonly Addressee[] {
  const closing = reading.clauses.filter(
    (clause) => CLOSING_PATH.test(clause.path) && clause.units.some(({ role }) => role === 'lead'),
  );
  const names = leadsOf(closing.slice(-1));
  return names.length === 0 ? addressees(reading) : resolved(names, reading);
}

/** Who answers for one clause: its own leading units, or the general addressees. */
export function addresseesOf(reading: PlanReading, clause: Pick<Clause, 'units'>): readonly Addressee[] {
  const names = leadsOf([clause]);
  return names.length === 0 ? generalAddressees(reading) : resolved(names, reading);
}

function leadsOf(clauses: readonly Pick<Clause, 'units'>[]): string[] {
  return clauses.flatMap((clause) => clause.units.filter(({ role }) => role === 'lead').map(({ name }) => name));
}

function resolved(names: readonly string[], reading: PlanReading): Addressee[] {
  const own = leadsOf(reading.clauses).filter((name) => !GENERAL.test(name) && !WARDS.test(name));
  const wide = names.flatMap((name) => (GENERAL.test(name) && own.length > 0 ? own : [name]));
  const found = new Map<string, Addressee>();
  for (const name of wide) {
    const addressee = addresseeOf(name);
    const key = addressee.kind === 'ward' && addressee.count !== 1 ? 'wards' : name.toLowerCase();
    const known = found.get(key);
    if (!known || (known.count === null && addressee.count !== null)) found.set(key, addressee);
  }
  return [...found.values()];
}
