import type { UnitMention } from './planReading.js';
import { UNIT_HEAD, unitsAtHead } from './units.js';

const ORDERED = new RegExp(`(?:^|\\s)(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu)(?:\\s+cho)?\\s*:?\\s+(?=${UNIT_HEAD})`, 'u');
const WITH = new RegExp(`(?:[Pp]hối hợp|[Kk]ết hợp)(?:\\s+chặt chẽ)?(?:\\s+(?:cùng\\s+với|với|cùng))?\\s+(?=${UNIT_HEAD})`, 'gu');
const TOGETHER = new RegExp(`^Cùng(?:\\s+với)?\\s+(?=${UNIT_HEAD})`, 'u');
// Words before the subject that say when or on what ground: "Trên cơ sở kết quả khảo sát, Sở Xây dựng ...".
const SETTING = /^(?:Trên cơ sở|Căn cứ|Trong quá trình|Định kỳ|H[àằ]ng (?:năm|quý|tháng)|Trường hợp|Theo)[^.;]{0,200}?,\s+/u;
const sentencesMax = 40;

/** A text cut into sentences and into the parts that semicolons divide. */
export function sentences(text: string): string[] {
  return text.split(/(?<=[.;])\s+(?=[\p{L}“"])/u, sentencesMax);
}

/**
 * The units that the words of a clause name: whoever is ordered ("Giao ...", "Đề nghị ...") or is the subject of the first sentence leads;
 * whoever stands after "phối hợp với" coordinates. `withLead` is false where a label or a heading has already said who leads.
 */
export function unitsInText(text: string, withLead: boolean): UnitMention[] {
  const found: UnitMention[] = [];
  const parts = sentences(text);
  if (withLead) for (const name of leads(parts)) found.push({ name, role: 'lead' });
  for (const part of parts) {
    for (const start of coordinatesAt(part)) {
      const rest = part.slice(start);
      for (const name of unitsUpToEnd(rest)) found.push({ name, role: 'coordinate' });
    }
  }
  return distinct(found);
}

function leads(parts: readonly string[]): string[] {
  for (const part of parts.slice(0, 3)) {
    const order = ORDERED.exec(part);
    if (order) {
      const names = unitsAtHead(part.slice(order.index + order[0].length));
      if (names.length > 0) return names;
    }
  }
  const first = parts[0] ?? '';
  const direct = unitsAtHead(first);
  if (direct.length > 0) return direct;
  const setting = SETTING.exec(first);
  return setting ? unitsAtHead(first.slice(setting[0].length)) : [];
}

function coordinatesAt(part: string): number[] {
  const starts = [...part.matchAll(WITH)].map((match) => match.index + match[0].length);
  const together = TOGETHER.exec(part);
  return together ? [together[0].length, ...starts] : starts;
}

/** As `unitsAtHead`, but a list that the sentence itself ends needs no predicate. */
function unitsUpToEnd(text: string): string[] {
  return unitsAtHead(/[.;]$/.test(text) ? text : `${text}.`);
}

/** The same unit in the same role once, in order; one that leads does not also coordinate. */
export function distinct(units: readonly UnitMention[]): UnitMention[] {
  const seen = new Set<string>();
  return units.filter((unit) => {
    const key = unit.name.toLowerCase();
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
