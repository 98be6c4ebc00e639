import type { Paragraph, Table } from 'docx';
import type { PaperView } from '../view.js';
import type { SignatureView } from '../viewEnd.js';
import { columns } from './columns.js';
import { line } from './text.js';

const halfMm = 82.5;
/** The place of a signature by hand. */
const signedPt = 60;

/** Recipients on the left, the place of the signature on the right; of minutes both who sign, and the recipients below. */
export function ending({ minutes, signature, recipients }: PaperView): Table {
  const received = [
    line('Nơi nhận:', { pt: 12, bold: true, italic: true }),
    ...recipients.map(({ text }) => line(`- ${text}`, { pt: 11 })),
  ];
  if (minutes !== null)
    return columns([
      { mm: halfMm, children: [...block(minutes.secretary), ...received] },
      { mm: halfMm, children: block(minutes.chair) },
    ]);
  return columns([
    { mm: halfMm, children: received },
    { mm: halfMm, children: signature === null ? [line('', {})] : block(signature) },
  ]);
}

function block({ lines, name }: SignatureView): readonly Paragraph[] {
  return [
    ...lines.map((text) => line(text, { bold: true, align: 'center' })),
    line(name, { bold: true, align: 'center', before: signedPt }),
  ];
}
