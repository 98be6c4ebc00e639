/** A PDF object (ISO 32000-1, 7.3) as the verifier reads it. Numbers stand for integers and reals alike. */
export type PdfValue = null | boolean | number | PdfName | PdfString | PdfReference | PdfArray | PdfDict;

export interface PdfName {
  readonly kind: 'name';
  /** With its escapes resolved. */
  readonly name: string;
}

export interface PdfString {
  readonly kind: 'string';
  /** Decoded when asked for: a hostile file may hold millions of strings. */
  readonly bytes: () => Buffer;
  /** Where it stands in the file, its marks included. */
  readonly start: number;
  readonly end: number;
  readonly hex: boolean;
}

export interface PdfReference {
  readonly kind: 'reference';
  readonly number: number;
}

export interface PdfArray {
  readonly kind: 'array';
  readonly items: readonly PdfValue[];
}

export interface PdfDict {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PdfValue>;
}

/** The file is not as the strict reader wants it. */
export class PdfFault extends Error {}

export function dictOf(value: PdfValue | undefined): ReadonlyMap<string, PdfValue> {
  return isKind(value, 'dict') ? value.entries : fault('dictionary');
}

export function nameIn(value: PdfValue | undefined): string | null {
  return isKind(value, 'name') ? value.name : null;
}

export function referenceIn(value: PdfValue | undefined): number | null {
  return isKind(value, 'reference') ? value.number : null;
}

type Kinds = { name: PdfName; string: PdfString; reference: PdfReference; array: PdfArray; dict: PdfDict };

export function isKind<Kind extends keyof Kinds>(value: PdfValue | undefined, kind: Kind): value is Kinds[Kind] {
  return typeof value === 'object' && value !== null && value.kind === kind;
}

export function fault(what: string): never {
  throw new PdfFault(what);
}

/** One text for equal values, whatever their spelling; to compare what two revisions say. */
export function plainText(value: PdfValue | undefined): string {
  if (value === undefined) return '';
  if (value === null || typeof value !== 'object') return String(value);
  if (value.kind === 'name') return `/${JSON.stringify(value.name)}`;
  if (value.kind === 'string') return `(${value.bytes().toString('hex')})`;
  if (value.kind === 'reference') return `${value.number} R`;
  if (value.kind === 'array') return `[${value.items.map(plainText).join(' ')}]`;
  const entries = [...value.entries].map(([key, one]) => `${JSON.stringify(key)} ${plainText(one)}`);
  return `<<${entries.sort().join(' ')}>>`;
}
