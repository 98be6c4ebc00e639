import { Paragraph, TextRun } from 'docx';
import { face, firstLineIndent, gap, points } from './measures.js';

export interface LineStyle {
  readonly pt?: number;
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly align?: 'left' | 'center' | 'right' | 'both';
  readonly indent?: boolean;
  readonly before?: number;
  readonly keep?: boolean;
}

/** A run of text; line breaks in it stay. */
export function runsOf(text: string, { pt = 14, bold = false, italic = false }: LineStyle = {}): TextRun[] {
  return text
    .split('\n')
    .map(
      (line, index) =>
        new TextRun({ text: line, font: face, size: points(pt), bold, italics: italic, ...(index > 0 ? { break: 1 } : {}) }),
    );
}

export function line(text: string, style: LineStyle = {}): Paragraph {
  return paragraph(runsOf(text, style), style);
}

export function paragraph(
  runs: readonly TextRun[],
  { align = 'left', indent = false, before = 0, keep = false }: LineStyle = {},
): Paragraph {
  return new Paragraph({
    children: [...runs],
    alignment: align,
    spacing: { before: gap(before) },
    keepNext: keep,
    ...(indent ? { indent: { firstLine: firstLineIndent } } : {}),
  });
}

/** A short line below a text: a paragraph's lower border, drawn in by both sides. */
export function rule(sideMm: number, twipsPerMm = 56.7): Paragraph {
  const side = Math.round(sideMm * twipsPerMm);
  return new Paragraph({
    children: [],
    spacing: { before: 0, after: gap(2), line: gap(4), lineRule: 'exact' },
    indent: { left: side, right: side },
    border: { bottom: { style: 'single', size: 6, space: 0, color: '000000' } },
  });
}
