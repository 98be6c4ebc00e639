import { paperByCode, verifyFile, verifyUploadBytesMax } from '../../commands/papers/verifyPaper.js';
import { TrinhkyError } from '../../errors.js';
import { word } from '../../locales/sentences.js';
import type { Call } from '../edge.js';
import { withBytes } from '../fileBody.js';
import { type Answer, ok, param } from './route.js';

/** Counts one verification from this address. Throws `tooManyTries`. */
export async function countVerification(call: Pick<Call, 'edge' | 'request'>): Promise<void> {
  const seconds = await call.edge.app.verifyLimiter.blockedFor(call.request.ip ?? '');
  if (seconds > 0) throw new TrinhkyError('tooManyTries', { seconds });
}

/** What is no code, unknown, or not issued is the same answer. */
export async function verifyByCode(call: Call): Promise<Answer> {
  await countVerification(call);
  const paper = await paperByCode(call.edge.app.deps, param(call, 'code'));
  if (paper === null) throw new TrinhkyError('notFound');
  return ok(paper);
}

/** The file is judged and forgotten. */
export async function verifyByFile(call: Call): Promise<Answer> {
  await countVerification(call);
  const bounds = { mediaType: 'application/pdf', bytesMax: verifyUploadBytesMax };
  const found = await withBytes(call.request, bounds, (bytes) => verifyFile(call.edge.app.deps, bytes));
  return ok({ ...found, sentence: word(call.language, `verdict_${found.verdict}`, { agency: found.sheetOf }) });
}
