import { deflateRawSync } from 'node:zlib';
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { Document, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';

export interface ZipPart {
  readonly name: string;
  readonly data: Uint8Array;
  /** What the directory says instead of the truth. */
  readonly lie?: { readonly unpackedBytes?: number; readonly encrypted?: true };
}

/** A zip archive made by hand: names and sizes are written as told, whatever a packer would refuse. */
export function zipOf(parts: readonly ZipPart[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data, lie } of parts) {
    const packed = deflateRawSync(data);
    const local = header(0x04034b50, 30, name, packed, data, lie);
    const central = header(0x02014b50, 46, name, packed, data, lie);
    central.writeUInt32LE(offset, 42);
    bodies.push(local, packed);
    directory.push(central);
    offset += local.length + packed.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}

function header(signature: number, size: number, name: string, packed: Buffer, data: Uint8Array, lie: ZipPart['lie']): Buffer {
  const bytes = Buffer.alloc(size);
  const at = size === 46 ? 2 : 0;
  bytes.writeUInt32LE(signature, 0);
  if (at > 0) bytes.writeUInt16LE(20, 4);
  bytes.writeUInt16LE(20, 4 + at);
  bytes.writeUInt16LE((lie?.encrypted ? 1 : 0) | 0x800, 6 + at);
  bytes.writeUInt16LE(8, 8 + at);
  bytes.writeUInt32LE(crc32(data), 14 + at);
  bytes.writeUInt32LE(packed.length, 18 + at);
  bytes.writeUInt32LE(lie?.unpackedBytes ?? data.length, 22 + at);
  bytes.writeUInt16LE(Buffer.byteLength(name), 26 + at);
  return Buffer.concat([bytes, Buffer.from(name)]);
}

function crc32(data: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of data) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const text = (value: string): Uint8Array => Buffer.from(value);
const CONTENT_TYPES =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>';
const RELS =
  '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>';

/** The parts of a smallest .docx with one paragraph, to which a test adds what it is about. */
export function docxParts(words: string, more: readonly ZipPart[] = [], inside = ''): readonly ZipPart[] {
  const body = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:body><w:p><w:r><w:t>${words}</w:t></w:r></w:p>${inside}</w:body></w:document>`;
  return [
    { name: '[Content_Types].xml', data: text(CONTENT_TYPES) },
    { name: '_rels/.rels', data: text(RELS) },
    { name: 'word/document.xml', data: text(body) },
    ...more,
  ];
}

/** Paragraphs as a word processor writes them, and tables; a table is a list of rows of cells. */
export async function docxOf(
  parts: readonly (string | readonly (readonly string[])[])[],
  font = 'Times New Roman',
): Promise<Buffer> {
  const paragraph = (words: string) => new Paragraph({ children: [new TextRun({ text: words, font })] });
  const children = parts.map((part) =>
    typeof part === 'string'
      ? paragraph(part)
      : new Table({
          rows: part.map(
            (row) => new TableRow({ children: row.map((cell) => new TableCell({ children: cell.split('\n').map(paragraph) })) }),
          ),
        }),
  );
  return Packer.toBuffer(new Document({ sections: [{ children }] }));
}

/** A PDF with a text layer, a page for each text; ASCII only. */
export async function pdfOf(pages: readonly string[], encryptFor?: string): Promise<Buffer> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.TimesRoman);
  for (const words of pages) document.addPage().drawText(words, { font, size: 13, x: 50, y: 700, lineHeight: 16 });
  if (encryptFor !== undefined) document.encrypt({ userPassword: encryptFor, ownerPassword: 'another' });
  return Buffer.from(await document.save({ useObjectStreams: encryptFor === undefined }));
}

/** One picture of one point. */
export const smallPng: Buffer = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

/** Pages that are pictures, as a scanner makes them. */
export async function scanOf(pages: number): Promise<Buffer> {
  const document = await PDFDocument.create();
  const picture = await document.embedPng(smallPng);
  for (let number = 0; number < pages; number += 1)
    document.addPage().drawImage(picture, { x: 0, y: 0, width: 500, height: 700 });
  return Buffer.from(await document.save());
}
