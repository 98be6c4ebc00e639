import type { PaperContent } from '../../papers/paper.js';
import { at, type FormTerm, type Found, term } from '../finding.js';
import { squeezed } from '../locateHead.js';
import { centredOn, type Look, lookFaults, millimetres, placeOf, rangeOf, type Spot } from '../look.js';
import { centreOf, type MeasuredBox, type MeasuredPage, type PaperMeasures } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';
import { textsOf } from '../texts.js';
import { centredOnPage } from './head.js';
import { toRoman } from './markers.js';

const boldUpright: Look = { bold: true, italic: false };
const boxToleranceMm = 1;
/** Width and height in millimetres of the urgency stamps. */
const STAMP_SIZES: Readonly<Record<string, readonly [number, number]>> = {
  'HỎA TỐC': [30, 8],
  'THƯỢNG KHẨN': [40, 8],
  KHẨN: [20, 8],
};
const COPY_HEADINGS: Readonly<Record<string, string>> = { SY: 'SAO Y', SL: 'SAO LỤC', TrS: 'TRÍCH SAO' };

function appendixMarks({ content }: Judged): readonly Found[] {
  const appendices = content?.appendices ?? [];
  const text = content === null ? '' : pointing(content);
  return appendices.flatMap(({ marker }, index): readonly Found[] => {
    const expected = appendices.length === 1 ? 'Phụ lục' : `Phụ lục ${toRoman(index + 1)}`;
    const place = at(`/appendices/${index}`);
    const named = new RegExp(`${expected}(?![IVXLC])`, 'iu').test(text);
    return [
      ...(marker.trim() === expected ? [] : [{ place, found: marker, expected }]),
      ...(named ? [] : [{ place, found: term('notPointedTo'), expected: term('pointedTo') }]),
    ];
  });
}

/** The main text alone: what an appendix says of another does not count. */
function pointing(content: PaperContent): string {
  return textsOf(content)
    .filter(({ pointer }) => !pointer.startsWith('/appendices'))
    .map(({ text }) => text)
    .join('\n');
}

/** The smallest box around a line. */
function boxOf(page: MeasuredPage | undefined, spot: Spot): MeasuredBox | null {
  const [line] = spot.lines;
  if (page === undefined || line === undefined) return null;
  const around = page.boxes.filter(
    (box) =>
      box.xMm <= line.xMm &&
      box.xMm + box.widthMm >= line.xMm + line.widthMm &&
      box.yMm < line.baseMm &&
      box.yMm + box.heightMm >= line.baseMm,
  );
  return [...around].sort((a, b) => a.widthMm * a.heightMm - b.widthMm * b.heightMm)[0] ?? null;
}

function stampFaults({ located, measures }: Judged, urgent: boolean): readonly Found[] {
  const page = measures?.pages[0];
  return (located?.stamps ?? []).flatMap((spot): readonly Found[] => {
    const text = (spot.lines[0]?.text ?? '').replace('HOẢ', 'HỎA');
    const size = STAMP_SIZES[text];
    if ((size !== undefined) !== urgent) return [];
    const place = placeOf(spot);
    const looks = lookFaults(spot, { sizePt: [13, 14], ...boldUpright, upper: true });
    const box = boxOf(page, spot);
    if (box === null) return [...looks, { place, found: term('notBoxed'), expected: term('boxed') }];
    if (size === undefined) return looks;
    const [wide, high] = size;
    const fits = Math.abs(box.widthMm - wide) <= boxToleranceMm && Math.abs(box.heightMm - high) <= boxToleranceMm;
    const red = spot.lines[0]?.runs.every(({ colour }) => isBrightRed(colour)) === true;
    return [
      ...looks,
      ...(fits
        ? []
        : [{ place, found: `${millimetres(box.widthMm)} × ${millimetres(box.heightMm)}`, expected: `${wide} × ${high} mm` }]),
      ...(red ? [] : [{ place, found: spot.lines[0]?.runs[0]?.colour ?? '', expected: term('brightRed') }]),
      ...centredOn(spot, box.xMm + box.widthMm / 2),
    ];
  });
}

function isBrightRed(colour: string): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return red >= 0xc0 && green <= 0x50 && blue <= 0x50;
}

function drafterFaults({ content, located }: Judged): readonly Found[] {
  const mark = content?.drafterMark;
  if (mark === undefined) return [];
  const written = /^\p{Lu}{1,6}$/u.test(mark.initials)
    ? []
    : [{ place: at('/drafterMark/initials'), found: mark.initials, expected: term('upperCase') }];
  const [spot] = (located?.recipients?.lines ?? [])
    .filter((line) => squeezed(line.text).includes(squeezed(mark.initials)) && /\p{Lu}\.|\(\d+\)/u.test(line.text))
    .map((line): Spot => ({ page: located?.recipients?.page ?? 1, lines: [line] }));
  return [...written, ...lookFaults(spot ?? null, { sizePt: [11, 11], italic: false, bold: false })];
}

