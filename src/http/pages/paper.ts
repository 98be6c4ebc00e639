import type { Json } from '../../commands/look.js';
import { fieldLabel, type Language } from '../../locales/sentences.js';

/** A cell; figures stand to the right. */
export interface Cell {
  readonly text: string;
  readonly num: boolean;
}

/** One piece of a paper as a page shows it; exactly one of the kinds is set. */
export interface Piece {
  readonly heading: string | null;
  readonly paragraph: string | null;
  readonly basis: string | null;
  readonly level: number;
  readonly table: {
    readonly caption: string;
    readonly head: readonly Cell[];
    readonly rows: readonly (readonly Cell[])[];
  } | null;
}

export interface PaperText {
  /** Letterhead, symbol and place: who approves approves these too. Empty for what is no paper. */
  readonly head: readonly string[];
  readonly typeName: string;
  readonly title: string;
  readonly pieces: readonly Piece[];
  readonly recipients: readonly string[];
}

/** Most pieces shown on a page; longer texts are read as a print. */
export const piecesMax = 3_000;
const depthMax = 6;

/**
 * A stored text as something to read. An official paper keeps its parts; any other content is laid out by its own names.
 * Nothing is trusted: content comes from callers, so every part is asked for its type.
 */
export function paperTextOf(content: Json | null, language: Language): PaperText | null {
  if (!isRecord(content)) return null;
  if (!Array.isArray(content.body) || typeof content.title !== 'string')
    return { head: [], typeName: '', title: textOf(content.title), pieces: outline(content, language), recipients: [] };
  const bases = listOf(content.bases).map((basis) => piece({ basis: textOf(basis) }));
  const body = listOf(content.body).flatMap(blockOf);
  const recipients = listOf(content.recipients).map((one) =>
    isRecord(one) ? [textOf(one.name), textOf(one.purpose)].filter((part) => part !== '').join(' – ') : textOf(one),
  );
  const issuer = isRecord(content.issuer) ? content.issuer : {};
  const head = [textOf(issuer.superior), textOf(issuer.name), textOf(content.symbol), textOf(content.place)];
  return {
    head: head.filter((line) => line !== ''),
    typeName: textOf(content.typeName),
    title: content.title,
    pieces: [...bases, ...body].slice(0, piecesMax),
    recipients: [...recipients, textOf(content.archive)].filter((line) => line !== ''),
  };
}

function blockOf(block: Json): readonly Piece[] {
  if (!isRecord(block)) return [piece({ paragraph: textOf(block) })];
  const level = typeof block.level === 'number' ? Math.min(3, Math.max(0, Math.trunc(block.level))) : 0;
  const text = [textOf(block.marker), textOf(block.text)].filter((part) => part !== '').join(' ');
  if (block.kind === 'heading') return [piece({ heading: text, level })];
  if (block.kind === 'table') {
    const numeric = listOf(block.numeric);
    const cells = (row: Json): readonly Cell[] =>
      listOf(row).map((cell, column) => ({ text: textOf(cell), num: numeric.includes(column) }));
    return [
      piece({ table: { caption: textOf(block.caption), head: cells(block.head ?? null), rows: listOf(block.rows).map(cells) } }),
    ];
  }
  return [piece({ paragraph: text, level })];
}

function outline(content: Readonly<Record<string, Json>>, language: Language): readonly Piece[] {
  const pieces: Piece[] = [];
  const walk = (value: Json, level: number): void => {
    if (pieces.length >= piecesMax || level > depthMax) return;
    if (Array.isArray(value)) for (const item of value as readonly Json[]) walk(item, level);
    else if (isRecord(value)) {
      for (const [name, item] of Object.entries(value)) {
        if (typeof item === 'object' && item !== null) {
          pieces.push(piece({ heading: fieldLabel(language, name), level: Math.min(3, level) }));
          walk(item, level + 1);
        } else pieces.push(piece({ paragraph: `${fieldLabel(language, name)}: ${textOf(item)}`, level: Math.min(3, level) }));
      }
    } else pieces.push(piece({ paragraph: textOf(value), level: Math.min(3, level) }));
  };
  walk(content, 1);
  return pieces.slice(0, piecesMax);
}

function piece(part: Partial<Piece>): Piece {
  return { heading: null, paragraph: null, basis: null, level: 0, table: null, ...part };
}

function isRecord(value: unknown): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
