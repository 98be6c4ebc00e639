import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { TrinhkyError } from '../../errors.js';
import { zipEntriesMax, zipRatioFreeBytes, zipRatioMax, zipUnpackedBytesMax } from './limits.js';

/** Why an archive is refused. */
export type ZipFault =
  | 'zipEntries'
  | 'zipSize'
  | 'zipRatio'
  | 'zipNested'
  | 'zipPath'
  | 'zipTwice'
  | 'zipAround'
  | 'macros'
  | 'embeddedObject'
  | 'externalTemplate'
  | 'xmlEntities';

const END_BYTES = 22;
const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04] as const;
const OLE_HEADER = [0xd0, 0xcf, 0x11, 0xe0] as const;
const MACROS = /(?:^|\/)(?:vbaProject\.bin|vbaData\.xml|macrosheets\/|activeX\/)/i;
const NESTED = /\.(?:zip|docx|docm|dotm|xlsx|xlsm|pptx|pptm|jar|7z|rar|gz|exe|dll|bat|js|vbs|ps1)$/i;
/** Relationships that an office program would follow without asking, to another machine. */
const EXTERNAL_TEMPLATE =
  /<Relationship\b(?=[^>]*\bTargetMode\s*=\s*["']External["'])(?=[^>]*\bType\s*=\s*["'][^"']*\/(?:attachedTemplate|oleObject|frame|subDocument|externalLink|externalLinkPath)["'])(?=[^>]*\bTarget\s*=\s*["'](?:https?:|ftp:|smb:|\\\\|file:\/\/[^/]))[^>]*>/i;

/** The XML parts of an archive, unpacked, by their names. */
export type XmlParts = ReadonlyMap<string, Buffer>;

/**
 * Reads an archive through once, entry by entry as a stream, before anything else does.
 * Answers its XML parts. Throws `fileHostile` {reason: ZipFault}, `fileEncrypted`, or `fileUnreadable` for one that is cut off or damaged.
 */
export async function checkZip(bytes: Buffer): Promise<XmlParts> {
  const zip = await opened(bytes);
  try {
    return await walked(zip, bytes);
  } finally {
    zip.close();
  }
}

function hostile(reason: ZipFault): TrinhkyError {
  return new TrinhkyError('fileHostile', { reason });
}

function opened(bytes: Buffer): Promise<ZipFile> {
  // Nothing before the archive and nothing behind it: whatever reads the file from its other end would see another file.
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1) throw new TrinhkyError('fileUnreadable', { reason: 'cutOff' });
  if (end + END_BYTES !== bytes.length) throw hostile('zipAround');
  if (bytes.readUInt16LE(end + 10) > zipEntriesMax) throw hostile('zipEntries');
  return new Promise((resolve, reject) => {
    // Names stay as they are written: yauzl would quietly mend a backslash.
    fromBuffer(bytes, { lazyEntries: true, strictFileNames: true, validateEntrySizes: true, autoClose: false }, (error, zip) =>
      error === null ? resolve(zip) : reject(damaged(error)),
    );
  });
}

/** Sizes and names are judged for all entries first; only then is the first byte unpacked. */
async function walked(zip: ZipFile, bytes: Buffer): Promise<XmlParts> {
  const entries = await listed(zip);
  const names = new Set<string>();
  let total = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const { fileName, compressedSize, uncompressedSize } = entry;
    if (entry.isEncrypted()) throw new TrinhkyError('fileEncrypted');
    if (names.has(fileName.toLowerCase())) throw hostile('zipTwice');
    names.add(fileName.toLowerCase());
    if (MACROS.test(fileName)) throw hostile('macros');
    if (NESTED.test(fileName)) throw hostile('zipNested');
    total += uncompressedSize;
    if (total > zipUnpackedBytesMax) throw hostile('zipSize');
    if (uncompressedSize > zipRatioFreeBytes && uncompressedSize > compressedSize * zipRatioMax) throw hostile('zipRatio');
    lowest = Math.min(lowest, entry.relativeOffsetOfLocalHeader);
  }
  if (lowest !== 0 || !begins(bytes, LOCAL_HEADER)) throw hostile('zipAround');
  const parts = new Map<string, Buffer>();
  for (const entry of entries) {
    const xml = await judgeContent(zip, entry);
    if (xml !== null) parts.set(entry.fileName, xml);
  }
  return parts;
}

function listed(zip: ZipFile): Promise<readonly Entry[]> {
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      if (entries.length > zipEntriesMax) reject(hostile('zipEntries'));
      else zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', (error: Error) =>
      reject(/relative path|absolute path|invalid characters/.test(error.message) ? hostile('zipPath') : damaged(error)),
    );
    zip.readEntry();
  });
}

/** The entry's true size is held against the one it declares by the reader of the stream, which ends one that runs over. */
async function judgeContent(zip: ZipFile, entry: Entry): Promise<Buffer | null> {
  const isXml = /\.(?:xml|rels)$/i.test(entry.fileName);
  const kept: Buffer[] = [];
  let head: Buffer | null = null;
  const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) =>
      error === null ? resolve(readable as AsyncIterable<Buffer>) : reject(damaged(error)),
    );
  });
  try {
    for await (const chunk of stream) {
      head ??= chunk;
      if (isXml) kept.push(chunk);
    }
  } catch (error) {
    throw damaged(error as Error);
  }
  if (head !== null && begins(head, LOCAL_HEADER)) throw hostile('zipNested');
  if (head !== null && begins(head, OLE_HEADER)) throw hostile('embeddedObject');
  if (!isXml) return null;
  const xml = Buffer.concat(kept);
  judgeXml(entry.fileName, textOfXml(xml));
  return xml;
}

function judgeXml(name: string, text: string): void {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(text)) throw hostile('xmlEntities');
  if (/\.rels$/i.test(name) && EXTERNAL_TEMPLATE.test(text)) throw hostile('externalTemplate');
  if (name === '[Content_Types].xml' && /macroEnabled|vbaProject/i.test(text)) throw hostile('macros');
}

/** UTF-16 is allowed by XML: read as bytes it would hide what is looked for. */
function textOfXml(bytes: Buffer): string {
  if (begins(bytes, [0xff, 0xfe])) return bytes.toString('utf16le');
  return begins(bytes, [0xfe, 0xff])
    ? Buffer.from(bytes.subarray(0, bytes.length & ~1))
        .swap16()
        .toString('utf16le')
    : bytes.toString('utf8');
}

function begins(bytes: Uint8Array, head: readonly number[]): boolean {
  return head.every((byte, index) => bytes[index] === byte);
}

function damaged(cause: Error): TrinhkyError {
  return new TrinhkyError('fileUnreadable', { reason: 'damaged' }, { cause });
}
