import type { NarrativeItem } from './form.js';
import { asSentence, sentencesOf } from './sentences.js';

/** What one unit wrote, and in which version of which report. */
export interface Told {
  readonly unit: string;
  readonly name: string;
  readonly report: string;
  readonly content: string;
  readonly text: string;
}

/** A paragraph made of what units wrote. `sentence`: which sentence comes from whom; null: all of it. */
export interface Merged {
  readonly text: string;
  readonly from: readonly { readonly sentence: number | null; readonly told: Told }[];
}

export type MergeRule = NarrativeItem['merge'];

/** Texts of units side by side under one clause; what is beyond it is counted in a sentence, and opened from there. */
export const sideBySideMax = 24;
/** Characters of one joined paragraph: what is longer could neither be read nor edited; those who are left out are counted in a sentence. */
export const joinedCharsMax = 20_000;
/** Units named before one text that they share; the others are counted. */
const namesMax = 12;

export interface MergedAll {
  readonly paragraphs: readonly Merged[];
  /** Units whose text stands in none of the paragraphs. */
  readonly left: readonly Told[];
}

/**
 * What many units wrote on one matter, by a simple rule. `sideBySide`: each text under its unit's name, units that wrote the same word for
 * word together; `join`: one paragraph of at most `joinedCharsMax`, each sentence once; `byHand`: nothing is taken, everything is left to the consolidator.
 */
export function mergeTold(told: readonly Told[], rule: MergeRule): MergedAll {
  const filled = told.filter(({ text }) => text.trim() !== '');
  if (rule === 'byHand' || filled.length === 0) return { paragraphs: [], left: filled };
  return rule === 'join' ? joined(filled) : sideBySide(filled);
}

function sideBySide(told: readonly Told[]): MergedAll {
  const groups = new Map<string, Told[]>();
  for (const one of told) {
    const text = asSentence(one.text);
    groups.set(text, [...(groups.get(text) ?? []), one]);
  }
  const all = [...groups];
  const taken = all.slice(0, all.length > sideBySideMax ? sideBySideMax - 1 : sideBySideMax);
  return {
    paragraphs: taken.map(([text, group]) => ({
      text: `${namesIn(group)}: ${text}`,
      from: group.map((one) => ({ sentence: null, told: one })),
    })),
    left: all.slice(taken.length).flatMap(([, group]) => group),
  };
}

function namesIn(group: readonly Told[]): string {
  const names = group.slice(0, namesMax).map(({ name }) => name);
  const more = group.length - names.length;
  return more > 0 ? `${names.join(', ')} và ${more} đơn vị khác` : listed(names);
}

/** `Phường 1, Phường 2 và Phường 3`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} và ${names.at(-1) ?? ''}`;
}

function joined(told: readonly Told[]): MergedAll {
  const places = new Map<string, number>();
  const from: { sentence: number; told: Told }[] = [];
  const left: Told[] = [];
  let chars = 0;
  for (const one of told) {
    const own = sentencesOf(asSentence(one.text)).map(asSentence);
    const more = [...new Set(own)].filter((sentence) => !places.has(sentence)).reduce((sum, { length }) => sum + length + 1, 0);
    if (chars > 0 && chars + more > joinedCharsMax) {
      left.push(one);
      continue;
    }
    chars += more;
    for (const sentence of own) {
      const place = places.get(sentence) ?? places.size;
      places.set(sentence, place);
      from.push({ sentence: place, told: one });
    }
  }
  const sentences = [...places.keys()];
  const text = sentences.join(' ');
  // Where a text cannot be told apart again from the one after it, every report stands behind the whole.
  const apart = sentencesOf(text).length === sentences.length;
  const whole = from.map(({ told: one }) => ({ sentence: null, told: one }));
  return { paragraphs: [{ text, from: apart ? from : whole }], left };
}
