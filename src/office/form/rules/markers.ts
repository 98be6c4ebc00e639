import type { Block } from '../../papers/paper.js';
import { at, type Found, term } from '../finding.js';
import type { Heading } from '../locateBody.js';
import { type Look, lookFaults } from '../look.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';
import { centredOnPage } from './head.js';

/** The letters that name the points (điểm) of a clause, in their order (NĐ 30/2020, Phụ lục I). */
export const POINTS = Array.from('abcdđeghiklmnopqrstuvxy');

/** A number in Roman letters; from 1 to 399, as many as any paper has. */
export function toRoman(number: number): string {
  const steps: readonly (readonly [number, string])[] = [
    [100, 'C'],
    [90, 'XC'],
    [50, 'L'],
    [40, 'XL'],
    [10, 'X'],
    [9, 'IX'],
    [5, 'V'],
    [4, 'IV'],
    [1, 'I'],
  ];
  let rest = number;
  let text = '';
  for (const [value, letters] of steps)
    while (rest >= value) {
      text += letters;
      rest -= value;
    }
  return text;
}

interface Numbering {
  /** Which blocks it numbers: the marker's own part, or null. */
  readonly read: (block: Block) => string | null;
  readonly write: (position: number) => string;
  /** Blocks after which it begins again. */
  readonly restartsAt: (block: Block) => boolean;
}

/** One finding for each marker that is not the next one. Goes on from what is written, so that one slip makes one finding. */
function sequenceFaults(blocks: readonly Block[], { read, write, restartsAt }: Numbering): readonly Found[] {
  const faults: Found[] = [];
  let position = 0;
  blocks.forEach((block, index) => {
    const written = read(block);
    if (written === null) {
      if (restartsAt(block)) position = 0;
      return;
    }
    position += 1;
    const expected = write(position);
    if (written === expected) return;
    // A list that begins anew without anything between is a list of its own.
    if (written === write(1)) {
      position = 1;
      return;
    }
    faults.push({ place: at(`/body/${index}/marker`), found: written, expected });
    const later = Array.from({ length: 200 }, (_, one) => one + 1).find((one) => write(one) === written);
    position = later ?? position;
  });
  return faults;
}

const markerOf = (block: Block): string => ('marker' in block ? (block.marker ?? '').trim() : '');
const match = (pattern: RegExp) => (block: Block) => (pattern.test(markerOf(block)) ? markerOf(block) : null);
const isHigh = ({ kind }: Block): boolean => kind === 'chapter';

const chapters: Numbering = {
  read: (block) => (block.kind === 'chapter' && /^Chương\s/u.test(block.marker) ? block.marker : null),
  write: (position) => `Chương ${toRoman(position)}`,
  restartsAt: (block) => block.kind === 'chapter' && /^Phần\s/u.test(block.marker),
};
const divisions: Numbering = {
  read: (block) => (block.kind === 'chapter' && /^Phần\s/u.test(block.marker) ? block.marker : null),
  write: (position) => `Phần ${toRoman(position)}`,
  restartsAt: () => false,
};
const sections: Numbering = {
  read: (block) => (block.kind === 'chapter' && /^Mục\s/u.test(block.marker) ? block.marker : null),
  write: (position) => `Mục ${position}`,
  restartsAt: (block) => block.kind === 'chapter' && /^(?:Phần|Chương)\s/u.test(block.marker),
};
const articles: Numbering = {
  read: (block) => (block.kind === 'article' ? block.marker : null),
  write: (position) => `Điều ${position}.`,
  restartsAt: () => false,
};
const clauses: Numbering = {
  read: match(/^\d+\.$/u),
  write: (position) => `${position}.`,
  restartsAt: (block) => isHigh(block) || block.kind === 'article' || (block.kind === 'heading' && block.level === 1),
};
const letters: Numbering = {
  read: match(/^\p{Ll}\)$/u),
  write: (position) => `${POINTS[position - 1] ?? '?'})`,
  restartsAt: (block) => block.kind !== 'paragraph' || clauses.read(block) !== null,
};
const parts: Numbering = {
  read: (block) => (block.kind === 'heading' && block.level === 1 ? block.marker : null),
  write: (position) => `${toRoman(position)}.`,
  restartsAt: isHigh,
};

