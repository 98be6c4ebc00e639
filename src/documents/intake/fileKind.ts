import { TrinhkyError } from '../../errors.js';
import { type FileKind, fileKinds, fileTypes, kindOfName } from '../../office/papers/fileTypes.js';

/** The kinds that words can be read from. */
export const textKinds: readonly FileKind[] = ['txt', 'docx', 'pdf'];
/** Declared by programs that do not know better. */
const UNSAID: ReadonlySet<string> = new Set(['', 'application/octet-stream', 'binary/octet-stream']);
/** Other names of the same types. */
const ALSO: Partial<Readonly<Record<FileKind, readonly string[]>>> = {
  pdf: ['application/x-pdf'],
  jpg: ['image/jpg', 'image/pjpeg'],
};

/**
 * The kind that a file's name claims, where its declared media type does not contradict. The bytes are judged elsewhere.
 * Throws `fileTypeRefused` {allowed, reason: 'extension' | 'declared'}.
 */
export function claimedKind(name: string, allowed: readonly FileKind[], declared = ''): FileKind {
  const kind = kindOfName(name);
  if (kind === null || !allowed.includes(kind)) throw typeRefused(allowed, 'extension');
  const said = (declared.split(';')[0] ?? '').trim().toLowerCase();
  const fits = UNSAID.has(said) || said === fileTypes[kind].mediaType || (ALSO[kind] ?? []).includes(said);
  if (!fits) throw typeRefused(allowed, 'declared');
  return kind;
}

export function typeRefused(
  allowed: readonly FileKind[] = fileKinds,
  reason: 'extension' | 'declared' | 'bytes' = 'bytes',
): TrinhkyError {
  return new TrinhkyError('fileTypeRefused', { allowed: allowed.map((kind) => `.${kind}`), reason });
}

/** Whether text is the source of a page or a picture: a browser that guesses would run it. */
export function isMarkup(text: string): boolean {
  return /^\s*(?:<\?xml|<!--|<!doctype|<(?:html|head|body|script|svg|iframe|img|math|style|meta|link|object|embed|a|div|p|table)\b)/i.test(
    text.slice(0, 2_000),
  );
}
