import { documentType, documentTypes } from '../../papers/symbols.js';
import { at, type Found, term } from '../finding.js';
import { squeezed } from '../locateHead.js';
import { centredOn, type Look, lookFaults, placeOf, ruleFaults, type Spot } from '../look.js';
import { centreOf } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';

const LETTER = 'CV';
const NATION = 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM';
const MOTTO = 'Độc lập - Tự do - Hạnh phúc';
const ABBREVIATIONS = documentTypes.filter(({ symbolled }) => symbolled).map(({ abbreviation }) => abbreviation);
/** A named type: `KH-UBND`; an official letter: `UBND-VX` (NĐ 30/2020, Phụ lục I and III). */
const NAMED_SYMBOL = new RegExp(`^(?:${ABBREVIATIONS.join('|')})(?:-[\\p{L}0-9&.]+)+$`, 'u');
const LETTER_SYMBOL = /^[\p{Lu}0-9]+-[\p{L}0-9&.]+$/u;
const NUMBER_LINE = /^Số: (?:0[1-9]|[1-9]\d+)\/\S+$/u;
const DATE_LINE = /^.+, ngày (?:0[1-9]|[12]\d|3[01]) tháng (?:0[12]|[3-9]|1[0-2]) năm \d{4}$/u;

const sized = (min: number, max: number, more: Look = {}): Look => ({ sizePt: [min, max], ...more });
const boldUpright = { bold: true, italic: false } as const;

/** What a spot says, whatever its lines. */
function textOf({ lines }: Spot): string {
  return lines.map(({ text }) => text).join(' ');
}

function textIs(spot: Spot | null, wanted: string): readonly Found[] {
  const [line] = spot?.lines ?? [];
  return spot === null || line === undefined || line.text.replaceAll('HOÀ', 'HÒA') === wanted
    ? []
    : [{ place: placeOf(spot), found: line.text, expected: wanted }];
}

/** Centred under what stands above it. */
function under(spot: Spot | null, above: Spot | null): readonly Found[] {
  const line = above?.lines.at(-1);
  return line === undefined ? [] : centredOn(spot, centreOf(line));
}

/** Centred on the width of the page, or of the text area: a word processor means the second. */
export function centredOnPage(spot: Spot | null, { located, measures }: Judged): readonly Found[] {
  if (spot === null || located === null) return [];
  const page = measures?.pages.find(({ number }) => number === spot.page);
  const middle = (page?.widthMm ?? 210) / 2;
  const area = (located.leftMm + located.rightMm) / 2;
  const off = spot.lines.some((line) => Math.abs(centreOf(line) - middle) > 3 && Math.abs(centreOf(line) - area) > 3);
  return off ? [{ place: placeOf(spot), found: term('notCentred'), expected: term('centred') }] : [];
}

/** The number's line: of the print where there is one. */
function numberLineOf({ located, numberLine }: Judged): string | null {
  return located?.number?.lines[0]?.text ?? numberLine;
}

const emblem: readonly FormRule[] = [
  ...rulesOf<Look>({
    key: 'C-01',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: sized(12, 13) },
      'TT01-2011': { trust: 'secondary', params: sized(12, 13) },
      'ND30-2020': { trust: 'read', params: sized(12, 13, boldUpright) },
    },
    check: ({ located }, look) => {
      // Only NĐ 30/2020 was read for words and style; of the sets before it the sizes alone.
      if (located === null || look.bold === undefined) return lookFaults(located?.nation ?? null, look);
      if (located.nation === null) return [{ place: onPage1, found: term('missing'), expected: NATION }];
      return [...lookFaults(located.nation, look), ...textIs(located.nation, NATION)];
    },
  }),
  ...rulesOf<Look>({
    key: 'C-02',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: sized(13, 14) },
      'TT01-2011': { trust: 'secondary', params: sized(13, 14) },
      'ND30-2020': { trust: 'read', params: sized(13, 14, boldUpright) },
    },
    check: ({ located, measures }, look) => {
      if (located === null || look.bold === undefined) return lookFaults(located?.motto ?? null, look);
      if (located.motto === null) return [{ place: onPage1, found: term('missing'), expected: MOTTO }];
      const looks = [...lookFaults(located.motto, look), ...textIs(located.motto, MOTTO)];
      const rules = measures?.pages[0]?.rules ?? [];
      return [...looks, ...under(located.motto, located.nation), ...ruleFaults(rules, located.motto, [1, 1])];
    },
  }),
];

const onPage1 = { page: 1, xMm: 0, yMm: 0, widthMm: 210, heightMm: 297 } as const;

