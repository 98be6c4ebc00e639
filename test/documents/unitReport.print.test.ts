import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { reportSheet } from '../../src/commands/reporting/reportSheet.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { makePrinter } from '../../src/documents/printer.js';
import { TrinhkyError } from '../../src/errors.js';
import { must, startApplication, type TestApplication } from '../support/application.js';
import { accepted, exampleForm, loaded, openObligation, openPeriod, soundAnswers } from '../support/reporting.js';
import { faultsIn, verapdf, verapdfMissing } from '../support/verapdf/verapdf.js';
import { browserTestMsMax, cacheFolder, squeezed } from './support.js';

describe('the report of a unit, in print', function () {
  this.timeout(2 * browserTestMsMax);
  const printer = makePrinter({ cacheFolder, onWarning: () => undefined });
  let app: TestApplication;
  let report: string;
  let bytes: Uint8Array;
  before(async () => {
    // Given an accepted report with a figure above a thousand, which its unit is about to correct
    app = await startApplication('reportprint');
    const { obligation } = await openObligation(app, { units: ['p1'] });
    report = (await openPeriod(app, obligation.id, '2026-Q1')).reportOf('p1');
    await accepted(app, report, 'head-p1', { ...soundAnswers, soLuotNguoi: '12.345' });
    await must(app, report, 'head-p1', 'CORRECT', { input: { reason: 'Cộng nhầm.' } });
    bytes = (await printer.printSheet(await reportSheet(app.deps, await loaded(app, report)))).bytes;
    const folder = process.env['TRINHKY_TEST_SHOTS'];
    if (folder !== undefined) await writeFile(join(folder, 'unitReport.pdf'), bytes);
  });
  after(async () => {
    await printer.close();
    await app.close();
  });

  it('shows unit, period and every answer with its measure', async () => {
    const all = (await textOf(bytes)).map(squeezed).join('');
    for (const text of ['Phường1', 'quýInăm2026', '12.345lượtngười', 'Có', 'Tiếptụcthựchiện', 'Gửingày', 'Tiếpnhậnngày'])
      expect(all).to.contain(text);
    expect(all).to.contain(squeezed(exampleForm.label.vi));
  });

  it('has the same bytes again, and stays that of the accepted version while a correction is written', async () => {
    const before = await loaded(app, report);
    const again = await printer.printSheet(await reportSheet(app.deps, before));
    expect(Buffer.compare(again.bytes, bytes)).to.equal(0);
    const other = { ...before, content: '0'.repeat(64) };
    expect((await reportSheet(app.deps, other)).view).to.deep.equal((await reportSheet(app.deps, before)).view);
  });

  it('is not to be had of what was not begun', async () => {
    const { acceptedContent: _, ...context } = (await loaded(app, report)).context;
    const empty = { ...(await loaded(app, report)), context, content: null };
    const error: unknown = await reportSheet(app.deps, empty).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(TrinhkyError);
    expect((error as TrinhkyError).code).to.equal('notFound');
  });

  it('conforms to PDF/A-2a and PDF/UA-1', async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-report-'));
    try {
      const file = join(folder, 'report.pdf');
      await writeFile(file, bytes);
      expect(faultsIn(await verapdf([file]), file)).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