function contactFaults({ located, content, measures }: Judged): readonly Found[] {
  const spot = located?.contact ?? null;
  if (located === null || measures === null) return [];
  const wanted = content?.contact;
  if (wanted === undefined) return [];
  if (spot === null || located.contactRuleMm === null)
    return [{ place: at('/contact'), found: term('missing'), expected: term('present') }];
  const { xMm, lengthMm } = located.contactRuleMm;
  const width = located.rightMm - located.leftMm;
  const full = Math.abs(lengthMm - width) <= 2 && Math.abs(xMm - located.leftMm) <= 2;
  const own = spot.lines.filter((line) => squeezed(wanted).includes(squeezed(line.text)));
  return [
    ...lookFaults({ ...spot, lines: own }, { sizePt: [11, 12], italic: false, bold: false }),
    ...(full ? [] : [{ place: placeOf(spot), found: millimetres(lengthMm), expected: millimetres(width) }]),
  ];
}

function copyFaults({ content, measures }: Judged): readonly Found[] {
  const copy = content?.copy;
  if (copy === undefined || content === null) return [];
  const written = content.symbol.startsWith(`${copy.kind}-`)
    ? []
    : [{ place: at('/symbol'), found: content.symbol, expected: `${copy.kind}-UBND` }];
  if (measures === null) return written;
  const heading = COPY_HEADINGS[copy.kind] ?? '';
  const page = measures.pages.findLast(({ lines }) => lines.some(({ text }) => text === heading));
  const line = page?.lines.findLast(({ text }) => text === heading);
  if (page === undefined || line === undefined)
    return [...written, { place: at('/copy/kind'), found: term('missing'), expected: heading }];
  const spot = { page: page.number, lines: [line] };
  const above = page.rules.findLast(({ yMm, lengthMm }) => yMm < line.baseMm && line.baseMm - yMm < 40 && lengthMm > 120);
  return [
    ...written,
    ...lookFaults(spot, { sizePt: [13, 14], bold: true, upper: true }),
    ...(above === undefined ? [{ place: placeOf(spot), found: term('missing'), expected: rangeOf(155, 165, 'mm') }] : []),
  ];
}

function eachAppendix(
  { located }: Judged,
  check: (appendix: { marker: Spot; title: Spot | null; note: Spot | null }) => readonly Found[],
): readonly Found[] {
  return (located?.appendices ?? []).flatMap(check);
}

function underMarker(spot: Spot | null, marker: Spot): readonly Found[] {
  const [line] = marker.lines;
  return line === undefined ? [] : centredOn(spot, centreOf(line));
}

/** A `Kèm theo` line is black whatever the theme of an office's template. */
function blackOnly(spot: Spot | null): readonly Found[] {
  const odd = spot?.lines.flatMap(({ runs }) => runs).find(({ colour }) => colour !== '#000000');
  const black: FormTerm = 'black';
  return spot === null || odd === undefined ? [] : [{ place: placeOf(spot), found: odd.colour, expected: term(black) }];
}

const read = { 'ND30-2020': { trust: 'read', params: null } } as const;

/** Appendices, stamps, the drafter's mark, the contact line, and copies. */
export const extraRules: readonly FormRule[] = [
  ...rulesOf<null>({
    key: 'C-25',
    part: 'appendix',
    in: read,
    check: (judged) => [
      ...appendixMarks(judged),
      ...eachAppendix(judged, ({ marker }) => [
        ...lookFaults(marker, { sizePt: [14, 14], ...boldUpright }),
        ...centredOnLandscapeToo(marker, judged),
      ]),
    ],
  }),
  ...rulesOf<null>({
    key: 'C-26',
    part: 'appendix',
    in: read,
    check: (judged) =>
      eachAppendix(judged, ({ marker, title }) => [
        ...lookFaults(title, { sizePt: [13, 14], ...boldUpright, upper: true }),
        ...underMarker(title, marker),
      ]),
  }),
  ...rulesOf<null>({
    key: 'C-27',
    part: 'appendix',
    in: read,
    check: (judged) =>
      eachAppendix(judged, ({ marker, note }) =>
        note === null
          ? [{ place: placeOf(marker), found: term('missing'), expected: '(Kèm theo Văn bản số … ngày … của …)' }]
          : [
              ...lookFaults(note, { sizePt: [13, 14], italic: true, bold: false }),
              ...underMarker(note, marker),
              ...blackOnly(note),
            ],
      ),
  }),
  ...rulesOf<null>({ key: 'C-28', part: 'stamp', in: read, check: (judged) => stampFaults(judged, true) }),
  ...rulesOf<null>({ key: 'C-30', part: 'stamp', in: read, check: (judged) => stampFaults(judged, false) }),
  ...rulesOf<null>({ key: 'C-31', part: 'recipients', in: read, check: drafterFaults }),
  ...rulesOf<null>({ key: 'C-32', part: 'page', in: read, check: contactFaults }),
  ...rulesOf<null>({
    key: 'CP-01',
    part: 'copy',
    in: { 'ND30-2020': { trust: 'read', place: 'Phụ lục I, phần II', params: null } },
    check: copyFaults,
  }),
];

function centredOnLandscapeToo(marker: Spot, judged: Judged): readonly Found[] {
  const page = judged.measures?.pages.find(({ number }) => number === marker.page);
  const landscape = page !== undefined && page.widthMm > page.heightMm;
  return landscape ? middleOf(marker, page) : centredOnPage(marker, judged);
}

function middleOf(marker: Spot, page: PaperMeasures['pages'][number]): readonly Found[] {
  const off = marker.lines.some((line) => Math.abs(centreOf(line) - page.widthMm / 2) > 8);
  return off ? [{ place: placeOf(marker), found: term('notCentred'), expected: term('centred') }] : [];
}
