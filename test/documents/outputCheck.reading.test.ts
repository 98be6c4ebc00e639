import { inflateSync } from 'node:zlib';
import { PDFDocument, PDFName, PDFRawStream, PDFRef } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { checkOutput, textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { viewOf } from '../../src/documents/view.js';
import { TrinhkyError } from '../../src/errors.js';
import { letter } from './samplePapers.js';
import { browserTestMsMax, cacheFolder } from './support.js';

const signer = viewOf(letter()).signature;
if (signer === null) throw new Error('a letter is signed');

async function refusal(work: Promise<unknown>): Promise<TrinhkyError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).to.be.instanceOf(TrinhkyError);
  return error as TrinhkyError;
}

/** The same file with other drawing operators on its pages. */
async function withPages(bytes: Uint8Array, change: (content: string) => string): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  for (const { node } of document.getPages()) {
    const contents = node.get(PDFName.of('Contents'));
    const stream = document.context.lookup(contents);
    if (!(contents instanceof PDFRef && stream instanceof PDFRawStream)) throw new Error('no content');
    const content = change(inflateSync(stream.contents).toString('latin1'));
    document.context.assign(contents, document.context.flateStream(content));
  }
  return document.save({ useObjectStreams: false });
}

describe('documents/outputCheck: the print read back', function () {
  this.timeout(browserTestMsMax);
  let bytes: Uint8Array;

  before(async () => {
    const printer = makePrinter({ cacheFolder });
    ({ bytes } = await printer.print(letter()));
    await printer.close();
  });

  it('counts the pages of a right print and leaves its bytes to the caller', async () => {
    expect(await checkOutput(bytes, viewOf(letter()))).to.equal(1);
    expect(bytes.length).to.be.greaterThan(10_000);
  });

  for (const [name, changes] of [
    ['number', { number: 'Số: 15/UBND-NV' }],
    ['title', { title: 'V/v khác' }],
    ['type', { typeName: 'QUYẾT ĐỊNH' }],
    ['signer', { signature: { ...signer, name: 'Người ví dụ 03' } }],
  ] as const) {
    it(`misses another ${name}`, async () => {
      const error = await refusal(checkOutput(bytes, { ...viewOf(letter()), ...changes }));
      expect([error.code, error.params]).to.deep.equal(['printFailed', { reason: 'textMissing', missing: [name] }]);
    });
  }

  it('misses a code that is not printed, and a picture that is not drawn', async () => {
    const pictures = { wanted: 2, drawn: 1 };
    const code = 'KH8M-2345-PQRS-6789';
    const none = { wanted: 0, drawn: 0 };
    const view = viewOf(letter());
    expect((await refusal(checkOutput(bytes, view, { code, pictures: none }))).params).to.deep.equal({
      reason: 'textMissing',
      missing: ['code'],
    });
    expect((await refusal(checkOutput(bytes, view, { code: null, pictures }))).params).to.deep.equal({
      reason: 'pictureMissing',
      ...pictures,
    });
  });

  it('hears only what is tagged: a title among the artefacts is missing, one in a draft is not', async () => {
    // given a print whose tags became artefacts
    const tagless = new Uint8Array(
      await withPages(bytes, (content) => content.replaceAll(/^\/\w+ <<\/MCID \d+ >>BDC$/gm, '/Artifact BMC')),
    );
    const error = await refusal(checkOutput(tagless, viewOf(letter())));
    expect(error.params).to.deep.equal({ reason: 'textMissing', missing: ['number', 'type', 'title', 'signer'] });
    expect(await checkOutput(tagless, { ...viewOf(letter()), draft: true })).to.equal(1);
  });

  it('refuses a final paper that does not say what it conforms to', async () => {
    const claimless = Buffer.from(
      Buffer.from(bytes).toString('latin1').replace('<pdfuaid:part>1<', '<pdfuaid:part>2<'),
      'latin1',
    );
    expect((await refusal(checkOutput(claimless, viewOf(letter())))).params).to.deep.equal({
      reason: 'notArchival',
      missing: ['accessible'],
    });
  });

  it('refuses a font that is not ours', async () => {
    const foreign = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('+Tinos', '+Arial'), 'latin1');
    expect((await refusal(checkOutput(foreign, viewOf(letter())))).params.reason).to.equal('fontMissing');
  });

  it('refuses what is no PDF', async () => {
    expect((await refusal(textOf(Buffer.from('<html>')))).params).to.deep.equal({ reason: 'unreadable' });
  });
});
