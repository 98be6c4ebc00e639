import { createReadStream, createWriteStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createInflateRaw } from 'node:zlib';

/** The end record is 22 bytes and a comment of at most 65,535. */
const END_BYTES_MAX = 22 + 65_535;
const END_SIGNATURE = 0x06054b50;
const ENTRY_SIGNATURE = 0x02014b50;
const DEFLATED = 8;

/**
 * Writes the first deflated entry of a zip archive whose name matches to a file, as a stream: memory does not grow with it.
 * Reads the central directory; archives above 4 GB and encrypted ones are not understood.
 * @throws Error when the archive is not understood, holds no such entry, or its content is damaged.
 */
export async function extractFromZip(archive: string, name: RegExp, target: string): Promise<void> {
  const file = await open(archive, 'r');
  let place: { start: number; bytes: number; fullBytes: number };
  try {
    place = await findEntry(file, name);
  } finally {
    await file.close();
  }
  const output = createWriteStream(target, { mode: 0o600 });
  await pipeline(
    createReadStream(archive, { start: place.start, end: place.start + place.bytes - 1 }),
    createInflateRaw(),
    output,
  );
  if (output.bytesWritten !== place.fullBytes) throw new Error('the archive is damaged');
}

async function findEntry(file: FileHandle, name: RegExp): Promise<{ start: number; bytes: number; fullBytes: number }> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - END_BYTES_MAX), Math.min(size, END_BYTES_MAX));
  let end = tail.length - 22;
  while (end >= 0 && tail.readUInt32LE(end) !== END_SIGNATURE) end--;
  if (end < 0) throw new Error('it is not a zip archive');
  const directory = await read(file, tail.readUInt32LE(end + 16), tail.readUInt32LE(end + 12));
  let at = 0;
  while (at + 46 <= directory.length && directory.readUInt32LE(at) === ENTRY_SIGNATURE) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    if (name.test(directory.toString('utf8', at + 46, nameEnd)) && directory.readUInt16LE(at + 10) === DEFLATED) {
      const header = directory.readUInt32LE(at + 42);
      // The local header repeats the name and has an extra field of its own length.
      const local = await read(file, header, 30);
      const start = header + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
      return { start, bytes: directory.readUInt32LE(at + 20), fullBytes: directory.readUInt32LE(at + 24) };
    }
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  throw new Error('the archive holds no such file');
}

async function read(file: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await file.read(buffer, 0, bytes, position);
  if (bytesRead !== bytes) throw new Error('the archive is cut off');
  return buffer;
}
