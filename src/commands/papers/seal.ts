import { TrinhkyError } from '../../errors.js';
import type { Deps } from '../deps.js';
import type { Giving } from '../giving.js';
import { bytesOf, keep, type MadeSignature, reasonOf, startsWith } from './sign.js';
import { isSignedPaper } from './signing.js';

/**
 * The agency's seal as a second incremental signature. Only on a file whose personal signature is valid and is exactly what was
 * prepared and signed (NĐ 30/2020, Điều 32.2.d: the seal goes only on what the authorised person has signed).
 */
export async function seal(deps: Deps, { instance, facts }: Giving): Promise<MadeSignature> {
  const { authority, context } = instance;
  const bytes = await bytesOf(deps, authority, context.signedFile);
  const report = await deps.verifier.verify(bytes, authority);
  const [signature] = report.signatures;
  const own = report.signatures.length === 1 && signature?.before === context.prepared;
  if (!isSignedPaper(report) || !own)
    throw new TrinhkyError('signingFailed', {
      reason: 'signatureNotValid',
      faults: [...report.faults, ...(signature?.faults ?? [])],
    });
  await deps.hook('before-sign');
  const made = await deps.signer.sign({
    authority,
    holder: { kind: 'agency' },
    bytes,
    reason: reasonOf(context),
    at: facts.now,
  });
  if (!startsWith(made.bytes, bytes)) throw new TrinhkyError('signingFailed', { reason: 'signedBytesChanged' });
  return keep(deps, { instance, facts }, 'sealed', made);
}
