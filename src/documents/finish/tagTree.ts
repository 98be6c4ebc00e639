import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFRef } from '@cantoo/pdf-lib';
import { TrinhkyError } from '../../errors.js';
import type { Told } from './artefacts.js';

const K = PDFName.of('K');

/** The elements that a page's MCIDs belong to, in the order of the MCIDs; undefined for a page without tags. */
export function parentsOf(context: PDFContext, tree: PDFDict, page: PDFRef): PDFArray | undefined {
  const key = context.lookup(page, PDFDict).get(PDFName.of('StructParents'))?.toString();
  const parents = context.lookupMaybe(tree.get(PDFName.of('ParentTree')), PDFDict);
  const numbers = context.lookupMaybe(parents?.get(PDFName.of('Nums')), PDFArray)?.asArray() ?? [];
  const at = numbers.findIndex((one, index) => index % 2 === 0 && one instanceof PDFNumber && one.toString() === key);
  return at < 0 ? undefined : context.lookupMaybe(numbers[at + 1], PDFArray);
}

/**
 * Gives text of a page's margins, which now has MCIDs from the first free one on, its paragraphs in the tags: what stands in the upper
 * half before everything else, the rest at the end. Throws `printFailed` {reason: 'untagged'}.
 */
export function tell(context: PDFContext, tree: PDFDict, page: PDFRef, told: readonly Told[]): void {
  if (told.length === 0) return;
  const root = tree.get(K);
  const document = context.lookup(root);
  const kids = document instanceof PDFDict ? context.lookup(document.get(K)) : undefined;
  const parents = parentsOf(context, tree, page);
  if (!(document instanceof PDFDict && root !== undefined && kids instanceof PDFArray && parents !== undefined))
    throw new TrinhkyError('printFailed', { reason: 'untagged' });
  let first = 0;
  for (const { mcid, upper } of told) {
    const element = context.register(context.obj({ Type: 'StructElem', S: 'P', P: root, Pg: page, K: mcid }));
    parents.push(element);
    kids.insert(upper ? first : kids.size(), element);
    if (upper) first += 1;
  }
}
