import type { VerificationFault } from '../../commands/papers/signing.js';
import type { PdfRevision } from './pdfRevisions.js';
import { isKind, type PdfValue } from './pdfValue.js';

/**
 * What makes a page do something, show something else to somebody else, or bring bytes along: none of it is in a paper we print, so
 * its presence alone is a fault. Optional content is in the list because it hides and shows (shadow attacks), object streams and a
 * second table because they hide objects from the strict reader.
 */
const activeKeys: ReadonlySet<string> = new Set(
  [
    'JS JavaScript OpenAction AA Launch URI SubmitForm ImportData GoToR GoToE',
    'EmbeddedFile EmbeddedFiles EF AF Collection RichMedia RichMediaContent Movie Sound Rendition',
    'XFA OCProperties OCG OCMD Encrypt Perms ObjStm XRef Alternates OPI FFilter Requirements',
  ].flatMap((line) => line.split(' ')),
);
const formKeys: ReadonlySet<string> = new Set(['AcroForm', 'FT']);

/** Faults of the first revision's content, the one that was printed: no form, no annotation, nothing active. */
export function contentFaults({ objects }: PdfRevision): readonly VerificationFault[] {
  const faults = new Set<VerificationFault>();
  for (const { value, stream } of objects.values()) {
    // A stream with F has its bytes in another file.
    if (stream !== null && isKind(value, 'dict') && value.entries.has('F')) faults.add('activeContent');
    const waiting: PdfValue[] = [value];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) collect(next, waiting, faults);
  }
  return [...faults];
}

function collect(value: PdfValue, waiting: PdfValue[], faults: Set<VerificationFault>): void {
  if (isKind(value, 'array')) for (const item of value.items) waiting.push(item);
  if (!isKind(value, 'dict')) return;
  for (const [key, one] of value.entries) {
    const named = ['S', 'Type', 'Subtype', 'FT'].includes(key) && isKind(one, 'name') ? one.name : '';
    if (activeKeys.has(key) || activeKeys.has(named)) faults.add('activeContent');
    if (key === 'Annots' && !(isKind(one, 'array') && one.items.length === 0)) faults.add('activeContent');
    if (named === 'Annot' || named === 'Widget') faults.add('activeContent');
    if (formKeys.has(key)) faults.add('fieldUnexpected');
    waiting.push(one);
  }
}
