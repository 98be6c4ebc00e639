import { TrinhkyError } from '../../errors.js';
import { type FileKind, fileKinds, fileTypes } from '../../office/papers/fileTypes.js';
import { claimedKind, textKinds } from './fileKind.js';
import { inReader } from './inReader.js';
import { headEnd, intakeBytesMax, intakeCharsMax } from './limits.js';
import { plainText } from './plainText.js';

/**
 * The words of a .txt, .docx or .pdf, NFC for the last two; a .txt is given as it is, so that places in it stay true.
 * Paragraphs and lines end with a line feed; a row of a table in a .docx is `| a | b |`. The bytes must be what the name says.
 * Throws `fileTooLarge`, `fileTypeRefused`, `fileEncrypted`, `fileHostile`, `fileUnreadable`, `fileWithoutText`, `fileEncodingOld`
 * (all with {name}), `busy`. Takes at most `intakeMsMax`, and `intakeMemoryMb` in a process of its own.
 */
export async function textOfFile(bytes: Uint8Array, name: string, declared = ''): Promise<{ text: string; mediaType: string }> {
  return named(name, async () => {
    const kind = claimed(bytes, name, textKinds, declared);
    const text = kind === 'txt' ? plainText(bytes) : await inReader(bytes, kind, 'text');
    if (text.length > intakeCharsMax) throw new TrinhkyError('fileTooLarge', { charsMax: intakeCharsMax });
    if (text.trim() === '') throw new TrinhkyError('fileUnreadable', { reason: 'empty' });
    return { text, mediaType: fileTypes[kind].mediaType };
  });
}

/** What is found in a file that is to be kept. */
export interface Examined {
  readonly mediaType: string;
  /** Where a stamp would stand: the top of each of the first pages of a PDF, the text of a .txt or .docx with
   * the headers of the latter; the first cells of an .xlsx; of pictures nothing. */
  readonly heads: readonly string[];
}

/**
 * Judges a file that is to be kept: extension, declared type, bytes and inside agree, and nothing in it acts by itself.
 * Throws as `textOfFile` does; it need have no words.
 */
export async function examineFile(bytes: Uint8Array, name: string, declared = ''): Promise<Examined> {
  return named(name, async () => {
    const kind = claimed(bytes, name, fileKinds, declared);
    const heads = kind === 'txt' ? [plainText(bytes)] : (await inReader(bytes, kind, 'heads')).split(headEnd);
    return { mediaType: fileTypes[kind].mediaType, heads };
  });
}

function claimed(bytes: Uint8Array, name: string, allowed: readonly FileKind[], declared: string): FileKind {
  if (bytes.length > intakeBytesMax) throw new TrinhkyError('fileTooLarge', { bytesMax: intakeBytesMax });
  const kind = claimedKind(name, allowed, declared);
  if (bytes.length === 0) throw new TrinhkyError('fileUnreadable', { reason: 'empty' });
  return kind;
}

const nameCharsShownMax = 120;

async function named<T>(name: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !error.code.startsWith('file')) throw error;
    throw new TrinhkyError(error.code, { ...error.params, name: name.slice(0, nameCharsShownMax) }, { cause: error });
  }
}
