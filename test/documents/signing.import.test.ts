import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { KeyHolder } from '../../src/commands/papers/signing.js';
import { certificatesOf } from '../../src/documents/signing/certificate.js';
import { importKey } from '../../src/documents/signing/importKeys.js';
import { checkKeyFolder } from '../../src/documents/signing/keyFolder.js';
import {
  agency,
  at,
  authority,
  chair,
  filesIn,
  printedPage,
  refusalOf,
  type SigningPlace,
  signedPaper,
  signingPlace,
} from './signingSupport.js';

const run = promisify(execFile);

/** Keys as an issuer gives them out, here made by openssl. */
describe('documents/signing: keys brought in from a PKCS#12 file', function () {
  this.timeout(30_000);
  let place: SigningPlace;
  beforeEach(async () => {
    place = await signingPlace();
  });
  afterEach(() => place.remove());
  const identity = (holder: KeyHolder, when = at) => place.signer.identity(authority, holder, when);
  let folder: string;
  const now = '2050-06-01T00:00:00.000Z';
  before(async function () {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-p12-'));
    const openssl = (line: string, ...more: string[]) => run('openssl', [...line.split(' '), ...more], { cwd: folder });
    const there = await openssl('version').then(
      () => true,
      () => false,
    );
    if (!there) return this.skip();
    const days = '-days 36500';
    await writeFile(join(folder, 'use.ext'), 'keyUsage=critical,digitalSignature,nonRepudiation\n');
    await openssl(`req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.crt ${days} -subj`, '/CN=Real CA');
    for (const [name, subject] of [
      ['own', '/CN=Nguoi ky/title=CHU TICH/O=UBND'],
      ['seal', '/CN=UBND/O=UBND'],
    ] as const) {
      await openssl(`req -newkey rsa:2048 -nodes -keyout ${name}.key -out ${name}.csr -subj`, subject);
      await openssl(
        `x509 -req -in ${name}.csr -CA ca.crt -CAkey ca.key -out ${name}.crt ${days} -extfile use.ext -CAcreateserial`,
      );
      const bundle = `pkcs12 -export -inkey ${name}.key -in ${name}.crt`;
      await openssl(`${bundle} -certfile ca.crt -out ${name}.p12 -passout`, 'pass:bí mật 1');
      await openssl(`${bundle} -out ${name}.alone.p12 -passout`, 'pass:bí mật 1');
    }
  });
  after(() => rm(folder, { recursive: true }));
  const importing = async (more: Partial<Parameters<typeof importKey>[0]> & { file?: string } = {}) =>
    importKey({
      keyFolder: place.keyFolder,
      authority,
      holder: chair,
      p12: await readFile(join(folder, more.file ?? 'own.p12')),
      passphrase: 'bí mật 1',
      issuers: [],
      at: now,
      ...more,
    });

  it('an RSA key signs, its issuer is trusted, and what the old certificate signed stays sound', async () => {
    const earlier = await signedPaper(place);
    const oldSeal = await identity(agency);
    expect(await importing()).to.include({ name: 'Nguoi ky', issuer: 'Real CA', test: false });
    await importing({ holder: agency, file: 'seal.p12' });
    const later = { reason: '09/KH-UBND', at: now, authority };
    const signed = await place.signer.sign({ ...later, holder: chair, bytes: await printedPage() });
    const sealed = await place.signer.sign({ ...later, holder: agency, bytes: signed.bytes });
    const report = await place.verifier.verify(sealed.bytes, authority);
    expect(report.faults).to.deep.equal([]);
    expect(report.signatures.map(({ certificate }) => certificate?.name)).to.deep.equal(['Nguoi ky', 'UBND']);
    expect(report.signatures.some(({ certificate }) => certificate?.test)).to.equal(false);
    expect((await place.verifier.verify(earlier.sealed, authority)).faults).to.deep.equal([]);
    const files = await readdir(join(place.keyFolder, authority));
    expect(files).to.include(`agency.${oldSeal?.certificate.serial}.old.pem`);
    await checkKeyFolder(place.keyFolder);
  });

  it('the same certificate for a person and the seal makes no paper', async () => {
    await importing();
    await importing({ holder: agency });
    const signing = place.signer.sign({ authority, holder: chair, bytes: await printedPage(), reason: '9', at: now });
    expect((await refusalOf(signing)).params).to.deep.equal({ reason: 'resultUnsound', faults: ['holderWrong'] });
  });

  it('takes the sample picture away, and the own one in', async () => {
    await importing();
    expect((await identity(chair, now))?.picture).to.equal(null);
    const png = Buffer.from((await identity(agency))?.picture?.png ?? '', 'base64');
    await importing({ picture: { png, widthMm: 40.5, heightMm: 18 } });
    expect((await identity(chair, now))?.picture).to.deep.equal({ png: png.toString('base64'), widthMm: 40.5, heightMm: 18 });
    const wrong = importing({ picture: { png: Buffer.from('GIF89a'), widthMm: 40, heightMm: 18 } });
    expect((await refusalOf(wrong)).params).to.deep.equal({ reason: 'pictureUnfit' });
  });

  it('is refused with a wrong passphrase, without issuer, out of date, and then nothing has changed', async () => {
    const before = await filesIn(place.keyFolder);
    const wrong = await refusalOf(importing({ passphrase: 'sai mật khẩu' }));
    expect(wrong.params).to.deep.equal({ reason: 'p12Unreadable' });
    expect(`${wrong.message}${wrong.stack}${String(wrong.cause)}`).not.to.contain('sai mật khẩu');
    expect((await refusalOf(importing({ p12: Buffer.from('nothing') }))).params).to.deep.equal({ reason: 'p12Unreadable' });
    expect((await refusalOf(importing({ file: 'own.alone.p12' }))).params).to.deep.equal({ reason: 'issuerUnknown' });
    expect((await refusalOf(importing({ at: '2010-01-01T00:00:00Z' }))).params).to.deep.equal({ reason: 'certificateUnfit' });
    expect(await filesIn(place.keyFolder)).to.deep.equal(before);
    expect((await identity(chair))?.certificate.test).to.equal(true);
    const issuers = [await readFile(join(folder, 'ca.crt'), 'latin1')];
    expect((await importing({ file: 'own.alone.p12', issuers })).name).to.equal('Nguoi ky');
    expect(certificatesOf(await readFile(join(place.keyFolder, authority, 'ca.pem'), 'latin1'))).to.have.length(2);
  });
});
