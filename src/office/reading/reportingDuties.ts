import { dueInSentence } from './dates.js';
import type { Clause, ReportingDuty } from './planReading.js';
import { flat } from './scraped.js';
import { sentences } from './unitRoles.js';
import { UNIT_HEAD } from './units.js';

const REPORT = /(?<!\p{L})(?:báo cáo|phản ánh)(?!\p{L})/iu;
const ADDRESSEE = new RegExp(
  `(?:\\s(?:cho|về|gửi|lên|đến)\\s+|báo cáo\\s+)(?<to>(?:${UNIT_HEAD})[^,.;()]*?)(?=\\s+(?:để|theo|kết quả|về|trước|vào|h[àằ]ng|tổng hợp|định kỳ|bằng|thông qua|qua|xem xét)(?!\\p{L})|\\s*[,.;()]|$)`,
  'u',
);
const THROUGH = new RegExp(
  `(?:thông qua|(?<=\\()qua)\\s+(?<through>(?:${UNIT_HEAD})[^,.;()]*?)(?=\\s+(?:để|tổng hợp)(?!\\p{L})|\\s*[,.;()]|$)`,
  'u',
);
const EVERY =
  /(?<!\p{L})h[àằ]ng\s+(?:tuần|tháng|quý|năm)(?:\s+hoặc\s+[^,.;()]{3,40}?(?=\s+để(?!\p{L})|[,.;)]))?|0?\d\s+tháng\s+một\s+lần/iu;
const NOW_AND_THEN = /định kỳ|(?:nếu|khi|trường hợp)\s+có\s+(?:khó khăn(?:,\s*vướng mắc)?|vướng mắc)/iu;
const BY_RULE = /theo\s+quy\s+định/u;

/**
 * The duties to report that the clauses lay down. A report that is only named ("giải quyết báo cáo", "dự thảo báo cáo") is none:
 * a duty says to whom, through whom or how often.
 */
export function reportingDuties(clauses: readonly Clause[]): ReportingDuty[] {
  return clauses.filter(({ kind }) => kind !== 'objective').flatMap(dutiesOf);
}

function dutiesOf(clause: Clause): ReportingDuty[] {
  const leads = clause.units.filter(({ role }) => role === 'lead').map(({ name }) => name);
  for (const part of sentences(clause.text)) {
    const at = part.search(REPORT);
    if (at < 0) continue;
    const tail = part.slice(at);
    const to = ADDRESSEE.exec(tail)?.groups?.['to'] ?? null;
    const through = THROUGH.exec(part)?.groups?.['through'] ?? null;
    const often = EVERY.exec(part)?.[0] ?? NOW_AND_THEN.exec(part)?.[0] ?? null;
    if (through === null && often === null && (to === null || clause.kind !== 'reporting')) continue;
    const time = dueInSentence(part)?.text ?? null;
    const due = (time === often ? null : time) ?? (BY_RULE.test(tail) ? 'theo quy định' : null);
    const by =
      leads.length === 0 ? null : leads.length === 1 ? (leads[0] ?? null) : `${leads.slice(0, -1).join(', ')} và ${leads.at(-1)}`;
    return [{ by, to: to === null ? null : flat(to), through: through === null ? null : flat(through), frequency: often, due }];
  }
  return [];
}
