import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { TrinhkyError } from '../../src/errors.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { uncovered } from '../support/readingCoverage.js';

const hostileChars = 100_000;
/** Processor time, not the clock's: other work on the machine must not fail the test. */
const readingCpuMsMax = 1_000;

const fill = (piece: string, chars = hostileChars) => piece.repeat(Math.ceil(chars / piece.length)).slice(0, chars);
const paper = readFileSync('test/office/examples/14-ha-noi-2018-quyet-dinh-ke-hoach.txt', 'utf8');
const head = paper.slice(0, paper.indexOf('Ban hành Kế hoạch'));

const hostile: Readonly<Record<string, string>> = {
  dashes: fill('- - -'),
  'brackets of a pattern': fill('(a+)+'),
  'numbers with dots': fill('1.1.1.1'),
  'items that never end': fill('1. 1.1 '),
  digits: fill('1234567890'),
  spaces: `x${fill(' ')}x`,
  'line breaks': `x${fill('\n')}x`,
  'capitalised words': fill('Ví Dụ '),
  'capitals above the nation': `${fill('UBND TỈNH ')} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`,
  days: fill('ngày 12 tháng 01 năm 2020, '),
  'half days': fill('trước ngày 1 tháng '),
  quarters: fill('Quý I, II, '),
  places: fill('Thành phố Hồ - Chí Minh - '),
  units: fill('1. Giao Sở Y tế phối hợp với Sở Nội vụ và '),
  'signature blocks': fill('KT. CHỦ TỊCH TM. ỦY BAN '),
  recipients: ` Nơi nhận: ${fill('- Sở Y tế; ')}`,
  archives: ` Nơi nhận: ${fill('- Lưu: ')}`,
  quotes: ` Nơi nhận: ${fill('- A; “để ')}`,
  titles: `${head}${fill('CHỦ TỊCH ')}`,
  grounds: `${head}${fill('Căn cứ Luật số 1/2, ')}`,
  tables: `${head}${fill('STT\n\nNội dung\n\nchủ trì\n\n')}`,
  rows: fill('| 1 | việc | Sở Y tế |\n'),
  stars: fill('\n* a'),
  'combining marks': `a${fill('\u0301')}`,
  'page numbers': Array.from({ length: 390 }, (_, i) => `${fill('câu văn. ', 240)}\n${i + 2}\n`).join(''),
};

function cpuMsOf(text: string): number {
  const before = process.cpuUsage();
  try {
    readPlan(text);
  } catch (fault) {
    if (!(fault instanceof TrinhkyError && fault.code === 'readingFailed')) throw fault;
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe('reading takes bounded time', () => {
  before(() => {
    readPlan(paper);
  });

  it('reads 200 kB of a real form in under a second, and loses nothing of it', function () {
    this.timeout(30_000);
    const text = fill(`${paper}\n`, 200_000);
    expect(cpuMsOf(text)).to.be.below(readingCpuMsMax);
    expect(uncovered(text, readPlan(text))).to.deep.equal([]);
  });

  for (const [name, text] of Object.entries(hostile)) {
    it(`gets through 100 kB of ${name}`, function () {
      this.timeout(30_000);
      expect(cpuMsOf(text)).to.be.below(readingCpuMsMax);
    });
  }
});
