import { at, term } from '../finding.js';
import { type Look, lookFaults, placeOf, ruleFaults } from '../look.js';
import { centreOf, mmPerPt } from '../measures.js';
import { type FormRule, rulesOf } from '../rule.js';
import { centredOnPage } from './head.js';

const LETTER = 'CV';
const boldUpright = { bold: true, italic: false } as const;

/** Type, title, and the title of an official letter. */
export const titleRules: readonly FormRule[] = [
  ...rulesOf<Look & { readonly centred: boolean }>({
    key: 'C-07',
    part: 'title',
    in: {
      'TTLT55-2005': { trust: 'read', params: { sizePt: [14, 15], bold: true, upper: true, centred: false } },
      'TT01-2011': { trust: 'memory', params: { sizePt: [14, 14], bold: true, upper: true, centred: false } },
      'ND30-2020': { trust: 'read', params: { sizePt: [13, 14], ...boldUpright, upper: true, centred: true } },
    },
    check: (judged, { centred, ...look }) => {
      const { content, located } = judged;
      if (content !== null && content.type !== LETTER && content.copy === undefined && content.typeName.trim() === '')
        return [{ place: at('/typeName'), found: term('missing'), expected: term('present') }];
      const spot = located?.typeName ?? null;
      return [...lookFaults(spot, look), ...(centred ? centredOnPage(spot, judged) : [])];
    },
  }),
  ...rulesOf<Look & { readonly line: boolean }>({
    key: 'C-08',
    part: 'title',
    in: {
      'TTLT55-2005': { trust: 'read', severity: 'blocking', params: { sizePt: [14, 14], bold: true, line: false } },
      'TT01-2011': { trust: 'memory', params: { sizePt: [14, 14], bold: true, line: false } },
      'ND30-2020': { trust: 'read', severity: 'blocking', params: { sizePt: [13, 14], ...boldUpright, line: true } },
    },
    check: ({ content, located, measures }, { line, ...look }) => {
      if (content !== null && content.title.trim() === '')
        return [{ place: at('/title'), found: term('missing'), expected: term('present') }];
      const spot = located?.title ?? null;
      const type = located?.typeName?.lines[0];
      if (spot === null || type === undefined) return [];
      const off = spot.lines.some((one) => Math.abs(centreOf(one) - centreOf(type)) > 2);
      const centring = off ? [{ place: placeOf(spot), found: term('notCentred'), expected: term('centred') }] : [];
      const rules = measures?.pages[0]?.rules ?? [];
      return [...lookFaults(spot, look), ...(line ? [...centring, ...ruleFaults(rules, spot, [1 / 3, 1 / 2])] : [])];
    },
  }),
  ...rulesOf<Look>({
    key: 'C-09',
    part: 'title',
    in: { 'ND30-2020': { trust: 'read', params: { sizePt: [12, 13], bold: false, italic: false } } },
    check: ({ content, located }, look) => {
      const spot = located?.letterTitle ?? null;
      const [first] = spot?.lines ?? [];
      const number = located?.number?.lines[0];
      if (content?.type === LETTER && located !== null && spot === null)
        return [{ place: at('/title'), found: term('missing'), expected: 'V/v …' }];
      if (spot === null || first === undefined) return [];
      const faults = [...lookFaults(spot, look)];
      if (!first.text.startsWith('V/v ')) faults.push({ place: placeOf(spot), found: first.text.slice(0, 4), expected: 'V/v' });
      if (number === undefined) return faults;
      // 6 pt between the lines: a line's own height is a little more than its size.
      const gapPt = (first.baseMm - number.baseMm) / mmPerPt - first.sizePt * 1.15;
      const expected = '6 pt';
      if (gapPt < 4.5 || gapPt > 9) faults.push({ place: placeOf(spot), found: `${Math.round(gapPt * 10) / 10} pt`, expected });
      if (spot.lines.some((line) => Math.abs(centreOf(line) - centreOf(number)) > 2))
        faults.push({ place: placeOf(spot), found: term('notCentred'), expected: term('centred') });
      return faults;
    },
  }),
];
