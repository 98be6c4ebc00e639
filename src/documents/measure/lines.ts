import type { MeasuredLine, MeasuredRun } from '../../office/form/measures.js';
import type { Letter } from './drawing.js';

/** Letters whose base lines lie no further apart stand on one line. */
const sameBaseMm = 0.4;
/** A gap wider than this, in letter sizes, parts two columns; a justified line never has one. */
const columnGapEm = 1.6;
/** So does one wider than this which is unlike the other gaps of its row. */
const narrowGapEm = 0.9;
const unlikeTimes = 2.5;
/** A gap wider than this, in letter sizes, is a blank that was not written as a letter. */
const blankGapEm = 0.18;
const mmPerPt = 25.4 / 72;

/** The lines that letters make, from top to bottom and left to right. Letters that are only blanks at an end take no part. */
export function linesOf(letters: readonly Letter[]): readonly MeasuredLine[] {
  const sorted = [...letters].sort((a, b) => a.baseMm - b.baseMm);
  const rows: Letter[][] = [];
  for (const letter of sorted) {
    const row = rows.at(-1);
    const first = row?.[0];
    if (row !== undefined && first !== undefined && letter.baseMm - first.baseMm <= sameBaseMm) row.push(letter);
    else rows.push([letter]);
  }
  return rows.flatMap((row) => columnsOf([...row].sort((a, b) => a.xMm - b.xMm))).flatMap(lineOf);
}

function columnsOf(row: readonly Letter[]): readonly (readonly Letter[])[] {
  const usual = usualGapMm(row);
  const columns: Letter[][] = [];
  let right = Number.NEGATIVE_INFINITY;
  for (const letter of row.filter(({ text }) => text.trim() !== '' || text === ' ')) {
    const blank = letter.text.trim() === '';
    const gap = letter.xMm - right;
    const em = letter.sizePt * mmPerPt;
    const far = gap > em * columnGapEm || (gap > em * narrowGapEm && gap > usual * unlikeTimes);
    if (far && !blank) columns.push([letter]);
    else columns.at(-1)?.push(letter);
    if (!blank) right = letter.xMm + letter.widthMm;
  }
  return columns;
}

/** The middle one of the gaps between the words of a row: on a justified line all are alike. */
function usualGapMm(row: readonly Letter[]): number {
  const ink = row.filter(({ text }) => text.trim() !== '');
  const gaps = ink.slice(1).flatMap((letter, index) => {
    const before = ink[index];
    const gap = before === undefined ? 0 : letter.xMm - before.xMm - before.widthMm;
    return gap > letter.sizePt * mmPerPt * blankGapEm ? [gap] : [];
  });
  return gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? 0;
}

function trimmed(letters: readonly Letter[]): readonly Letter[] {
  const isInk = ({ text }: Letter): boolean => text.trim() !== '';
  const first = letters.findIndex(isInk);
  const last = letters.findLastIndex(isInk);
  return first < 0 ? [] : letters.slice(first, last + 1);
}

function lineOf(column: readonly Letter[]): readonly MeasuredLine[] {
  const letters = trimmed(column);
  const runs = runsOf(letters);
  const first = letters[0];
  const last = letters.at(-1);
  if (first === undefined || last === undefined) return [];
  return [
    {
      text: tidy(runs.map(({ text }) => text).join('')),
      xMm: first.xMm,
      baseMm: first.baseMm,
      widthMm: last.xMm + last.widthMm - first.xMm,
      sizePt: Math.max(...runs.map(({ sizePt }) => sizePt)),
      runs: runs.map((run) => ({ ...run, text: run.text.normalize('NFC') })),
    },
  ];
}

function tidy(text: string): string {
  return text.normalize('NFC').replace(/\s+/gu, ' ').trim();
}

/** Neighbouring letters of one style as one run; the text keeps its blanks, the width goes from first to last ink. */
export function runsOf(letters: readonly Letter[]): readonly MeasuredRun[] {
  const runs: MeasuredRun[] = [];
  let first: Letter | null = null;
  let right = Number.NEGATIVE_INFINITY;
  for (const letter of letters) {
    const run = runs.at(-1);
    const apart = run !== undefined && letter.xMm - right > letter.sizePt * mmPerPt * blankGapEm;
    const text = apart && !run.text.endsWith(' ') && letter.text !== ' ' ? ` ${letter.text}` : letter.text;
    const ink = letter.text.trim() !== '';
    if (run !== undefined && first !== null && (sameStyle(first, letter) || !ink)) {
      const widthMm = ink ? letter.xMm + letter.widthMm - run.xMm : run.widthMm;
      runs[runs.length - 1] = { ...run, text: run.text + text, widthMm };
    } else {
      runs.push(runOf(letter, text));
      first = letter;
    }
    right = letter.xMm + letter.widthMm;
  }
  return runs;
}

function sameStyle(a: Letter, b: Letter): boolean {
  return a.face.name === b.face.name && Math.abs(a.sizePt - b.sizePt) < 0.05 && a.colour === b.colour;
}

function runOf(letter: Letter, text: string): MeasuredRun {
  const { xMm, baseMm, widthMm, sizePt, face, colour } = letter;
  const { family, bold, italic } = face;
  return { text, xMm, baseMm, widthMm, sizePt: Math.round(sizePt * 100) / 100, family, bold, italic, colour };
}
