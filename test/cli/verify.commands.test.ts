import { EventEmitter } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askSecret } from '../../src/cli/askSecret.js';
import type { CliApplication, Host } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import type { Printer } from '../../src/commands/papers/printing.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { sha256 } from '../../src/engine/json.js';
import {
  altered,
  authority as exampleAuthority,
  keyHolder,
  printedPage,
  rawSigned,
  type SigningPlace,
  signedPaper,
  signingPlace,
} from '../documents/signingSupport.js';
import { openPlan, plainPrinter, putInForce, startApplication, type TestApplication } from '../support/application.js';
import { hostOf, terminal } from './terminal.js';

/** Prints every paper as one page that differs in its title alone. */
const onePage: Printer = {
  ...plainPrinter,
  async print({ number, content }) {
    const bytes = await printedPage(`${number} ${content.title}`);
    return { bytes, hash: sha256(bytes), pages: 1, versions: { browser: 'none', font: 'none', template: 'none', finish: 0 } };
  },
};

/** Runs one command line; answers its exit code and what it printed. */
async function cli(more: Parameters<typeof hostOf>[1], ...line: string[]) {
  const screen = terminal({ columns: 120 });
  const code = await runCli(line, hostOf(screen.io, { lang: 'vi', ...more }));
  return { code, out: screen.out(), err: screen.err() };
}

describe('cli: trinhky verify and trinhky keys, without a database', () => {
  let place: SigningPlace;
  let folder: string;
  let paper: { signed: Uint8Array; sealed: Uint8Array };
  const at = (name: string) => join(folder, name);
  before(async () => {
    place = await signingPlace();
    folder = await mkdtemp(join(tmpdir(), 'trinhky-verify-'));
    paper = await signedPaper(place);
    await writeFile(at('sealed.pdf'), paper.sealed);
    await writeFile(at('signed.pdf'), paper.signed);
    await writeFile(at('altered.pdf'), altered(paper.sealed, '594.96', '594.95'));
    await writeFile(at('text.pdf'), 'not a pdf');
    const agency = await keyHolder(place, { kind: 'agency' });
    await writeFile(at('sealAlone.pdf'), await rawSigned(await printedPage('Phiếu trình'), 'seal', agency));
  });
  after(async () => {
    await rm(folder, { recursive: true });
    await place.remove();
  });
  const ca = () => ['--ca', join(place.keyFolder, exampleAuthority, 'ca.pem')];

  it('a sealed paper is sound: 0, who signed, and that it is a test', async () => {
    const { code, out, err } = await cli({}, 'verify', at('sealed.pdf'), ...ca());
    expect({ code, err }).to.deep.equal({ code: 0, err: '' });
    expect(out)
      .to.match(/^HỢP LỆ/)
      .and.to.contain('Người ký: Người ví dụ 01')
      .and.to.contain('Cơ quan (con dấu): ỦY BAN NHÂN DÂN');
    expect(out).to.contain('THỬ NGHIỆM').and.to.contain('toàn bộ tệp').and.to.contain('01/03/2010 10:04');
  });

  it('a changed paper, one without seal, and what is no PDF: 1, and why', async () => {
    const changed = await cli({}, 'verify', at('altered.pdf'), ...ca(), '--lang', 'en');
    expect(changed.code).to.equal(1);
    expect(changed.out)
      .to.match(/^NOT SOUND/)
      .and.to.contain('changed after signing');
    const unsealed = await cli({}, 'verify', at('signed.pdf'), ...ca());
    expect(unsealed.code).to.equal(1);
    expect(unsealed.out).to.contain('chưa có con dấu');
    const unsigned = await cli({}, 'verify', at('sealAlone.pdf'), ...ca());
    expect(unsigned.code).to.equal(1);
    expect(unsigned.out).to.contain('Chỉ có con dấu của cơ quan, không có chữ ký');
    const text = await cli({}, 'verify', at('text.pdf'), ...ca());
    expect(text).to.include({ code: 1, err: '' });
    expect((await cli({}, 'verify', at('none.pdf'), ...ca())).err).to.match(/^inputInvalid/);
  });

  it('the whole report as JSON', async () => {
    const { out } = await cli({}, 'verify', at('sealed.pdf'), ...ca(), '--json');
    const told = JSON.parse(out) as { good: boolean; known: unknown; report: unknown };
    expect(told).to.include({ good: true, known: null });
    expect(told.report).to.deep.equal(await place.verifier.verify(paper.sealed, exampleAuthority));
  });

  it('with the key folder’s trust, and no database: says that none was asked', async () => {
    const { code, out } = await cli({ keyFolder: place.keyFolder }, 'verify', at('sealed.pdf'), '--lang', 'en');
    expect(code).to.equal(0);
    expect(out).to.contain('The database was not asked');
  });

  it('an issuer that is not trusted makes no sound paper', async () => {
    const { code, out } = await cli({}, 'verify', at('sealed.pdf'), '--lang', 'en');
    expect(code).to.equal(1);
    expect(out).to.contain('The issuer of a certificate is not trusted.');
  });

  it('keys list: the agency, the people, and that they are tests', async () => {
    const { code, out } = await cli({ keyFolder: place.keyFolder }, 'keys', 'list');
    expect(code).to.equal(0);
    expect(out)
      .to.contain('(cơ quan)')
      .and.to.contain('vidu01')
      .and.to.contain('01/01/2060')
      .and.to.contain('Người ví dụ 01, CHỦ TỊCH');
    expect(out).not.to.contain('thật');
    expect((await cli({}, 'keys', 'list')).out).to.contain('Không có khóa nào');
  });

  it('keys import wants to know whose, and a passphrase that is on no command line', async () => {
    const neither = await cli({}, 'keys', 'import', '--p12', at('text.pdf'));
    expect(neither.code).to.equal(1);
    expect(neither.err).to.contain('Chưa rõ khóa này của ai');
    const silent = await cli({}, 'keys', 'import', 'chair', '--p12', at('text.pdf'));
    expect(silent.err).to.contain('Thiếu mật khẩu');
    expect((await cli({}, 'keys', 'import', '--help')).out).not.to.match(/--passphrase(?!-file)/);
  });
});

