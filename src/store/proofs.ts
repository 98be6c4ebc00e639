import { createHash, randomBytes } from 'node:crypto';
import type { Proof, ProofStore } from '../commands/papers/signing.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';

const tokenBytes = 32;

interface ProofDocument extends Proof {
  /** `authority/hash of the token`: the token itself is known to its holder alone. */
  _id: string;
  authority: string;
  storedAt: Date;
}

/** Proofs of persons on MongoDB; the server deletes them by age. */
export function makeProofStore(connection: Connection): ProofStore {
  const proofs = connection.collection<ProofDocument>(collectionNames.proofs);
  const idOf = (authority: string, token: string) => `${authority}/${createHash('sha256').update(token).digest('hex')}`;
  return {
    async issue(authority, proof) {
      const token = randomBytes(tokenBytes).toString('base64url');
      await proofs.insertOne({ ...proof, _id: idOf(authority, token), authority, storedAt: new Date() });
      return token;
    },
    find: (authority, token) =>
      proofs.findOne<Proof>({ _id: idOf(authority, token), authority }, { projection: { _id: 0, authority: 0, storedAt: 0 } }),
  };
}
