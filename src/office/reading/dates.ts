import type { Due } from './planReading.js';
import { flat } from './scraped.js';

const DAY = String.raw`(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}|\d{1,2}\s+tháng\s+\d{1,2}(?:\s*,)?\s+năm\s+\d{4})`;
const QUARTERS = String.raw`[Qq]u[ýí]\s+[IV]+(?:\s*(?:,|và|-|–)\s*(?:[Qq]u[ýí]\s+)?[IV]+)*(?:\s*[/-]\s*|\s+năm\s+|\s+)\d{4}`;
// "trước 17 giờ 00 ngày ..."
const HOUR = String.raw`\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}(?:\s*phút)?)?\s*,?\s*`;
const ON = String.raw`(?:(?<!thành\s)[Xx]ong\s+)?`;

// In order of worth: an end that names a day, then a month or quarter, then a year, then starts, then recurrences.
const IN_SENTENCE: readonly RegExp[] = [
  // recurring days of the year have no year after them
  /(?:trước|chậm nhất|muộn nhất)(?:\s+là)?(?:\s+ngày)?\s+\d{1,2}\/\d{1,2}(?:\s+và\s+\d{1,2}\/\d{1,2})*\s+h[àằ]ng\s+năm/iu,
  /(?:trước|chậm nhất|muộn nhất)(?:\s+là)?\s+ngày\s+\d{1,2}(?:\s+tháng\s+\d{1,2})?(?:\s+h[àằ]ng\s+(?:tháng|quý|năm))/iu,
  new RegExp(String.raw`${ON}(?:trước|chậm nhất(?:\s+là)?|muộn nhất(?:\s+là)?)\s+(?:${HOUR})?(?:ngày\s+)?${DAY}`, 'iu'),
  new RegExp(
    String.raw`từ\s+(?:ngày\s+)?[\d/]+(?:\s+tháng\s+\d+(?:\s+năm\s+\d{4})?)?\s+đến\s+(?:hết\s+)?(?:ngày\s+)?${DAY}`,
    'iu',
  ),
  /từ\s+tháng\s+\d{1,2}(?:\s*\/\s*\d{4}|\s+năm\s+\d{4})?\s+đến\s+(?:hết\s+)?tháng\s+\d{1,2}(?:\s*\/\s*|\s+năm\s+)\d{4}/iu,
  /(?:vào|trong)\s+tháng\s+\d{1,2}(?:\s*(?:,|và)\s*tháng\s+\d{1,2})+(?:\s*\/\s*|\s+năm\s+)\d{4}/iu,
  new RegExp(String.raw`${ON}(?:đến|vào|trong)\s+(?:hết\s+)?(?:${HOUR})?(?:ngày\s+)?${DAY}`, 'iu'),
  /(?:(?<!thành\s)[Xx]ong\s+)?(?:trong|trước|đến hết|cuối|hết)\s+tháng\s+\d{1,2}(?:\s*[/-]\s*|\s+năm\s+)\d{4}/iu,
  new RegExp(String.raw`${ON}(?:trong|trước|đến hết|hết)\s+${QUARTERS}`, 'u'),
  /(?:[Tt]rong|[Đđ]ến hết|[Hh]ết)\s+giai\s+đoạn\s+\d{4}\s*[-–]\s*\d{4}/u,
  /(?<!\p{L}|tầm nhìn\s)(?:đến\s+hết|đến\s+cuối|hết|cả|trong|đến)\s+năm\s+\d{4}/iu,
  new RegExp(String.raw`(?<!\p{L})(?:kể\s+)?từ\s+(?:ngày\s+)?${DAY}`, 'iu'),
  /(?:vào\s+)?ngày\s+\d{1,2}\s+h[àằ]ng\s+(?:tháng|quý)/iu,
  // a day without a year comes back every year
  /(?:trước|chậm nhất|muộn nhất)(?:\s+là)?\s+ngày\s+\d{1,2}\s+tháng\s+\d{1,2}(?!\s+năm)/iu,
  /kể\s+từ\s+ngày\s+ký(?:\s+ban\s+hành)?/iu,
];

