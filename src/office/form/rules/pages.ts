import { type Found, type Place, type Shown, term } from '../finding.js';
import { pageNumberOf } from '../located.js';
import { lookFaults, millimetres, placeOf, rangeOf } from '../look.js';
import { bottomOf, centreOf, type MeasuredLine, type MeasuredPage, rightOf, topOf } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';

const a4Pt = [595.28, 841.89] as const;
const a5Pt = [419.53, 595.28] as const;
const pageTolerancePt = 1;
const edgeToleranceMm = 0.5;
/** Slips that could be on A5 before 2020 (TT 01/2011): giấy giới thiệu, phiếu gửi, phiếu chuyển. */
const SLIPS: ReadonlySet<string> = new Set(['GGT', 'PG', 'PC']);

function wholePage({ number, widthMm, heightMm }: MeasuredPage): Place {
  return { page: number, xMm: 0, yMm: 0, widthMm: Math.round(widthMm), heightMm: Math.round(heightMm) };
}

function isSize({ widthPt, heightPt }: MeasuredPage, [wide, high]: readonly [number, number]): boolean {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= pageTolerancePt;
  return (near(widthPt, wide) && near(heightPt, high)) || (near(widthPt, high) && near(heightPt, wide));
}

const isLandscape = ({ widthPt, heightPt }: MeasuredPage): boolean => widthPt > heightPt;

/** Margins: what must stay free, and the most that may, in millimetres. */
interface Margins {
  readonly top: number;
  readonly bottom: number;
  readonly left: readonly [min: number, max: number];
  readonly right: readonly [min: number, max: number];
}

const margins: Margins = { top: 20, bottom: 20, left: [30, 35], right: [15, 20] };

/** Text that must stay in the margin box: not the page's number, nor what the form puts into the top margin of page 1. */
function inked(page: MeasuredPage, { located }: Judged): readonly MeasuredLine[] {
  const outside = new Set<MeasuredLine>((located?.stamps ?? []).flatMap(({ lines }) => lines));
  const number = pageNumberOf(page);
  // The agency's signature of an electronic copy, or of an enclosure, stands in the top right corner of page 1.
  const corner = (line: MeasuredLine): boolean => page.number === 1 && line.baseMm < 20 && COPY_MARK.test(line.text);
  return page.lines.filter((line) => line !== number && !outside.has(line) && !corner(line) && !MARK.test(line.text));
}

/** What says on every page that the print is no official paper. */
const MARK = /^(?:DỰ THẢO|BẢN THỬ NGHIỆM - .+)$/u;
const COPY_MARK = /^(?:Sao y|Sao lục|Trích sao|Số\s?:.*);/iu;

type Edge = readonly [free: (line: MeasuredLine) => number, least: number];

function beyond(page: MeasuredPage, lines: readonly MeasuredLine[], { top, bottom, left, right }: Margins): readonly Found[] {
  const upright: readonly Edge[] = [
    [topOf, top],
    [(line) => page.heightMm - bottomOf(line), bottom],
  ];
  const sides: readonly Edge[] = [
    [(line) => line.xMm, left[0]],
    [(line) => page.widthMm - rightOf(line), right[0]],
  ];
  // A page laid across is bound at its top, and its margins turn with it: only what every margin asks is judged there.
  const edges = isLandscape(page) ? [...upright, ...sides].map(([free]): Edge => [free, right[0]]) : [...upright, ...sides];
  return edges.flatMap(([free, least]) => {
    const [worst] = [...lines].sort((a, b) => free(a) - free(b));
    if (worst === undefined || free(worst) >= least - edgeToleranceMm) return [];
    const place = placeOf({ page: page.number, lines: [worst] });
    return [{ place, found: millimetres(free(worst)), expected: `≥ ${least} mm` }];
  });
}

const fullLinesMin = 3;

/** What every page bears in the same place is one finding, on the first of them. */
function once(faults: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return faults.filter(({ place, found, expected }) => {
    const key = JSON.stringify({ ...place, page: 0, found, expected });
    return !seen.has(key) && seen.add(key) !== undefined;
  });
}

/** The margins of the sides may also be too wide: judged on the text area of the whole paper. */
function tooWide(judged: Judged, { left, right }: Margins): readonly Found[] {
  const { located } = judged;
  const [page] = located?.mainPages ?? [];
  if (located === null || page === undefined || located.text.length === 0) return [];
  const ends = located.text.flatMap(({ lines }) => lines).map(rightOf);
  const reach = Math.max(...ends);
  // A few short lines say nothing of the margin on the right.
  const free = ends.filter((one) => one > reach - 1).length < fullLinesMin ? 0 : page.widthMm - reach;
  const place = wholePage(page);
  return [
    ...(located.leftMm > left[1] + edgeToleranceMm
      ? [{ place, found: millimetres(located.leftMm), expected: rangeOf(...left, 'mm') }]
      : []),
    ...(free > right[1] + edgeToleranceMm ? [{ place, found: millimetres(free), expected: rangeOf(...right, 'mm') }] : []),
  ];
}

type NumberPlace = 'headerCentre' | 'footerRight' | 'either';

