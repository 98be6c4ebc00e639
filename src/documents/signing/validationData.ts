import type { Certificate } from './certificate.js';
import { type Before, objectBefore, sameBut } from './pdfHistory.js';
import { type PdfRevision, revisionsOf } from './pdfRevisions.js';
import { dictOf, fault, isKind, nameIn, type PdfValue, referenceIn } from './pdfValue.js';
import { type RevocationList, readRevocationList } from './revocation.js';

/**
 * Long-term validation (PAdES B-LT): what is needed to judge the signatures later, in a document security store (ISO 32000-2,
 * 12.8.4.3). It is written between the signatory's signature and the seal, which so covers it: nothing ever follows the seal.
 */
export interface ValidationData {
  readonly certificates: readonly Certificate[];
  readonly lists: readonly RevocationList[];
}

/** The file with one more revision that holds the data. The file must be one that `revisionsOf` reads. */
export function withValidationData(bytes: Buffer, { certificates, lists }: ValidationData): Buffer {
  const { revisions } = revisionsOf(bytes);
  const last = revisions.at(-1) ?? fault('revisions');
  const catalog = objectBefore({ revisions }, last.root) ?? fault('root');
  const first = Number(last.trailer.get('Size'));
  const streams = [...certificates, ...lists].map(({ der }, index) => ({ number: first + index, der }));
  const store = first + streams.length;
  const references = (from: number, to: number) =>
    streams
      .slice(from, to)
      .map(({ number }) => `${number} 0 R`)
      .join(' ');
  const catalogText = bytes.toString('latin1', ...catalog.body);
  const objects: (readonly [number, Buffer])[] = [
    [last.root, latin1(catalogText.replace(/>>$/, `/DSS ${store} 0 R\n>>`))],
    ...streams.map(({ number, der }) => {
      return [number, Buffer.concat([latin1(`<< /Length ${der.length} >>\nstream\n`), der, latin1('\nendstream')])] as const;
    }),
    [
      store,
      latin1(
        `<< /Type /DSS /Certs [${references(0, certificates.length)}] /CRLs [${references(certificates.length, streams.length)}] >>`,
      ),
    ],
  ];
  return appended(bytes, last, objects);
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

/** An incremental update; ends without a line end, so that the next revision's is told from its own. */
function appended(bytes: Buffer, last: PdfRevision, objects: readonly (readonly [number, Buffer])[]): Buffer {
  const pieces = [bytes, latin1('\n')];
  let at = bytes.length + 1;
  let table = 'xref\n';
  for (const [number, body] of objects) {
    const piece = Buffer.concat([latin1(`${number} 0 obj\n`), body, latin1('\nendobj\n')]);
    table += `${number} 1\n${String(at).padStart(10, '0')} 00000 n\r\n`;
    pieces.push(piece);
    at += piece.length;
  }
  const size = Math.max(...objects.map(([number]) => number)) + 1;
  const kept = ['Info', 'ID'].map((key) => entryText(key, last.trailer.get(key))).join('');
  const trailer = `trailer\n<< /Size ${size} /Root ${last.root} 0 R /Prev ${last.table}${kept} >>\nstartxref\n${at}\n%%EOF`;
  return Buffer.concat([...pieces, latin1(table), latin1(trailer)]);
}

function entryText(key: string, value: PdfValue | undefined): string {
  if (isKind(value, 'reference')) return ` /${key} ${value.number} 0 R`;
  if (!isKind(value, 'array')) return '';
  const items = value.items.map((item) => (isKind(item, 'string') ? `<${item.bytes().toString('hex')}>` : fault(key)));
  return ` /${key} [${items.join(' ')}]`;
}

/** The revocation lists of a revision that is exactly what `withValidationData` adds; null for any other revision. */
export function validationRevision(revision: PdfRevision, before: Before, bytes: Buffer): readonly RevocationList[] | null {
  const catalog = revision.objects.get(revision.root);
  const earlier = objectBefore(before, revision.root);
  // Between signature and seal, nowhere else.
  if (before.fields.length !== 1 || catalog === undefined || earlier === undefined || !isKind(catalog.value, 'dict')) return null;
  const latest = dictOf(catalog.value);
  const store = revision.objects.get(referenceIn(latest.get('DSS')) ?? -1);
  if (store === undefined || !isKind(store.value, 'dict') || !sameBut(latest, dictOf(earlier.value), 'DSS')) return null;
  const { entries } = store.value;
  const [certificates, lists] = [numbersIn(entries.get('Certs')), numbersIn(entries.get('CRLs'))];
  const streams = [...certificates, ...lists];
  const others = [...revision.objects.values()].filter(({ number }) => number !== revision.root && number !== store.number);
  const expected = new Set(streams);
  const sound =
    entries.size === 3 &&
    nameIn(entries.get('Type')) === 'DSS' &&
    expected.size === streams.length &&
    others.length === streams.length &&
    others.every(({ number, stream, value }) => stream !== null && expected.has(number) && dictOf(value).size === 1) &&
    [store, ...others].every(({ number }) => objectBefore(before, number) === undefined);
  if (!sound) return null;
  const found = lists.map((number) => {
    const [from, to] = revision.objects.get(number)?.stream ?? [0, 0];
    return readRevocationList(bytes.subarray(from, to));
  });
  return found.every((list) => list !== null) ? found : null;
}

function numbersIn(value: PdfValue | undefined): readonly number[] {
  return isKind(value, 'array') ? value.items.map((item) => referenceIn(item) ?? -1) : [];
}
