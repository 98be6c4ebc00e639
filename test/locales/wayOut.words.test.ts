import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { type Opener, openerKinds } from '../../src/engine/remedy.js';
import { type Language, languages } from '../../src/locales/sentences.js';
import { openerSentence, recordPhrase, type Speaker } from '../../src/locales/wayOut.js';

const sentences = (language: Language): Record<string, string> =>
  (
    JSON.parse(readFileSync(new URL(`../../src/locales/${language}.json`, import.meta.url), 'utf8')) as {
      wayOut: Record<string, string>;
    }
  ).wayOut;
const params = (text: string): readonly string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '').sort();

const speaker = (language: Language): Speaker => ({
  language,
  person: (id) => `<${id}>`,
  unit: (id) => (id.startsWith('u') ? `[${id}]` : id),
  post: (id) => `/${id}/`,
  command: (name) => `“${name.toLowerCase()}”`,
  day: (day) => day,
  dayOf: (instant) => instant.slice(0, 10),
});

const days = { day: '2010-02-09', lastDay: '2010-02-15' };
const openers: readonly Opener[] = [
  { kind: 'bring', what: 'saw' },
  { kind: 'bring', what: 'proof' },
  { kind: 'bring', what: 'input' },
  { kind: 'step', command: 'SUBMIT', by: 'p1', input: {} },
  { kind: 'step', command: 'ASSIGN', by: 'p1', input: { lead: ['u1'], direction: '…' } },
  { kind: 'wait', until: '2010-03-01T00:00:00.000Z', sends: null },
  { kind: 'wait', until: '2010-03-01T00:00:00.000Z', sends: 'MARK_LATE' },
  { kind: 'endChildren', childKind: 'report', ids: ['a', 'b'] },
  { kind: 'delegate', from: 'p1', to: 'p2', command: 'SIGN', ...days },
  { kind: 'divide', person: 'p1', unit: 'u1', post: 'deputyChair', day: days.day },
  { kind: 'grant', grantor: { unit: 'u1', post: 'chair' }, grantee: { unit: 'u2', post: 'head' }, person: 'p1', ...days },
  { kind: 'appoint', person: 'p1', unit: 'u1', post: 'head', day: days.day },
];

describe('the sentences of a way out', () => {
  it('are the same in both languages, with the same parameters, in NFC', () => {
    const [vi, en] = [sentences('vi'), sentences('en')];
    expect(Object.keys(vi)).to.deep.equal(Object.keys(en));
    for (const [name, text] of Object.entries(vi)) {
      expect(params(text), name).to.deep.equal(params(en[name] ?? ''));
      expect(text).to.equal(text.normalize('NFC'));
    }
  });

  it('exist for every change of the vocabulary, and leave nothing unsaid', () => {
    expect(new Set(openers.map(({ kind }) => kind))).to.deep.equal(new Set(openerKinds));
    for (const language of languages) {
      for (const opener of openers) {
        const text = openerSentence(speaker(language), opener, 'RETURN');
        expect(text, JSON.stringify(opener)).to.match(/\.$/).and.not.contain('—');
        expect(text).not.to.match(/\{|undefined|\[object/);
      }
    }
  });

  it('say who, what and when', () => {
    const vi = speaker('vi');
    const told = openers.map((opener) => openerSentence(vi, opener, 'RETURN'));
    expect(told[4]).to.equal('<p1> thực hiện bước ““assign”” trước (Đơn vị chủ trì: [u1]).');
    expect(told[8]).to.equal('<p1> ủy quyền cho <p2> thực hiện ““sign””, từ ngày 2010-02-09 đến hết ngày 2010-02-15.');
    expect(told[10]).to.contain('/chair/, [u1] ủy quyền bằng văn bản cho /head/, [u2] (<p1>)');
  });

  it('tell by which record somebody may act', () => {
    const appointment = { kind: 'appointment', id: 'a1', unit: 'u1', post: 'head', acting: true, from: '2009-01-01', to: null };
    const phrase = (record: Parameters<typeof recordPhrase>[1]['record'], decision = '') =>
      recordPhrase(speaker('vi'), { person: 'p1', record, support: decision === '' ? null : { decision } });
    expect(phrase(appointment)).to.equal('phụ trách /head/, [u1] (giao phụ trách từ ngày 2009-01-01)');
    expect(phrase({ ...appointment, acting: false, to: '2010-12-31' } as never, '12/QĐ-UBND')).to.equal(
      '/head/, [u1] (bổ nhiệm từ ngày 2009-01-01 đến hết ngày 2010-12-31); theo 12/QĐ-UBND',
    );
    expect(phrase({ kind: 'delegation', id: 'd1', delegator: 'p2', from: '2010-02-01', to: '2010-02-28' } as never)).to.equal(
      'thay <p2> theo ủy quyền từ ngày 2010-02-01 đến hết ngày 2010-02-28',
    );
    expect(phrase({ kind: 'field', id: 'field:drafter', field: 'drafter' } as never)).to.equal(
      'được nêu tên tại mục “Người soạn thảo”',
    );
  });
});
