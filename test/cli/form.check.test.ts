import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { plan } from '../support/papers.js';
import { hostOf, terminal } from './terminal.js';

describe('cli: form check', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-form-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function run(name: string, content: string | Uint8Array, ...flags: readonly string[]) {
    const { io, out, err } = terminal({ columns: 100 });
    await writeFile(join(folder, name), content);
    const code = await runCli(['form', 'check', join(folder, name), ...flags], hostOf(io));
    return { code, out: out(), err: err() };
  }

  it('judges the JSON of a paper under its own day, groups by severity, and ends with 1 where a finding blocks', async () => {
    const paper = { content: { ...plan, typeName: 'CHƯƠNG TRÌNH' }, number: 8, issuedOn: '2026-03-02', signature: null };
    const faulty = await run('paper.json', JSON.stringify(paper), '--lang', 'en');
    expect(faulty.code).to.equal(1);
    expect(faulty.out).to.match(
      /^Judged under ND30-2020, day 02\/03\/2026\.\n1 to be put right, 0 that should be\.\n\nMUST BE PUT RIGHT\n {2}ND30-T-01\n/,
    );
    expect(faulty.out)
      .to.contain('/typeName: found “CHƯƠNG TRÌNH”, right is “KẾ HOẠCH”.')
      .and.contain('Nghị định 30/2020/NĐ-CP, Điều 7');
    // under another date it is another set of rules
    const earlier = await run('paper.json', JSON.stringify(paper), '--date', '2010-02-09');
    expect([earlier.code, earlier.out.split('\n')[0]]).to.deep.equal([0, 'Xét theo TTLT55-2005, ngày 09/02/2010.']);
  });

  it('takes the content alone, and answers JSON with sentences', async () => {
    const { code, out } = await run('content.json', JSON.stringify({ ...plan, archive: null }), '--date', '2026-03-02', '--json');
    const report = JSON.parse(out) as { findings: Record<string, unknown>[] };
    expect(code).to.equal(0);
    expect(report).to.include({ ruleSet: 'ND30-2020', day: '2026-03-02', blocking: 0, warnings: 1 });
    expect(report.findings[0]).to.include({ rule: 'ND30-C-24', severity: 'warning', found: 'không có', expected: 'Lưu: VT' });
    expect(report.findings[0]?.['place']).to.deep.equal({ pointer: '/archive' });
  });

  it('reads a plain text and finds the standing deputy and the missing zero, each where its rule set has the rule', async () => {
    const text = [
      'UBND THÀNH PHỐ VÍ DỤ',
      'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      'Số: 8/KH-UBND',
      'Ví Dụ, ngày 9 tháng 2 năm 2010',
      'KẾ HOẠCH',
      'Thực hiện công tác ví dụ năm 2010',
      'I. NỘI DUNG',
      '1. Phòng Nội vụ tổ chức thực hiện.',
      'Nơi nhận:',
      '- Các phường;',
      '- Lưu: VT.',
      'TM. ỦY BAN NHÂN DÂN',
      'KT. CHỦ TỊCH',
      'PHÓ CHỦ TỊCH THƯỜNG TRỰC',
      '(đã ký)',
      'Người Ví Dụ',
    ].join('\n');
    const rules = async (day: string) => {
      const { out } = await run('plan.txt', text, '--date', day, '--json');
      return (JSON.parse(out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule);
    };
    expect(await rules('2026-03-02')).to.include.members(['ND30-C-05', 'ND30-C-06', 'ND30-S-01']);
    expect(await rules('2015-05-05')).to.deep.equal(['TT01-S-01']);
    expect(await rules('2010-02-09')).to.deep.equal([]);
    expect(await rules('2001-01-01')).to.deep.equal(['F-00']);
  });

  it('measures a PDF', async () => {
    const document = await PDFDocument.create();
    document.addPage([419.53, 595.28]);
    const { code, out } = await run('slip.pdf', await document.save(), '--date', '2026-03-02', '--json');
    expect(code).to.equal(0);
    const { findings } = JSON.parse(out) as { findings: { rule: string; found: string; place: object }[] };
    expect(findings[0]).to.include({ rule: 'ND30-P-01', found: '148 mm × 210 mm' });
    expect(findings[0]?.place).to.deep.equal({ page: 1, xMm: 0, yMm: 0, widthMm: 148, heightMm: 210 });
  });

  it('lists the rules with what is known of each, so that an administrator can switch on what is off', async () => {
    const { io, out } = terminal();
    expect(await runCli(['form', 'rules', '--date', '2010-02-09', '--json'], hostOf(io))).to.equal(0);
    const { rules } = JSON.parse(out()) as { rules: { rule: string; severity: string; trust: string; set: string }[] };
    expect(new Set(rules.map(({ set }) => set))).to.deep.equal(new Set(['TTLT55-2005']));
    expect(rules.find(({ rule }) => rule === 'TTLT55-S-01')).to.include({ severity: 'off', trust: 'memory' });
    const text = terminal({ columns: 120 });
    expect(await runCli(['form', 'rules', '--lang', 'en'], hostOf(text.io))).to.equal(0);
    expect(text.out()).to.match(/TT01-P-05 +Should be put right +read in the rule +Page numbers/);
  });

  it('says what is no paper, no day, no file', async () => {
    expect((await run('x.json', '{"a": 1}')).err).to.match(/^inputInvalid: .*không phải một văn bản/);
    expect((await run('x.json', '{"a":')).err).to.match(/^inputInvalid: /);
    expect((await run('x.json', '{}', '--date', '02/03/2026')).err).to.match(/^inputInvalid: .*yyyy-mm-dd/);
    expect((await run('x.json', '{}', '--date', '2026-02-30')).err).to.match(/^inputInvalid: .*yyyy-mm-dd/);
    expect((await run('x.pdf', '%PDF-1.7 broken')).err).to.match(/^readingFailed: /);
    const { io, err } = terminal();
    expect(await runCli(['form', 'check', join(folder, 'none.txt')], hostOf(io))).to.equal(1);
    expect(err()).to.match(/^readingFailed: /);
  });
});
