import type { CertificateSummary, SignatureReport, Signer, Verifier } from '../../src/commands/papers/signing.js';
import { sha256 } from '../../src/engine/json.js';

const certificateOf = (name: string): CertificateSummary => ({
  name,
  issuer: 'Plain test',
  serial: '01',
  fingerprint: sha256(new TextEncoder().encode(name)),
  validFrom: '2000-01-01T00:00:00.000Z',
  validTo: '2099-01-01T00:00:00.000Z',
  test: true,
});

const MARK = /\n%signed (signatory|seal) ([^\n]*)\n/g;

/** Signing for tests that are not about signatures: a line at the end of the file says who signed. */
export const plainSigning: { readonly signer: Signer; readonly verifier: Verifier } = {
  signer: {
    identity: (_, holder) =>
      Promise.resolve({ certificate: certificateOf(holder.kind === 'person' ? holder.person : 'agency'), picture: null }),
    sign({ bytes, holder, at }) {
      const name = holder.kind === 'person' ? holder.person : 'agency';
      const line = `\n%signed ${holder.kind === 'person' ? 'signatory' : 'seal'} ${name} ${at}\n`;
      const signed = Buffer.concat([bytes, Buffer.from(line)]);
      return Promise.resolve({ bytes: signed, hash: sha256(signed), certificate: certificateOf(name), timestamp: null });
    },
  },
  verifier: {
    verify(bytes) {
      const text = Buffer.from(bytes).toString('latin1');
      const signatures = [...text.matchAll(MARK)].map((found): SignatureReport => {
        const before = Buffer.from(text.slice(0, found.index), 'latin1');
        const revision = Buffer.from(text.slice(0, found.index + found[0].length), 'latin1');
        return {
          field: found[1] ?? '',
          certificate: certificateOf(found[2]?.split(' ')[0] ?? ''),
          signedAt: null,
          timestamp: null,
          trusted: true,
          coversWholeFile: revision.length === text.length,
          before: sha256(before),
          revision: sha256(revision),
          faults: [],
        };
      });
      const sound = signatures.length > 0 && signatures.at(-1)?.coversWholeFile === true;
      return Promise.resolve({
        sound,
        length: bytes.length,
        hash: sha256(bytes),
        signatures,
        faults: sound ? [] : ['notCoveringFile'],
      });
    },
  },
};
