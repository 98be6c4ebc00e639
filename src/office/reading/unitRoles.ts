import type { UnitMention } from './planReading.js';
import { PARTNER_HEAD, UNIT_HEAD, unitsAtHead } from './units.js';

const ORDERED = new RegExp(`(?:^|\\s)(?:[Gg]iao|[Đđ]ề nghị|[Yy]êu cầu)(?:\\s+cho)?\\s*:?\\s+(?=${UNIT_HEAD})`, 'u');
// "do các Tổ dân phố thực hiện": who does it stands after it.
const DONE_BY = new RegExp(`(?:(?:^|[\\s,;(])(?:do|giao cho)\\s+|\\()(?=${UNIT_HEAD})`, 'u');
const DOES = /^(?:\s+\S+){0,2}?\s*(?:chủ trì|thực hiện|đảm nhận|đảm nhiệm|phụ trách|chịu trách nhiệm)/u;
const WITH = new RegExp(
  `(?:[Pp]hối hợp|[Kk]ết hợp)(?:\\s+chặt chẽ)?(?:(?:\\s+(?:cùng\\s+với|với|cùng))\\s+(?=${PARTNER_HEAD})|\\s+(?=${UNIT_HEAD}))`,
  'gu',
);
const PARTNER_HERE = new RegExp(`^${PARTNER_HEAD}`, 'u');
// "Phó Trưởng Ban là Phó Chủ tịch ...": tells who a member is.
const IS_WHO = /^(?:Phó )?(?:Trưởng|Tổ trưởng|Chủ tịch)[^.;,]{0,60}\slà\s/u;
// "Về đề nghị Bộ Nội vụ sớm ban hành ...: Bộ Nội vụ nghiên cứu ...": who is to act stands after the topic.
const TOPIC = /^Về (?:đề nghị|kiến nghị|đề xuất|việc|vấn đề|nội dung)\s[^:]{3,1000}:\s+(?=\p{Lu})/u;
// The agency itself speaks: "Bộ Nội vụ trân trọng cảm ơn ...".
const SPEAKS = /^\s+(?:trân trọng|xin(?!\p{L})|rất mong|kính)/u;
const TOGETHER = new RegExp(`^Cùng(?:\\s+với)?\\s+(?=${UNIT_HEAD})`, 'u');
// Words before the subject that say when or on what ground: "Trên cơ sở kết quả khảo sát, Sở Xây dựng ...".
const SETTING =
  /^(?:(?!Địa điểm|Thành phần|Đối tượng|Phạm vi|Nguồn|Kinh phí)[^.;:]{3,80}:\s+|(?:Trên cơ sở|Căn cứ|Trong quá trình|Trong thời gian|Định kỳ|H[àằ]ng (?:tuần|năm|quý|tháng)|Trước ngày|Trường hợp|Khi|Sau khi|Theo|Bước \d+|Đối với|Đến)(?=[^.;]{0,200}?[,:]\s))/u;
// Also where the comma is missing: "nếu có khó khăn, vướng mắc các cơ quan kịp thời phản ánh".
const PAUSE = /[,:]\s+|(?<=vướng mắc|phát sinh)\s+(?=[Cc]ác\s)/gu;
const settingCharsMax = 240;
const pausesMax = 5;
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
  const parts = sentences(text.replace(TOPIC, ''));
  if (withLead) for (const name of leads(parts)) found.push({ name, role: 'lead' });
  for (const part of parts) {
    for (const start of coordinatesAt(part)) {
      const rest = part.slice(start);
      for (const name of unitsUpToEnd(rest)) found.push({ name, role: 'coordinate' });
    }
  }
  return distinct(found);
}

/** Who is ordered in the first sentences; else who is the subject of the first one, and of those that follow it after a semicolon. */
function leads(parts: readonly string[]): string[] {
  const ordered = parts.slice(0, ordersMax).flatMap(orderedIn);
  if (ordered.length > 0) return [...ordered, ...subjectsAfter(parts)];
  const first = parts[0] ?? '';
  const subject = subjectOf(first);
  if (subject.length > 0) return [...subject, ...subjectsAfter(parts)];
  const by = parts.slice(0, ordersMax).flatMap(doneBy);
  return by.length > 0 ? by : subjectsAfter(parts);
}

const ordersMax = 3;
const subjectsMax = 12;

/** Whether a text orders a unit that it names to do something. */
export function ordersUnit(text: string): boolean {
  return sentences(text).some((part) => orderedIn(part).length > 0);
}

function orderedIn(part: string): string[] {
  const order = ORDERED.exec(part);
  return order ? unitsAtHead(part.slice(order.index + order[0].length)) : [];
}

function subjectOf(sentence: string): string[] {
  const direct = unitsAtHead(sentence);
  const last = direct.at(-1);
  if (last !== undefined) return SPEAKS.test(sentence.slice(sentence.indexOf(last) + last.length)) ? [] : direct;
  if (!SETTING.test(sentence)) return [];
  const pauses = [...sentence.slice(0, settingCharsMax).matchAll(PAUSE)].slice(0, pausesMax);
  for (const pause of pauses) {
    const names = unitsAtHead(sentence.slice(pause.index + pause[0].length));
    if (names.length > 0) return names;
  }
  return [];
}

/** "Trưởng các thôn báo cáo về Phòng Kinh tế; Phòng Kinh tế tổng hợp": each part of the sentence has a subject of its own. */
function subjectsAfter(parts: readonly string[]): string[] {
  return parts
    .slice(1, subjectsMax + 1)
    .flatMap((part, i) => ((parts[i] ?? '').endsWith(';') && !IS_WHO.test(part) ? unitsAtHead(part) : []));
}

function doneBy(part: string): string[] {
  const by = DONE_BY.exec(part);
  if (!by) return [];
  const rest = part.slice(by.index + by[0].length);
  const names = unitsAtHead(rest);
  const last = names.at(-1);
  return last !== undefined && DOES.test(rest.slice(rest.indexOf(last) + last.length)) ? names : [];
}

function coordinatesAt(part: string): number[] {
  const starts = [...part.matchAll(WITH)].map((match) => match.index + match[0].length);
  const together = TOGETHER.exec(part);
  return together ? [together[0].length, ...starts] : starts;
}

/** As `unitsAtHead`, but a list that the sentence itself ends needs no predicate. */
function unitsUpToEnd(text: string): string[] {
  return unitsAtHead(/[.;]$/.test(text) ? text : `${text}.`, PARTNER_HERE);
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
