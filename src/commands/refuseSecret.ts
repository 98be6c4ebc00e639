import { TrinhkyError } from '../errors.js';
import { secrecyIn } from '../office/papers/secrecy.js';

/**
 * The door at which every paper, text and incoming paper is stopped that bears a degree of secrecy: throws `secretRefused` before
 * anything of it is stored. State secrets must not enter a system that is open to a network.
 */
export function refuseSecret(brought: unknown): void {
  const mark = secrecyIn(brought);
  if (mark !== null) throw new TrinhkyError('secretRefused', { mark });
}