describe('cli: trinhky verify and trinhky keys, with the database', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let folder: string;
  let keyFolder: string;
  const more = () => ({
    keyFolder,
    assemble: (): Promise<CliApplication> =>
      Promise.resolve({ ...app, close: () => Promise.resolve() } as unknown as CliApplication),
  });
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-verify-'));
    keyFolder = join(folder, 'keys');
    app = await startApplication('cli-verify', {
      printer: onePage,
      signing: { signer: makeSigner({ keyFolder }), verifier: makeVerifier({ keyFolder }) },
    });
  });
  after(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  it('keys init makes what is missing, and verify says that a paper of somewhere else is not known here', async () => {
    const made = await cli(more(), 'keys', 'init', '--json');
    expect(made.code).to.equal(0);
    const { holders } = JSON.parse(made.out) as { holders: number };
    expect(holders).to.be.greaterThan(1);
    const again = await cli(more(), 'keys', 'init', '--json');
    expect(JSON.parse(again.out)).to.deep.equal({ authority: app.authority, issuerMade: false, holders: 0 });
    const place = await signingPlace();
    const { sealed } = await signedPaper(place);
    await place.remove();
    const file = join(folder, 'foreign.pdf');
    await writeFile(file, sealed);
    const { code, out } = await cli(more(), 'verify', file, '--json');
    expect(code).to.equal(1);
    expect(JSON.parse(out)).to.have.nested.include({ 'known.verdict': 'signaturesBroken', 'report.sound': false });
  });

  it('an issued paper is genuine: who, in which capacity; what was altered, or is not sealed yet, is not', async () => {
    await cli(more(), 'keys', 'init');
    const issued = await putInForce(app, await openPlan(app));
    const stored = (hash: unknown) => app.deps.store.renditions.bytes(app.authority, String(hash));
    const [prepared, signed, sealed] = await Promise.all(
      ['prepared', 'signedFile', 'sealedFile'].map((name) => stored(issued.context[name])),
    );
    if (!prepared || !signed || !sealed) throw new Error('not stored');
    // What was shown is what was signed, and what was signed is what was sealed.
    expect(Buffer.compare(signed.subarray(0, prepared.length), prepared)).to.equal(0);
    expect(Buffer.compare(sealed.subarray(0, signed.length), signed)).to.equal(0);
    const verified = async (name: string, bytes: Uint8Array, ...words: string[]) => {
      await writeFile(join(folder, name), bytes);
      return cli(more(), 'verify', join(folder, name), ...words);
    };
    const genuine = await verified('genuine.pdf', sealed);
    expect(genuine.code).to.equal(0);
    expect(genuine.out).to.contain('Đúng là tệp đã phát hành').and.to.contain(`có lưu tại đây, ${issued.id}`);
    expect(genuine.out).to.match(/KT\. CHỦ TỊCH PHÓ CHỦ TỊCH Người ví dụ 02; ký lúc \d\d\/\d\d\/\d{4}/);
    const unsealed = await verified('unsealed.pdf', signed, '--json');
    expect(unsealed.code).to.equal(1);
    expect(JSON.parse(unsealed.out)).to.have.nested.include({ good: false, 'known.verdict': 'altered' });
    const changed = await verified('changed.pdf', altered(sealed, '841.92', '841.93'), '--lang', 'en');
    expect(changed.code).to.equal(1);
    expect(changed.out).to.match(/^NOT SOUND/);
    const appended = await verified('appended.pdf', Buffer.concat([sealed, Buffer.from('\n')]), '--lang', 'en');
    expect(appended.code).to.equal(1);
    expect(appended.out).to.contain('NOT the issued file');
  });
});

describe('cli/askSecret', () => {
  const input = () => {
    const raw: boolean[] = [];
    const emitter = new EventEmitter();
    const stream = Object.assign(emitter, {
      isTTY: true,
      setRawMode: (on: boolean) => raw.push(on),
      resume: () => undefined,
      pause: () => undefined,
    });
    return { stream, raw, type: (text: string) => emitter.emit('data', Buffer.from(text)) };
  };
  const output = () => {
    let text = '';
    const io: Pick<Host['io'], 'stderr'>['stderr'] = { write: (more) => (text += more) };
    return { io, text: () => text };
  };

  it('takes what is typed, shows nothing of it, and leaves the terminal as it was', async () => {
    const [keyboard, screen] = [input(), output()];
    const asked = askSecret('Mật khẩu: ', keyboard.stream, screen.io);
    keyboard.type('bí mậtX');
    keyboard.type('\x7f 1\r');
    expect(await asked).to.equal('bí mật 1');
    expect(screen.text()).to.equal('Mật khẩu: \n');
    expect(keyboard.raw).to.deep.equal([true, false]);
  });

  it('is broken off by Ctrl-C, and asks nobody where there is no terminal', async () => {
    const [keyboard, screen] = [input(), output()];
    const asked = askSecret('?', keyboard.stream, screen.io);
    keyboard.type('bí\x03');
    expect(await asked).to.equal(null);
    expect(await askSecret('?', Object.assign(keyboard.stream, { isTTY: false }), screen.io)).to.equal(null);
  });
});
