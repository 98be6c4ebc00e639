import { expect } from 'chai';
import { checkOutput, textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { viewOf } from '../../src/documents/view.js';
import { TrinhkyError } from '../../src/errors.js';
import { letter } from './samplePapers.js';
import { browserTestMsMax, cacheFolder } from './support.js';

async function refusal(work: Promise<unknown>): Promise<TrinhkyError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).to.be.instanceOf(TrinhkyError);
  return error as TrinhkyError;
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
    ['signer', { signature: { lines: [], name: 'Người ví dụ 03' } }],
  ] as const) {
    it(`misses another ${name}`, async () => {
      const error = await refusal(checkOutput(bytes, { ...viewOf(letter()), ...changes }));
      expect([error.code, error.params]).to.deep.equal(['printFailed', { reason: 'textMissing', missing: [name] }]);
    });
  }

  it('refuses a font that is not ours', async () => {
    const foreign = Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('+Tinos', '+Arial'), 'latin1');
    expect((await refusal(checkOutput(foreign, viewOf(letter())))).params.reason).to.equal('fontMissing');
  });

  it('refuses what is no PDF', async () => {
    expect((await refusal(textOf(Buffer.from('<html>')))).params).to.deep.equal({ reason: 'unreadable' });
  });
});
