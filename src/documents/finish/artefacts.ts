import { TrinhkyError } from '../../errors.js';

/** A piece of text in the page's margin that a screen reader must hear: its MCID, and whether it stands in the upper half. */
export interface Told {
  readonly mcid: number;
  readonly upper: boolean;
}

export interface MarkedContent {
  /** The page's drawing operators, with a mark about everything that was untagged. */
  readonly content: string;
  /** How often a picture or another object is drawn (`Do`). */
  readonly drawn: number;
  readonly told: readonly Told[];
}

export interface Marking {
  /** MCIDs of tagged content that is for the eye alone. */
  readonly repeats: ReadonlySet<number>;
  /** The first MCID that is free on the page where untagged text is to be told; null where it is an artefact. */
  readonly tellFrom: number | null;
}

const pathOperators = new Set(['m', 'l', 'c', 'v', 'y', 'h', 're']);
const paintOperators = new Set(['f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'S', 's']);
/** Half the height of A4 in CSS pixels, in which Chromium places text from the top of the page. */
const halfPagePx = 561;

interface Reading {
  readonly out: string[];
  readonly marking: Marking;
  readonly told: Told[];
  /** Lines of a path of which it is not known yet whether it is painted or only clips. */
  path: string[];
  /** The text that is open: of the page's own tags or an artefact, or to be told. */
  text: 'closed' | 'plain' | 'told';
  /** From the top of the page to the first line of the text that is open. */
  topPx: number | null;
  /** An artefact of ours is open. */
  open: boolean;
  /** Tags of the page that are open. */
  depth: number;
  drawn: number;
}

/**
 * Marks everything outside the tags of the page, as PDF/UA demands (ISO 14289-1, 7.1): lines, pictures and text become artefacts, which
 * a screen reader passes over; where `tellFrom` is given, text becomes a paragraph instead. Chromium draws what stands in the margins
 * untagged: page numbers and repeated marks, but on the first page also what is said nowhere else.
 * Chromium writes one operator a line, which this relies on.
 * Throws `printFailed` {reason: 'contentUnknown'} where the brackets of the content do not fit together.
 */
export function markArtefacts(content: string, marking: Marking): MarkedContent {
  const reading: Reading = { out: [], marking, told: [], path: [], text: 'closed', topPx: null, open: false, depth: 0, drawn: 0 };
  for (const line of content.split('\n')) readLine(reading, line);
  close(reading);
  if (reading.text !== 'closed' || reading.depth !== 0 || reading.path.length > 0) throw unknown('unbalanced');
  return { content: reading.out.join('\n'), drawn: reading.drawn, told: reading.told };
}

function readLine(reading: Reading, line: string): void {
  const operator = line.slice(line.lastIndexOf(' ') + 1);
  if (reading.text !== 'closed') readText(reading, line, operator);
  else if (operator === 'BDC' || operator.endsWith('>>BDC') || operator === 'BMC') openTag(reading, line);
  else if (operator === 'EMC') closeTag(reading, line);
  else if (reading.depth > 0) {
    if (operator === 'BT') reading.text = 'plain';
    if (operator === 'Do') reading.drawn += 1;
    reading.out.push(line);
  } else if (pathOperators.has(operator)) reading.path.push(line);
  else if (reading.path.length > 0) endPath(reading, line, operator);
  else readUntagged(reading, line, operator);
}

function readText(reading: Reading, line: string, operator: string): void {
  if (operator === 'BT') throw unknown('BT');
  reading.out.push(line);
  if (operator === 'Tm') reading.topPx ??= Number(line.split(' ').at(-2));
  if (operator !== 'ET') return;
  if (reading.text === 'told') {
    reading.out.push('EMC');
    reading.told.push({ mcid: nextMcid(reading) ?? 0, upper: (reading.topPx ?? 0) < halfPagePx });
  }
  reading.text = 'closed';
}

function nextMcid({ marking, told }: Reading): number | null {
  return marking.tellFrom === null ? null : marking.tellFrom + told.length;
}

function openTag(reading: Reading, line: string): void {
  close(reading);
  reading.depth += 1;
  const id = /\/MCID (\d+)/.exec(line)?.[1];
  reading.out.push(id !== undefined && reading.marking.repeats.has(Number(id)) ? '/Artifact BMC' : line);
}

function closeTag(reading: Reading, line: string): void {
  if (reading.depth === 0) throw unknown('EMC');
  reading.depth -= 1;
  reading.out.push(line);
}

/** A path that clips stays bare: marks stand about what is painted. */
function endPath(reading: Reading, line: string, operator: string): void {
  if (paintOperators.has(operator)) open(reading);
  else if (!/^(?:W\*?)?(?: ?n)?$/.test(line)) throw unknown(operator);
  reading.path.push(line);
  if (/^W\*?$/.test(line)) return;
  reading.out.push(...reading.path);
  reading.path = [];
}

function readUntagged(reading: Reading, line: string, operator: string): void {
  if (operator === 'BT') openText(reading);
  else if (operator === 'Do' || operator === 'sh') open(reading);
  // marks and saved states must nest
  else if (operator === 'q' || operator === 'Q') close(reading);
  if (operator === 'Do') reading.drawn += 1;
  reading.out.push(line);
}

function openText(reading: Reading): void {
  const mcid = nextMcid(reading);
  reading.text = mcid === null ? 'plain' : 'told';
  reading.topPx = null;
  if (mcid === null) {
    open(reading);
    return;
  }
  close(reading);
  reading.out.push(`/P <</MCID ${mcid} >>BDC`);
}

function open(reading: Reading): void {
  if (reading.open) return;
  reading.open = true;
  reading.out.push('/Artifact BMC');
}

function close(reading: Reading): void {
  if (!reading.open) return;
  reading.open = false;
  reading.out.push('EMC');
}

function unknown(operator: string): TrinhkyError {
  return new TrinhkyError('printFailed', { reason: 'contentUnknown', operator });
}
