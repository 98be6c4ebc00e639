import type { Span } from './planReading.js';
import { type Scraped, spanOf, without } from './scraped.js';

/** Fewest and most characters on a page that is believed to be one. */
const pageCharsMin = 700;
const pageCharsMax = 4_500;
/** Highest mean cost at which a chain of numbers is believed to count pages. */
const chainCostMax = 1.5;
const pagesMax = 400;
/** Most places weighed for one page, the likeliest first. */
const placesPerPageMax = 40;

interface Candidate {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  readonly cost: number;
}

// A number after one of these counts or names something: "phường 3", "ngày 14", "Điều 5".
const COUNTING =
  /(?:phường|quận|ngày|tháng|năm|số|điều|khoản|điểm|mục|quý|khóa|khoá|đến|từ|và|hơn|lần|cho|thứ|khoảng|tổ|lớp|giai đoạn)$/iu;
// A number before one of these counts something: "16 phường", "10 năm".
const COUNTED = /^(?:phường|quận|xã|huyện|năm|tháng|ngày|người|đơn vị|lớp|tỷ|triệu|%|hộ|giờ|buổi|lần|cuộc|hội nghị)/iu;

/**
 * Takes the page numbers out of a text: lone numbers 2, 3, 4 ... that stand a page apart, wherever the page was cut, also within a sentence.
 * Nothing is taken unless the chain is complete from 2 to its last page: a number too many is dirt, a figure lost is damage.
 */
export function withoutPageNumbers(scraped: Scraped): { readonly scraped: Scraped; readonly numbers: readonly Span[] } {
  const ranges = pageNumbers(scraped.text);
  return { scraped: without(scraped, ranges), numbers: ranges.map(([start, end]) => spanOf(scraped, start, end)) };
}

function candidates(text: string): Candidate[] {
  const found: Candidate[] = [];
  for (const match of text.matchAll(/(?<=\s)(\d{1,3})(?=\s|$)/gu)) {
    const value = Number(match[1]);
    if (value < 2 || value > pagesMax) continue;
    const start = match.index;
    const end = start + match[0].length;
    const before = text.slice(Math.max(0, start - 24), start).trimEnd();
    const after = text.slice(end + 1, end + 24);
    const alone = /[\n\u2029]/.test(text[start - 1] ?? '') && /^$|[\n\u2029]/.test(text[end] ?? '');
    found.push({ value, start, end, cost: contextCost(before, after, alone, end === text.length) });
  }
  return found.filter((candidate) => !inTable(found, candidate));
}

/** Lone numbers close together that follow on from each other number the rows of a table. */
function inTable(all: readonly Candidate[], { value, start, cost }: Candidate): boolean {
  return (
    cost === 0 &&
    all.some((other) => other.cost === 0 && Math.abs(other.value - value) === 1 && Math.abs(other.start - start) < pageCharsMin)
  );
}

function contextCost(before: string, after: string, alone: boolean, last: boolean): number {
  if (alone || last) return 0;
  if (COUNTING.test(before) || COUNTED.test(after)) return 3;
  if (/[.;:”"/]$/.test(before) && /^(?:[-–+]|\d+\.|[IVX]+\.|[a-zđ]\)|\p{Lu})/u.test(after)) return 0;
  return 0.5;
}

function byPage(all: readonly Candidate[]): ReadonlyMap<number, readonly Candidate[]> {
  const pages = new Map<number, Candidate[]>();
  for (const candidate of all) {
    const places = pages.get(candidate.value);
    if (places) places.push(candidate);
    else pages.set(candidate.value, [candidate]);
  }
  for (const places of pages.values()) {
    places.sort((a, b) => a.cost - b.cost || a.start - b.start);
    places.length = Math.min(places.length, placesPerPageMax);
  }
  return pages;
}

/** The cheapest complete chain 2..n, where each step costs by its context and by how far it strays from an even page. */
function pageNumbers(text: string): Span[] {
  const all = byPage(candidates(text));
  const highest = Math.min(pagesMax, Math.floor(text.length / pageCharsMin) + 1);
  let best: { cost: number; chain: Candidate[] } | null = null;
  for (let pages = 2; pages <= highest; pages += 1) {
    if (!all.has(pages)) break;
    const even = text.length / pages;
    if (even > pageCharsMax || even < pageCharsMin) continue;
    const found = chainTo(all, pages, even, text.length);
    // A longer chain strays more from even pages where the last page is short; numbers that stand like page numbers outweigh that.
    if (found && found.cost <= chainCostMax && (best === null || worth(found) >= worth(best))) best = found;
  }
  if (best === null || !best.chain.some((candidate) => candidate.cost === 0)) return [];
  return best.chain.map(({ start, end }) => [start, end]);
}

const plainPlaceWorth = 0.5;

function worth({ cost, chain }: { cost: number; chain: readonly Candidate[] }): number {
  return plainPlaceWorth * chain.filter((candidate) => candidate.cost === 0).length - cost;
}

function chainTo(
  all: ReadonlyMap<number, readonly Candidate[]>,
  pages: number,
  even: number,
  length: number,
): { cost: number; chain: Candidate[] } | null {
  let paths: { cost: number; chain: Candidate[] }[] = [{ cost: 0, chain: [] }];
  for (let page = 2; page <= pages; page += 1) {
    const next: typeof paths = [];
    for (const candidate of all.get(page) ?? []) {
      let cheapest: (typeof paths)[number] | null = null;
      for (const path of paths) {
        const previous = path.chain.at(-1)?.end ?? 0;
        // The first number may stand at the head of page 2 or at its foot.
        const step = previous === 0 ? stray(candidate.start, even, 2) : stray(candidate.start - previous, even, 1);
        if (step === null) continue;
        const cost = path.cost + step + candidate.cost;
        if (cheapest === null || cost < cheapest.cost) cheapest = { cost, chain: [...path.chain, candidate] };
      }
      if (cheapest) next.push(cheapest);
    }
    if (next.length === 0) return null;
    paths = next;
  }
  const ends = paths
    .map((path) => ({ chain: path.chain, cost: path.cost / (pages - 1) }))
    .filter((path) => length - (path.chain.at(-1)?.end ?? 0) < even * 1.6);
  return ends.sort((a, b) => a.cost - b.cost)[0] ?? null;
}

function stray(distance: number, even: number, mostPages: number): number | null {
  if (distance < pageCharsMin) return null;
  const ratios = mostPages === 2 ? [distance / even, distance / (2 * even)] : [distance / even];
  const off = Math.min(...ratios.map((ratio) => Math.abs(Math.log(ratio))));
  return off > 0.9 ? null : 3 * off * off;
}