function sequences(judged: Judged, ...numberings: readonly Numbering[]): readonly Found[] {
  const body = judged.content?.body ?? [];
  return numberings.flatMap((numbering) => sequenceFaults(body, numbering));
}

function headings({ located }: Judged, kind: Heading['kind']): readonly Heading[] {
  return (located?.headings ?? []).filter((heading) => heading.kind === kind);
}

function looks(judged: Judged, kind: Heading['kind'], look: Look, centred = false): readonly Found[] {
  return headings(judged, kind).flatMap((heading) => [
    ...lookFaults(heading, look),
    ...(centred ? centredOnPage(heading, judged) : []),
  ]);
}

const bold13: Look = { sizePt: [13, 14], bold: true, italic: false };
const read = { trust: 'read', params: null } as const;

/** Numbers and titles of parts, chapters, sections, articles, clauses and points. */
export const markerRules: readonly FormRule[] = [
  ...rulesOf<null>({
    key: 'C-12',
    part: 'body',
    in: { 'ND30-2020': read },
    check: (judged) => [...sequences(judged, divisions, chapters), ...looks(judged, 'chapter', bold13, true)],
  }),
  ...rulesOf<null>({
    key: 'C-13',
    part: 'body',
    in: { 'ND30-2020': read },
    check: (judged) => looks(judged, 'chapterTitle', { ...bold13, upper: true }, true),
  }),
  ...rulesOf<{ readonly sizePt: readonly [number, number]; readonly whole: boolean }>({
    key: 'C-14',
    part: 'body',
    in: {
      'TTLT55-2005': { trust: 'secondary', params: { sizePt: [12, 13], whole: false } },
      'TT01-2011': { trust: 'memory', params: { sizePt: [13, 14], whole: false } },
      'ND30-2020': { trust: 'read', params: { sizePt: [13, 14], whole: true } },
    },
    check: (judged, { sizePt, whole }) => {
      const title = { sizePt, bold: true, upper: true };
      if (!whole) return looks(judged, 'sectionTitle', title);
      const marks = [...sequences(judged, sections), ...looks(judged, 'section', bold13, true)];
      return [...marks, ...looks(judged, 'sectionTitle', title, true)];
    },
  }),
  ...rulesOf<null>({
    key: 'C-15',
    part: 'body',
    in: { 'ND30-2020': read },
    check: (judged) => [
      ...sequences(judged, articles),
      ...headings(judged, 'article').flatMap((heading) => {
        const [first] = heading.lines[0]?.runs ?? [];
        const marker = heading.lines[0] === undefined || first === undefined ? [] : [{ ...heading.lines[0], runs: [first] }];
        return lookFaults({ page: heading.page, lines: marker }, bold13);
      }),
    ],
  }),
  ...rulesOf<null>({ key: 'C-16', part: 'body', in: { 'ND30-2020': read }, check: (judged) => sequences(judged, clauses) }),
  ...rulesOf<null>({ key: 'C-17', part: 'body', in: { 'ND30-2020': read }, check: (judged) => sequences(judged, letters) }),
  ...rulesOf<null>({
    key: 'C-18',
    part: 'body',
    in: { 'ND30-2020': read },
    check: (judged) => {
      const body = judged.content?.body ?? [];
      const small = body.flatMap((block, index): readonly Found[] =>
        block.kind === 'heading' && block.level === 1 && block.text !== block.text.toLocaleUpperCase('vi')
          ? [{ place: at(`/body/${index}/text`), found: block.text.slice(0, 60), expected: term('upperCase') }]
          : [],
      );
      return [...sequences(judged, parts), ...small, ...looks(judged, 'part', { ...bold13, upper: true })];
    },
  }),
];
