import type { Instance } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { Deps } from '../deps.js';
import type { Rendition } from './filePorts.js';
import type { NumberRow } from './numbering.js';
import { recordedPaper } from './printRecord.js';
import { startsWith } from './sign.js';

/** A number as somebody names a paper by it. */
export interface NumberAsked {
  readonly number: number;
  readonly symbol: string;
  /** Null: the newest year in which the number was given. */
  readonly year: number | null;
}

export interface IssuedPaper {
  readonly instance: Instance;
  readonly row: NumberRow;
  readonly prepared: Rendition;
  /** What is served: with both signatures, or with the signatory's alone before the seal; null before that. */
  readonly issued: Rendition | null;
}

/**
 * `08/KH-UBND`, also with the year in it (`18/2000/CT-TTg`), which counts like `year`. Throws `inputInvalid` {reason: 'number'}.
 */
export function numberAsked(text: string, year: number | null): NumberAsked {
  const parts = /^\s*(\d{1,7})\s*\/\s*(?:(\d{4})\s*\/\s*)?(\D.{0,60}?)\s*$/u.exec(text.normalize('NFC'));
  if (parts === null) throw new TrinhkyError('inputInvalid', { path: 'NUMBER', reason: 'number', value: text });
  return { number: Number(parts[1]), symbol: parts[3] ?? '', year: parts[2] === undefined ? year : Number(parts[2]) };
}

/**
 * The paper that bears a number, with its prints. Throws `notFound` {reason: 'number'} where no paper bears it (a number that was
 * cancelled belongs to none), and {reason: 'print'} where it was never prepared.
 */
export async function issuedPaper({ store }: Deps, authority: string, asked: NumberAsked): Promise<IssuedPaper> {
  const rows = await store.numbers.find(authority, asked.symbol, asked.number, asked.year);
  for (const row of rows) {
    const view = row.document === null ? null : await store.instances.view(authority, row.document);
    const instance = view?.instance ?? null;
    if (instance === null || !bears(instance, row)) continue;
    const { context } = instance;
    const of = (hash: Json | undefined): Promise<Rendition | null> =>
      typeof hash === 'string' ? store.renditions.byHash(authority, instance.id, hash) : Promise.resolve(null);
    const prepared = await of(context.prepared);
    if (prepared === null) throw new TrinhkyError('notFound', { reason: 'print', instance: instance.id });
    return { instance, row, prepared, issued: (await of(context.sealedFile)) ?? (await of(context.signedFile)) };
  }
  throw new TrinhkyError('notFound', { reason: 'number', ...asked });
}

/** A paper that was prepared again on a later day bears its last number only. */
function bears({ context }: Instance, { number, symbol, year }: NumberRow): boolean {
  return context.number === number && context.symbol === symbol && context.year === year;
}

export interface VersionChanged {
  readonly name: string;
  /** Null where it was not recorded. */
  readonly before: string | number | null;
  readonly now: string | number | null;
}

export interface Repeated {
  /** The bytes printed now are those that were signed. */
  readonly same: boolean;
  /** SHA-256 of what was signed then, and of what was printed now. */
  readonly before: string;
  readonly now: string;
  /** Whether the issued file begins with the bytes that were signed; null where nothing is issued yet. */
  readonly issuedBeginsSo: boolean | null;
  /** What is no longer as it was of what the bytes depend on: browser, font, template, finish. */
  readonly changed: readonly VersionChanged[];
}

/**
 * Prints an issued paper again from what PREPARE recorded (content, number, day, signature block, code, pictures) and compares it with
 * what was signed. Throws `notFound` {reason: 'record'} where nothing is recorded to print from, and what the printer throws.
 */
export async function repeatPrint(deps: Deps, authority: string, { prepared, issued }: IssuedPaper): Promise<Repeated> {
  const { paper: record, ...before } = prepared.versions;
  const paper = typeof record === 'string' ? await recordedPaper(deps.store, authority, record) : null;
  if (paper === null) throw new TrinhkyError('notFound', { reason: 'record', prepared: prepared.hash });
  const printed = await deps.printer.print(paper);
  const now: Readonly<Record<string, Json>> = { ...printed.versions };
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  const file = issued === null ? null : await deps.store.renditions.bytes(authority, issued.hash);
  const signed = await deps.store.renditions.bytes(authority, prepared.hash);
  return {
    same: printed.hash === prepared.hash,
    before: prepared.hash,
    now: printed.hash,
    issuedBeginsSo: file === null || signed === null ? null : startsWith(file, signed),
    changed: names
      .map((name) => ({ name, before: plain(before[name]), now: plain(now[name]) }))
      .filter((version) => version.before !== version.now),
  };
}

function plain(value: Json | undefined): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
