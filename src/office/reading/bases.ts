import { documentTypes } from '../papers/symbols.js';
import { dayFrom } from './dates.js';
import type { Basis, Span } from './planReading.js';
import { flat } from './scraped.js';
import { GROUND_OPENER } from './title.js';

const KIND_NAMES = [
  ...documentTypes.map((type) => type.name),
  'Hiến pháp',
  'Bộ luật',
  'Luật',
  'Pháp lệnh',
  'Nghị định',
  'Thông tư liên tịch',
  'Thông tư',
  'Kết luận',
  'Chương trình hành động',
  'Thông báo kết luận',
  'Chỉ đạo',
  'Công điện',
]
  .sort((a, b) => b.length - a.length)
  .join('|'); // the longest name first, or "Chương trình" would hide "Chương trình hành động"

const KIND = new RegExp(String.raw`(?<!\p{L})(${KIND_NAMES})(?!\p{L})`, 'u');
const NUMBER = /(?:số\s+)?(\d+[\p{L}]?(?:\/\d{4})?\s*[/-]\s*[\p{Lu}][\p{L}\d&.]*(?:\s?[-/]\s?[\p{L}\d&.]+)*)/u;
const DAY = /ngày\s+(\d{1,2}\s*[/-]\s*\d{1,2}\s*[/-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4})/u;
const ISSUER =
  /của\s+(.+?)(?=\s+và\s+\p{Lu}\p{Ll}+(?:\s\p{Ll}+){0,2}\s+số\s|\s+(?:(?<!vấn đề chung )về|quy định|hướng dẫn|ban hành|thực hiện|sửa đổi|phê duyệt|tại|tổ chức|đối với)(?!\p{L})|[,;.]|$)/u;
const FURTHER = new RegExp(String.raw`\s+và\s+(?=(?:${KIND_NAMES})\s+số\s)`, 'u');

/** The grounds of a paper, and where they end: what follows is the body, or the sentence that opens it. */
export interface Bases {
  readonly bases: readonly Basis[];
  /** Where each stands in the regular text; a paper cited within a ground has the ground's range. */
  readonly ranges: readonly Span[];
  readonly end: number;
}

/** Reads the grounds from `start` on, up to the sentence that opens the body or `limit`. One a line, or one after the other with `;`. */
export function readBases(text: string, start: number, limit: number): Bases {
  const bases: Basis[] = [];
  const ranges: Span[] = [];
  const add = (found: readonly Basis[], range: Span) => {
    bases.push(...found);
    ranges.push(...found.map(() => range));
  };
  // A decision names its authority above the grounds: "BỘ TRƯỞNG BỘ TƯ PHÁP".
  const authority = /^\s*(?:\p{Lu}{2,}\s+){2,}(?=Căn cứ|Xét|Theo)/u.exec(text.slice(start, limit));
  let at = start + (authority?.[0].length ?? 0);
  while (at < limit) {
    const rest = text.slice(at, limit);
    const lead = rest.length - rest.trimStart().length;
    const opener = GROUND_OPENER.exec(rest);
    if (!opener || opener.index !== lead) break;
    const end = groundEnd(rest);
    if (end === null) break;
    const ground = flat(rest.slice(0, end)).replace(/[;,.]+$/, '');
    // The sentence that orders the plan opens the body; it is no ground even where it names one.
    if (/như sau\s*:?$/u.test(ground) || /:$/.test(ground)) {
      add(citedInOpening(ground), [at + lead, at + end]);
      break;
    }
    add(citations(ground), [at + lead, at + end]);
    at += end;
  }
  return { bases, ranges, end: at };
}

/** A ground ends with its semicolon, with a full stop before a capital, or with a comma before the next opener. */
function groundEnd(rest: string): number | null {
  const match = /;(?=\s|$)|\.(?=\s+\p{Lu})|,(?=\s+(?:Căn cứ|Xét|QUYẾT\s+(?:ĐỊNH|NGHỊ))(?!\p{L}))|:(?=\s|$)/u.exec(rest);
  return match ? match.index + 1 : null;
}

/** An opening sentence that starts from papers (`Thực hiện Kế hoạch số ..., UBND tỉnh ban hành ...`) has its grounds before its subject. */
function citedInOpening(sentence: string): Basis[] {
  const subject = /,\s+(?:UBND|(?:Ủy|Uỷ) ban nhân dân)[^,]{0,60}?\s(?:ban hành|xây dựng|triển khai|lập|đề ra)/u.exec(sentence);
  if (
    !subject ||
    !/^(?:Căn cứ|Thực hiện|Thi hành|Triển khai)\s/u.test(sentence) ||
    !NUMBER.test(sentence.slice(0, subject.index))
  )
    return [];
  return citations(sentence.slice(0, subject.index));
}

/** A ground with each paper that it cites side by side: the whole ground first, further papers as parts of it. */
function citations(ground: string): Basis[] {
  const about = ground.search(/\svề\s/u);
  const heads = about < 0 ? ground : ground.slice(0, about);
  const issuerAt = (from: number) => ISSUER.exec(ground.slice(from))?.[1] ?? null;
  const found: Basis[] = [];
  let from = 0;
  for (;;) {
    const next = FURTHER.exec(heads.slice(from));
    const end = next ? from + next.index : heads.length;
    found.push({ text: from === 0 ? ground : ground.slice(from), ...cited(heads.slice(from, end)), issuer: issuerAt(from) });
    if (!next) return found;
    from = end + next[0].length;
  }
}

function cited(text: string): { kind: string | null; number: string | null; date: string | null } {
  const number = NUMBER.exec(text)?.[1] ?? null;
  const date = DAY.exec(text)?.[1] ?? null;
  return {
    kind: KIND.exec(text)?.[1] ?? null,
    number: number === null ? null : number.replace(/\s/g, ''),
    date: date === null ? null : dayFrom(date),
  };
}
