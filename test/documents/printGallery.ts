import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateSync } from 'node:zlib';
import { makePrinter } from '../../src/documents/printer.js';
import type { Paper } from '../../src/office/papers/paper.js';
import { decision, invitation, minutes, notice, officialLetter, submission } from './sampleForms.js';
import { plan, report } from './samplePapers.js';
import { copy, directive, regulation, withAppendices } from './sampleParts.js';
import { cacheFolder } from './support.js';

/** File name, paper, page that is shown. */
const gallery: readonly (readonly [name: string, paper: Paper, page: number])[] = [
  ['plan', withAppendices(), 1],
  ['decision', decision(), 1],
  ['official-letter', officialLetter(), 1],
  ['submission', submission(), 1],
  ['report', report(16), 1],
  ['notice', notice(), 1],
  ['directive', directive(), 1],
  ['regulation', regulation(), 1],
  ['minutes', minutes(), 1],
  ['invitation', invitation(), 1],
  ['appendix', withAppendices(), 6],
  ['copy', copy(), 2],
  ['draft', plan({ final: false, number: null, issuedOn: null, signature: null }), 1],
];

const dotsPerInch = 70;
/** White to black, to red, to blue: what an official paper may show. */
const palette: readonly (readonly [number, number, number])[] = [
  ...[255, 230, 204, 170, 136, 102, 68, 0].map((grey) => [grey, grey, grey] as const),
  [255, 200, 200],
  [255, 140, 140],
  [240, 70, 70],
  [230, 10, 20],
  [200, 210, 245],
  [130, 155, 225],
  [70, 100, 205],
  [20, 60, 190],
];

function nearest(red: number, green: number, blue: number): number {
  const distances = palette.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}

/** A PNG of sixteen colours from a binary PPM: a quarter of the bytes, and the same bytes from every poppler. */
function pngOf(ppm: Buffer): Buffer {
  const head = /^P6\s(\d+)\s(\d+)\s255\s/.exec(ppm.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error('pdftoppm gave no picture');
  const [width, height] = [Number(head[1]), Number(head[2])];
  const pixels = ppm.subarray(head[0].length);
  const stride = 1 + Math.ceil(width / 2);
  const rows = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3;
      const colour = nearest(pixels[at] ?? 255, pixels[at + 1] ?? 255, pixels[at + 2] ?? 255);
      const place = y * stride + 1 + (x >> 1);
      rows[place] = (rows[place] ?? 0) | (x % 2 === 0 ? colour << 4 : colour);
    }
  }
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  // four bits a pixel, from a palette
  size.set([4, 3, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('PLTE', Buffer.from(palette.flat())),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

const folder = fileURLToPath(new URL('../../docs/gallery/', import.meta.url));
mkdirSync(folder, { recursive: true });
const printer = makePrinter({ cacheFolder });
try {
  for (const [name, paper, page] of gallery) {
    const { bytes } = await printer.print(paper);
    const args = ['-r', String(dotsPerInch), '-f', String(page), '-l', String(page), '-'];
    const { stdout, stderr, error } = spawnSync('pdftoppm', args, { input: bytes, maxBuffer: 50_000_000 });
    if (error !== undefined) throw new Error('the gallery needs poppler: install poppler-utils', { cause: error });
    if (stdout.length === 0) throw new Error(`${name}: ${stderr.toString()}`);
    const png = pngOf(stdout);
    writeFileSync(`${folder}${name}.png`, png);
    console.log(`${name}.png ${Math.ceil(png.length / 1024)} kB`);
  }
} finally {
  await printer.close();
}