const agency: readonly FormRule[] = [
  ...rulesOf<Look>({
    key: 'C-03',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: sized(12, 13) },
      'TT01-2011': { trust: 'secondary', params: sized(12, 13) },
      'ND30-2020': { trust: 'read', params: sized(12, 13, { bold: false, italic: false, upper: true }) },
    },
    check: ({ located }, look) => lookFaults(located?.superior ?? null, look),
  }),
  ...rulesOf<Look>({
    key: 'C-04',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: sized(12, 13) },
      'TT01-2011': { trust: 'secondary', params: sized(12, 13) },
      'ND30-2020': { trust: 'read', params: sized(12, 13, { ...boldUpright, upper: true }) },
    },
    check: ({ located, measures, content }, look) => {
      const looks = lookFaults(located?.issuer ?? null, look);
      if (look.bold === undefined) return looks;
      if (content !== null && content.issuer.name.trim() === '')
        return [{ place: at('/issuer/name'), found: term('missing'), expected: term('present') }];
      if (located === null) return [];
      const rules = measures?.pages[0]?.rules ?? [];
      return [...looks, ...under(located.issuer, located.superior), ...ruleFaults(rules, located.issuer, [1 / 3, 1 / 2])];
    },
  }),
];

const numbers: readonly FormRule[] = [
  ...rulesOf<null>({
    key: 'T-01',
    part: 'title',
    in: { 'ND30-2020': { trust: 'read', severity: 'blocking', place: 'Điều 7 và Phụ lục III', params: null } },
    check: ({ content }) => {
      if (content === null) return [];
      // A copy bears the type of its kind of copy, which is no type of paper.
      if (content.copy !== undefined) return [];
      const type = documentType(content.type);
      if (type === undefined) return [{ place: at('/type'), found: content.type, expected: ABBREVIATIONS.join(', ') }];
      const name = type.name.toLocaleUpperCase('vi');
      const same = squeezed(content.typeName).replaceAll('uỷ', 'ủy') === squeezed(name);
      return !type.symbolled || same ? [] : [{ place: at('/typeName'), found: content.typeName, expected: name }];
    },
  }),
  ...rulesOf<null>({
    key: 'N-01',
    part: 'head',
    in: { 'ND30-2020': { trust: 'derived', severity: 'blocking', place: 'Phụ lục I và Phụ lục III', params: null } },
    check: ({ content }) =>
      content === null ||
      content.type === LETTER ||
      content.copy !== undefined ||
      (NAMED_SYMBOL.test(content.symbol) && content.symbol.startsWith(`${content.type}-`))
        ? []
        : [{ place: at('/symbol'), found: content.symbol, expected: `${content.type}-UBND` }],
  }),
  ...rulesOf<null>({
    key: 'N-02',
    part: 'head',
    in: { 'ND30-2020': { trust: 'derived', severity: 'blocking', place: 'Phụ lục I và Phụ lục III', params: null } },
    check: ({ content }) =>
      content?.type !== LETTER || LETTER_SYMBOL.test(content.symbol)
        ? []
        : [{ place: at('/symbol'), found: content.symbol, expected: 'UBND-VX' }],
  }),
  ...rulesOf<{ readonly look: Look; readonly pattern: boolean }>({
    key: 'C-05',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: { look: sized(13, 13), pattern: false } },
      'TT01-2011': { trust: 'memory', params: { look: sized(13, 13), pattern: false } },
      'ND30-2020': {
        trust: 'read',
        severity: 'blocking',
        params: { look: sized(13, 13, { bold: false, italic: false }), pattern: true },
      },
    },
    check: (judged, { look, pattern }) => {
      const { located } = judged;
      const line = numberLineOf(judged);
      const looks = lookFaults(located?.number ?? null, look);
      if (!pattern) return looks;
      const place = located?.number ? placeOf(located.number) : at('/number');
      // A draft has dots where the number will stand.
      const wrong = line !== null && !line.includes('…') && !NUMBER_LINE.test(line);
      const under04 = located === null ? [] : under(located.number, located.issuer);
      return [...(wrong ? [{ place, found: line, expected: 'Số: 08/KH-UBND' }] : []), ...looks, ...under04];
    },
  }),
  ...rulesOf<{ readonly look: Look; readonly pattern: boolean }>({
    key: 'C-06',
    part: 'head',
    in: {
      'TTLT55-2005': { trust: 'read', params: { look: sized(13, 14), pattern: false } },
      'TT01-2011': { trust: 'secondary', params: { look: sized(13, 14), pattern: false } },
      'ND30-2020': { trust: 'read', params: { look: sized(13, 14, { italic: true, bold: false }), pattern: true } },
    },
    check: ({ located, dateLine }, { look, pattern }) => {
      const spot = located?.placeAndDate ?? null;
      const looks = lookFaults(spot, look);
      if (!pattern) return looks;
      const line = spot === null ? dateLine : textOf(spot);
      const wrong = line !== null && !line.includes('…') && !DATE_LINE.test(line);
      const place = spot === null ? at('/issuedOn') : placeOf(spot);
      const expected = 'Gò Vấp, ngày 09 tháng 02 năm 2010';
      return [...(wrong ? [{ place, found: line, expected }] : []), ...looks, ...under(spot, located?.motto ?? null)];
    },
  }),
];

export const headRules: readonly FormRule[] = [...emblem, ...agency, ...numbers];
