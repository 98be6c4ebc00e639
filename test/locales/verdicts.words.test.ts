import { expect } from 'chai';
import type { VerificationFault } from '../../src/commands/papers/signing.js';
import type { FileVerdict } from '../../src/commands/papers/verifyPaper.js';
import { word } from '../../src/locales/sentences.js';

/** Complete by its type: a fault that is added is missing here until it has its words. */
const faults: Readonly<Record<VerificationFault, true>> = {
  notPdf: true,
  unsigned: true,
  digestWrong: true,
  signatureWrong: true,
  notCoveringFile: true,
  revisionUnexpected: true,
  fieldUnexpected: true,
  rangeWrong: true,
  certificateUntrusted: true,
  certificateExpired: true,
  certificateRevoked: true,
  holderWrong: true,
  orderWrong: true,
  timestampWrong: true,
  activeContent: true,
  bytesOther: true,
};
const verdicts: Readonly<Record<FileVerdict, true>> = {
  genuine: true,
  genuineButOver: true,
  genuineSheet: true,
  altered: true,
  soundButUnknown: true,
  signerUnknown: true,
  signaturesBroken: true,
  unsigned: true,
  notPdf: true,
};

describe('the words of a verification', () => {
  it('are there for every fault and every verdict, each its own, in both languages', () => {
    const names = [
      ...Object.keys(faults).map((fault) => `fault_${fault}`),
      ...Object.keys(verdicts).map((one) => `verdict_${one}`),
    ];
    for (const language of ['vi', 'en'] as const) {
      const said = names.map((name) => word(language, name, { agency: 'UBND' }));
      expect(new Set(said).size).to.equal(names.length);
    }
  });
});
