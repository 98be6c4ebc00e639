import type { Paragraph, Table } from 'docx';
import type { PaperView } from '../view.js';
import { columns } from './columns.js';
import { line, paragraph, rule, runsOf } from './text.js';

const columnsMm = 165;
const countryColumnMm = 93;
/** What a word processor keeps free on both sides of a cell. */
const cellSidesMm = 5;
const ruleSideMm = 24;
const mottoSideMm = 15;

/** Agency and number on the left, the country's name, place and date on the right. */
export function head(view: PaperView): Table {
  const left = [
    ...view.superior.map((text) => line(text, { pt: 12, align: 'center' })),
    ...view.issuer.map((text) => line(text, { pt: 12, bold: true, align: 'center' })),
    rule(ruleSideMm),
    line(view.number, { pt: 13, align: 'center', before: 4 }),
    ...(view.typeName === null ? [line(view.title, { pt: 12, align: 'center', before: 6 })] : []),
  ];
  const right = [
    line('CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', { pt: 12, bold: true, align: 'center' }),
    line('Độc lập - Tự do - Hạnh phúc', { pt: 13, bold: true, align: 'center' }),
    rule(mottoSideMm),
    ...(view.placeAndDate === null ? [] : [line(view.placeAndDate, { pt: 13, italic: true, align: 'center', before: 4 })]),
  ];
  const countryMm = view.countryWidthMm === null ? countryColumnMm : view.countryWidthMm + cellSidesMm;
  return columns([
    { mm: columnsMm - countryMm, children: left },
    { mm: countryMm, children: right },
  ]);
}

export function title(view: PaperView): readonly Paragraph[] {
  if (view.typeName === null) return [];
  const enacting =
    view.enacting === null ? [] : view.enacting.by.map((text) => line(text, { bold: true, align: 'center', before: 12 }));
  return [
    line(view.typeName, { bold: true, align: 'center', before: 14, keep: true }),
    ...view.titleLines.map((text) => line(text, { bold: true, align: 'center', keep: true })),
    rule(ruleSideMm * 2),
    ...enacting,
  ];
}

export function addressees({ addressees: to }: PaperView): readonly Paragraph[] {
  if (to === null) return [];
  if (to.one !== null) return [line(`${to.label}: ${to.one}`, { align: 'center', before: 12 })];
  return [
    line(`${to.label}:`, { align: 'center', before: 12 }),
    ...to.several.map((text) => paragraph(runsOf(`- ${text}`), { align: 'center' })),
  ];
}

export function bases(view: PaperView): readonly Paragraph[] {
  const list = view.bases.map((text) => line(text, { italic: view.basesItalic, align: 'both', indent: true, before: 6 }));
  return view.enacting === null ? list : [...list, line(view.enacting.word, { bold: true, align: 'center', before: 10 })];
}
