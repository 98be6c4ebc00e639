import type { SignatureBlock } from '../../papers/paper.js';
import { at, type Found, term } from '../finding.js';
import { type Look, lookFaults, placeOf } from '../look.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';
import { overName } from './closing.js';

/** Posts that the State does not provide for: a deputy who is standing, or in charge, is a deputy (TT 01/2011, Điều 12 names both). */
const NO_POST = /THƯỜNG TRỰC|PHỤ TRÁCH/u;
/** Academic rank, degree, honorific or military rank before a name. */
const TITLED =
  /^(?:(?:GS|PGS|TS|TSKH|ThS|Th\.S|BS|KS|CN|CK[I]{0,2}|LS|NGƯT|NGND|NSƯT|NSND|TTƯT|BSCK[I]{0,2})\b[.\s]|(?:Giáo sư|Phó Giáo sư|Phó giáo sư|Tiến sĩ|Thạc sĩ|Kỹ sư|Bác sĩ|Luật sư|Ông|Bà|Đồng chí|Đ\/c|Đại tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá|Trung tá|Thiếu tá|Đại úy)\s)/u;
const CAPACITY = /^(?:TM|KT|TL|TUQ|Q)\. \S/u;

/** The lines of the block: of the paper, else of the print. */
function linesOf({ signature, located }: Judged): readonly string[] {
  if (signature !== null) return [signature.authority, signature.capacity, signature.title].filter((one) => one !== null);
  return (located?.capacity?.lines ?? []).map(({ text }) => text);
}

function place({ signature, located }: Judged, part: keyof SignatureBlock): Found['place'] {
  const spot = part === 'name' ? located?.signer : located?.capacity;
  return signature === null && spot ? placeOf(spot) : at(`/signature/${part}`);
}

function grammar(judged: Judged): readonly Found[] {
  const { signature } = judged;
  if (signature === null) return [];
  const wrong: Found[] = [];
  for (const part of ['authority', 'capacity'] as const) {
    const line = signature[part];
    if (line !== null && !CAPACITY.test(line))
      wrong.push({ place: at(`/signature/${part}`), found: line, expected: spaced(line) });
  }
  for (const part of ['authority', 'capacity', 'title'] as const) {
    const line = signature[part];
    if (line !== null && line !== line.toLocaleUpperCase('vi'))
      wrong.push({ place: at(`/signature/${part}`), found: line, expected: term('upperCase') });
  }
  return wrong;
}

/** The prefix with its stop and blank; which one it is, only the records know. */
function spaced(line: string): string {
  const fixed = line.replace(/^(TM|KT|TL|TUQ|Q)\s*\.?\s*(?=\p{Lu})/u, '$1. ');
  return fixed === line ? 'TM. / KT. / TL. / TUQ. / Q.' : fixed;
}

const boldUpright: Look = { sizePt: [13, 14], bold: true, italic: false };

/** Who signs, and how the block says so. */
export const signatureRules: readonly FormRule[] = [
  ...rulesOf<Look>({
    key: 'C-20',
    part: 'signature',
    in: {
      'TTLT55-2005': { trust: 'read', params: { sizePt: [13, 14] } },
      'TT01-2011': { trust: 'secondary', params: { sizePt: [13, 14] } },
      'ND30-2020': { trust: 'read', params: { ...boldUpright, upper: true } },
    },
    check: (judged, look) => {
      const { located } = judged;
      const looks = lookFaults(located?.capacity ?? null, look);
      if (look.bold === undefined) return looks;
      return [...grammar(judged), ...looks, ...overName(located?.capacity ?? null, located?.signer ?? null)];
    },
  }),
  ...rulesOf<boolean>({
    key: 'C-21',
    part: 'signature',
    in: {
      'TTLT55-2005': { trust: 'read', params: false },
      'TT01-2011': { trust: 'secondary', params: false },
      'ND30-2020': { trust: 'read', params: true },
    },
    check: (judged, strict) => {
      const { located, signature } = judged;
      const name = signature?.name ?? located?.signer?.lines[0]?.text ?? '';
      const spot = located?.signer ?? null;
      const looks = lookFaults(spot, strict ? boldUpright : { sizePt: [13, 14] });
      if (!strict || !TITLED.test(name)) return looks;
      return [...looks, { place: place(judged, 'name'), found: name, expected: term('nameOnly') }];
    },
  }),
  ...rulesOf<null>({
    key: 'S-01',
    part: 'signature',
    in: {
      'TTLT55-2005': { trust: 'memory', params: null },
      'TT01-2011': { trust: 'read', place: 'Điều 12', params: null },
      'ND30-2020': { trust: 'read', params: null },
    },
    check: (judged) => {
      const wrong = linesOf(judged).find((line) => NO_POST.test(line.toLocaleUpperCase('vi')));
      return wrong === undefined ? [] : [{ place: place(judged, 'title'), found: wrong, expected: term('officialPost') }];
    },
  }),
  ...rulesOf<null>({
    key: 'S-02',
    part: 'signature',
    in: { 'TT01-2011': { trust: 'read', place: 'Điều 12', params: null } },
    check: (judged) => {
      const { signature, content } = judged;
      if (signature === null || content === null) return [];
      const names = [content.issuer.name, ...namesOfCollective(signature)].map((name) => name.toLocaleUpperCase('vi'));
      const repeated = names.some((name) => name !== '' && signature.title.toLocaleUpperCase('vi').includes(name));
      return repeated ? [{ place: at('/signature/title'), found: signature.title, expected: term('officialPost') }] : [];
    },
  }),
  ...rulesOf<null>({
    key: 'L-01',
    part: 'signature',
    in: { 'ND30-2020': { trust: 'derived', params: null } },
    check: ({ located, content }) => {
      const spot = located?.recipientsHead ?? located?.capacity ?? null;
      if (located === null || spot === null || spot.page === 1 || content?.copy !== undefined) return [];
      const beside = located.text.some(({ page, lines }) => page === spot.page && lines.length > 0);
      const tables = located.mainPages.some(({ number, boxes }) => number === spot.page && boxes.length > 1);
      return beside || tables ? [] : [{ place: placeOf(spot), found: term('alone'), expected: term('withBody') }];
    },
  }),
];

function namesOfCollective({ authority }: SignatureBlock): readonly string[] {
  return authority === null ? [] : [authority.replace(/^\p{Lu}+\.\s*/u, '')];
}
