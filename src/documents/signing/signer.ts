import type { Signer, Verifier } from '../../commands/signing.js';
import { TrinhkyError } from '../../errors.js';

export interface SigningOptions {
  /** Folder of the keys, one folder for each authority; private to this user. */
  readonly keyFolder: string;
  /** Address of an RFC 3161 time-stamping authority; without it signatures carry no time stamp. */
  readonly timestampUrl?: string | undefined;
  readonly onWarning?: (text: string) => void;
}

export function makeSigner(_options: SigningOptions): Signer {
  return {
    identity: () => Promise.resolve(null),
    sign: () => Promise.reject(new TrinhkyError('signingFailed', { reason: 'noKeys' })),
  };
}

export function makeVerifier(_options: SigningOptions): Verifier {
  return { verify: () => Promise.reject(new TrinhkyError('signingFailed', { reason: 'noVerifier' })) };
}
