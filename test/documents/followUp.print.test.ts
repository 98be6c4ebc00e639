import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { type FollowUp, followUpSheet } from '../../src/commands/progress/followUp.js';
import type { PlanProgress } from '../../src/commands/progress/progress.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { progressSheet } from '../../src/documents/plots/progressSheet.js';
import { makePrinter } from '../../src/documents/printer.js';
import { makeBurnUp } from '../../src/office/progress/burnUp.js';
import { makeTally, noReports } from '../../src/office/progress/counts.js';
import { makeGrid } from '../../src/office/progress/grid.js';
import { directory } from '../support/builders.js';
import { faultsIn, verapdf, verapdfMissing } from '../support/verapdf/verapdf.js';
import { browserTestMsMax, cacheFolder, squeezed } from './support.js';

const title = 'Kế hoạch ví dụ về công tác dân vận năm 2010';

/** Forty duties with long words: several pages. */
const sheet: FollowUp = {
  unit: 'p7',
  unitName: 'Phường 7',
  duties: Array.from({ length: 40 }, (_, index) => ({
    instance: `x.${index}`,
    clause: `III.${index + 1}`,
    title: `Việc số ${index + 1}: tuyên truyền, vận động nhân dân thực hiện nếp sống văn minh đô thị trên địa bàn`,
    part: index % 3 === 0 ? ('coordinate' as const) : ('lead' as const),
    due: '30/06/2010',
    state: 'Hoàn thành quá hạn',
    late: true,
    done: '02/07/2010',
    evidence: ['Đã tổ chức 12 buổi', 'bao-cao.pdf'],
    extensions: ['từ 31/03/2010 đến 30/06/2010: mưa lũ'],
    urgings: ['01/07/2010'],
    carried: '2010-Q2',
  })),
  reports: [
    {
      instance: 'x.r',
      period: '2010-Q1',
      title: 'Báo cáo quý I',
      due: '07/04/2010',
      sent: '08/04/2010',
      state: 'Gửi quá hạn',
      late: true,
      notes: ['trả lại 2 lần'],
    },
  ],
};

function progressOf(): PlanProgress {
  const quarters = ['03-31', '06-30', '09-30', '12-31'].map((day, index) => ({ id: `2010-Q${index + 1}`, to: `2010-${day}` }));
  const [tally, grid] = [makeTally(), makeGrid(quarters)];
  const burnUp = makeBurnUp({ from: '2010-01-01', to: '2010-12-31', today: '2010-08-16' });
  for (const unit of ['p1', 'p2']) {
    const fact = {
      unit,
      state: 'late' as const,
      suspended: false,
      unconfirmed: false,
      dueOn: '2010-03-31',
      doneOn: '2010-04-02',
    };
    tally.addDuty(fact as never);
    grid.addDuty(fact);
    burnUp.add(fact);
    tally.addReport({ unit, state: 'silent' });
    grid.addReport({ unit, state: 'silent' }, '2010-Q1');
  }
  const spread = { sum: 40, median: 20, p90: 35, most: 40 };
  return {
    plan: 'x.1',
    quarter: null,
    unit: null,
    asOf: '2010-08-16T02:00:00.000Z',
    source: 'now',
    year: 2010,
    quarters: quarters.map(({ id }) => id),
    duties: tally.duties(),
    reports: { ...noReports, ...tally.reports() },
    units: tally.units(),
    unitDuties: true,
    grid: grid.grid(directory),
    burnUp: burnUp.weeks(),
    waits: [],
    waitsCount: 0,
    times: [{ definition: 'assignment', state: '/offered', stays: 2, open: 0, calendarTenths: spread, workingTenths: spread }],
  };
}

describe('what is seen of a plan, in print', function () {
  this.timeout(2 * browserTestMsMax);
  const printer = makePrinter({ cacheFolder, onWarning: () => undefined });
  after(() => printer.close());
  let [follow, progress]: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
  before(async () => {
    const about = { directory, title, code: '08/KH-UBND', now: '2010-08-16T02:00:00.000Z', quarter: null };
    follow = (await printer.printSheet(followUpSheet(sheet, about))).bytes;
    progress = (
      await printer.printSheet(progressSheet(progressOf(), { directory, title, labelOf: () => 'Nhiệm vụ: Chờ tiếp nhận' }))
    ).bytes;
  });

  it('the follow-up sheet is landscape and bears the head of its table on every page, each duty once', async () => {
    const document = await PDFDocument.load(follow);
    for (const page of document.getPages()) expect(page.getWidth()).to.be.closeTo(841.9, 1);
    const pages = (await textOf(follow)).map(squeezed);
    expect(pages.length).to.be.greaterThan(2);
    const withDuties = pages.filter((page) => page.includes('Việcsố'));
    expect(withDuties.length).to.be.greaterThan(2);
    for (const page of withDuties) expect(page).to.contain('Kếtquả,minhchứng');
    const all = pages.join('');
    for (let number = 1; number <= 40; number += 1) expect(all.split(`Việcsố${number}:`).length - 1, String(number)).to.equal(1);
    for (const text of ['Giahạntừ31/03/2010', 'Đônđốc:01/07/2010', 'Chuyểnkỳ:2010-Q2', 'trảlại2lần', '08/KH-UBND'])
      expect(all).to.contain(text);
  });

  it('the progress sheet has the numbers and the letters of the plots as text', async () => {
    const all = (await textOf(progress)).map(squeezed).join('');
    for (const text of ['TIẾNĐỘTHỰCHIỆNNHIỆMVỤ', 'Hoànthànhquáhạn', 'Đếnhạn2', 'Nhiệmvụ:Chờtiếpnhận', '3,5', 'KKhôngbáocáo'])
      expect(all).to.contain(text);
  });

  it('both conform to PDF/A-2a and PDF/UA-1', async function () {
    const missing = await verapdfMissing();
    if (missing !== null) {
      console.log(`      skipped: ${missing}`);
      this.skip();
    }
    const folder = await mkdtemp(join(tmpdir(), 'trinhky-seen-'));
    try {
      const files = [join(folder, 'follow.pdf'), join(folder, 'progress.pdf')] as const;
      await writeFile(files[0], follow);
      await writeFile(files[1], progress);
      const verdicts = await verapdf(files);
      for (const file of files) expect(faultsIn(verdicts, file)).to.deep.equal([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
