import { expect } from 'chai';
import { checkForm } from '../../src/office/form/check.js';
import { unknownRules } from '../../src/office/form/formRules.js';
import { ruleSetFor, ruleSets } from '../../src/office/form/ruleSets.js';
import { writtenDay } from '../../src/office/form/subject.js';
import { content, moved, planSubject, said, signature, styled, withLines, withPages } from '../support/formPages.js';

describe('the rule set of a day of issue', () => {
  it('changes on the boundary days, and is unknown before the first', () => {
    const expected: readonly (readonly [string, string | null])[] = [
      ['2005-06-04', null],
      ['2005-06-05', 'TTLT55-2005'],
      ['2010-02-09', 'TTLT55-2005'],
      ['2011-03-04', 'TTLT55-2005'],
      ['2011-03-05', 'TT01-2011'],
      ['2020-03-04', 'TT01-2011'],
      ['2020-03-05', 'ND30-2020'],
      ['2026-12-31', 'ND30-2020'],
    ];
    for (const [day, set] of expected) expect(ruleSetFor(day), day).to.equal(set);
  });

  it('says which of its boundaries was read and which is only remembered', () => {
    const [, second, third] = ruleSets;
    expect([second?.fromTrust, second?.toTrust, third?.fromTrust]).to.deep.equal(['memory', 'read', 'read']);
    ruleSets.slice(1).forEach(({ from }, index) => {
      const before = new Date(`${ruleSets[index]?.to}T00:00:00Z`).getTime();
      expect(new Date(`${from}T00:00:00Z`).getTime() - before).to.equal(86_400_000);
    });
  });

  it('that is unknown gives one finding that says so, for whatever subject', () => {
    const { ruleSet, findings, blocking } = checkForm(planSubject(), '1999-12-31');
    expect(ruleSet).to.equal(null);
    expect(findings.map(({ rule, found }) => [rule, found])).to.deep.equal([['F-00', '1999-12-31']]);
    expect(blocking).to.equal(0);
  });
});

describe('the same paper under three dates', () => {
  // given a print with a type name of 15 pt and its page numbers at the foot on the right, signed by a standing deputy
  const big = withLines(planSubject(), 'KẾ HOẠCH', styled({ sizePt: 15 }));
  const paper = {
    ...withLines(big, '2', (line) => ({ ...moved(192 - line.xMm, 270)(line) })),
    signature: { ...signature, title: 'PHÓ CHỦ TỊCH THƯỜNG TRỰC' },
    dateLine: null,
  };
  const rules = (day: string) => {
    const wanted = ['C-07', 'P-05', 'S-01'];
    return checkForm(paper, day)
      .findings.filter(({ key, place }) => wanted.includes(key) && !('page' in place && place.page === 4))
      .map(({ rule }) => rule);
  };

  it('has the findings of each date', () => {
    expect(rules('2010-02-09')).to.deep.equal([]);
    expect(rules('2015-05-05')).to.deep.equal(['TT01-S-01']);
    expect(rules('2026-03-02')).to.deep.equal(['ND30-P-05', 'ND30-C-07', 'ND30-S-01']);
  });

  it('has what is only remembered where an administrator switches it on', () => {
    const severities = { 'TTLT55-S-01': 'warning', 'TTLT55-P-05': 'blocking' } as const;
    const report = checkForm(paper, '2010-02-09', { severities });
    expect(report.findings.map(({ rule, severity, trust }) => [rule, severity, trust])).to.deep.include([
      'TTLT55-S-01',
      'warning',
      'memory',
    ]);
    expect(unknownRules({ ...severities, 'ND30-C-99': 'off' })).to.deep.equal(['ND30-C-99']);
  });
});

describe('the day of a long place', () => {
  it('is read over two lines', () => {
    const [wanted, year] = ['Thành phố Ví Dụ Dài, ngày 02 tháng 3 năm', '2026'];
    const wrapped = withLines(planSubject(), 'Ví Dụ, ngày', said(wanted));
    const first = wrapped.measures?.pages[0]?.lines.find(({ text }) => text === wanted);
    if (first === undefined) throw new Error('no such line');
    const second = { ...said(year)(first), baseMm: first.baseMm + 5.3 };
    const subject = withPages(wrapped, (page) => (page.number === 1 ? { ...page, lines: [...page.lines, second] } : page));
    expect(checkForm(subject, '2026-03-02').findings).to.deep.equal([]);
  });
});

describe('severities', () => {
  const faulty = { ...planSubject(), measures: null, content: { ...content, symbol: 'KH UBND', title: '' } };

  it('are the rule’s own, the gravest first', () => {
    const { findings, blocking, warnings } = checkForm(faulty, '2026-03-02');
    expect(findings.map(({ rule, severity }) => [rule, severity])).to.deep.equal([
      ['ND30-N-01', 'blocking'],
      ['ND30-C-08', 'blocking'],
    ]);
    expect([blocking, warnings]).to.deep.equal([2, 0]);
  });

  it('are what the authority decides: another, or none', () => {
    const severities = { 'ND30-N-01': 'off', 'ND30-C-08': 'warning' } as const;
    expect(checkForm(faulty, '2026-03-02', { severities }).findings.map(({ severity }) => severity)).to.deep.equal(['warning']);
  });

  it('of what is measured on a print are warnings, unless the authority decides otherwise', () => {
    const italic = withLines(planSubject(), 'Thực hiện công tác', styled({ italic: true }));
    expect(checkForm(italic, '2026-03-02').findings.map(({ severity }) => severity)).to.deep.equal(['warning']);
    const severities = { 'ND30-C-08': 'blocking' } as const;
    expect(checkForm(italic, '2026-03-02', { severities }).blocking).to.equal(1);
  });
});

describe('a day as the form writes it', () => {
  it('has a zero before days below ten and before the months 1 and 2 only', () => {
    expect(['2010-02-09', '2026-03-02', '2026-10-31', '2026-01-11'].map(writtenDay)).to.deep.equal([
      'ngày 09 tháng 02 năm 2010',
      'ngày 02 tháng 3 năm 2026',
      'ngày 31 tháng 10 năm 2026',
      'ngày 11 tháng 01 năm 2026',
    ]);
  });
});
