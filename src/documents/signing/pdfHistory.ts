import type { PdfObject, PdfRevision } from './pdfRevisions.js';
import { type PdfValue, plainText } from './pdfValue.js';

/** Everything that is known before a revision. */
export interface Before {
  readonly revisions: readonly PdfRevision[];
  /** The numbers of the fields so far, in their order. */
  readonly fields: readonly number[];
}

/** The latest state of an object before this revision. */
export function objectBefore({ revisions }: Pick<Before, 'revisions'>, number: number | null): PdfObject | undefined {
  if (number === null) return undefined;
  for (const revision of revisions.toReversed()) {
    const found = revision.objects.get(number);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Whether one dictionary is the other with nothing but this new key. */
export function sameBut(after: ReadonlyMap<string, PdfValue>, before: ReadonlyMap<string, PdfValue>, key: string): boolean {
  const keys = new Set([...after.keys(), ...before.keys()]);
  keys.delete(key);
  return !before.has(key) && [...keys].every((one) => plainText(after.get(one)) === plainText(before.get(one)));
}