// Only at the head of a sentence: elsewhere these describe how a thing is done, not when.
const AT_HEAD = /^(?:H[àằ]ng\s+(?:năm|quý|tháng)|Cuối\s+(?:năm|quý|tháng)|Đầu\s+năm)(?=[\s,])/u;

// "Đối với các nhiệm vụ được giao trong năm 2025, ...": the time tells which tasks are meant, not when they are due.
const SPOKEN_OF = /(?:^|[.;]\s+)đối với [^,.;]*$/iu;

/** "quy định các tuyến đường đến năm 2015 phải ngầm hoá": by then something else is to be so; the clause itself is not due. */
function describesState(text: string, match: RegExpExecArray): boolean {
  return (
    /^đến năm/iu.test(match[0]) &&
    /[\p{L}\d]\s$/u.test(text.slice(0, match.index)) &&
    /^\s+phải\s/u.test(text.slice(match.index + match[0].length))
  );
}

/** The time by which a clause is to be done, as its sentences say it; null where none does. */
export function dueInSentence(text: string): Due | null {
  for (const pattern of IN_SENTENCE) {
    const match = pattern.exec(text);
    if (!match || SPOKEN_OF.test(text.slice(0, match.index))) continue;
    if (!describesState(text, match)) return dueOf(match[0]);
  }
  const head = AT_HEAD.exec(text);
  return head ? dueOf(head[0]) : null;
}

/** The time of a label such as `Thời gian thực hiện:`: everything that it says. */
export function dueInLabel(text: string): Due | null {
  const cleaned = flat(text).replace(/[.;]+$/, '');
  return cleaned === '' ? null : dueOf(cleaned);
}

function dueOf(text: string): Due {
  const cleaned = flat(text);
  return { text: cleaned, date: endOf(cleaned) };
}

/**
 * The last day of a time expression, or null: for starts, recurrences, open ends and events there is none.
 * Quarters end with the last one named, a stretch of years with its last year.
 */
export function endOf(text: string): string | null {
  if (/h[àằ]ng\s+(?:năm|quý|tháng|tuần)/iu.test(text) || /năm\s+tiếp\s+theo/iu.test(text)) return null;
  const days = [...text.matchAll(new RegExp(DAY, 'giu'))].map((match) => dayFrom(match[0]));
  const starts = /^(?:kể\s+)?từ(?!\p{L})/iu.test(text) && !/(?<!\p{L})đến(?!\p{L})/iu.test(text);
  if (starts) return null;
  const day = days.at(-1);
  if (day !== undefined) return day;
  const quarter = new RegExp(QUARTERS, 'u').exec(text)?.[0];
  if (quarter) return quarterEnd(quarter);
  const month = [...text.matchAll(/tháng\s+(\d{1,2})(?:\s*[/-]\s*|\s+năm\s+)(\d{4})/giu)].at(-1);
  if (month) return lastOfMonth(Number(month[2]), Number(month[1]));
  const stretch = /(\d{4})\s*[-–]\s*(\d{4})/.exec(text);
  if (stretch) return `${stretch[2]}-12-31`;
  const year = /năm\s+(\d{4})|^(\d{4})$/iu.exec(text);
  return year ? `${year[1] ?? year[2]}-12-31` : null;
}

const ROMAN: Readonly<Record<string, number>> = { I: 1, II: 2, III: 3, IV: 4 };

function quarterEnd(text: string): string | null {
  const year = /\d{4}$/.exec(text)?.[0];
  const last = [...text.matchAll(/[IV]+/g)].map((match) => ROMAN[match[0]]).at(-1);
  return year === undefined || last === undefined ? null : lastOfMonth(Number(year), last * 3);
}

function lastOfMonth(year: number, month: number): string | null {
  if (month < 1 || month > 12) return null;
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}

/** A day as papers write it (`06/11/2009`, `09 tháng 02 năm 2010`) as `yyyy-mm-dd`; null where no such day exists. */
export function dayFrom(text: string): string | null {
  const [day, month, year] = (text.match(/\d+/g) ?? []).map(Number);
  if (day === undefined || month === undefined || year === undefined) return null;
  if (month < 1 || month > 12 || day < 1 || year < 1000 || year > 9999) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
