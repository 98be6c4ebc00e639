import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { namesPage } from '../../src/definitions/names.js';
import { definitionShape } from '../../src/definitions/shape.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';

const readme = readFileSync(new URL('../../workflows/README.md', import.meta.url), 'utf8');
const page = namesPage(officeCatalogue);

describe('workflows/README.md', () => {
  it('is what the catalogues say', () => {
    expect(readme === page, 'workflows/README.md is out of date: run `node bin/names.mjs` and commit the file').to.equal(true);
  });

  it('names every post and every rule once, with its argument', () => {
    const { requirements, updates, effects, posts } = officeCatalogue;
    for (const name of [...Object.keys({ ...requirements, ...updates, ...effects }), ...posts]) {
      expect(
        page.split('\n').filter((line) => line.startsWith(`| \`${name}\` |`)),
        name,
      ).to.have.length(1);
    }
    expect(page).to.include('| `belongsTo@1` | {person: text, unit: text} |');
    expect(page).to.include('| `distinctFrom@1` | text or list of text |');
    expect(page).to.include('| `settleNumber@1` | `"used"` or `"cancelled"` |');
    expect(page).to.include('| `contentPresent@1` | none |');
  });

  it('tells every key that a state, a transition and a due date may have', () => {
    const { state, transition, due } = definitionShape.$defs;
    for (const { properties } of [state, transition, due]) {
      for (const key of Object.keys(properties)) expect(page, key).to.include(`\`${key}\``);
    }
  });

  it('escapes what would break a table', () => {
    const rule = { meaning: 'One | two.', arg: { enum: ['a|b'] }, check: () => null };
    expect(namesPage({ posts: new Set(), requirements: { 'x@1': rule }, updates: {}, effects: {} })).to.include(
      '| `x@1` | `"a\\|b"` | One \\| two. |',
    );
  });
});
