import { createPublicKey } from 'node:crypto';
import { expect } from 'chai';
import { isSignedPaper, type VerificationFault } from '../../src/commands/papers/signing.js';
import { newKey } from '../../src/documents/signing/testAuthority.js';
import {
  agency,
  altered,
  authority,
  chair,
  keyHolder,
  newSignatory,
  printedPage,
  rawSigned,
  type SigningPlace,
  signedPaper,
  signingPlace,
  testIssuer,
} from './signingSupport.js';

/** Signatures that are mathematically right and yet wrong: by whom, in which order, over what. */
describe('documents/signing: who signed, and in which order', () => {
  let place: SigningPlace;
  let paper: { printed: Uint8Array; signed: Uint8Array; sealed: Uint8Array };
  before(async () => {
    place = await signingPlace();
    paper = await signedPaper(place);
  });
  after(() => place.remove());

  const faultsOf = async (bytes: Uint8Array): Promise<readonly VerificationFault[]> => {
    const report = await place.verifier.verify(bytes, authority);
    expect(report.sound).to.equal(report.faults.length === 0);
    return report.faults;
  };
  it('finds a seal over another signed revision', async () => {
    const other = await signedPaper(place, await printedPage('Khác'));
    const grafted = Buffer.concat([paper.signed, other.sealed.subarray(other.signed.length)]);
    expect(await faultsOf(grafted)).not.to.deep.equal([]);
    // The same length, so that every offset still fits: only the digest can tell.
    const twin = await signedPaper(place, altered(paper.printed, '594.96', '594.97'));
    const fitting = Buffer.concat([twin.signed, paper.sealed.subarray(paper.signed.length)]);
    expect(await faultsOf(fitting)).to.deep.equal(['digestWrong']);
  });
  it('finds a seal before the signature; a seal alone is sound, and no signed paper', async () => {
    const sealedFirst = await rawSigned(paper.printed, 'seal', await keyHolder(place, agency));
    expect(await faultsOf(sealedFirst)).to.deep.equal([]);
    expect(isSignedPaper(await place.verifier.verify(sealedFirst, authority))).to.equal(false);
    expect(isSignedPaper(await place.verifier.verify(paper.signed, authority))).to.equal(true);
    expect(isSignedPaper(await place.verifier.verify(paper.sealed, authority))).to.equal(true);
    expect(isSignedPaper(await place.verifier.verify(Buffer.concat([paper.sealed, Buffer.from('x')]), authority))).to.equal(
      false,
    );
    expect(await faultsOf(await rawSigned(sealedFirst, 'signatory', await keyHolder(place, chair)))).to.deep.equal([
      'orderWrong',
    ]);
  });
  it('finds a second signatory', async () => {
    const deputy = await keyHolder(place, { kind: 'person', person: 'vidu02' });
    expect(await faultsOf(await rawSigned(paper.signed, 'signatory2', deputy))).to.include('fieldUnexpected');
    expect(await faultsOf(await rawSigned(paper.sealed, 'third', deputy))).to.include('fieldUnexpected');
  });
  it('finds a certificate of another issuer, also of one with the same name', async () => {
    const issuer = await testIssuer(place);
    const subject = [['commonName', 'Người ví dụ 01']] as const;
    const stranger = newSignatory({ subject: [['commonName', 'CA khác']], authority: true });
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', newSignatory({ subject }, stranger)))).to.deep.equal([
      'certificateUntrusted',
    ]);
    const imitation = { ...issuer, key: newKey() };
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', newSignatory({ subject }, imitation)))).to.deep.equal([
      'certificateUntrusted',
    ]);
  });
  it('finds a certificate that is its own issuer, and one that a person issued', async () => {
    const own = newSignatory({ subject: [['commonName', 'Tự cấp']] });
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', own))).to.deep.equal(['certificateUntrusted']);
    const byPerson = newSignatory({ subject: [['commonName', 'Con']] }, await keyHolder(place, chair));
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', byPerson))).to.deep.equal(['certificateUntrusted']);
  });
  it('finds a certificate that had expired, or was not valid yet', async () => {
    const issuer = await testIssuer(place);
    for (const validity of [
      { from: '2001-01-01T00:00:00Z', to: '2010-03-01T03:04:04Z' },
      { from: '2010-03-01T03:04:06Z', to: '2020-01-01T00:00:00Z' },
    ]) {
      const late = newSignatory({ subject: [['commonName', 'Hết hạn']], validity }, issuer);
      expect(await faultsOf(await rawSigned(paper.printed, 'signatory', late))).to.deep.equal(['certificateExpired']);
    }
  });
  it('finds a file that a person sealed, and one that the agency signed as a person', async () => {
    expect(await faultsOf(await rawSigned(paper.signed, 'seal', await keyHolder(place, chair)))).to.deep.equal(['holderWrong']);
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', await keyHolder(place, agency)))).to.deep.equal([
      'holderWrong',
    ]);
  });
  it('finds the right certificate with another key', async () => {
    const { certificate } = await keyHolder(place, chair);
    const key = newKey();
    expect(createPublicKey(key).equals(certificate.publicKey)).to.equal(false);
    expect(await faultsOf(await rawSigned(paper.printed, 'signatory', { key, certificate }))).to.deep.equal(['signatureWrong']);
  });
  it('finds a file whose signatures were cut off', async () => {
    expect(await faultsOf(paper.printed)).to.deep.equal(['unsigned']);
    // Cut back to the signatory's signature it is the file before sealing: whoever expects a seal asks for it.
    const cut = await place.verifier.verify(paper.sealed.subarray(0, paper.signed.length), authority);
    expect(cut.signatures.map(({ field }) => field)).to.deep.equal(['signatory']);
  });
});
