import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { errorCatalogue } from '../../src/errors.js';
import { faultLabel, languageOf, languages, sentence, word } from '../../src/locales/sentences.js';

type Tree = { readonly [name: string]: string | Tree };
const read = (language: string): Tree =>
  JSON.parse(readFileSync(new URL(`../../src/locales/${language}.json`, import.meta.url), 'utf8')) as Tree;

function leaves(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}/${name}`, value] as const] : leaves(value, `${path}/${name}`),
  );
}
const placeholders = (text: string): string =>
  [...text.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => name ?? '')
    .sort((a, b) => a.localeCompare(b))
    .join(' ');

describe('locales', () => {
  const vi = new Map(leaves(read('vi')));
  const en = new Map(leaves(read('en')));

  it('have the same keys, and the same parameters under each', () => {
    expect([...en.keys()].sort()).to.deep.equal([...vi.keys()].sort());
    for (const [key, text] of vi) expect(placeholders(en.get(key) ?? ''), key).to.equal(placeholders(text));
  });

  it('have a sentence and what to do for every code of errors.ts, and no other', () => {
    for (const language of languages) {
      const { errors } = read(language) as { errors: Record<string, unknown> };
      expect(Object.keys(errors).sort()).to.deep.equal(Object.keys(errorCatalogue).sort());
      for (const code of Object.keys(errorCatalogue)) {
        const told = sentence(language, code);
        expect(told.sentence, code).to.match(/[.!]$/);
        expect(told.todo, code).to.match(/[.!]$/);
      }
    }
  });

  it('are in NFC, without white space that nobody sees', () => {
    for (const [key, text] of [...vi, ...en]) {
      expect(text, key).to.equal(text.normalize('NFC'));
      expect(text, key).to.equal(text.trim());
      expect(text, key).not.to.match(/ {2}|[\u00a0\u200b]/);
    }
  });

  it('fill in parameters as plain text, bounded, and only the value’s own', () => {
    expect(sentence('vi', 'alreadyOpened', { kind: 'nhiệm vụ', key: 'I.2' }).sentence).to.equal('Đã mở nhiệm vụ cho “I.2”.');
    expect(sentence('en', 'tooManyTries', {}).sentence).to.contain('— seconds');
    expect(sentence('en', 'notAddressed', { units: ['p1', 'x9'] }).sentence).to.contain('p1, x9');
    expect(sentence('en', 'bodyInvalid', { path: '/x'.repeat(2_000) }).sentence.length).to.be.lessThan(500);
    expect(sentence('vi', 'bodyInvalid', { path: '{reason}', reason: 'no' }).sentence).to.contain('{reason}');
    expect(sentence('vi', 'constructor').sentence).to.equal(sentence('vi', 'internal').sentence);
    expect(sentence('en', 'bodyTooLarge', { bytesMax: 20_000_000 }).sentence).to.contain('at most 20 MB');
    expect(sentence('vi', 'bodyTooLarge', { bytesMax: 700_000 }).sentence).to.contain('tối đa 700 kB');
    expect(() => word('vi', 'toString')).to.throw();
  });

  it('name the field of a fault', () => {
    expect(faultLabel('vi', { path: '', message: '"reason" is missing' })).to.equal('“Lý do” chưa nhập');
    expect(faultLabel('en', { path: '/dueOn', message: 'must match format "date"' })).to.equal(
      '“Due on” does not have the right form',
    );
  });

  it('choose the language by what is asked for, Vietnamese otherwise', () => {
    expect(languageOf(undefined)).to.equal('vi');
    expect(languageOf('fr-FR, fr;q=0.9')).to.equal('vi');
    expect(languageOf('fr, en-GB;q=0.8, vi;q=0.5')).to.equal('en');
    expect(languageOf('en;q=0.2, vi-VN;q=0.9')).to.equal('vi');
    expect(languageOf('en;q=0, de')).to.equal('vi');
    expect(languageOf(';;;,,q=,')).to.equal('vi');
  });
});
