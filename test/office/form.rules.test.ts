import { expect } from 'chai';
import { languages } from '../../src/locales/sentences.js';
import { checkForm } from '../../src/office/form/check.js';
import { formRules, rulesOfSet } from '../../src/office/form/formRules.js';
import type { MeasuredBox } from '../../src/office/form/measures.js';
import type { RuleSetId } from '../../src/office/form/ruleSets.js';
import type { FormSubject } from '../../src/office/form/subject.js';
import type { PaperContent, SignatureBlock } from '../../src/office/papers/paper.js';
import {
  appendix,
  content,
  letterSubject,
  moved,
  planSubject,
  said,
  signature,
  styled,
  withLines,
  withPages,
} from '../support/formPages.js';

const days: Readonly<Record<RuleSetId, string>> = {
  'TTLT55-2005': '2010-02-09',
  'TT01-2011': '2015-05-05',
  'ND30-2020': '2026-03-02',
};

/** Rules that are off, or warnings, are judged too. */
const everyRule = Object.fromEntries(formRules.map(({ id }) => [id, 'warning' as const]));

function keysFound(subject: FormSubject, set: RuleSetId = 'ND30-2020'): readonly string[] {
  return [...new Set(checkForm(subject, days[set], { severities: everyRule }).findings.map(({ key }) => key))];
}

const plan = (changes: Partial<PaperContent> = {}): FormSubject => {
  const subject = planSubject();
  return { ...subject, content: { ...(subject.content ?? content), ...changes } };
};
/** The text alone. */
const text = (changes: Partial<PaperContent> = {}): FormSubject => ({ ...plan(changes), measures: null });
const signedAs = (changes: Partial<SignatureBlock>): FormSubject => ({ ...text(), signature: { ...signature, ...changes } });
const letterText = (changes: Partial<PaperContent>): FormSubject => {
  const subject = letterSubject();
  return { ...subject, measures: null, content: { ...(subject.content ?? content), ...changes } };
};
const look = (words: string, style: Parameters<typeof styled>[0], subject = planSubject()): FormSubject =>
  withLines(subject, words, styled(style));
const print = (words: string, change: Parameters<typeof withLines>[2], subject = planSubject()): FormSubject =>
  withLines(subject, words, change);
const [heading] = content.body;
const paragraph = (marker: string | null, words: string) => ({ kind: 'paragraph', marker, level: 1, text: words }) as const;
const copyOf = (kind: 'SY' | 'SL', symbol: string): FormSubject => ({
  ...text({ symbol, type: kind, copy: { kind, of: { content, number: 8, issuedOn: '2026-03-02', signature } } }),
});

/** Signature and seal as the form asks: base lines of title and name at 152 and 182, their middle at 150. */
const hand: MeasuredBox = { xMm: 130, yMm: 158, widthMm: 40, heightMm: 15 };
const seal: MeasuredBox = { xMm: 107, yMm: 148, widthMm: 36, heightMm: 36 };
const pictured = (...images: readonly (MeasuredBox | null)[]): FormSubject =>
  withPages(planSubject(), (page) => (page.number === 2 ? { ...page, images: images.filter((one) => one !== null) } : page));

type Case = readonly [key: string, what: string, fires: FormSubject, set?: RuleSetId];

