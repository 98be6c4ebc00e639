import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNull, PDFNumber, PDFRef } from '@cantoo/pdf-lib';
import { parentsOf } from './tagTree.js';

/** MCIDs by page. */
export type Repeats = ReadonlyMap<PDFRef, ReadonlySet<number>>;

interface Piece {
  readonly page: PDFRef;
  readonly mcid: number;
  readonly item: PDFNumber | PDFDict | PDFRef;
}

/**
 * Takes the repeated heads of long tables out of the tags. The browser prints the head again on every page and tags each copy as part of
 * the same cell, so a screen reader would say `STT STT STT`; the first copy stays, the others are only for the eye. Answers their MCIDs
 * by page; the tags and the tree of parents are changed here, the pages' content is the caller's.
 */
export function takeOutRepeats(context: PDFContext, tree: PDFDict): Repeats {
  const repeats = new Map<PDFRef, Set<number>>();
  for (const [, object] of context.enumerateIndirectObjects()) {
    if (object instanceof PDFDict && object.get(S) === TH && isColumnHead(context, object)) {
      for (const { page, mcid } of keepFirstCopy(context, object)) {
        const ofPage = repeats.get(page) ?? new Set();
        repeats.set(page, ofPage.add(mcid));
      }
    }
  }
  for (const [page, mcids] of repeats) forgetParents(context, tree, page, mcids);
  return repeats;
}

const S = PDFName.of('S');
const K = PDFName.of('K');
const Pg = PDFName.of('Pg');
const MCID = PDFName.of('MCID');
const TH = PDFName.of('TH');
const Column = PDFName.of('Column');
const Scope = PDFName.of('Scope');

/** Only heads of columns are repeated: a head of a row that goes on over the page is no copy. */
function isColumnHead(context: PDFContext, cell: PDFDict): boolean {
  const attributes = context.lookup(cell.get(PDFName.of('A')));
  const each = attributes instanceof PDFArray ? attributes.asArray().map((one) => context.lookup(one)) : [attributes];
  return each.some((one) => one instanceof PDFDict && one.get(Scope) === Column);
}

/** Below the cell, at each leaf: the pieces of the first page stay. Answers those that went. */
function keepFirstCopy(context: PDFContext, element: PDFDict): readonly Piece[] {
  const kids = context.lookup(element.get(K));
  const items = kids instanceof PDFArray ? kids.asArray() : [element.get(K)];
  const pieces = items.map((item) => pieceOf(context, element, item));
  if (pieces.some((piece) => piece === null)) {
    return items.flatMap((item) => {
      const below = context.lookup(item);
      return below instanceof PDFDict && below.has(S) ? keepFirstCopy(context, below) : [];
    });
  }
  const all = pieces.filter((piece) => piece !== null);
  const first = all.filter(({ page }) => page === all[0]?.page);
  const others = all.filter(({ page }) => page !== all[0]?.page);
  // a copy has as many pieces as the original; what has not is text that goes on
  const copies = [...new Set(others.map(({ page }) => page))].every(
    (page) => others.filter((piece) => piece.page === page).length === first.length,
  );
  if (others.length === 0 || !copies) return [];
  element.set(K, context.obj(first.map(({ item }) => item)));
  return others;
}

function pieceOf(context: PDFContext, element: PDFDict, item: unknown): Piece | null {
  const page = element.get(Pg);
  if (item instanceof PDFNumber && page instanceof PDFRef) return { page, mcid: item.asNumber(), item };
  const reference = item instanceof PDFRef ? context.lookup(item) : item;
  if (!(reference instanceof PDFDict)) return null;
  const mcid = reference.get(MCID);
  const own = reference.get(Pg) ?? page;
  return mcid instanceof PDFNumber && own instanceof PDFRef
    ? { page: own, mcid: mcid.asNumber(), item: item instanceof PDFRef ? item : reference }
    : null;
}

/** The tree of parents leads from a page's MCIDs to the elements; a copy has none any more. */
function forgetParents(context: PDFContext, tree: PDFDict, page: PDFRef, mcids: ReadonlySet<number>): void {
  const elements = parentsOf(context, tree, page);
  for (const mcid of mcids) if (mcid < (elements?.size() ?? 0)) elements?.set(mcid, PDFNull);
}
