import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';
import { calendarByLaw, holidaysByLaw } from '../../../src/office/time/holidayLaw.js';

const days = (year: number) => holidaysByLaw(year).holidays.map(({ day }) => day.slice(5));
const named = (year: number, words: string) => holidaysByLaw(year).holidays.filter(({ name }) => name.vi.includes(words));

describe('days off by law', () => {
  it('gives 2010 its four days of Tết, two of them made up, and 1 May, a Saturday', () => {
    expect(days(2010)).to.deep.equal('01-01 02-13 02-14 02-15 02-16 02-17 02-18 04-23 04-30 05-01 05-03 09-02'.split(' '));
  });

  it('has Giỗ Tổ Hùng Vương since April 2007', () => {
    expect(named(2006, 'Giỗ Tổ')).to.deep.equal([]);
    expect(named(2007, 'Giỗ Tổ').map(({ day }) => day)).to.deep.equal(['2007-04-26']);
    expect(named(2007, 'Giỗ Tổ')[0]?.source).to.contain('84/2007/QH11');
  });

  it('has five days of Tết since the code of 2012, in force from 1 May 2013: Tết of that year had four', () => {
    expect(named(2013, 'Tết Nguyên đán (').filter(({ name }) => !name.vi.startsWith('Nghỉ bù'))).to.have.length(4);
    expect(named(2014, 'Tết Nguyên đán (').filter(({ name }) => !name.vi.startsWith('Nghỉ bù'))).to.have.length(5);
    const sources = holidaysByLaw(2013).holidays.map(({ day, source }) => [day.slice(5), source]);
    expect(sources).to.deep.include(['04-30', 'Điều 73 Bộ luật Lao động năm 1994 (sửa đổi theo Luật số 84/2007/QH11)']);
    expect(sources).to.deep.include(['05-01', 'Điểm d khoản 1 Điều 115 Bộ luật Lao động số 10/2012/QH13']);
  });

  it('has a second day of Quốc khánh since 2021, proposed on the side that was decided for 2021 to 2026', () => {
    expect(named(2020, 'Quốc khánh').map(({ day }) => day)).to.deep.equal(['2020-09-02']);
    const second = [2021, 2022, 2023, 2024, 2025, 2026].map((year) => named(year, 'Nghỉ lễ Quốc khánh')[0]);
    expect(second.map((one) => one?.day)).to.deep.equal([
      '2021-09-03',
      '2022-09-01',
      '2023-09-01',
      '2024-09-03',
      '2025-09-01',
      '2026-09-01',
    ]);
    expect(second.every((one) => one?.proposed === true)).to.equal(true);
  });

  it('makes up Giỗ Tổ and 30 April of 2023, a Saturday and a Sunday, after 1 May', () => {
    // given what was announced: off from 29 April to 3 May
    expect(days(2023).filter((day) => day > '04-20' && day < '05-10')).to.deep.equal([
      '04-29',
      '04-30',
      '05-01',
      '05-02',
      '05-03',
    ]);
    expect(named(2023, 'Nghỉ bù')[0]?.source).to.equal('Khoản 3 Điều 111 Bộ luật Lao động số 45/2019/QH14');
  });

  it('proposes the Tết that was decided for 2020, 2021, 2022, 2023, 2025 and 2026, and says that it is proposed', () => {
    const tet = (year: number) => named(year, 'Tết Nguyên đán').map(({ day }) => day.slice(5));
    expect([tet(2020)[0], tet(2020).at(-1)]).to.deep.equal(['01-23', '01-29']);
    expect([tet(2021)[0], tet(2021).at(-1)]).to.deep.equal(['02-10', '02-16']);
    expect([tet(2022)[0], tet(2022).at(-1)]).to.deep.equal(['01-31', '02-04']);
    expect([tet(2023)[0], tet(2023).at(-1)]).to.deep.equal(['01-20', '01-26']);
    expect([tet(2025)[0], tet(2025).at(-1)]).to.deep.equal(['01-27', '01-31']);
    expect([tet(2026)[0], tet(2026).at(-1)]).to.deep.equal(['02-16', '02-20']);
    expect(named(2026, 'Tết Nguyên đán').every(({ proposed }) => proposed === true)).to.equal(true);
    expect(named(2010, 'Tết Nguyên đán').some(({ proposed }) => proposed === true)).to.equal(false);
    expect(holidaysByLaw(2026).notes[0]?.vi).to.contain('dự kiến');
  });

  it('takes Tết from the Vietnamese calendar: 17 February 2007, not 18', () => {
    expect(named(2007, '(mùng 1)')[0]?.day).to.equal('2007-02-17');
    expect(named(2030, '(mùng 1)')[0]?.day).to.equal('2030-02-02');
  });

  it('rests on Saturdays since 2 October 1999', () => {
    expect([1998, 2000].map((year) => holidaysByLaw(year).restDays)).to.deep.equal([[0], [0, 6]]);
    const saturdays = named(1999, 'thứ Bảy').map(({ day }) => day);
    expect([saturdays.length, saturdays[0], saturdays.at(-1)]).to.deep.equal([13, '1999-10-02', '1999-12-25']);
  });

  it('holds 24 November back, with a note, as long as no act in force makes it a day off', () => {
    expect(days(2026)).not.to.include('11-24');
    expect(holidaysByLaw(2026).notes.map(({ day }) => day)).to.include('2026-11-24');
    expect(holidaysByLaw(2025).notes.map(({ day }) => day)).not.to.include('2025-11-24');
  });

  it('knows no days off before the code of 1994, nor beyond the lunar calendar', () => {
    for (const year of [1994, 2101, 2026.5]) expect(() => holidaysByLaw(year)).to.throw('inputInvalid');
    expect(days(2100)[0]).to.equal('01-01');
  });

  it('stands behind the example calendars, with the exchanges of the years and where they were ordered', () => {
    for (const year of [2010, 2026]) {
      const example = JSON.parse(readFileSync(`examples/calendar-${year}.json`, 'utf8')) as WorkingCalendar;
      expect(example.holidays.map(({ day }) => day)).to.deep.equal(calendarByLaw(year).holidays.map(({ day }) => day));
      expect(example.holidays.some(({ proposed }) => proposed)).to.equal(false);
      expect(example.workingSwaps.every(({ decision, dayOff }) => decision !== undefined && dayOff !== undefined)).to.equal(true);
    }
  });
});