const cases: readonly Case[] = [
  ['P-01', 'A5', withPages(planSubject(), (page) => ({ ...page, widthPt: 419.5, heightPt: 595.3 }))],
  ['P-01', 'a page half an inch short', withPages(planSubject(), (page) => ({ ...page, heightPt: 806 })), 'TT01-2011'],
  ['P-02', 'a page across', withPages(planSubject(), (page) => ({ ...page, widthPt: 842, heightPt: 595 }))],
  ['P-03', 'a line in the right margin', print('bằng những việc', (line) => ({ ...line, widthMm: 168 }))],
  ['P-03', 'text that begins at 36 mm', print('', moved(6))],
  [
    'P-04',
    'a substitute that is not allowed',
    {
      ...planSubject(),
      measures: { pages: planSubject().measures?.pages ?? [], fonts: [{ name: 'Tinos-Bold', family: 'Tinos', embedded: true }] },
    },
  ],
  ['P-05', 'a number at the foot', print('2', moved(0, 270))],
  ['P-05', 'a number on page 1', withPages(planSubject(), (page) => (page.number === 1 ? pageWithNumber(page) : page))],
  ['P-05', 'a number in the top margin, where the foot was asked', planSubject(), 'TT01-2011'],
  ['P-06', 'an appendix that counts on', withPages(planSubject(), (page) => (page.number === 4 ? relabelled(page) : page))],
  ['P-07', 'a blue line', look('Các đơn vị', { colour: '#1a237e' })],
  ['C-01', '14 pt', look('CỘNG HÒA', { sizePt: 14 })],
  ['C-01', 'not bold', look('CỘNG HÒA', { bold: false })],
  ['C-02', 'hyphens without blanks', print('Độc lập', said('Độc lập-Tự do-Hạnh phúc'))],
  ['C-02', 'a line that is too short', withPages(planSubject(), shorterRule(56))],
  ['C-03', 'bold', look('UBND THÀNH PHỐ', { bold: true })],
  ['C-04', '11 pt', look('ỦY BAN NHÂN DÂN QUẬN', { sizePt: 11 })],
  ['C-04', 'a line as long as the name', withPages(planSubject(), longerRule(28))],
  ['T-01', 'a type that is none', text({ type: 'XX' })],
  ['T-01', 'the name of another type', text({ typeName: 'CHƯƠNG TRÌNH' })],
  ['N-01', 'a blank in the symbol', text({ symbol: 'KH - UBND' })],
  ['N-01', 'the symbol of another type', text({ symbol: 'BC-UBND' })],
  ['N-02', 'a symbol with a type', letterText({ symbol: 'CV/UBND' })],
  ['C-05', 'no leading zero', { ...text(), numberLine: 'Số: 8/KH-UBND' }],
  ['C-05', 'no colon on the print', print('Số:', (line) => said('Số: 8/KH-UBND')(line))],
  ['C-05', '12 pt', look('Số:', { sizePt: 12 }), 'TTLT55-2005'],
  ['C-06', 'a zero before month 3', { ...text(), dateLine: 'Ví Dụ, ngày 02 tháng 03 năm 2026' }],
  ['C-06', 'upright', look('Ví Dụ, ngày', { italic: false })],
  ['C-07', '15 pt', look('KẾ HOẠCH', { sizePt: 15 })],
  ['C-07', '13 pt', look('KẾ HOẠCH', { sizePt: 13 }), 'TTLT55-2005'],
  ['C-08', 'no title', text({ title: ' ' })],
  ['C-08', 'italic', look('Thực hiện công tác', { italic: true })],
  ['C-09', 'no V/v', print('V/v', said('Về việc đôn đốc báo cáo'), letterSubject())],
  ['C-09', 'too near', print('V/v', moved(0, -2), letterSubject())],
  ['C-10', 'upright', look('Căn cứ Luật', { italic: false })],
  ['C-10', 'a full stop in the middle', print('Căn cứ Luật', said('Căn cứ Luật Ví dụ ngày 19 tháng 6 năm 2015.'))],
  ['C-10', 'two grounds in one line', text({ bases: ['Căn cứ Luật A; Căn cứ Luật B'] })],
  ['C-11', '12 pt', withLines(look('Các đơn vị', { sizePt: 12 }), 'bằng những việc', styled({ sizePt: 12 }))],
  ['C-11', 'indented by 20 mm', print('Các đơn vị', moved(7.3))],
  ['C-11', 'ragged', print('Các đơn vị', (line) => ({ ...line, widthMm: 130 }))],
  ['C-12', 'Chương II first', text({ body: [{ kind: 'chapter', marker: 'Chương II', text: 'X' }] })],
  ['C-12', 'not bold', look('Chương I', { bold: false })],
  ['C-13', 'small letters', print('QUY ĐỊNH CHUNG', said('Quy định chung'))],
  ['C-14', 'Mục 2 first', text({ body: [{ kind: 'chapter', marker: 'Mục 2', text: 'X' }] })],
  ['C-14', '14 pt', planSubject(), 'TTLT55-2005'],
  [
    'C-15',
    'Điều 3 after Điều 1',
    text({ body: ['Điều 1.', 'Điều 3.'].map((marker) => ({ kind: 'article', marker, title: null, text: 'X' })) }),
  ],
  ['C-15', 'not bold', look('Điều 1.', { bold: false })],
  ['C-16', '3. after 1.', text({ body: [paragraph('1.', 'X'), paragraph('3.', 'Y')] })],
  ['C-17', 'e) after d)', text({ body: ['a)', 'b)', 'c)', 'd)', 'e)'].map((marker) => paragraph(marker, 'X')) })],
  ['C-18', 'IIII.', text({ body: ['I.', 'II.', 'III.', 'IIII.'].map((marker) => ({ ...heading, marker }) as never) })],
  ['C-18', 'small letters', text({ body: [{ kind: 'heading', level: 1, marker: 'I.', text: 'Nội dung' }] })],
  ['C-19', 'a plain full stop', print('của thành phố./.', said('của thành phố.'))],
  ['R-02', 'no day and no body', text({ bases: ['Căn cứ Kế hoạch số 12/KH-UBND về công tác ví dụ'] })],
  ['R-02', 'a law by its number', text({ bases: ['Căn cứ Luật Ví dụ số 45/2019/QH14'] })],
  ['R-04', 'điều 5', text({ body: [paragraph(null, 'Theo điều 5 của Luật.')] })],
  ['R-04', 'Khoản 2 within a sentence', text({ body: [paragraph(null, 'Thực hiện Khoản 2 Điều 5 của Luật.')] })],
  ['R-05', 'nhân dân', text({ body: [paragraph(null, 'Phục vụ nhân dân tốt hơn.')] })],
  ['R-05', 'phường 3', text({ body: [paragraph(null, 'Do phường 3 thực hiện.')] })],
  ['C-20', 'no blank after KT.', signedAs({ capacity: 'KT.CHỦ TỊCH' })],
  ['C-20', 'off its middle', print('KT. CHỦ TỊCH', moved(6))],
  ['C-20', '12 pt', look('PHÓ CHỦ TỊCH', { sizePt: 12 }), 'TTLT55-2005'],
  ['C-21', 'a degree', signedAs({ name: 'TS. Người ví dụ 01' })],
  ['C-21', 'italic', look('Người ví dụ', { italic: true })],
  ['G-01', 'a signature beside its place', pictured({ ...hand, xMm: hand.xMm + 4 }, seal)],
  ['G-01', 'a signature over the name', pictured({ ...hand, yMm: hand.yMm + 8 }, null)],
  ['G-02', 'a seal that does not touch', pictured(hand, { ...seal, xMm: hand.xMm - seal.widthMm - 1 })],
  ['G-02', 'a seal over most of it', pictured(hand, { ...seal, xMm: seal.xMm + 12 })],
  ['G-02', 'a seal on its right', pictured(hand, { ...seal, xMm: hand.xMm + 26 })],
  ['S-01', 'standing deputy', signedAs({ title: 'PHÓ CHỦ TỊCH THƯỜNG TRỰC' }), 'TT01-2011'],
  ['S-01', 'standing deputy, remembered', signedAs({ title: 'PHÓ CHỦ TỊCH THƯỜNG TRỰC' }), 'TTLT55-2005'],
  ['S-02', 'the agency again', signedAs({ title: 'CHỦ TỊCH ỦY BAN NHÂN DÂN' }), 'TT01-2011'],
  ['L-01', 'alone', withPages(planSubject(), (page) => (page.number === 2 ? endAlone(page) : page))],
  ['C-22', 'a plan that addresses', text({ addressees: ['Ủy ban nhân dân Thành phố'] })],
  ['C-22', 'no semicolon', print('- Ủy ban nhân dân Phường 3', said('- Ủy ban nhân dân Phường 3'), letterSubject())],
  ['C-23', 'nobody', text({ recipients: [] })],
  ['C-23', 'not italic', look('Nơi nhận', { italic: false })],
  ['C-23', 'below its level', print('Nơi nhận', moved(0, 4))],
  ['C-24', 'no archive', text({ archive: null })],
  ['C-24', 'a decision without Như Điều', text({ type: 'QĐ', typeName: 'QUYẾT ĐỊNH', symbol: 'QĐ-UBND' })],
  ['C-24', 'a letter without Như trên', print('- Như trên', said('- Phòng Nội vụ;'), letterSubject())],
  ['C-24', '12 pt', look('- Lưu', { sizePt: 12 })],
  ['C-25', 'not pointed to', text({ body: [paragraph(null, 'Không nói gì.')] })],
  ['C-25', 'two without numbers', text({ appendices: [appendix, appendix] })],
  ['C-25', '13 pt', withLines(planSubject(), 'Phụ lục', styled({ sizePt: 13 }))],
  ['C-26', 'small letters', print('DANH SÁCH', said('Danh sách đơn vị'))],
  ['C-27', 'missing', print('(Kèm theo', () => null)],
  ['C-27', 'upright', look('(Kèm theo', { italic: false })],
  [
    'C-28',
    'a box of 40 mm',
    withPages(letterSubject(), (page) => ({ ...page, boxes: page.boxes.map((box) => ({ ...box, widthMm: 40 })) })),
  ],
  ['C-28', 'black', look('KHẨN', { colour: '#000000' }, letterSubject())],
  ['C-30', 'no box', withPages(letterSubject(), (page) => ({ ...page, boxes: page.boxes.slice(1) }))],
  ['C-31', 'small initials', letterText({ drafterMark: { initials: 'Pl', copies: 3 } })],
  ['C-31', '14 pt', look('PL.(30)', { sizePt: 14 }, letterSubject())],
  ['C-32', 'a short line', withPages(letterSubject(), longerRule(165, 125))],
  ['C-32', '9 pt', look('Số 1 đường', { sizePt: 9 }, letterSubject())],
  ['CP-01', 'the symbol of another kind of copy', copyOf('SY', 'SL-UBND')],
];

