import type { PaperContent } from '../../papers/paper.js';
import { at, type Found, term } from '../finding.js';
import { centredOn, type Look, lookFaults, placeOf, type Spot } from '../look.js';
import { centreOf, type MeasuredLine } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';

/** Who may be addressed by `Kính gửi` (NĐ 30/2020, Phụ lục I): a submission, a report to a higher body, an official letter. */
const ADDRESSING: ReadonlySet<string> = new Set(['TTr', 'BC', 'CV']);
const DECISIONS: ReadonlySet<string> = new Set(['QĐ', 'NQ']);
const ADDRESSEE_PURPOSE = 'kính gửi';

function addressesOf(content: PaperContent): readonly string[] {
  const named = content.recipients.filter(({ purpose }) => purpose?.trim().toLocaleLowerCase('vi') === ADDRESSEE_PURPOSE);
  return [...(content.addressees ?? []), ...named.map(({ name }) => name)];
}

function addressing({ content, located }: Judged): readonly Found[] {
  const addressed = content === null ? [] : addressesOf(content);
  const wrong =
    content !== null && addressed.length > 0 && !ADDRESSING.has(content.type)
      ? [{ place: at('/addressees'), found: content.type, expected: [...ADDRESSING].join(', ') }]
      : [];
  const spot = located?.addressees ?? null;
  const items = (spot?.lines ?? []).slice(1);
  const looks = lookFaults(spot, { sizePt: [13, 14], italic: false, bold: false });
  if (spot === null || items.length === 0 || !/^Kính gửi\s*:$/u.test(spot.lines[0]?.text ?? '')) return [...wrong, ...looks];
  return [...wrong, ...looks, ...listFaults({ ...spot, lines: items })];
}

/** Entries of a list: each begins with a hyphen, ends with `;`, the last with `.`. A line without a hyphen goes on with the one before. */
export function entriesOf(lines: readonly MeasuredLine[]): readonly (readonly MeasuredLine[])[] {
  const entries: MeasuredLine[][] = [];
  for (const line of lines) {
    if (/^[-–]/u.test(line.text) || entries.length === 0) entries.push([line]);
    else entries.at(-1)?.push(line);
  }
  return entries;
}

function listFaults(spot: Spot): readonly Found[] {
  const entries = entriesOf(spot.lines);
  return entries.flatMap((lines, index): readonly Found[] => {
    const place = placeOf({ page: spot.page, lines });
    const text = lines.map((line) => line.text).join(' ');
    const end = index === entries.length - 1 ? '.' : ';';
    return [
      ...(text.startsWith('-') ? [] : [{ place, found: text.slice(0, 20), expected: '- …' }]),
      ...(text.endsWith(end) ? [] : [{ place, found: text.slice(-1), expected: end }]),
    ];
  });
}

function recipientFaults(judged: Judged, look: Look): readonly Found[] {
  const { content, located } = judged;
  const written: Found[] = [];
  if (content?.archive !== null && content !== null && !/^[-–]?\s*Lưu\s*:\s*VT/u.test(content.archive))
    written.push({ place: at('/archive'), found: content.archive, expected: 'Lưu: VT' });
  if (content !== null && content.archive === null && content.minutes === undefined)
    written.push({ place: at('/archive'), found: term('missing'), expected: 'Lưu: VT' });
  const first = content?.recipients[0]?.name ?? '';
  if (content !== null && DECISIONS.has(content.type) && content.recipients.length > 0 && !/^[-–]?\s*Như Điều/u.test(first))
    written.push({ place: at('/recipients/0/name'), found: first, expected: 'Như Điều …' });
  const spot = located?.recipients ?? null;
  if (spot === null) return written;
  const listed = { ...spot, lines: spot.lines.flatMap(withoutMark) };
  const entries = entriesOf(listed.lines).map((lines) => lines.map((line) => line.text).join(' '));
  const addressed = located?.addressees !== null;
  if (addressed && !/^[-–]\s*Như trên/u.test(entries[0] ?? ''))
    written.push({ place: placeOf(spot), found: entries[0] ?? '', expected: '- Như trên;' });
  const last = entries.at(-1) ?? '';
  if (!/^[-–]\s*Lưu\s*:\s*VT/u.test(last)) written.push({ place: placeOf(spot), found: last, expected: '- Lưu: VT, …' });
  return [...written, ...lookFaults(spot, look), ...listFaults(listed)];
}

/** A line without the drafter's mark at its right end (`PL.(300)`), which belongs to no recipient. */
function withoutMark(line: MeasuredLine): readonly MeasuredLine[] {
  const text = line.text.replace(/\s*\p{Lu}{1,6}\.?\s?\(\d+\)$/u, '');
  return text === '' ? [] : [{ ...line, text }];
}

/** Addressees and recipients. */
export const recipientRules: readonly FormRule[] = [
  ...rulesOf<null>({ key: 'C-22', part: 'recipients', in: { 'ND30-2020': { trust: 'read', params: null } }, check: addressing }),
  ...rulesOf<Look>({
    key: 'C-23',
    part: 'recipients',
    in: {
      'ND30-2020': { trust: 'read', severity: 'blocking', params: { sizePt: [12, 12], bold: true, italic: true } },
    },
    check: ({ content, located }, look) => {
      const none = content !== null && content.recipients.length === 0 && content.minutes === undefined;
      if (none) return [{ place: at('/recipients'), found: term('missing'), expected: 'Nơi nhận:' }];
      const spot = located?.recipientsHead ?? null;
      const [line] = spot?.lines ?? [];
      if (spot === null || line === undefined || located === null) return [];
      const level = located.capacity?.lines[0]?.baseMm;
      const off = level !== undefined && Math.abs(level - line.baseMm) > 3;
      return [
        ...lookFaults(spot, look),
        ...(line.text.endsWith(':') ? [] : [{ place: placeOf(spot), found: line.text, expected: 'Nơi nhận:' }]),
        ...(off ? [{ place: placeOf(spot), found: mm(line.baseMm), expected: mm(level) }] : []),
        ...(Math.abs(line.xMm - located.leftMm) > 2
          ? [{ place: placeOf(spot), found: mm(line.xMm), expected: mm(located.leftMm) }]
          : []),
      ];
    },
  }),
  ...rulesOf<Look>({
    key: 'C-24',
    part: 'recipients',
    in: { 'ND30-2020': { trust: 'read', params: { sizePt: [11, 11], bold: false, italic: false } } },
    check: recipientFaults,
  }),
];

function mm(value: number): string {
  return `${Math.round(value * 10) / 10} mm`;
}

/** Centred over the name, whatever stands between. */
export function overName(capacity: Spot | null, signer: Spot | null): readonly Found[] {
  const name = signer?.lines[0];
  return name === undefined ? [] : centredOn(capacity, centreOf(name));
}
