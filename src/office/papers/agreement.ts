import type { PlanReading } from '../reading/planReading.js';

/** What a careful reader took from a paper by hand, as far as it is compared; other keys of the file are not looked at. */
export interface HandReading {
  readonly number: string | null;
  readonly symbol: string | null;
  readonly place: string | null;
  readonly issuedOn: string | null;
  readonly title: string | null;
  readonly clauses: readonly {
    /** The first eight words of the clause after its own marker. */
    readonly textStart: string;
    readonly units: readonly { readonly name: string; readonly role: string }[];
    readonly due: { readonly text: string; readonly date: string | null } | null;
  }[];
  readonly recipients: readonly { readonly name: string; readonly purpose: string | null }[];
  readonly signature: Readonly<Record<SignaturePart, string | null>>;
}

/** Whether a parsed file is a reading by hand as far as it is compared; keys that hold nothing may be absent from `due` and `purpose`. */
export function isHandReading(value: unknown): value is HandReading {
  if (!isRecord(value) || !isRecord(value['signature'])) return false;
  const { clauses, recipients, signature } = value;
  const words = ['number', 'symbol', 'place', 'issuedOn', 'title'].map((name) => value[name]);
  const parts = SIGNATURE_PARTS.map((part) => (isRecord(signature) ? signature[part] : undefined));
  return (
    [...words, ...parts].every((word) => word === null || typeof word === 'string') &&
    Array.isArray(clauses) &&
    clauses.every((clause) => isRecord(clause) && typeof clause['textStart'] === 'string' && Array.isArray(clause['units'])) &&
    Array.isArray(recipients) &&
    recipients.every((recipient) => isRecord(recipient) && typeof recipient['name'] === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type SignaturePart = 'authority' | 'capacity' | 'title' | 'name';

export const MEASURES = [
  'number',
  'symbol',
  'place',
  'date',
  'title',
  'clauses',
  'units',
  'dates',
  'recipients',
  'signature',
] as const;

export type Measure = (typeof MEASURES)[number];

/** How far a reading agrees with the reading by hand; every figure from 0 to 1. */
export interface Agreement {
  readonly measures: Readonly<Record<Measure, number>>;
  /** Mean of the ten measures. */
  readonly mean: number;
  /** What differs: `missing` stands only in the reading by hand, `extra` only in ours. */
  readonly differences: readonly Difference[];
}

export interface Difference {
  readonly measure: Measure;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

const WORDS_OF_START = 8;
const SIGNATURE_PARTS: readonly SignaturePart[] = ['authority', 'capacity', 'title', 'name'];

/**
 * Compares a reading with a reading by hand: NFC, `*` and `|` dropped, white space made single, case kept. Number, symbol, place
 * and date count 1 when equal; the title counts its likeness (1 less the edits per character); clauses, units and recipients the
 * F1 of their marks (clause start; clause start, role and name; name and purpose); end dates the share that is right of all
 * clauses to which either side gives one; the signature the share of its four parts. Nothing on both sides is full agreement.
 */
export function agreementWith(hand: HandReading, reading: PlanReading): Agreement {
  const compared: Readonly<Record<Measure, Compared>> = {
    number: equal(hand.number, reading.number),
    symbol: equal(hand.symbol, reading.symbol),
    place: equal(hand.place, reading.place),
    date: equal(hand.issuedOn, reading.issuedOn),
    title: { ...equal(hand.title, reading.title), score: likeness(plain(hand.title), plain(reading.title)) },
    clauses: f1(hand.clauses.map(handStart), reading.clauses.map(readStart)),
    units: f1(
      hand.clauses.flatMap((clause) => unitMarks(handStart(clause), clause.units)),
      unitsOf(reading),
    ),
    dates: endDates(hand, reading),
    recipients: f1(hand.recipients.map(recipientMark), reading.recipients.map(recipientMark)),
    signature: signatures(hand, reading),
  };
  const measures = Object.fromEntries(MEASURES.map((measure) => [measure, compared[measure].score])) as Record<Measure, number>;
  return {
    measures,
    mean: meanOf(MEASURES.map((measure) => measures[measure])),
    differences: MEASURES.flatMap((measure) => {
      const { score, missing, extra } = compared[measure];
      return score === 1 ? [] : [{ measure, missing, extra }];
    }),
  };
}

/** The mean; 1 of nothing. */
export function meanOf(figures: readonly number[]): number {
  return figures.length === 0 ? 1 : figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}

interface Compared {
  readonly score: number;
  readonly missing: readonly string[];
  readonly extra: readonly string[];
}

const plain = (text: string | null) => (text ?? '').normalize('NFC').replace(/[*|]/gu, '').replace(/\s+/gu, ' ').trim();
const startOf = (text: string) => plain(text).split(' ').slice(0, WORDS_OF_START).join(' ');
const handStart = (clause: HandReading['clauses'][number]) => startOf(clause.textStart);
const readStart = (clause: PlanReading['clauses'][number]) => startOf(clause.text);
const unitMarks = (start: string, units: readonly { readonly name: string; readonly role: string }[]) =>
  units.map(({ name, role }) => `${start} | ${role} | ${plain(name)}`);
const unitsOf = (reading: PlanReading) => reading.clauses.flatMap((clause) => unitMarks(readStart(clause), clause.units));
const recipientMark = ({ name, purpose }: HandReading['recipients'][number]) => `${plain(name)} (${plain(purpose)})`;

function equal(hand: string | null, read: string | null): Compared {
  const [expected, found] = [plain(hand), plain(read)];
  return expected === found ? { score: 1, missing: [], extra: [] } : { score: 0, missing: [expected], extra: [found] };
}

/** Each mark is counted as often as it stands. */
function f1(expected: readonly string[], found: readonly string[]): Compared {
  const left = new Map<string, number>();
  for (const mark of expected) left.set(mark, (left.get(mark) ?? 0) + 1);
  const extra: string[] = [];
  for (const mark of found) {
    const count = left.get(mark) ?? 0;
    if (count > 0) left.set(mark, count - 1);
    else extra.push(mark);
  }
  const missing = [...left].flatMap(([mark, count]) => Array<string>(count).fill(mark));
  const total = expected.length + found.length;
  return { score: total === 0 ? 1 : 1 - (missing.length + extra.length) / total, missing, extra };
}

function endDates(hand: HandReading, reading: PlanReading): Compared {
  const expected = hand.clauses.flatMap((clause) => (clause.due?.date ? [`${handStart(clause)} | ${clause.due.date}`] : []));
  const found = reading.clauses.flatMap((clause) => (clause.due?.date ? [`${readStart(clause)} | ${clause.due.date}`] : []));
  const { missing, extra } = f1(expected, found);
  const right = expected.length - missing.length;
  // A wrong date stands on both sides; it is one clause, not two.
  const startsMissing = new Set(missing.map((mark) => mark.slice(0, mark.lastIndexOf(' | '))));
  const alone = extra.filter((mark) => !startsMissing.has(mark.slice(0, mark.lastIndexOf(' | '))));
  const clauses = expected.length + alone.length;
  return { score: clauses === 0 ? 1 : right / clauses, missing, extra };
}

function signatures(hand: HandReading, reading: PlanReading): Compared {
  const parts = SIGNATURE_PARTS.map((part) => equal(hand.signature[part], reading.signature[part]));
  return {
    score: meanOf(parts.map(({ score }) => score)),
    missing: parts.flatMap(({ missing }) => missing),
    extra: parts.flatMap(({ extra }) => extra),
  };
}

/** One less the share of characters to change (Levenshtein) of the longer text. */
function likeness(left: string, right: string): number {
  const longer = Math.max(left.length, right.length);
  if (longer === 0) return 1;
  let row = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const changed = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return 1 - (row[right.length] ?? longer) / longer;
}
