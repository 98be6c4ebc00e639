import { TrinhkyError } from '../../errors.js';
import type { FigureItem } from './form.js';

/** Most digits of a figure, before and after the decimal comma together. */
export const figureDigitsMax = 30;
/** Longest text that is read as a figure at all; more is no figure. */
export const figureCharsMax = 120;

/** What a figure of a form says of its values: a column of a table has the same. */
export type FigureShape = Pick<FigureItem, 'unit' | 'decimals' | 'min' | 'max'>;

/** Why a text is no figure, by the code of its sentence (`reportFindings.<code>`), with what the sentence needs. */
export interface FigureFault {
  readonly code:
    | 'figureMissing'
    | 'figureText'
    | 'figureGrouping'
    | 'figureAmbiguous'
    | 'figureDigits'
    | 'figureHasUnit'
    | 'figurePercent'
    | 'figureTooLong'
    | 'figureDecimals'
    | 'figureBelow'
    | 'figureAbove';
  readonly params: Readonly<Record<string, string | number>>;
}

interface Faulty {
  readonly fault: FigureFault;
}

/** A canonical decimal text (`-1234.5`), or why there is none. */
export type FigureAnswer = { readonly value: string } | Faulty;

const CANONICAL = /^-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?$/;
const MINUS = /^[-\u2212\u2013]\s*/u;
const OTHER_DIGIT = /(?![0-9])\p{Nd}|[\uff0c\uff0e\u066b\u066c]/u;
/** Groups of three, parted by spaces of any width. */
const SPACED = /^\d{1,3}(?:\s\d{3})+(?=[.,]|$)/u;

const fault = (code: FigureFault['code'], params: FigureFault['params'] = {}): Faulty => ({ fault: { code, params } });

/** Whether a text is a figure as it is stored: no leading or closing zeros, a point before the decimals, at most `figureDigitsMax` digits. */
export function isCanonical(text: string): boolean {
  return CANONICAL.test(text) && text !== '-0' && text.replace(/\D/g, '').length <= figureDigitsMax;
}

/**
 * Reads a figure as people type it. By the law on accounting (Luật Kế toán 2015, Điều 10 khoản 2) a point parts thousands and a comma the
 * decimals: `1.234,5`. Spaces part thousands too; a decimal point and commas for thousands are taken only where nothing else can be meant
 * (`12.5`, `1,234.5`). Whatever could be read in two ways, or is no figure, is a fault and never a number.
 */
export function parseFigure(text: string, shape: FigureShape): FigureAnswer {
  const typed = text.trim();
  if (typed === '') return fault('figureMissing');
  if (typed.length > figureCharsMax) return fault('figureTooLong', { max: figureDigitsMax });
  if (OTHER_DIGIT.test(typed)) return fault('figureDigits');
  const percent = /\s*%$/u.test(typed);
  if (percent && shape.unit !== '%') return fault('figurePercent', { unit: shape.unit });
  const bare = percent ? typed.replace(/\s*%$/u, '') : typed;
  const unsigned = bare.replace(MINUS, '').replace(/^\+/, '');
  if (/^[\d.,\s]+\s+\p{L}|^\d[\d.,]*\p{L}{2,}/u.test(unsigned)) return fault('figureHasUnit', { unit: shape.unit });
  if (!/^\d[\d.,\s]*$/u.test(unsigned)) return fault('figureText');
  const read = readUnsigned(unsigned, shape.decimals);
  if ('fault' in read) return read;
  const value = canonicalOf(MINUS.test(bare), read.whole, read.decimals);
  return checked(value, shape);
}

type Parts = { readonly whole: string; readonly decimals: string };

/** Which signs part thousands and which the decimals. */
function readUnsigned(text: string, decimalsMax: number): Parts | Faulty {
  const wrong = fault('figureGrouping');
  const spaced = SPACED.exec(text)?.[0];
  const joined = spaced === undefined ? text : spaced.replace(/\s/gu, '') + text.slice(spaced.length);
  if (/\s/u.test(joined)) return wrong;
  const points = joined.split('.').length - 1;
  const commas = joined.split(',').length - 1;
  if (points === 0 && commas === 0) return { whole: joined, decimals: '' };
  if (spaced !== undefined) return points + commas === 1 ? split(joined, points === 1 ? '.' : ',') : wrong;
  if (points > 0 && commas > 0) {
    const decimalSign = joined.lastIndexOf(',') > joined.lastIndexOf('.') ? ',' : '.';
    const [whole = '', ...rest] = joined.split(decimalSign);
    const groups = decimalSign === ',' ? '.' : ',';
    if (rest.length !== 1 || !isGrouped(whole, groups)) return wrong;
    return { whole: whole.replaceAll(groups, ''), decimals: rest[0] ?? '' };
  }
  return points > 0 ? withPoints(joined, points, decimalsMax) : withCommas(joined, commas, decimalsMax);
}

