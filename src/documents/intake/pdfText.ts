import { TrinhkyError } from '../../errors.js';
import { intakeCharsMax, intakePagesMax } from './limits.js';

/** A scan bears a stamp or a page number at most. */
const lettersMin = 20;

/**
 * The text of a PDF, page after page; runs are joined without a separator, lines end where the file ends them.
 * Throws `fileEncrypted`, `fileWithoutText` {page} where a page is a picture without words, `fileTooLarge`, `fileUnreadable`.
 */
export async function pdfText(bytes: Uint8Array): Promise<string> {
  return read(bytes, true);
}

/** Opens the file as far as its pages. Throws as `pdfText` does, except for want of words. */
export async function checkPdf(bytes: Uint8Array): Promise<void> {
  await read(bytes, false);
}

async function read(bytes: Uint8Array, wantText: boolean): Promise<string> {
  const { getDocument, OPS, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    // A copy: the reader takes the buffer away from whoever gives it.
    data: Uint8Array.from(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    stopAtErrors: true,
    verbosity: VerbosityLevel.ERRORS,
  });
  task.onPassword = () => {
    throw new TrinhkyError('fileEncrypted');
  };
  try {
    const document = await task.promise;
    const { info } = (await document.getMetadata()) as { info: { EncryptFilterName?: string | null } };
    if (typeof info.EncryptFilterName === 'string') throw new TrinhkyError('fileEncrypted');
    if (document.numPages > intakePagesMax) throw new TrinhkyError('fileTooLarge', { pagesMax: intakePagesMax });
    if (!wantText) return '';
    const pages: string[] = [];
    let length = 0;
    for (let number = 1; number <= document.numPages; number += 1) {
      const page = await document.getPage(number);
      const text = textOf((await page.getTextContent()).items);
      if (text.trim() === '') {
        const { fnArray } = await page.getOperatorList();
        if (fnArray.some((operation) => operation === OPS.paintImageXObject || operation === OPS.paintInlineImageXObject))
          throw new TrinhkyError('fileWithoutText', { page: number });
      }
      length += text.length;
      if (length > intakeCharsMax) throw new TrinhkyError('fileTooLarge', { charsMax: intakeCharsMax });
      pages.push(text);
      page.cleanup();
    }
    const whole = pages.join('\n');
    if (whole.replace(/\s/g, '').length < lettersMin) throw new TrinhkyError('fileWithoutText', { page: 1 });
    return whole;
  } catch (error) {
    throw faultOf(error);
  } finally {
    await task.destroy();
  }
}

function textOf(items: readonly object[]): string {
  return items
    .map((item) => ('str' in item ? `${String(item.str)}${'hasEOL' in item && item.hasEOL === true ? '\n' : ''}` : ''))
    .join('')
    .normalize('NFC');
}

function faultOf(error: unknown): TrinhkyError {
  if (error instanceof TrinhkyError) return error;
  const { name } = error as { name?: string };
  return name === 'PasswordException'
    ? new TrinhkyError('fileEncrypted', {}, { cause: error })
    : new TrinhkyError('fileUnreadable', { reason: 'damaged' }, { cause: error });
}
