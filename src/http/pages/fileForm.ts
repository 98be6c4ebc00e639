import { countUpload } from '../../commands/attachments.js';
import { TrinhkyError } from '../../errors.js';
import { requireCsrfToken } from '../csrf.js';
import type { SignedCall } from '../edge.js';
import { readUpload, type Upload } from '../upload.js';

/** Faults of the form itself, before any of its fields could be believed. */
const NO_FORM: ReadonlySet<unknown> = new Set(['notMultipart', 'malformed', 'oneFileInFile']);

/**
 * The file of a form on one of our pages, counted for the person's day; only with the session's own token.
 * Throws `csrfFailed`, and as `readUpload` and `countUpload` do.
 */
export async function fileFrom(call: SignedCall): Promise<Upload> {
  const { request } = call;
  let upload: Upload;
  try {
    upload = await readUpload(request);
  } catch (error) {
    // A form that is none bears no token either, and must not be told from one without.
    if (error instanceof TrinhkyError && NO_FORM.has(error.params.reason)) requireToken(call, new Map());
    throw error;
  }
  requireToken(call, upload.fields);
  await countUpload(call.edge.app.deps, call.identity.authority, call.identity.person);
  return upload;
}

function requireToken({ request }: SignedCall, fields: ReadonlyMap<string, string>): void {
  request.body = Object.fromEntries(fields);
  requireCsrfToken(request);
}
