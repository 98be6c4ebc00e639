/**
 * The sRGB colour space (IEC 61966-2-1) as an ICC profile of version 4 (ISO 15076-1), written here from the published numbers:
 * a display profile of the matrix kind with the exact curve as parameters. PDF/A wants one in every file (ISO 19005-2, 6.2.3);
 * ours is small, says the same as the large ones, and is nobody's property.
 */
export function srgbProfile(): Uint8Array {
  const data = [...new Set(tags.map(([, bytes]) => bytes))];
  const head = headerBytes + 4 + tags.length * 12;
  const starts = new Map<Buffer, number>();
  let length = head;
  for (const bytes of data) {
    starts.set(bytes, length);
    length += bytes.length;
  }
  const table = tags.map(([name, bytes]) => Buffer.concat([ascii(name), uint32(starts.get(bytes) ?? 0), uint32(bytes.length)]));
  return Buffer.concat([header(length), uint32(tags.length), ...table, ...data]);
}

const headerBytes = 128;

/** Fixed point of 16 and 16 bits, as ICC profiles write fractions. */
function fixed(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(Math.round(value * 65_536));
  return bytes;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

/** A tag's data: its kind, four reserved bytes, the rest filled up to a multiple of four. */
function element(kind: string, ...parts: readonly Buffer[]): Buffer {
  const bytes = Buffer.concat([ascii(kind), uint32(0), ...parts]);
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

/** One text in one language. */
function text(words: string): Buffer {
  const utf16 = Buffer.from(words, 'utf16le').swap16();
  return element('mluc', uint32(1), uint32(12), ascii('enUS'), uint32(utf16.length), uint32(28), utf16);
}

function xyz(...values: readonly [number, number, number]): Buffer {
  return element('XYZ ', ...values.map(fixed));
}

/** D50, the white of every profile's connection space. */
const white = [0.9642, 1, 0.8249] as const;
/** y = ((x + 0.055) / 1.055)^2.4 above 0.04045, x / 12.92 below: the third parametric kind. */
const curve = element('para', Buffer.from([0, 3, 0, 0]), ...[2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045].map(fixed));

/** The primaries of sRGB, x y 0.64 0.33, 0.30 0.60 and 0.15 0.06 under D65 (0.3127 0.3290), adapted to D50 by Bradford; and that adaptation. */
const tags: readonly (readonly [string, Buffer])[] = [
  ['desc', text('sRGB')],
  ['cprt', text('No copyright, use freely')],
  ['wtpt', xyz(...white)],
  [
    'chad',
    element(
      'sf32',
      ...[1.047886, 0.0229188, -0.0502161, 0.0295818, 0.9904835, -0.0170787, -0.0092519, 0.0150726, 0.7516781].map(fixed),
    ),
  ],
  ['rXYZ', xyz(0.4360413, 0.2224845, 0.0139202)],
  ['gXYZ', xyz(0.3851129, 0.7169051, 0.0970672)],
  ['bXYZ', xyz(0.1430458, 0.0606104, 0.7139126)],
  ['rTRC', curve],
  ['gTRC', curve],
  ['bTRC', curve],
];

function header(length: number): Buffer {
  const bytes = Buffer.alloc(headerBytes);
  bytes.writeUInt32BE(length, 0);
  // version 4.2; a display device, from RGB to XYZ
  bytes.writeUInt32BE(0x04200000, 8);
  bytes.write('mntrRGB XYZ ', 12, 'latin1');
  // the day from which this profile is: 2026-01-01, 00:00
  [2026, 1, 1, 0, 0, 0].forEach((value, index) => void bytes.writeUInt16BE(value, 24 + index * 2));
  bytes.write('acsp', 36, 'latin1');
  Buffer.concat(white.map(fixed)).copy(bytes, 68);
  return bytes;
}
