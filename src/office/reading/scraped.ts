import { TrinhkyError } from '../../errors.js';
import type { Span } from './planReading.js';

/** Longest text that is read, in UTF-16 code units: about 150 pages. */
export const textCharsMax = 400_000;

/** A blank line; `\n` stands for a single line break, a space for any other white space. */
export const PARAGRAPH = '\u2029';

/**
 * A text made regular, with the way back: NFC, marks of the collection dropped, each run of white space one character
 * (space, `\n` or a paragraph separator). `from[i]` and `to[i]` bound the source of code unit `i`.
 */
export interface Scraped {
  readonly text: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
}

// What collections leave in a text: rulers, emphasis, the bars of tables, invisible characters.
const RULER = /[-_=]{4,}/y;
const DROPPED = /[*\u200b-\u200f\u2060\ufeff\u00ad]/;
const CLUSTER = /[^\p{M}]?\p{M}*/uy;
// C0 controls that no text holds; a few stray ones are dirt, many are a file that is no text.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001f\ufffd]/g;
const controlShareMax = 0.01;

/**
 * Makes a text regular. Throws `readingFailed` with `reason` `empty`, `tooLong` or `binary`, and nothing else.
 */
export function scrape(source: string): Scraped {
  if (source.length > textCharsMax) throw new TrinhkyError('readingFailed', { reason: 'tooLong', textCharsMax });
  if (source.trim() === '') throw new TrinhkyError('readingFailed', { reason: 'empty' });
  const controls = source.match(CONTROL)?.length ?? 0;
  if (source.includes('\u0000') || controls > source.length * controlShareMax) {
    throw new TrinhkyError('readingFailed', { reason: 'binary' });
  }
  const built = builder();
  const rows = rowLines(source);
  for (let at = 0; at < source.length; ) {
    RULER.lastIndex = at;
    const ruler = RULER.exec(source);
    if (ruler) {
      built.space(' ', at);
      at += ruler[0].length;
      continue;
    }
    CLUSTER.lastIndex = at;
    const cluster = CLUSTER.exec(source)?.[0] ?? '';
    const taken = cluster === '' ? (source[at] ?? '') : cluster;
    if (taken === '*' && starBullet(source, at)) built.add('•', at, at + 1);
    else if (/^[\s|]/.test(taken)) built.space(rows.has(at) ? PARAGRAPH : taken, at);
    else if (!DROPPED.test(taken)) built.add(taken.normalize('NFC'), at, at + taken.length);
    at += taken.length;
  }
  return built.done();
}

/** The bars and the line ends of lines that are rows of a table (`1 | Nội dung | Sở Y tế`): each parts two cells. */
function rowLines(source: string): ReadonlySet<number> {
  const parting = new Set<number>();
  for (const { 0: line, index } of source.matchAll(/^.*$/gmu)) {
    if (!/\|.*\|/u.test(line) || !/[\p{L}\d]/u.test(line)) continue;
    for (let i = 0; i < line.length; i += 1) if (line[i] === '|') parting.add(index + i);
    parting.add(index - 1).add(index + line.length);
  }
  return parting;
}

/** A star that begins a line and is followed by a space and a word is a bullet; every other star is emphasis of the collection. */
function starBullet(source: string, at: number): boolean {
  return /(?:^|\n)[ \t]*$/u.test(source.slice(Math.max(0, at - 12), at)) && /^\*[ \t]+[\p{L}“"]/u.test(source.slice(at, at + 12));
}

interface Builder {
  add(text: string, from: number, to: number): void;
  space(text: string, at: number): void;
  done(): Scraped;
}

function builder(): Builder {
  const parts: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let breaks = -1;
  let spaceAt = 0;
  return {
    add(text, start, end) {
      if (breaks >= 0 && parts.length > 0) {
        parts.push(breaks > 1 ? PARAGRAPH : breaks === 1 ? '\n' : ' ');
        from.push(spaceAt);
        to.push(start);
      }
      breaks = -1;
      parts.push(text);
      for (let i = 0; i < text.length; i += 1) {
        from.push(start);
        to.push(end);
      }
    },
    space(text, at) {
      if (breaks < 0) {
        breaks = 0;
        spaceAt = at;
      }
      if (text.startsWith(PARAGRAPH)) breaks += 2;
      else if (text.startsWith('\n') || text.startsWith('\u2028')) breaks += 1;
    },
    done() {
      return { text: parts.join(''), from, to };
    },
  };
}

/** The range of the source behind a range of the regular text, without the white space at its end. */
export function spanOf(scraped: Scraped, start: number, end: number): Span {
  let last = Math.max(start, end - 1);
  while (last > start && /\s/.test(scraped.text[last] ?? '')) last -= 1;
  return [scraped.from[start] ?? 0, scraped.to[last] ?? scraped.from[start] ?? 0];
}

/** Takes ranges out of a regular text, each with the white space after it. The ranges must be in order and apart. */
export function without(scraped: Scraped, ranges: readonly Span[]): Scraped {
  if (ranges.length === 0) return scraped;
  const text: string[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let at = 0;
  const keep = (until: number) => {
    text.push(scraped.text.slice(at, until));
    for (let i = at; i < until; i += 1) {
      from.push(scraped.from[i] ?? 0);
      to.push(scraped.to[i] ?? 0);
    }
  };
  for (const [start, end] of ranges) {
    keep(start);
    at = /\s/.test(scraped.text[end] ?? '') ? end + 1 : end;
  }
  keep(scraped.text.length);
  return { text: text.join(''), from, to };
}

/** A piece of text on one line. */
export function flat(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
