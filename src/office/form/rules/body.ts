import { at, type Found, term } from '../finding.js';
import { commonest } from '../located.js';
import { lookFaults, placeOf, points, rangeOf, type Spot } from '../look.js';
import { type MeasuredLine, mmPerPt, rightOf } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';

interface BodyLook {
  readonly sizePt: readonly [number, number];
  /** First-line indents, either of them. */
  readonly indentMm: readonly [number, number];
  readonly gapPtMin: number;
  /** Line spacing as a multiple of single. */
  readonly spacing: readonly [number, number];
}

/** The height of a single line of Times New Roman, in letter sizes. */
const singleEm = 1.149;
/** Print engines move base lines to whole dots. */
const dotPt = 1;

/** Lines that belong to running text: not headings. */
function running({ located }: Judged): readonly Spot[] {
  const headings = new Set((located?.headings ?? []).flatMap(({ lines }) => lines));
  return (located?.text ?? []).map(({ page, lines }) => ({
    page,
    lines: lines.filter((line) => !headings.has(line) && !line.runs.every(({ bold }) => bold)),
  }));
}

/** The commonest size, counted by letters: a text has one. */
function sizeOf(spots: readonly Spot[]): number | null {
  const counts = new Map<number, number>();
  for (const { text, sizePt } of spots.flatMap(({ lines }) => lines).flatMap(({ runs }) => runs))
    counts.set(sizePt, (counts.get(sizePt) ?? 0) + text.length);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

interface Pair {
  readonly stepPt: number;
  readonly line: MeasuredLine;
}

/** Steps from line to line inside paragraphs, and from paragraph to paragraph. */
function steps(spots: readonly Spot[], leftMm: number): { readonly within: readonly Pair[]; readonly between: readonly Pair[] } {
  const all = spots.flatMap(({ lines }) =>
    lines.slice(1).map((line, index): Pair => ({ stepPt: (line.baseMm - (lines[index]?.baseMm ?? 0)) / mmPerPt, line })),
  );
  const usual = all.filter(({ stepPt, line }) => stepPt > 0 && stepPt < line.sizePt * 4);
  return {
    within: usual.filter(({ line }) => Math.abs(line.xMm - leftMm) < 1),
    between: usual.filter(({ line }) => line.xMm - leftMm > 4 && line.xMm - leftMm < 25),
  };
}

function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}

/** A paper is judged by what most of its lines do; a handful says nothing. */
const linesMin = 3;

function textFaults(judged: Judged, { sizePt, indentMm, gapPtMin, spacing }: BodyLook): readonly Found[] {
  const { located } = judged;
  const spots = running(judged).filter(({ lines }) => lines.length > 0);
  const [first] = spots;
  const size = sizeOf(spots);
  if (located === null || first === undefined || size === null) return [];
  const place = placeOf(first);
  const faults: Found[] = [];
  if (size < sizePt[0] - 0.2 || size > sizePt[1] + 0.2) faults.push({ place, found: points(size), expected: rangeOf(...sizePt) });
  const { within, between } = steps(spots, located.leftMm);
  const step = within.length < linesMin ? null : median(within.map(({ stepPt }) => stepPt));
  if (step !== null) {
    const [min, max] = spacing.map((times) => times * singleEm * size) as [number, number];
    if (step < min - dotPt || step > max + dotPt)
      faults.push({ place, found: points(step), expected: rangeOf(Math.round(min), Math.round(max)) });
    const gap = between.length < linesMin ? null : median(between.map(({ stepPt }) => stepPt - step));
    if (gap !== null && gap < gapPtMin - dotPt) faults.push({ place, found: points(gap), expected: `≥ ${gapPtMin} pt` });
  }
  const indent = commonest(between.map(({ line }) => line.xMm - located.leftMm));
  if (indent !== null && between.length >= linesMin && !indentMm.some((one) => Math.abs(one - indent) < 0.8))
    faults.push({ place, found: `${Math.round(indent * 10) / 10} mm`, expected: `${indentMm[0]} / ${indentMm[1]} mm` });
  return [...faults, ...raggedFaults(spots, within, located.rightMm)];
}

/** Justified: every line that goes on in the next one reaches the right edge. */
function raggedFaults(spots: readonly Spot[], within: readonly Pair[], rightMm: number): readonly Found[] {
  const goesOn = new Set(within.map(({ line }) => line));
  const full = spots.flatMap(({ page, lines }) =>
    lines.flatMap((line, index) => {
      const next = lines[index + 1];
      return next !== undefined && goesOn.has(next) ? [{ page, line }] : [];
    }),
  );
  const short = full.filter(({ line }) => rightOf(line) < rightMm - 1.5);
  const [first] = short;
  if (first === undefined || full.length < linesMin || short.length * 4 < full.length) return [];
  return [
    { place: placeOf({ page: first.page, lines: [first.line] }), found: term('notJustified'), expected: term('justified') },
  ];
}

function basisFaults({ content, located }: Judged): readonly Found[] {
  const several = (content?.bases ?? []).flatMap((text, index) =>
    text.trim().includes('\n') || /;\s*(?:Căn cứ|Theo đề nghị)\s/u.test(text)
      ? [{ place: at(`/bases/${index}`), found: text.slice(0, 60), expected: ';' }]
      : [],
  );
  const spots = located?.bases ?? [];
  const printed = spots.flatMap((spot, index): readonly Found[] => {
    const text = spot.lines.at(-1)?.text ?? '';
    const expected = index === spots.length - 1 ? '.' : ';';
    const ends = text.endsWith(expected) ? [] : [{ place: placeOf(spot), found: text.slice(-1), expected }];
    return [...lookFaults(spot, { sizePt: [13, 14], italic: true, bold: false }), ...ends];
  });
  return [...several, ...printed];
}

/** Grounds, running text and its end. */
export const bodyRules: readonly FormRule[] = [
  ...rulesOf<null>({ key: 'C-10', part: 'body', in: { 'ND30-2020': { trust: 'read', params: null } }, check: basisFaults }),
  ...rulesOf<BodyLook>({
    key: 'C-11',
    part: 'body',
    in: {
      'ND30-2020': { trust: 'read', params: { sizePt: [13, 14], indentMm: [10, 12.7], gapPtMin: 6, spacing: [1, 1.5] } },
    },
    check: textFaults,
  }),
  ...rulesOf<null>({
    key: 'C-19',
    part: 'body',
    in: { 'ND30-2020': { trust: 'read', params: null } },
    check: ({ located, content }) => {
      const spot = located?.text.at(-1);
      const line = spot?.lines.at(-1);
      // Minutes end with the hour, a copy with the copied paper's own end.
      if (spot === undefined || line === undefined || content?.minutes !== undefined || content?.copy !== undefined) return [];
      if (located?.recipientsHead === null || line.text.endsWith('./.')) return [];
      return [{ place: placeOf({ ...spot, lines: [line] }), found: line.text.slice(-12), expected: './.' }];
    },
  }),
];
