import { expect } from 'chai';
import { nextDigest } from '../../../src/commands/notices/digestMoment.js';
import { mailAddressOf } from '../../../src/commands/notices/mailing.js';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';

/** Saturday 7 March is worked in exchange for Monday 9 March; a whole week off from 16 to 20 March. */
const calendar: WorkingCalendar = {
  version: 'test',
  restDays: [0, 6],
  holidays: ['2026-03-09', '2026-03-16', '2026-03-17', '2026-03-18', '2026-03-19', '2026-03-20'].map((day) => ({
    day,
    name: { vi: 'Nghỉ', en: 'Off' },
    source: 'ví dụ',
  })),
  workingSwaps: [{ day: '2026-03-07', source: 'ví dụ' }],
  validFrom: '2026-01-01',
  validTo: '2026-12-31',
};

describe('the next digest', () => {
  const daily = (now: string, hour = 8) => nextDigest(calendar, { mail: 'daily', hour }, now);
  const weekly = (now: string, hour = 8) => nextDigest(calendar, { mail: 'weekly', hour }, now);

  it('daily: today where the hour has not come, else the next working day, at the hour of Vietnam', () => {
    expect(daily('2026-03-05T00:59:59.999Z')).to.equal('2026-03-05T01:00:00.000Z');
    expect(daily('2026-03-05T01:00:00.000Z')).to.equal('2026-03-06T01:00:00.000Z');
    // 23:30 in Vietnam is still the same day, 00:30 the next
    expect(daily('2026-03-04T16:30:00.000Z')).to.equal('2026-03-05T01:00:00.000Z');
    expect(daily('2026-03-04T17:30:00.000Z')).to.equal('2026-03-05T01:00:00.000Z');
    expect(daily('2026-03-04T17:30:00.000Z', 0)).to.equal('2026-03-05T17:00:00.000Z');
  });

  it('daily: a swapped Saturday counts, rest days and holidays do not', () => {
    expect(daily('2026-03-06T02:00:00.000Z')).to.equal('2026-03-07T01:00:00.000Z');
    expect(daily('2026-03-07T02:00:00.000Z')).to.equal('2026-03-10T01:00:00.000Z');
    expect(daily('2026-03-13T02:00:00.000Z')).to.equal('2026-03-23T01:00:00.000Z');
  });

  it('weekly: on the first working day of a week, which need not be its Monday; a week off is passed over', () => {
    expect(weekly('2026-03-02T00:00:00.000Z')).to.equal('2026-03-02T01:00:00.000Z');
    expect(weekly('2026-03-02T01:00:00.000Z')).to.equal('2026-03-10T01:00:00.000Z');
    expect(weekly('2026-03-08T02:00:00.000Z')).to.equal('2026-03-10T01:00:00.000Z');
    expect(weekly('2026-03-10T02:00:00.000Z')).to.equal('2026-03-23T01:00:00.000Z');
  });
});

describe('a mail address', () => {
  const codeOf = (text: string): string => {
    try {
      return mailAddressOf(text);
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is plain: one local part, one domain', () => {
    expect(mailAddressOf('Nguoi.Vi-Du+01@Vi-Du.GOV.vn')).to.equal('Nguoi.Vi-Du+01@vi-du.gov.vn');
    const wrong = [
      '',
      'a',
      'a@b',
      'a@@b.vn',
      'a b@c.vn',
      'a@c.vn\r\nBcc: x@y.vn',
      'a@c.vn,x@y.vn',
      'a;b@c.vn',
      '"a"@c.vn',
      'a@[127.0.0.1]',
      '<a@c.vn>',
      'A <a@c.vn>',
      'a(x)@c.vn',
      '.a@c.vn',
      'a..b@c.vn',
      'a@-c.vn',
      'a@c..vn',
      'đ@c.vn',
      `${'a'.repeat(65)}@c.vn`,
      `a@${'c'.repeat(64)}.vn`,
      `a@${'c.'.repeat(130)}vn`,
    ];
    for (const text of wrong) expect(codeOf(text), text).to.equal('inputInvalid');
  });
});
