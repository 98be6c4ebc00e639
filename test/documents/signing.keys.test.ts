import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdtemp, readFile, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { KeyHolder } from '../../src/commands/papers/signing.js';
import { testMark } from '../../src/documents/signing/certificate.js';
import { checkKeyFolder } from '../../src/documents/signing/keyFolder.js';
import { listKeys } from '../../src/documents/signing/listKeys.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { ensureTestKeys } from '../../src/documents/signing/testKeys.js';
import { readExample } from '../../src/store/exampleAuthority.js';
import { repository } from '../support/sources.js';
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

describe('documents/signing: keys on disk', () => {
  let place: SigningPlace;
  beforeEach(async () => {
    place = await signingPlace();
  });
  afterEach(() => place.remove());
  const identity = (holder: KeyHolder, when = at) => place.signer.identity(authority, holder, when);

  describe('test keys', () => {
    it('are for the agency and everyone with a post that signs, say that they are a test, and bear pictures', async () => {
      const own = await identity(chair);
      expect(own?.certificate).to.include({ name: 'Người ví dụ 01', test: true });
      expect(own?.certificate.issuer).to.contain(testMark);
      expect(own?.picture).to.include({ widthMm: 42, heightMm: 20 });
      const seal = await identity(agency);
      expect(seal?.picture).to.include({ widthMm: 36, heightMm: 36 });
      expect(Buffer.from(seal?.picture?.png ?? '', 'base64').toString('latin1', 1, 4)).to.equal('PNG');
      const listed = (await listKeys(place.keyFolder)).map(({ holder }) => (holder.kind === 'agency' ? 'agency' : holder.person));
      const { appointments, delegations } = await readExample();
      const signing = new Set(['chair', 'deputyChair', 'head', 'deputyHead']);
      const signers = appointments.filter(({ post }) => signing.has(post)).map(({ person }) => person);
      expect(listed).to.have.members(['agency', ...new Set([...signers, ...delegations.map(({ delegate }) => delegate)])]);
    });

    it('hold from 2000 to 2060, and nobody signs outside of that', async () => {
      expect(await identity(chair, '2000-01-01T00:00:00Z')).not.to.equal(null);
      expect(await identity(chair, '1999-12-31T23:59:59Z')).to.equal(null);
      expect(await identity(chair, '2060-01-01T00:00:01Z')).to.equal(null);
      const late = place.signer.sign({
        authority,
        holder: chair,
        bytes: await printedPage(),
        reason: '1',
        at: '2060-01-01T00:00:01Z',
      });
      expect((await refusalOf(late)).params).to.deep.equal({ reason: 'certificateNotValid' });
    });

    it('made again are the same; who has none gets one', async () => {
      const before = await identity(chair);
      const directory = await readExample();
      expect(await ensureTestKeys({ keyFolder: place.keyFolder, directory })).to.deep.equal({ authority: false, holders: 0 });
      const person = { id: 'moi', name: 'Người ví dụ 99', login: 'moi', disabled: false };
      const appointment = {
        id: 'moi',
        person: 'moi',
        unit: directory.authority.rootUnit,
        post: 'deputyChair',
        title: null,
        acting: false,
        from: '2026-01-01',
        to: null,
      };
      const grown = {
        ...directory,
        people: [...directory.people, person],
        appointments: [...directory.appointments, appointment],
      };
      expect(await ensureTestKeys({ keyFolder: place.keyFolder, directory: grown })).to.deep.equal({
        authority: false,
        holders: 1,
      });
      expect(await identity(chair)).to.deep.equal(before);
      expect((await identity({ kind: 'person', person: 'moi' }))?.certificate.name).to.equal('Người ví dụ 99');
    });

    it('of two processes at once fit together', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'trinhky-two-'));
      const keyFolder = join(folder, 'keys');
      const program = `
        import { ensureTestKeys } from './src/documents/signing/testKeys.ts';
        import { readExample } from './src/store/exampleAuthority.ts';
        await ensureTestKeys({ keyFolder: ${JSON.stringify(keyFolder)}, directory: await readExample() });`;
      const once = () => run(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], { cwd: repository });
      await Promise.all([once(), once(), once()]);
      const [signer, verifier] = [makeSigner({ keyFolder }), makeVerifier({ keyFolder })];
      const { sealed } = await signedPaper({ keyFolder, signer, verifier, remove: () => Promise.resolve() });
      expect((await verifier.verify(sealed, authority)).faults).to.deep.equal([]);
      const listed = await listKeys(keyFolder);
      expect(listed).to.have.length((await listKeys(place.keyFolder)).length);
      expect(listed.every(({ hasKey, hasPicture }) => hasKey && hasPicture)).to.equal(true);
      expect((await filesIn(keyFolder)).filter((file) => /\.[0-9a-f]{12}$/.test(file))).to.deep.equal([]);
      await rm(folder, { recursive: true });
    }).timeout(60_000);

    it('are not made where the authority has certificates of somebody else', async () => {
      await rm(join(place.keyFolder, authority, 'ca.key.pem'));
      const again = ensureTestKeys({ keyFolder: place.keyFolder, directory: await readExample() });
      expect((await refusalOf(again)).params).to.include({ reason: 'notTestAuthority' });
    });
  });

  describe('are private', () => {
    it('every folder 700, every file 600', async () => {
      for (const file of await filesIn(place.keyFolder)) expect((await stat(file)).mode & 0o777, file).to.equal(0o600);
      for (const folder of ['', authority, join(authority, 'people')])
        expect((await stat(join(place.keyFolder, folder))).mode & 0o777, folder).to.equal(0o700);
    });

    const wide = ['keys.secret', '', authority, `${authority}/people`, `${authority}/people/vidu01.key.pem`];
    for (const name of wide)
      it(`others may reach ${name === '' ? 'the folder' : name}: no signature, no start`, async () => {
        const path = join(place.keyFolder, name);
        await chmod(path, (await stat(path)).mode | 0o040);
        const signing = await refusalOf(
          place.signer.sign({ authority, holder: chair, bytes: await printedPage(), reason: '1', at }),
        );
        expect({ code: signing.code, ...signing.params }).to.deep.equal({
          code: 'signingFailed',
          reason: 'keysOpen',
          path: name === '' ? place.keyFolder : path,
          fault: 'notPrivate',
        });
        const start = await refusalOf(checkKeyFolder(place.keyFolder));
        expect(start.code).to.equal('configurationInvalid');
        expect(JSON.stringify(start.params)).to.contain('TRINHKY_KEYS').and.to.contain('chmod');
      });

    it('a link to a key is refused, wherever it leads', async () => {
      const path = join(place.keyFolder, authority, 'people', 'vidu01.key.pem');
      await rename(path, `${path}.moved`);
      await symlink(`${path}.moved`, path);
      expect((await refusalOf(place.signer.identity(authority, chair, at))).params).to.include({ fault: 'notPlain' });
      expect((await refusalOf(checkKeyFolder(place.keyFolder))).code).to.equal('configurationInvalid');
    });

    it('a folder that is private, or not there, may start', async () => {
      await checkKeyFolder(place.keyFolder);
      await checkKeyFolder(join(place.keyFolder, 'nothing'));
    });

    it('names that lead out of the folder are no names', async () => {
      for (const person of ['../agency', '..', 'a/b', '', 'a\0b', 'x'.repeat(65)])
        expect((await refusalOf(identity({ kind: 'person', person }))).params, person).to.deep.equal({ reason: 'nameUnusable' });
    });
  });

  describe('say nothing', () => {
    it('neither key nor passphrase stands in any file but its own, nor in any error', async () => {
      const secret = (await readFile(join(place.keyFolder, 'keys.secret'), 'utf8')).trim();
      expect(Buffer.from(secret, 'base64url')).to.have.length(32);
      for (const file of await filesIn(place.keyFolder)) {
        const text = await readFile(file, 'latin1');
        expect(text, file).not.to.contain('-----BEGIN PRIVATE').and.not.to.contain('-----BEGIN EC PRIVATE');
        if (!file.endsWith('keys.secret')) expect(text, file).not.to.contain(secret);
        if (file.endsWith('.key.pem')) expect(text).to.contain('BEGIN ENCRYPTED PRIVATE KEY');
      }
      // Another secret: the key cannot be opened, and the error says where, not what.
      await writeFile(join(place.keyFolder, 'keys.secret'), `${'x'.repeat(43)}\n`);
      const error = await refusalOf(place.signer.sign({ authority, holder: chair, bytes: await printedPage(), reason: '1', at }));
      expect(error.params).to.include({ reason: 'keyLocked' });
      const shown = `${error.message} ${error.stack} ${JSON.stringify(error)} ${String(error.cause)}`;
      for (const word of [secret, 'xxxxx', 'BEGIN', 'passphrase']) expect(shown).not.to.contain(word);
    });

    it('a signed file holds certificates only', async () => {
      const { sealed } = await signedPaper(place);
      expect(Buffer.from(sealed).toString('latin1')).not.to.contain('PRIVATE KEY');
    });
  });

  describe('that cannot sign are told before a number is taken for a paper', () => {
    it('the passphrase is lost: no identity, no signature, no new keys, and no other passphrase in its place', async () => {
      const secret = join(place.keyFolder, 'keys.secret');
      const kept = await readFile(secret, 'utf8');
      await rm(secret);
      const request = { authority, holder: chair, bytes: await printedPage(), reason: '1', at };
      const directory = await readExample();
      const asks = [
        () => identity(chair),
        () => place.signer.sign(request),
        () => ensureTestKeys({ keyFolder: place.keyFolder, directory }),
      ];
      for (const ask of asks) expect((await refusalOf(ask())).params).to.include({ reason: 'secretMissing', path: secret });
      expect(await filesIn(place.keyFolder)).not.to.include(secret);
      // and put back, it opens them again
      await writeFile(secret, kept, { mode: 0o600 });
      expect(await identity(chair)).not.to.equal(null);
    });

    it('another passphrase opens nothing', async () => {
      await writeFile(join(place.keyFolder, 'keys.secret'), 'x'.repeat(43));
      expect((await refusalOf(identity(chair))).params).to.include({ reason: 'keyLocked' });
    });

    it('a key without its certificate, as an import that broke off leaves it, is no identity', async () => {
      const folder = join(place.keyFolder, authority);
      await copyFile(join(folder, 'agency.key.pem'), join(folder, 'people', 'vidu01.key.pem'));
      expect(await identity(chair)).to.equal(null);
      expect(await identity(agency)).not.to.equal(null);
    });
  });

  it('who has no key has no identity, and signs nothing', async () => {
    const nobody: KeyHolder = { kind: 'person', person: 'nobody' };
    expect(await identity(nobody)).to.equal(null);
    const error = await refusalOf(place.signer.sign({ authority, holder: nobody, bytes: await printedPage(), reason: '1', at }));
    expect({ code: error.code, ...error.params }).to.deep.equal({ code: 'signingFailed', reason: 'noKeys' });
  });
});