function pageWithNumber(page: NonNullable<FormSubject['measures']>['pages'][number]) {
  const [any] = page.lines;
  return any === undefined ? page : { ...page, lines: [{ ...said('1')(any), xMm: 111, baseMm: 14, widthMm: 2 }, ...page.lines] };
}

function relabelled(page: NonNullable<FormSubject['measures']>['pages'][number]) {
  return { ...page, lines: page.lines.map((each) => (each.text === '2' ? said('4')(each) : each)) };
}

function endAlone(page: NonNullable<FormSubject['measures']>['pages'][number]) {
  return { ...page, lines: page.lines.filter((each) => each.baseMm > 138 || each.text === '2') };
}

function shorterRule(of: number) {
  return longerRule(of, of - 10);
}

function longerRule(of: number, to = of + 40) {
  return (page: NonNullable<FormSubject['measures']>['pages'][number]) => ({
    ...page,
    rules: page.rules.map((rule) => (rule.lengthMm === of ? { ...rule, xMm: rule.xMm - (to - of) / 2, lengthMm: to } : rule)),
  });
}

describe('the rules of form', () => {
  it('find nothing in a plan and an urgent letter that are laid out as NĐ 30/2020 asks', () => {
    const severities = everyRule;
    for (const subject of [planSubject(), letterSubject()])
      expect(checkForm(subject, '2026-03-02', { severities }).findings).to.deep.equal([]);
  });

  it('find nothing in pictures of signature and seal at their places, in either alone, and in a picture elsewhere', () => {
    const elsewhere = { xMm: 35, yMm: 155, widthMm: 20, heightMm: 20 };
    for (const images of [[hand, seal], [seal, hand], [hand], [seal], [hand, seal, elsewhere], [elsewhere]])
      expect(checkForm(pictured(...images), '2026-03-02', { severities: everyRule }).findings).to.deep.equal([]);
    // before NĐ 30/2020 nothing was said of pictures
    expect(keysFound(pictured({ ...hand, xMm: 100 }, seal), 'TT01-2011')).not.to.include.members(['G-01', 'G-02']);
  });

  for (const [key, what, fires, set] of cases) {
    it(`${key} finds ${what}${set === undefined ? '' : ` (${set})`}`, () => {
      expect(keysFound(fires, set)).to.include(key);
    });
  }

  it('each have a case that makes them find something', () => {
    const tried = new Set(cases.map(([key]) => key));
    expect([...new Set(formRules.map(({ key }) => key))].filter((key) => !tried.has(key))).to.deep.equal([]);
  });

  it('each have both sentences, a source, and an id of their own with the prefix of their set', async () => {
    expect(new Set(formRules.map(({ id }) => id)).size).to.equal(formRules.length);
    const { formSentence, formWord } = await import('../../src/locales/sentences.js');
    for (const { id, key, source, trust } of formRules) {
      expect(id).to.match(new RegExp(`^(?:TTLT55|TT01|ND30)-${key}$`));
      expect(source.length).to.be.greaterThan(20);
      for (const language of languages) {
        expect(formSentence(language, id), `${language} ${id}`).to.match(/[.]$/).and.not.equal(id);
        expect(formWord(language, 'formTrust', trust)).not.to.equal(trust);
      }
    }
  });

  it('are off where they are only remembered, a warning where second-hand, and never blocking under an old set but for a title', () => {
    for (const { id, trust, severity } of formRules) {
      if (trust === 'memory') expect(severity, id).to.equal('off');
      if (trust === 'secondary') expect(severity, id).to.equal('warning');
    }
    const blocking = formRules.filter(({ severity }) => severity === 'blocking').map(({ id }) => id);
    expect(blocking).to.have.members([
      'TTLT55-C-08',
      'ND30-T-01',
      'ND30-N-01',
      'ND30-N-02',
      'ND30-C-05',
      'ND30-C-08',
      'ND30-C-23',
    ]);
    expect(rulesOfSet('TT01-2011').length).to.be.lessThan(rulesOfSet('ND30-2020').length);
  });
});

describe('the symbol of a named type', () => {
  const found = (symbol: string, type = 'QĐ') =>
    checkForm(text({ symbol, type }), '2026-03-02').findings.some(({ rule }) => rule === 'ND30-N-01');

  it('may name an agency or a post of any letters, and a body within the agency', () => {
    for (const symbol of ['QĐ-UBND', 'QĐ-TTg', 'QĐ-BCĐ-UBND', 'QĐ-SGD&ĐT']) expect(found(symbol), symbol).to.equal(false);
  });

  it('is found where type or agency is missing, or the type is another', () => {
    for (const symbol of ['QĐ', 'QĐ-', 'UBND', 'KH-UBND', 'QĐ/UBND']) expect(found(symbol), symbol).to.equal(true);
  });
});
