import type { Block } from './paper.js';

const titleCharsMax = 110;

/** `09/02/2010`. */
export function printedDay(day: string): string {
  return day.split('-').reverse().join('/');
}

/** Thousands are divided by full stops, decimals by a comma. */
export function printedFigure(figure: number): string {
  const [whole = '', fraction] = String(Math.round(figure * 100) / 100).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, '.');
  return fraction === undefined ? grouped : `${grouped},${fraction}`;
}

/** The first letter small, for the middle of a sentence. */
export function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

/** A clause's first words, at most `titleCharsMax` characters and cut between words, without the closing mark. */
export function shortened(title: string): string {
  const plain = title.replace(/[.;:\s]+$/u, '');
  if (plain.length <= titleCharsMax) return plain;
  const cut = plain.lastIndexOf(' ', titleCharsMax);
  return `${plain.slice(0, cut > 0 ? cut : titleCharsMax).replace(/[,;.:\s]+$/u, '')}…`;
}

/** A paragraph of a paper's body. */
export function item(marker: string | null, text: string, level: 0 | 1 | 2 | 3 = 1): Block {
  return { kind: 'paragraph', marker, level, text };
}
