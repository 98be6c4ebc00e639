import type { Json } from '../../commands/look.js';
import { fieldLabel, type Language } from '../../locales/sentences.js';
import { type Piece, type PieceBudget, piece } from './piece.js';

const depthMax = 6;
/** What `looseHead`, `looseBody` and `looseRecipients` show where it belongs. */
const inItsPlace: ReadonlySet<string> = new Set([
  'bases',
  'body',
  'recipients',
  'archive',
  'title',
  'type',
  'typeName',
  'issuer',
  'symbol',
  'place',
]);

/** A content that only looks like a paper (its shape has faults): bases and body in their order, and whatever else it has by its names. */
export function looseBody(content: Readonly<Record<string, Json>>, language: Language, budget: PieceBudget): readonly Piece[] {
  const rest = Object.fromEntries(Object.entries(content).filter(([name]) => !inItsPlace.has(name)));
  const { bases, body } = content;
  const shown = [...listOf(bases).map((basis) => piece({ basis: textOf(basis) })), ...listOf(body).flatMap(blockOf)];
  return [...budget(shown), ...looseOutline(rest, language, budget)];
}

/** Letterhead, symbol and place of the same. */
export function looseHead({ issuer, symbol, place }: Readonly<Record<string, Json>>): readonly string[] {
  const { superior, name } = isRecord(issuer) ? issuer : {};
  return [superior, name, symbol, place].map(textOf).filter((line) => line !== '');
}

/** Its recipients and the archive line. */
export function looseRecipients({ recipients, archive }: Readonly<Record<string, Json>>): readonly string[] {
  const lines = listOf(recipients).map((one) =>
    isRecord(one) ? [textOf(one.name), textOf(one.purpose)].filter((part) => part !== '').join(' – ') : textOf(one),
  );
  return [...lines, textOf(archive)].filter((line) => line !== '');
}

/** Any other content, laid out by its own names. */
export function looseOutline(content: Readonly<Record<string, Json>>, language: Language, budget: PieceBudget): readonly Piece[] {
  const pieces: Piece[] = [];
  const add = (part: Partial<Piece>, level: number): boolean => {
    const kept = budget([piece({ ...part, level: Math.min(3, level), depth: Math.min(6, level + 2) })]);
    pieces.push(...kept);
    return kept.length > 0;
  };
  const walk = (value: Json, level: number): boolean => {
    if (level > depthMax) return true;
    if (Array.isArray(value)) return (value as readonly Json[]).every((item) => walk(item, level));
    if (!isRecord(value)) return add({ paragraph: textOf(value) }, level);
    return Object.entries(value).every(([name, item]) => {
      const label = fieldLabel(language, name);
      if (typeof item !== 'object' || item === null) return add({ paragraph: `${label}: ${textOf(item)}` }, level);
      return add({ heading: label }, level) && walk(item, level + 1);
    });
  };
  walk(content, 1);
  return pieces;
}

function blockOf(block: Json): readonly Piece[] {
  if (!isRecord(block)) return [piece({ paragraph: textOf(block) })];
  const level = typeof block.level === 'number' ? Math.min(3, Math.max(0, Math.trunc(block.level))) : 0;
  const text = [textOf(block.marker), textOf(block.title), textOf(block.text)].filter((part) => part !== '').join(' ');
  if (block.kind === 'heading' || block.kind === 'chapter') return [piece({ heading: text, level })];
  if (block.kind === 'table') {
    const numeric = listOf(block.numeric);
    const cells = (row: Json) =>
      listOf(row).map((cell, column) => ({ text: textOf(cell), align: numeric.includes(column) ? 'figure' : 'text' }));
    const rows = listOf(block.rows).map(cells);
    return [piece({ table: { caption: textOf(block.caption), head: cells(block.head ?? null), rows } })];
  }
  return [piece({ paragraph: text, level })];
}

export function isRecord(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
