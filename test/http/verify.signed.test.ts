import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { makePrinter } from '../../src/documents/printer.js';
import { makeSigner, makeVerifier } from '../../src/documents/signing/signer.js';
import { ensureTestKeys } from '../../src/documents/signing/testKeys.js';
import type { Instance } from '../../src/engine/instance.js';
import { browserTestMsMax, cacheFolder } from '../documents/support.js';
import { startApplication } from '../support/application.js';
import { fileOf, issuedPaper, textOf } from './proofSupport.js';
import { type Web, webOn } from './support.js';

describe('verification of a paper that was really printed and signed', function () {
  this.timeout(browserTestMsMax);
  let keyFolder: string;
  let web: Web;
  let paper: Instance;
  before(async () => {
    keyFolder = await mkdtemp(join(tmpdir(), 'trinhky-verify-'));
    const app = await startApplication('verifysigned', {
      printer: makePrinter({ cacheFolder }),
      signing: { signer: makeSigner({ keyFolder }), verifier: makeVerifier({ keyFolder }) },
    });
    await ensureTestKeys({ keyFolder, directory: await app.deps.store.directory.snapshot(app.authority) });
    web = await webOn(app);
    paper = await issuedPaper(app);
  });
  after(async () => {
    await web.close();
    await rm(keyFolder, { recursive: true });
  });

  const verdictOn = async (bytes: Buffer) => {
    const headers = { 'content-type': 'application/pdf' };
    const reply = await fetch(`${web.origin}/api/v1/verify`, { method: 'POST', headers, body: bytes });
    return (await reply.json()) as {
      verdict: string;
      report: { sound: boolean; faults: string[] };
      paper: unknown;
      sheetOf: unknown;
    };
  };

  it('case 13: the issued file is genuine; a byte more, a byte other, or a signature less is not', async () => {
    const sealed = await fileOf(web.app, paper, 'sealedFile');
    const genuine = await verdictOn(sealed);
    expect(genuine.verdict).to.equal('genuine');
    expect(genuine.report).to.deep.include({ sound: true, faults: [] });
    const flipped = Buffer.from(sealed);
    flipped[2_000] = (flipped[2_000] ?? 0) ^ 1;
    for (const [what, bytes, verdict] of [
      ['more', Buffer.concat([sealed, Buffer.from('\n%x')]), 'altered'],
      ['without the seal', await fileOf(web.app, paper, 'signedFile'), 'altered'],
      ['without any signature', await fileOf(web.app, paper, 'prepared'), 'altered'],
      ['another byte', flipped, 'signaturesBroken'],
    ] as const) {
      const found = await verdictOn(bytes);
      expect(found.verdict, what).to.equal(verdict);
      expect(found.report.sound, what).to.equal(false);
    }
  });

  it('knows its own approval sheet by its bytes, says whose it is, and nothing of the paper', async () => {
    await web.app.relay.settle();
    const { renditions } = web.app.deps.store;
    const row = (await renditions.listOf(web.app.authority, paper.id)).find(({ mode }) => mode === 'sheet');
    const sheet = Buffer.from((await renditions.bytes(web.app.authority, row?.hash ?? '')) ?? '');
    // when
    const found = await verdictOn(sheet);
    // then
    const { report, ...said } = found;
    expect(said).to.deep.equal({
      verdict: 'genuineSheet',
      paper: null,
      sheetOf: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      sentence:
        'Đúng là phiếu trình nội bộ của ỦY BAN NHÂN DÂN QUẬN VÍ DỤ, nguyên vẹn; dấu hợp lệ. Phiếu trình không phải là văn bản đã phát hành.',
    });
    expect(report).to.deep.include({ sound: true, faults: [] });
    const form = new FormData();
    form.append('file', new File([sheet], 'phieu.pdf', { type: 'application/pdf' }));
    const page = await fetch(`${web.origin}/verify`, { method: 'POST', headers: { accept: 'text/html' }, body: form });
    const shown = await page.text();
    expect(shown).to.contain('Đúng là phiếu trình nội bộ của ỦY BAN').and.to.contain('Dấu của cơ quan');
    expect(shown).not.to.contain(textOf(paper, 'title'));
    // one more byte, and it is nothing known any more
    const longer = await verdictOn(Buffer.concat([sheet, Buffer.from('x')]));
    expect([longer.verdict, longer.sheetOf]).to.deep.equal(['signaturesBroken', null]);
  });

  it('case 11: the file begins with exactly the bytes that were prepared and shown', async () => {
    const prepared = await fileOf(web.app, paper, 'prepared');
    const sealed = await fileOf(web.app, paper, 'sealedFile');
    expect(sealed.subarray(0, prepared.length).equals(prepared)).to.equal(true);
    const reply = await fetch(`${web.origin}/api/v1/verify/${textOf(paper, 'code')}`);
    const told = (await reply.json()) as { signatoryCertificate: { test: boolean }; sealCertificate: { name: string } };
    expect(told.signatoryCertificate.test).to.equal(true);
    expect(told.sealCertificate.name).to.equal('ỦY BAN NHÂN DÂN QUẬN VÍ DỤ');
  });
});
