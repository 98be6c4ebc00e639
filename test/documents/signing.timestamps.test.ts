import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { pemOf } from '../../src/documents/signing/certificate.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { makeTimestamper } from '../../src/documents/signing/timestamp.js';
import { TrinhkyError } from '../../src/errors.js';
import { type Manner, startTimestampAuthority, type TimestampAuthority } from '../support/timestampAuthority.js';
import { at, authority, chair, printedPage, type SigningPlace, signedPaper, signingPlace } from './signingSupport.js';

const stampedAt = '2026-05-06T07:08:09.000Z';

describe('documents/signing: time stamps', () => {
  let place: SigningPlace;
  let timestamps: TimestampAuthority;
  let trustFile: string;
  before(async () => {
    timestamps = await startTimestampAuthority(stampedAt);
    place = await signingPlace(timestamps.url);
    trustFile = join(place.keyFolder, authority, 'tsa.pem');
  });
  beforeEach(async () => {
    timestamps.manner = 'right';
    await writeFile(trustFile, pemOf(timestamps.root.der), { mode: 0o600 });
  });
  after(async () => {
    await timestamps.close();
    await place.remove();
  });

  const refusalOf = async (work: Promise<unknown>) => {
    const error = await work.catch((one: unknown) => one);
    expect(error).to.be.instanceOf(TrinhkyError);
    const { code, params } = error as TrinhkyError;
    return { code, reason: params['reason'] };
  };
  const signing = async (signer = place.signer) =>
    signer.sign({ authority, holder: chair, bytes: await printedPage(), reason: '08/KH-UBND', at });

  it('stand beside the claimed time: the demo signs in 2010, the authority stamps when it is asked', async () => {
    const { sealed } = await signedPaper(place);
    const report = await place.verifier.verify(sealed, authority);
    expect(report.faults).to.deep.equal([]);
    for (const signature of report.signatures)
      expect(signature).to.include({ signedAt: at, timestamp: stampedAt, trusted: true });
    expect((await signing()).timestamp).to.equal(stampedAt);
  });

  it('of an authority that is not trusted make no signature', async () => {
    await rm(trustFile);
    expect(await refusalOf(signing())).to.deep.equal({ code: 'signingFailed', reason: 'timestampUntrusted' });
  });

  it('are wrong to a verifier that does not trust their authority', async () => {
    const { sealed } = await signedPaper(place);
    await rm(trustFile);
    const report = await place.verifier.verify(sealed, authority);
    expect(report.faults).to.deep.equal(['timestampWrong']);
  });

  const wrong: readonly Manner[] = ['otherDigest', 'otherNonce', 'refused', 'broken', 'error', 'endless'];
  for (const manner of wrong)
    it(`answered "${manner}" make no signature, and never one without a stamp`, async () => {
      timestamps.manner = manner;
      expect(await refusalOf(signing())).to.deep.equal({ code: 'signingFailed', reason: 'timestampFailed' });
    });

  it('from an authority that is silent or not there are given up in time', async () => {
    timestamps.manner = 'silent';
    const asked = performance.now();
    const digest = new Uint8Array(32);
    expect(await refusalOf(makeTimestamper(timestamps.url, 150)(digest, { anchors: [], lists: [] }))).to.deep.equal({
      code: 'signingFailed',
      reason: 'timestampFailed',
    });
    expect(performance.now() - asked).to.be.within(100, 2_000);
    const nowhere = makeSigner({ keyFolder: place.keyFolder, timestampUrl: 'http://127.0.0.1:1/' });
    expect(await refusalOf(signing(nowhere))).to.deep.equal({ code: 'signingFailed', reason: 'timestampFailed' });
  });

  it('are judged without a key folder where their issuer is given', async () => {
    const { sealed } = await signedPaper(place);
    const trusted = [await readFile(join(place.keyFolder, authority, 'ca.pem'), 'latin1'), pemOf(timestamps.root.der)];
    expect((await makeVerifier({ keyFolder: null, trusted }).verify(sealed, null)).faults).to.deep.equal([]);
    expect((await makeVerifier({ keyFolder: null }).verify(sealed, null)).faults).to.have.members([
      'certificateUntrusted',
      'timestampWrong',
    ]);
  });
});
