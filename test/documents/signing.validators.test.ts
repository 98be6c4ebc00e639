import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { pemOf } from '../../src/documents/signing/certificate.js';
import { makeSigner } from '../../src/documents/signing/signer.js';
import { pyhankoFindings, pyhankoMissing } from '../support/pyhanko.js';
import { startTimestampAuthority, type TimestampAuthority } from '../support/timestampAuthority.js';
import { authority, type SigningPlace, signedPaper, signingPlace } from './signingSupport.js';

const run = promisify(execFile);

/** What validators that share no code with ours say of a signed and sealed paper. */
describe('documents/signing: other validators', () => {
  let place: SigningPlace;
  let folder: string;
  let file: string;
  let stamped: string;
  let timestamps: TimestampAuthority;
  before(async () => {
    place = await signingPlace();
    folder = await mkdtemp(join(tmpdir(), 'trinhky-validators-'));
    timestamps = await startTimestampAuthority('2026-05-06T07:08:09Z');
    await writeFile(join(place.keyFolder, authority, 'tsa.pem'), pemOf(timestamps.root.der), { mode: 0o600 });
    [file, stamped] = [join(folder, 'sealed.pdf'), join(folder, 'stamped.pdf')];
    await writeFile(file, (await signedPaper(place)).sealed);
    const signer = makeSigner({ keyFolder: place.keyFolder, timestampUrl: timestamps.url });
    await writeFile(stamped, (await signedPaper({ ...place, signer })).sealed);
  });
  after(async () => {
    await timestamps.close();
    await rm(folder, { recursive: true, force: true });
    await place.remove();
  });

  it('poppler’s pdfsig finds both valid, and the second over the total document', async function () {
    const found = await run('pdfsig', ['-nocert', file]).catch((error: NodeJS.ErrnoException) => error.code);
    if (found === 'ENOENT' || typeof found !== 'object') return this.skip();
    const text = found.stdout;
    expect(text.match(/Signature Validation: Signature is Valid/g)).to.have.length(2);
    expect(text.match(/Signature Type: ETSI\.CAdES\.detached/g)).to.have.length(2);
    expect([...text.matchAll(/Field Name: (\w+)/g)].map((one) => one[1])).to.deep.equal(['signatory', 'seal']);
    expect(text.split('Signature #2')[0]).to.contain('Not total document signed');
    expect(text.split('Signature #2')[1]).to.contain('Total document signed');
  });

  describe('pyHanko', () => {
    let issuers: readonly string[];
    before(async function () {
      this.timeout(300_000);
      const missing = await pyhankoMissing();
      if (missing !== null) {
        process.stdout.write(`    ${missing}\n`);
        this.skip();
      }
      issuers = ['ca.pem', 'tsa.pem'].map((name) => join(place.keyFolder, authority, name));
    });
    const both = (timestamp: string | null) =>
      [
        { field: 'signatory', coverage: 'ENTIRE_REVISION', changes: 'FORM_FILLING' },
        { field: 'seal', coverage: 'ENTIRE_FILE', changes: 'NONE' },
      ].map((one) => ({ ...one, intact: true, valid: true, trusted: true, acceptable: true, timestamp }));

    it('finds the first intact with acceptable modifications, the second untouched over the entire file', async () => {
      expect(await pyhankoFindings(file, issuers)).to.have.deep.members(both(null));
    }).timeout(60_000);

    it('finds the time stamps of both valid and trusted', async () => {
      expect(await pyhankoFindings(stamped, issuers)).to.have.deep.members(both('2026-05-06T07:08:09+00:00'));
    }).timeout(60_000);
  });
});