function withPoints(text: string, count: number, decimalsMax: number): Parts | Faulty {
  const grouped = isGrouped(text, '.');
  // Thousands by the law; with three decimals or more allowed it might as well be a decimal point.
  if (grouped && (count > 1 || decimalsMax < 3)) return { whole: text.replaceAll('.', ''), decimals: '' };
  if (grouped) return fault('figureAmbiguous', { typed: text });
  return count === 1 ? split(text, '.') : fault('figureGrouping');
}

function withCommas(text: string, count: number, decimalsMax: number): Parts | Faulty {
  const grouped = isGrouped(text, ',');
  if (count > 1) return grouped ? { whole: text.replaceAll(',', ''), decimals: '' } : fault('figureGrouping');
  // `1,234` where no three decimals are asked for: 1234 by another country's habit, or 1.234 too exactly. Which one is not for us to say.
  if (grouped && decimalsMax < 3) return fault('figureAmbiguous', { typed: text });
  return split(text, ',');
}

function split(text: string, sign: string): Parts | Faulty {
  const [whole = '', decimals = ''] = text.split(sign);
  if (whole === '' || decimals === '') return fault('figureGrouping');
  return { whole, decimals };
}

/** Whether a text is groups of three digits parted by this sign, the first without a leading zero. */
function isGrouped(text: string, sign: string): boolean {
  const [first = '', ...others] = text.split(sign);
  return others.length > 0 && /^[1-9]\d{0,2}$/.test(first) && others.every((group) => /^\d{3}$/.test(group));
}

function canonicalOf(negative: boolean, whole: string, decimals: string): string {
  const left = whole.replace(/^0+(?=\d)/, '');
  const right = decimals.replace(/0+$/, '');
  const value = right === '' ? left : `${left}.${right}`;
  return negative && value !== '0' ? `-${value}` : value;
}

/** A canonical value against what the form allows. */
function checked(value: string, { decimals, min, max }: FigureShape): FigureAnswer {
  if (value.replace(/\D/g, '').length > figureDigitsMax) return fault('figureTooLong', { max: figureDigitsMax });
  if ((value.split('.')[1] ?? '').length > decimals) return fault('figureDecimals', { decimals });
  if (min !== null && compare(value, min) < 0) return fault('figureBelow', { min: printedDecimal(min) });
  if (max !== null && compare(value, max) > 0) return fault('figureAbove', { max: printedDecimal(max) });
  return { value };
}

/** Why a stored figure does not fit its item; null where it does. */
export function figureFault(value: string, shape: FigureShape): FigureFault | null {
  if (!isCanonical(value)) return { code: 'figureText', params: {} };
  const answer = checked(value, shape);
  return 'fault' in answer ? answer.fault : null;
}

/** A decimal text as a whole number of its smallest places. */
function scaled(value: string, places: number): bigint {
  const [whole = '0', decimals = ''] = value.replace('-', '').split('.');
  const size = BigInt(whole + decimals.padEnd(places, '0'));
  return value.startsWith('-') ? -size : size;
}

function unscaled(value: bigint, places: number): string {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(places + 1, '0');
  return canonicalOf(negative, digits.slice(0, digits.length - places), digits.slice(digits.length - places));
}

function placesOf(values: readonly string[]): number {
  return Math.max(0, ...values.map((value) => (value.split('.')[1] ?? '').length));
}

/** The sum of canonical decimal texts, exact to the last digit; `0` of none. */
export function sumOf(values: readonly string[]): string {
  const places = placesOf(values);
  return unscaled(
    values.reduce((sum, value) => sum + scaled(value, places), 0n),
    places,
  );
}

/** The first value less the second, exact. */
export function differenceOf(value: string, before: string): string {
  return sumOf([value, before.startsWith('-') ? before.slice(1) : before === '0' ? '0' : `-${before}`]);
}

/** The average of canonical decimal texts, rounded half away from zero at `decimals` places; throws `internal` of none. */
export function averageOf(values: readonly string[], decimals: number): string {
  if (values.length === 0) throw new TrinhkyError('internal', { what: 'averageOfNothing' });
  const places = Math.max(decimals, placesOf(values));
  const sum = values.reduce((total, value) => total + scaled(value, places), 0n);
  const divisor = BigInt(values.length) * 10n ** BigInt(places - decimals);
  const size = sum < 0n ? -sum : sum;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return unscaled(sum < 0n ? -rounded : rounded, decimals);
}

/** Negative, zero or positive as the first value is less than, equal to or greater than the second. */
export function compare(left: string, right: string): number {
  const places = placesOf([left, right]);
  const [a, b] = [scaled(left, places), scaled(right, places)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A canonical decimal text as it is printed in Vietnamese: `-1.234,5`. */
export function printedDecimal(value: string): string {
  const [whole = '', decimals = ''] = value.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+(?!\d))/g, '.');
  return `${value.startsWith('-') ? '-' : ''}${grouped}${decimals === '' ? '' : `,${decimals}`}`;
}

/** The same for a field that is read again: where a point alone could be taken for a decimal one, `,0` says that it is none. */
export function typedDecimal(value: string, { decimals }: Pick<FigureShape, 'decimals'>): string {
  const printed = printedDecimal(value);
  return decimals >= 3 && printed.includes('.') && !printed.includes(',') ? `${printed},0` : printed;
}
