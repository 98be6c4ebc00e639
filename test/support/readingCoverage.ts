import { expect } from 'chai';
import type { PlanReading, Span } from '../../src/office/reading/planReading.js';

const plain = (text: string) => text.normalize('NFC').replace(/[*|]/gu, '').replace(/\s+/gu, ' ').trim();
const words = (text: string) => plain(text).match(/[\p{L}\d]+/gu) ?? [];

/** The characters of a text, not blank, that lie in no range of a reading, with what stands around them. */
export function uncovered(text: string, { places, clauses, rest }: PlanReading): string[] {
  const held = new Uint8Array(text.length);
  const put = ([start, end]: Span) => {
    held.fill(1, start, end);
  };
  for (const spans of Object.values(places) as readonly (readonly Span[])[]) spans.forEach(put);
  for (const { sourceSpan } of clauses) put(sourceSpan);
  for (const { span } of rest) put(span);
  const lost: string[] = [];
  for (let i = 0; i < text.length; i += 1)
    if (held[i] === 0 && /\S/u.test(text[i] ?? '')) lost.push(`${i}: ${text.slice(Math.max(0, i - 20), i + 20)}`);
  return lost;
}

/** Expects each part of a reading to be found, word by word, in the ranges that it names. */
export function expectInPlace(text: string, reading: PlanReading): void {
  const { places } = reading;
  const standing = (spans: readonly Span[]) => spans.map(([start, end]) => text.slice(start, end)).join(' ');
  const expectWords = (what: string, value: string | null, spans: readonly Span[]) => {
    const there = words(standing(spans));
    for (const word of words(value ?? '')) expect(there, `${what}: ${value}`).to.include(word);
  };
  expectWords('issuer', `${reading.issuer.superior ?? ''} ${reading.issuer.name ?? ''}`, places.issuer);
  expectWords('number', reading.number, places.number);
  expectWords('symbol', reading.symbol, places.symbol);
  expectWords('place', reading.place, places.place);
  expectWords('title', reading.title, places.title);
  expectWords('archive', reading.archive, places.archive);
  expectWords('signature', Object.values(reading.signature).join(' '), places.signature);
  for (const [i, { text: told }] of reading.bases.entries()) expectWords('basis', told, places.bases.slice(i, i + 1));
  for (const [i, { name }] of reading.recipients.entries()) expectWords('recipient', name, places.recipients.slice(i, i + 1));
  for (const clause of reading.clauses) {
    expectWords(clause.path, clause.text, [clause.sourceSpan]);
    // A block of labels may speak of several dashes; it stands under the last of them.
    expectWords(clause.path, clause.due?.text ?? null, [[0, text.length]]);
    for (const unit of clause.units) expectWords(clause.path, unit.name, [[0, text.length]]);
  }
  for (const { span, text: rest } of reading.rest) expect(text.slice(span[0], span[1])).to.equal(rest);
}
