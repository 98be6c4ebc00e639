import { countUpload } from '../../commands/papers/attachments.js';
import { TrinhkyError } from '../../errors.js';
import { requireCsrfToken } from '../csrf.js';
import type { SignedCall } from '../edge.js';
import { type FileForm, type FormFile, withUpload } from '../fileBody.js';

/** Faults of the form itself, before any of its fields could be believed. */
const NO_FORM: ReadonlySet<unknown> = new Set(['notMultipart', 'malformed', 'oneFileInFile']);

/**
 * Works on the file of a form on one of our pages, counted for the person's day; only with the session's own token.
 * Throws `csrfFailed`, and as `withUpload` and `countUpload` do.
 */
export async function withFileFrom<T>(
  call: SignedCall,
  work: (file: FormFile, fields: FileForm['fields']) => Promise<T>,
): Promise<T> {
  try {
    return await withUpload(call.request, async (file, fields) => {
      requireToken(call, fields);
      await countUpload(call.edge.app.deps, call.identity.authority, call.identity.person);
      return work(file, fields);
    });
  } catch (error) {
    // A form that is none bears no token either, and must not be told from one without.
    if (error instanceof TrinhkyError && error.code === 'uploadInvalid' && NO_FORM.has(error.params.reason))
      requireToken(call, new Map());
    throw error;
  }
}

function requireToken({ request }: SignedCall, fields: ReadonlyMap<string, string>): void {
  request.body = Object.fromEntries(fields);
  requireCsrfToken(request);
}
