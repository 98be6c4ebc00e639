import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readSources } from '../support/sources.js';

type Tree = { readonly [name: string]: string | Tree };

function leaves(tree: Tree, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]) =>
    typeof value === 'string' ? [[`${path}${name}`, value] as [string, string]] : leaves(value, `${path}${name}.`),
  );
}

function read(language: string): Map<string, string> {
  const file = new URL(`../../src/locales/cli.${language}.json`, import.meta.url);
  return new Map(leaves(JSON.parse(readFileSync(file, 'utf8')) as Tree));
}

const placeholders = (text: string | undefined) => [...new Set(text?.match(/\{\w+\}/g) ?? [])].sort();

describe('locales/cli: the words of the command line', () => {
  const vi = read('vi');
  const en = read('en');

  it('has the same keys with the same parameters in both languages', () => {
    expect([...en.keys()]).to.deep.equal([...vi.keys()]);
    for (const [key, text] of vi) expect([key, placeholders(en.get(key))]).to.deep.equal([key, placeholders(text)]);
  });

  it('is in NFC and nowhere empty', () => {
    for (const [key, text] of [...vi, ...en])
      expect([key, text])
        .to.deep.equal([key, text.normalize('NFC').trim()])
        .and.not.include('');
  });

  it('has every key that the sources name', () => {
    const cli = readSources().filter(({ path }) => path.startsWith('cli/'));
    const named = cli.flatMap(({ text }) => [...text.matchAll(/words\.say\('([\w.]+)'/g)].map(([, key]) => key ?? ''));
    const steps = cli.flatMap(({ text }) =>
      [...text.matchAll(/\b(doing|done)\(stage, '(\w+)'/g)].map(([, kind, key]) => `demo.${kind}.${key}`),
    );
    const tried = cli.flatMap(({ text }) =>
      [...text.matchAll(/desk\.(?:provoke|race)\('(\w+)'/g)].map(([, key]) => `demo.tried.${key}`),
    );
    expect([...named, ...steps, ...tried].length).to.be.greaterThan(40);
    expect([...named, ...steps, ...tried].filter((key) => !vi.has(key))).to.deep.equal([]);
  });
});
