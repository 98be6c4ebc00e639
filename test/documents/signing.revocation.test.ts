import { sign } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pemOf } from '../../src/documents/signing/certificate.js';
import { bits, element, integer, oid, sequence, time } from '../../src/documents/signing/derWrite.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { newKey } from '../../src/documents/signing/testAuthority.js';
import { pyhankoFindings, pyhankoMissing } from '../support/pyhanko.js';
import { startTimestampAuthority, type TimestampAuthority } from '../support/timestampAuthority.js';
import {
  agency,
  at,
  authority,
  chair,
  keyHolder,
  objectIn,
  printedPage,
  rawSigned,
  refusalOf,
  type Signatory,
  type SigningPlace,
  signedPaper,
  signingPlace,
  testIssuer,
  updated,
} from './signingSupport.js';

/** A revocation list of an issuer: serial numbers and since when. */
function listOf({ key, certificate }: Signatory, revoked: readonly (readonly [serial: Buffer, since: string])[]): Buffer {
  const algorithm = sequence(oid('1.2.840.10045.4.3.2'));
  const entries = revoked.map(([serial, since]) => sequence(integer(serial), time(since)));
  const body = sequence(
    integer(Buffer.from([1])),
    algorithm,
    certificate.subject,
    time('2010-01-01T00:00:00Z'),
    time('2059-01-01T00:00:00Z'),
    ...(entries.length === 0 ? [] : [sequence(...entries)]),
    element(0xa0, sequence(sequence(oid('2.5.29.20'), element(4, integer(Buffer.from([1])))))),
  );
  return sequence(body, algorithm, bits(sign('sha256', body, key)));
}

describe('documents/signing: revocation, and what long-term validation needs', () => {
  let place: SigningPlace;
  let timestamps: TimestampAuthority;
  beforeEach(async () => {
    timestamps = await startTimestampAuthority('2026-05-06T07:08:09Z');
    place = await signingPlace();
    await mkdir(join(place.keyFolder, authority, 'crl'), { mode: 0o700 });
    await writeFile(join(place.keyFolder, authority, 'tsa.pem'), pemOf(timestamps.root.der), { mode: 0o600 });
  });
  afterEach(async () => {
    await timestamps.close();
    await place.remove();
  });
  const keep = (list: Buffer) => writeFile(join(place.keyFolder, authority, 'crl', 'ca.crl'), list, { mode: 0o600 });
  const faultsOf = async (bytes: Uint8Array) => (await place.verifier.verify(bytes, authority)).faults;

  it('a certificate that was revoked before it signed is found, and signs no more', async () => {
    const { certificate } = await keyHolder(place, chair);
    const { sealed } = await signedPaper(place);
    await keep(listOf(await testIssuer(place), [[certificate.serial, '2010-03-01T03:04:05Z']]));
    expect(await faultsOf(sealed)).to.deep.equal(['certificateRevoked']);
    const again = place.signer.sign({ authority, holder: chair, bytes: await printedPage(), reason: '1', at });
    expect((await refusalOf(again)).params).to.deep.equal({ reason: 'resultUnsound', faults: ['certificateRevoked'] });
  });

  it('one that was revoked later, and another one, do no harm; nor does a list that the issuer did not sign', async () => {
    const { certificate } = await keyHolder(place, chair);
    const issuer = await testIssuer(place);
    const { sealed } = await signedPaper(place);
    await keep(
      listOf(issuer, [
        [certificate.serial, '2010-03-01T03:04:06Z'],
        [Buffer.from([0x4a, 1]), '2005-01-01T00:00:00Z'],
      ]),
    );
    expect(await faultsOf(sealed)).to.deep.equal([]);
    await keep(listOf({ ...issuer, key: newKey() }, [[certificate.serial, '2005-01-01T00:00:00Z']]));
    expect(await faultsOf(sealed)).to.deep.equal([]);
  });

  describe('with time stamps and a revocation list', () => {
    const sealedWithData = async () => {
      await keep(listOf(await testIssuer(place), []));
      return signedPaper({ ...place, signer: makeSigner({ keyFolder: place.keyFolder, timestampUrl: timestamps.url }) });
    };

    it('the seal covers what is needed to judge both signatures later', async () => {
      const { printed, signed, sealed } = await sealedWithData();
      const text = Buffer.from(sealed).toString('latin1');
      expect(text).to.contain('/Type /DSS');
      expect(text.lastIndexOf('/DSS')).to.be.lessThan(text.lastIndexOf('/ByteRange'));
      expect(Buffer.compare(sealed.subarray(0, signed.length), signed)).to.equal(0);
      expect(Buffer.compare(signed.subarray(0, printed.length), printed)).to.equal(0);
      const report = await place.verifier.verify(sealed, authority);
      expect(report.faults).to.deep.equal([]);
      expect(report.signatures.map(({ field, coversWholeFile }) => [field, coversWholeFile])).to.deep.equal([
        ['signatory', false],
        ['seal', true],
      ]);
    });

    it('the list in the file serves where the folder has none', async () => {
      const { certificate } = await keyHolder(place, chair);
      const { sealed } = await sealedWithData();
      await rm(join(place.keyFolder, authority, 'crl'), { recursive: true });
      expect(await faultsOf(sealed)).to.deep.equal([]);
      const trusted = [await readFile(join(place.keyFolder, authority, 'ca.pem'), 'latin1'), pemOf(timestamps.root.der)];
      expect((await makeVerifier({ keyFolder: null, trusted }).verify(sealed, null)).sound).to.equal(true);
      expect(certificate.summary.test).to.equal(true);
    });

    it('data that somebody adds behind the seal, or with a little more in it, is refused', async () => {
      const { sealed } = await sealedWithData();
      expect(await faultsOf(updated(sealed, { 900: '<< /Type /DSS /Certs [] /CRLs [] >>' }))).to.include('revisionUnexpected');
      const plain = await signedPaper(place);
      const { number, text } = objectIn(plain.signed, /\/Type \/Catalog/);
      const store = (more: string) => ({
        [number]: text.replace(/>>$/, '/DSS 900 0 R >>'),
        900: `<< /Type /DSS /Certs [] /CRLs [] ${more}>>`,
      });
      const sealing = async (objects: Record<string, string>) =>
        faultsOf(await rawSigned(updated(plain.signed, objects), 'seal', await keyHolder(place, agency)));
      expect(await sealing(store(''))).to.deep.equal([]);
      expect(await sealing(store('/VRI << >> '))).to.include('revisionUnexpected');
      expect(await sealing({ ...store(''), 901: '<< /Type /Page >>' })).to.include('revisionUnexpected');
    });

    it('pyHanko finds both intact, and the data no more than an update for validation', async function () {
      const missing = await pyhankoMissing();
      if (missing !== null) {
        process.stdout.write(`    ${missing}\n`);
        return this.skip();
      }
      const folder = await mkdtemp(join(tmpdir(), 'trinhky-data-'));
      const file = join(folder, 'sealed.pdf');
      await writeFile(file, (await sealedWithData()).sealed);
      const found = await pyhankoFindings(
        file,
        ['ca.pem', 'tsa.pem'].map((name) => join(place.keyFolder, authority, name)),
      );
      await rm(folder, { recursive: true });
      expect(found.map(({ field, acceptable, coverage }) => [field, acceptable, coverage])).to.deep.equal([
        ['signatory', true, 'ENTIRE_REVISION'],
        ['seal', true, 'ENTIRE_FILE'],
      ]);
    }).timeout(300_000);
  });
});
