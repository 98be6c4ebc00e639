/** One file of an archive. */
export interface StoredEntry {
  readonly name: string;
  readonly data: Uint8Array;
}

const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;

/**
 * An archive of files as they are, not deflated, for a reader within this process. It bears no checksums: what is written here was
 * checked before, and goes nowhere else.
 */
export function storedZip(entries: readonly StoredEntry[]): Buffer {
  const bodies: Uint8Array[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const title = Buffer.from(name);
    const local = header(0x04034b50, LOCAL_BYTES, 4, data.length, title.length);
    const central = header(0x02014b50, CENTRAL_BYTES, 6, data.length, title.length);
    central.writeUInt32LE(offset, 42);
    bodies.push(local, title, data);
    directory.push(central, title);
    offset += LOCAL_BYTES + title.length + data.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, listing, end]);
}

/** The fields that both headers share begin with the version needed, at `at`. */
function header(signature: number, size: number, at: number, bytes: number, nameBytes: number): Buffer {
  const fields = Buffer.alloc(size);
  fields.writeUInt32LE(signature, 0);
  fields.writeUInt16LE(20, at);
  // Names are UTF-8.
  fields.writeUInt16LE(0x800, at + 2);
  fields.writeUInt32LE(bytes, at + 14);
  fields.writeUInt32LE(bytes, at + 18);
  fields.writeUInt16LE(nameBytes, at + 22);
  return fields;
}
