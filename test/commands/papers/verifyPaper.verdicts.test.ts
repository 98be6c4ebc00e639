import { expect } from 'chai';
import type { Deps } from '../../../src/commands/deps.js';
import type { SignatureReport, VerificationFault, VerificationReport } from '../../../src/commands/papers/signing.js';
import { verifyFile } from '../../../src/commands/papers/verifyPaper.js';

/** A store that knows nothing, and a verifier that says what it is told. */
const judging = (report: VerificationReport): Deps =>
  ({
    verifier: { verify: () => Promise.resolve(report) },
    store: { renditions: { byBytes: () => Promise.resolve([]) }, instances: { view: () => Promise.resolve(null) } },
  }) as unknown as Deps;

const signature: SignatureReport = {
  field: 'signatory',
  certificate: null,
  signedAt: null,
  timestamp: null,
  trusted: false,
  coversWholeFile: true,
  before: null,
  revision: null,
  faults: [],
};

describe('the verdict on a file that is no issued paper here', () => {
  const cases: readonly [faults: readonly VerificationFault[], signatures: number, verdict: string][] = [
    [[], 2, 'soundButUnknown'],
    [['notPdf'], 0, 'notPdf'],
    [['unsigned'], 0, 'unsigned'],
    [['unsigned', 'activeContent'], 0, 'unsigned'],
    // what cannot be taken apart is not passed off as merely unsigned
    [['revisionUnexpected'], 0, 'signaturesBroken'],
    [['certificateUntrusted'], 1, 'signerUnknown'],
    [['certificateUntrusted', 'digestWrong'], 1, 'signaturesBroken'],
    [['certificateExpired'], 1, 'signaturesBroken'],
    [['notCoveringFile'], 2, 'signaturesBroken'],
  ];
  for (const [faults, count, verdict] of cases) {
    it(`${faults.join(', ') || 'no fault'} with ${count} signatures: ${verdict}`, async () => {
      const signatures = Array.from({ length: count }, () => signature);
      const report = { sound: faults.length === 0, length: 1, hash: 'a'.repeat(64), signatures, faults };
      const found = await verifyFile(judging(report), new Uint8Array(1));
      expect(found).to.deep.include({ verdict, paper: null });
    });
  }
});
