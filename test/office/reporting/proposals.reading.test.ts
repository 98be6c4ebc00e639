import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readPlan } from '../../../src/office/reading/readPlan.js';
import { proposalsFrom } from '../../../src/office/reporting/proposals.js';
import { directory } from '../../support/builders.js';

const around = { directory, title: 'Kế hoạch ví dụ', day: '2010-02-09' };
const duty = (more: object = {}) => ({ by: null, to: null, through: null, frequency: null, due: null, ...more });

describe('the obligations that a plan lays down', () => {
  it('are offered with units, way and frequency as its words say', () => {
    const [quarter, month, week] = proposalsFrom(
      [
        duty({ by: 'các phường', to: 'Ủy ban nhân dân quận', through: 'phòng Văn hóa và Thông tin', frequency: 'hàng quý' }),
        duty({ by: 'Phòng Tài chính - Kế hoạch', frequency: '06 tháng một lần' }),
        duty({ frequency: 'hàng tuần' }),
      ],
      around,
    );
    expect(quarter).to.deep.include({
      code: 'bao-cao-quy',
      units: ['ward1', 'ward2'],
      reportTo: 'Ủy ban nhân dân quận',
      through: 'culture',
      frequency: 'quarter',
    });
    expect(month).to.deep.include({ code: 'bao-cao-6-thang', units: ['finance'], frequency: 'half' });
    // each week is no period that there is: left for a person to say
    expect([week?.frequency, week?.units.length]).to.deep.equal([null, 5]);
  });

  it('are found in the example plan: each quarter, through the division for internal affairs', () => {
    const example = new URL('../../../examples/plan-2010.txt', import.meta.url);
    expect(existsSync(example)).to.equal(true);
    const found = proposalsFrom(readPlan(readFileSync(example, 'utf8')).reporting, around);
    expect(found.map(({ frequency }) => frequency)).to.include('quarter');
    expect(found.some(({ said }) => said.frequency !== null)).to.equal(true);
  });
});
