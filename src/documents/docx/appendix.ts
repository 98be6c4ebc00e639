import type { Paragraph, Table } from 'docx';
import type { AppendixView } from '../view.js';
import { bodyParagraphs } from './body.js';
import { landscapeTextWidthTwips, textWidthTwips } from './measures.js';
import { line } from './text.js';

/** An appendix on pages of its own. */
export function appendixSection(appendix: AppendixView, landscape: boolean): readonly (Paragraph | Table)[] {
  return [
    line(appendix.marker, { bold: true, align: 'center', keep: true }),
    ...appendix.titleLines.map((text) => line(text, { bold: true, align: 'center', keep: true })),
    ...appendix.attached.map((text) => line(text, { italic: true, align: 'center' })),
    ...bodyParagraphs(appendix.body, landscape ? landscapeTextWidthTwips : textWidthTwips),
  ];
}
