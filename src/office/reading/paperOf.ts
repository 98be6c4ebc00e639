import type { PaperContent } from '../papers/paper.js';
import { documentTypeNamed } from '../papers/symbols.js';
import type { PlanReading } from './planReading.js';

/**
 * The reading as structured content, for printing again. Everything between head and recipients is there, in order.
 * What the paper lacks stays empty text: the form rules will say so; nothing is invented.
 */
export function paperOf(reading: PlanReading): PaperContent {
  const known = reading.type === null ? undefined : documentTypeNamed(reading.type);
  return {
    type: known?.abbreviation ?? '',
    typeName: known?.symbolled === false ? '' : (reading.type ?? '').toUpperCase(),
    issuer: { superior: reading.issuer.superior, name: reading.issuer.name ?? '' },
    symbol: reading.symbol ?? '',
    place: reading.place ?? '',
    title: reading.title ?? '',
    bases: printedBases(reading),
    body: reading.body,
    recipients: reading.recipients,
    archive: reading.archive === null ? null : `Lưu: ${reading.archive}`,
  };
}

/** A paper cited within a ground is printed with that ground, one cited in the opening sentence with that sentence: never twice. */
function printedBases({ bases, body }: PlanReading): string[] {
  const opening = body[0]?.kind === 'paragraph' ? body[0].text : '';
  const lines: string[] = [];
  for (const { text } of bases) if (!opening.includes(text) && !(lines.at(-1) ?? '').includes(text)) lines.push(text);
  return lines;
}
