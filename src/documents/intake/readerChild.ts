// Runs as a child process of inReader.ts: `readerChild <kind> <heads|text> <rssMbMax>`, the file on standard input. See there.
import { Worker } from 'node:worker_threads';
import { TrinhkyError } from '../../errors.js';
import type { FileKind } from '../../office/papers/fileTypes.js';
import { docxText } from './docxText.js';
import { checkBytes } from './fileBytes.js';
import type { ReaderAnswer } from './inReader.js';
import { headEnd, intakeBytesMax } from './limits.js';
import { officeHeads } from './officeHeads.js';
import { pdfHeads, pdfText } from './pdfText.js';
import { plainText } from './plainText.js';
import type { XmlParts } from './zipCheck.js';

/**
 * Watches from a thread of its own, which a reader caught in a loop cannot stop: what is unpacked lies outside the heap that
 * Node bounds. No address space limit could be set instead, since V8 reserves far more than it uses.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
setInterval(() => { if (process.memoryUsage.rss() > workerData) process.kill(process.pid, 'SIGKILL'); }, 20);
`;

async function main([kind = '', want = '', rssMbMax = '']: readonly string[]): Promise<ReaderAnswer> {
  new Worker(WATCH, { eval: true, execArgv: [], workerData: Number(rssMbMax) * 1024 * 1024 }).unref();
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > intakeBytesMax) throw new TrinhkyError('fileTooLarge', { bytesMax: intakeBytesMax });
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const parts = await checkBytes(bytes, kind as FileKind);
  if (want === 'heads') return { text: (await headsOf(bytes, kind as FileKind, parts)).join(headEnd) };
  if (kind === 'docx') return { text: await docxText(parts) };
  return { text: kind === 'pdf' ? await pdfText(bytes) : plainText(bytes) };
}

/** A file that is kept need have no words, nor any that can be read. */
async function headsOf(bytes: Buffer, kind: FileKind, parts: XmlParts): Promise<readonly string[]> {
  try {
    if (kind === 'pdf') return await pdfHeads(bytes);
    if (kind === 'docx') return [await docxText(parts), ...officeHeads(parts, kind)];
  } catch (error) {
    if (!(error instanceof TrinhkyError) || error.code === 'fileHostile') throw error;
  }
  return officeHeads(parts, kind);
}

void main(process.argv.slice(2))
  .catch((error: unknown): ReaderAnswer => {
    if (error instanceof TrinhkyError) return { code: error.code, params: error.params };
    return { code: 'fileUnreadable', params: { reason: 'damaged' } };
  })
  .then((answer) => process.send?.(answer, () => process.exit(0)));
