import { inflateRawSync } from 'node:zlib';

export interface ReadCell {
  readonly kind: 'text' | 'number';
  readonly value: string;
}

export interface ReadSheet {
  readonly xml: string;
  /** Cells by their column; a hole is undefined. */
  readonly rows: readonly (readonly (ReadCell | undefined)[])[];
}

/** A workbook read without the package that wrote it: the zip's sheets as XML, cell by cell. */
export function sheetsOf(bytes: Buffer): readonly ReadSheet[] {
  const files = filesOf(bytes);
  const shared = files.get('xl/sharedStrings.xml') ?? '';
  const strings = [...shared.matchAll(/<si>([\s\S]*?)<\/si>/g)].map(([, inner = '']) => plain(inner));
  return [...files.keys()]
    .filter((name) => /^xl\/worksheets\/sheet\d+\.xml$/.test(name))
    .sort()
    .map((name) => {
      const xml = files.get(name) ?? '';
      const rows = [...xml.matchAll(/<row [^>]*>([\s\S]*?)<\/row>/g)].map(([, inner = '']) => rowOf(inner, strings));
      return { xml: `${xml}${shared}`, rows };
    });
}

/** The files of a zip by its central directory: stored or deflated, as APPNOTE 4.3.12 lays them out. */
function filesOf(bytes: Buffer): ReadonlyMap<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'));
  const files = new Map<string, string>();
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, packed, local] = [bytes.readUInt16LE(at + 10), bytes.readUInt32LE(at + 20), bytes.readUInt32LE(at + 42)];
    const [nameLength, extra, comment] = [28, 30, 32].map((offset) => bytes.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const begin = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(begin, begin + packed);
    files.set(
      bytes.toString('utf8', at + 46, at + 46 + nameLength),
      (method === 8 ? inflateRawSync(data) : data).toString('utf8'),
    );
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

function rowOf(xml: string, strings: readonly string[]): readonly (ReadCell | undefined)[] {
  const row: (ReadCell | undefined)[] = [];
  for (const [, attributes = '', inner = ''] of xml.matchAll(/<c ([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)) {
    const [, letters = 'A'] = /r="([A-Z]+)\d+"/.exec(attributes) ?? [];
    const column = Array.from(letters).reduce((sum, letter) => 26 * sum + letter.charCodeAt(0) - 64, 0) - 1;
    const type = /t="(\w+)"/.exec(attributes)?.[1];
    const value = /<v>([\s\S]*?)<\/v>/.exec(inner)?.[1];
    if (value === undefined && !inner.includes('<t')) continue;
    row[column] =
      type === 's'
        ? { kind: 'text', value: strings[Number(value)] ?? '' }
        : type === 'inlineStr' || type === 'str'
          ? { kind: 'text', value: plain(inner) }
          : { kind: 'number', value: value ?? '' };
  }
  return row;
}

function plain(xml: string): string {
  return [...xml.matchAll(/<(?:t|v)(?: [^>]*)?>([\s\S]*?)<\/(?:t|v)>/g)]
    .map(([, text = '']) => text)
    .join('')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