function numberFaults(judged: Judged, wanted: NumberPlace): readonly Found[] {
  const { located } = judged;
  if (located === null) return [];
  return located.mainPages.flatMap((page): readonly Found[] => {
    const line = pageNumberOf(page);
    if (page.number === 1)
      return line === null ? [] : [{ place: placeOf({ page: 1, lines: [line] }), found: line.text, expected: term('missing') }];
    const expected = String(page.number);
    if (line === null) return [{ place: wholePage(page), found: term('missing'), expected }];
    const spot = { page: page.number, lines: [line] };
    const wrong = (found: Shown, right: Shown): Found => ({ place: placeOf(spot), found, expected: right });
    const middle = (located.leftMm + located.rightMm) / 2;
    const centre = [page.widthMm / 2, middle].some((one) => Math.abs(one - centreOf(line)) <= 2.5);
    const header = bottomOf(line) <= 25 && centre;
    const footer = topOf(line) >= page.heightMm - 25 && rightOf(line) >= located.rightMm - 3;
    const placed = wanted === 'headerCentre' ? header : wanted === 'footerRight' ? footer : header || footer;
    const right = wanted === 'footerRight' ? `≥ ${Math.round(page.heightMm - 25)} mm` : '≤ 25 mm';
    return [
      ...(placed ? [] : [wrong(`${millimetres(line.xMm)} / ${millimetres(line.baseMm)}`, right)]),
      ...(line.text === expected ? [] : [wrong(line.text, expected)]),
      ...lookFaults(spot, { sizePt: [13, 14], ...(wanted === 'headerCentre' ? { italic: false } : {}) }),
    ];
  });
}

function fontFaults({ measures, allowedFonts }: Judged): readonly Found[] {
  const [page] = measures?.pages ?? [];
  if (measures === null || page === undefined) return [];
  const right = 'Times New Roman';
  const place = wholePage(page);
  const loose = measures.fonts.some(({ embedded }) => !embedded);
  const families = new Set(measures.fonts.map(({ family }) => family));
  const foreign = [...families].filter((family) => family !== right && !allowedFonts.includes(family));
  return [
    ...(loose ? [{ place, found: term('notEmbedded'), expected: term('embedded') }] : []),
    ...foreign.map((family) => ({ place, found: family, expected: right })),
  ];
}

/** Darker than this is black to the eye. */
function isBlack(colour: string): boolean {
  return [1, 3, 5].every((at) => Number.parseInt(colour.slice(at, at + 2), 16) <= 0x20);
}

function colourFaults({ measures, located }: Judged): readonly Found[] {
  const stamps = new Set((located?.stamps ?? []).flatMap(({ lines }) => lines));
  return (measures?.pages ?? []).flatMap((page) =>
    page.lines.flatMap((line) => {
      const odd = line.runs.find(({ colour }) => !isBlack(colour));
      return odd === undefined || stamps.has(line)
        ? []
        : [{ place: placeOf({ page: page.number, lines: [line] }), found: odd.colour, expected: term('black') }];
    }),
  );
}

function appendixNumbers({ measures, located }: Judged): readonly Found[] {
  return (located?.appendices ?? []).flatMap(({ firstPage, pages }) =>
    (measures?.pages ?? [])
      .filter(({ number }) => number >= firstPage && number < firstPage + pages)
      .flatMap((page): readonly Found[] => {
        const line = pageNumberOf(page);
        const expected = String(page.number - firstPage + 1);
        if (line === null) return expected === '1' ? [] : [{ place: wholePage(page), found: term('missing'), expected }];
        if (line.text === expected) return [];
        return [{ place: placeOf({ page: page.number, lines: [line] }), found: line.text, expected }];
      }),
  );
}

const read = <P>(params: P) => ({ trust: 'read', params }) as const;
const memory = <P>(params: P) => ({ trust: 'memory', params }) as const;

/** Paper, margins, font, colours and the numbers of pages. */
export const pageRules: readonly FormRule[] = [
  ...rulesOf<boolean>({
    key: 'P-01',
    part: 'page',
    in: { 'TTLT55-2005': memory(true), 'TT01-2011': read(true), 'ND30-2020': read(false) },
    check: ({ measures, content }, slips) =>
      (measures?.pages ?? []).flatMap((page) => {
        const fits = isSize(page, a4Pt) || (slips && SLIPS.has(content?.type ?? '') && isSize(page, a5Pt));
        const found = `${millimetres(page.widthMm)} × ${millimetres(page.heightMm)}`;
        return fits ? [] : [{ place: wholePage(page), found, expected: '210 × 297 mm' }];
      }),
  }),
  ...rulesOf<null>({
    key: 'P-02',
    part: 'page',
    in: { 'ND30-2020': read(null) },
    check: ({ located }) =>
      (located?.mainPages ?? [])
        .filter((page) => isLandscape(page) && page.boxes.length < 2)
        .map((page) => ({ place: wholePage(page), found: term('landscape'), expected: term('portrait') })),
  }),
  ...rulesOf<Margins>({
    key: 'P-03',
    part: 'page',
    in: { 'TTLT55-2005': read(margins), 'TT01-2011': memory(margins), 'ND30-2020': read(margins) },
    check: (judged, limits) => [
      ...once((judged.measures?.pages ?? []).flatMap((page) => beyond(page, inked(page, judged), limits))),
      ...tooWide(judged, limits),
    ],
  }),
  ...rulesOf<null>({ key: 'P-04', part: 'page', in: { 'ND30-2020': read(null) }, check: fontFaults }),
  ...rulesOf<NumberPlace>({
    key: 'P-05',
    part: 'page',
    in: { 'TTLT55-2005': memory('either'), 'TT01-2011': read('footerRight'), 'ND30-2020': read('headerCentre') },
    check: numberFaults,
  }),
  ...rulesOf<null>({ key: 'P-06', part: 'page', in: { 'ND30-2020': read(null) }, check: appendixNumbers }),
  ...rulesOf<null>({ key: 'P-07', part: 'page', in: { 'ND30-2020': read(null) }, check: colourFaults }),
];
