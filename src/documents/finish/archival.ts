import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import {
  ParseSpeeds,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHeader,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from '@cantoo/pdf-lib';
import { TrinhkyError } from '../../errors.js';
import { type MarkedContent, type Marking, markArtefacts } from './artefacts.js';
import { takeOutRepeats } from './repeats.js';
import { srgbProfile } from './srgb.js';
import { parentsOf, tell } from './tagTree.js';
import { xmpPacket } from './xmp.js';

const language = 'vi-VN';
const idBytes = 16;
const creator = 'trinhky';

export interface Finished {
  readonly bytes: Uint8Array;
  /** How often pictures are drawn on the pages; 0 for a draft, where nobody looked. */
  readonly drawn: number;
}

/**
 * Makes the browser's tagged PDF, with its chance taken out, archival and accessible: colour space, metadata, identifier, language, and
 * a mark about everything without a tag. What stands in the margins of page 1 is told: verification code, stamps, address; what is
 * repeated on later pages, and the page numbers there, are artefacts. The pages look as before.
 */
export async function archival(bytes: Uint8Array, { day, title }: { day: string | null; title: string }): Promise<Finished> {
  const document = await PDFDocument.load(bytes, {
    updateMetadata: false,
    parseSpeed: ParseSpeeds.Fastest,
    throwOnInvalidObject: true,
  });
  const { context, catalog } = document;
  const tree = context.lookupMaybe(catalog.get(PDFName.of('StructTreeRoot')), PDFDict);
  if (tree === undefined) throw new TrinhkyError('printFailed', { reason: 'untagged' });
  const repeats = takeOutRepeats(context, tree);
  const pages = document.getPages().map(({ ref }) => ref);
  const drawn = pages.reduce((total, page, index) => {
    const parents = parentsOf(context, tree, page);
    const tellFrom = index === 0 && parents !== undefined ? parents.size() : null;
    const marked = markPage(context, page, { repeats: repeats.get(page) ?? new Set(), tellFrom });
    tell(context, tree, page, marked.told);
    return total + marked.drawn;
  }, 0);
  describe(document, title, `${day ?? '2000-01-01'}T00:00:00+07:00`);
  context.header = PDFHeader.forVersion(1, 7);
  // derived, not drawn by lot: the same paper has the same identifier
  const id = PDFHexString.of(
    createHash('sha256')
      .update(bytes)
      .digest('hex')
      .slice(0, 2 * idBytes),
  );
  context.trailerInfo.ID = context.obj([id, id]);
  const saved = await document.save({
    useObjectStreams: false,
    addDefaultPage: false,
    updateFieldAppearances: false,
    objectsPerTick: Number.POSITIVE_INFINITY,
  });
  return { bytes: saved, drawn };
}

function markPage(context: PDFContext, page: PDFRef, marking: Marking): MarkedContent {
  const contents = context.lookup(page, PDFDict).get(PDFName.of('Contents'));
  const stream = contents instanceof PDFRef ? context.lookup(contents) : undefined;
  if (!(contents instanceof PDFRef && stream instanceof PDFRawStream)) throw contentUnknown('Contents');
  const marked = markArtefacts(operatorsOf(stream), marking);
  // compressed by the library's own code: what Node's zlib writes changes from version to version
  context.assign(contents, context.flateStream(Buffer.from(marked.content, 'latin1')));
  return marked;
}

function operatorsOf({ dict, contents }: PDFRawStream): string {
  const filter = dict.get(PDFName.of('Filter'));
  if (filter === undefined) return Buffer.from(contents).toString('latin1');
  if (filter !== PDFName.of('FlateDecode')) throw contentUnknown(String(filter));
  return inflateSync(contents).toString('latin1');
}

function describe(document: PDFDocument, title: string, day: string): void {
  const { context, catalog } = document;
  const info = context.lookup(context.trailerInfo.Info, PDFDict);
  info.set(PDFName.of('Title'), PDFHexString.fromText(title));
  info.set(PDFName.of('Creator'), PDFString.of(creator));
  const producer = textOf(context.lookup(info.get(PDFName.of('Producer'))));
  // bytes, and not compressed: whoever looks for metadata must find it without reading the file
  const packet = context.stream(xmpPacket({ title, day, producer, creator }), { Type: 'Metadata', Subtype: 'XML' });
  catalog.set(PDFName.of('Metadata'), context.register(packet));
  const profile = context.register(context.stream(srgbProfile(), { N: 3 }));
  const intent = {
    Type: 'OutputIntent',
    S: 'GTS_PDFA1',
    OutputConditionIdentifier: PDFString.of('sRGB'),
    DestOutputProfile: profile,
  };
  catalog.set(PDFName.of('OutputIntents'), context.obj([context.register(context.obj(intent))]));
  catalog.set(PDFName.of('Lang'), PDFString.of(language));
  catalog.set(PDFName.of('MarkInfo'), context.obj({ Marked: true }));
  catalog.set(PDFName.of('ViewerPreferences'), context.obj({ DisplayDocTitle: true }));
}

function textOf(value: PDFObject | undefined): string {
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : '';
}

function contentUnknown(operator: string): TrinhkyError {
  return new TrinhkyError('printFailed', { reason: 'contentUnknown', operator });
}
