import { fileTypeFromBuffer } from 'file-type';
import { TrinhkyError } from '../../errors.js';
import { type FileKind, fileTypes } from '../../office/papers/fileTypes.js';
import { typeRefused } from './fileKind.js';
import { checkPdf } from './pdfText.js';
import { plainText } from './plainText.js';
import { checkZip, type XmlParts } from './zipCheck.js';

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const PDF_BEGIN = latin('%PDF-');
const PDF_END = latin('%%EOF');
const ZIP_END = latin('PK\u0005\u0006');
const OLE_BEGIN = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);
const ENCRYPTED_OFFICE = Buffer.from('EncryptedPackage', 'utf16le');
const PNG_END = Buffer.from([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** How far a zip's end record may lie before the end of a file. */
const zipEndBytesMax = 22 + 65_535;
/** Where the end mark of a PDF is looked for. */
const pdfEndBytesMax = 1_024;

/**
 * Holds bytes against the kind that their name claims: first bytes, last bytes, what the file-type package says, and the inside.
 * Answers the XML parts of an office file; of any other there are none.
 * Throws `fileTypeRefused` {reason: 'bytes'}, `fileEncrypted`, `fileHostile` {reason}, `fileUnreadable` {reason}.
 */
export async function checkBytes(bytes: Buffer, kind: FileKind): Promise<XmlParts> {
  if (bytes.length === 0) throw new TrinhkyError('fileUnreadable', { reason: 'empty' });
  if (kind === 'txt') {
    plainText(bytes);
    return new Map();
  }
  if (kind === 'pdf') checkPdfEnds(bytes);
  const parts: XmlParts = kind === 'docx' || kind === 'xlsx' ? await checkOffice(bytes, kind) : new Map();
  if (kind === 'png' && !bytes.subarray(-PNG_END.length).equals(PNG_END)) throw cutOffOr(bytes, kind);
  if (kind === 'jpg' && !bytes.subarray(-JPEG_END.length).equals(JPEG_END)) throw cutOffOr(bytes, kind);
  const found = await fileTypeFromBuffer(bytes);
  if (found?.mime !== fileTypes[kind].mediaType) throw typeRefused();
  if (kind === 'pdf') await checkPdf(bytes);
  return parts;
}

function checkPdfEnds(bytes: Buffer): void {
  if (!bytes.subarray(0, PDF_BEGIN.length).equals(PDF_BEGIN)) throw typeRefused();
  const end = bytes.subarray(-pdfEndBytesMax).lastIndexOf(PDF_END);
  if (bytes.subarray(-zipEndBytesMax).includes(ZIP_END)) throw new TrinhkyError('fileHostile', { reason: 'polyglot' });
  if (end === -1) throw new TrinhkyError('fileUnreadable', { reason: 'cutOff' });
  const behind = bytes.subarray(-pdfEndBytesMax).subarray(end + PDF_END.length);
  if (!/^[\s\0]*$/.test(behind.toString('latin1'))) throw new TrinhkyError('fileHostile', { reason: 'polyglot' });
}

async function checkOffice(bytes: Buffer, kind: 'docx' | 'xlsx'): Promise<XmlParts> {
  if (bytes.subarray(0, OLE_BEGIN.length).equals(OLE_BEGIN) && bytes.includes(ENCRYPTED_OFFICE))
    throw new TrinhkyError('fileEncrypted');
  if (!bytes.subarray(0, 4).equals(latin('PK\u0003\u0004'))) throw typeRefused();
  const parts = await checkZip(bytes);
  const part = kind === 'docx' ? 'word/document.xml' : 'xl/workbook.xml';
  if (!parts.has('[Content_Types].xml') || !parts.has(part)) throw typeRefused();
  return parts;
}

/** A picture that begins as one and ends otherwise was cut off, or carries something behind its end. */
function cutOffOr(bytes: Buffer, kind: 'png' | 'jpg'): TrinhkyError {
  const begins = kind === 'png' ? bytes.readUInt32BE(0) === 0x89504e47 : bytes.subarray(0, 2).equals(Buffer.from([0xff, 0xd8]));
  if (!begins) return typeRefused();
  return bytes.subarray(-zipEndBytesMax).includes(ZIP_END)
    ? new TrinhkyError('fileHostile', { reason: 'polyglot' })
    : new TrinhkyError('fileUnreadable', { reason: 'cutOff' });
}
