import { type MeasuredLine, type MeasuredPage, type MeasuredRule, rightOf } from '../../src/office/form/measures.js';

/** What the reader of the page and the printer may differ by. */
export const toleranceMm = 0.3;
/** The text area inside A4 with the margins of P-03. */
export const text = { left: 30.4, right: 194.6, top: 20.4, bottom: 276.6 };
export const textCentreMm = (text.left + text.right) / 2;

export function lineOn(page: MeasuredPage, start: string): MeasuredLine {
  const found = page.lines.find((line) => line.text.startsWith(start));
  if (found === undefined) throw new Error(`no line starts with ${start}`);
  return found;
}

/** The rule right below a line. */
export function ruleBelow(page: MeasuredPage, line: MeasuredLine): MeasuredRule {
  const found = page.rules.find((rule) => rule.yMm > line.baseMm && rule.yMm < line.baseMm + 5 && overlap(rule, line));
  if (found === undefined) throw new Error(`no rule below ${line.text}`);
  return found;
}

function overlap(rule: MeasuredRule, line: MeasuredLine): boolean {
  return rule.xMm < rightOf(line) && rule.xMm + rule.lengthMm > line.xMm;
}

/** Size, weight and slant of a line as one text. */
export function face(line: MeasuredLine): string {
  const styles = new Set(line.runs.map((run) => `${run.bold ? 'bold' : 'plain'}${run.italic ? ' italic' : ''}`));
  return `${Math.round(line.sizePt * 10) / 10} ${[...styles].join('+')}`;
}

export const shareX = (xMm: number): number => (xMm - text.left) / (text.right - text.left);
