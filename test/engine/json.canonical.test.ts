import { expect } from 'chai';
import fc from 'fast-check';
import { canonical, hashOf, sha256 } from '../../src/engine/json.js';

describe('canonical JSON', () => {
  it('sorts names by code unit, at every depth, and writes no space', () => {
    expect(canonical({ b: [1, { d: 1, c: 2 }], a: 'x', A: null, '10': 1, '9': 2 })).to.equal(
      '{"10":1,"9":2,"A":null,"a":"x","b":[1,{"c":2,"d":1}]}',
    );
    // U+FB33 comes after the surrogate U+D83D by code unit, although its code point is smaller
    expect(canonical({ '\ufb33': 1, '\u{1f600}': 2 })).to.equal('{"\u{1f600}":2,"\ufb33":1}');
  });

  it('leaves out members that are undefined, and keeps null', () => {
    expect(canonical({ a: undefined, b: null, c: [undefined, null] })).to.equal('{"b":null,"c":[null,null]}');
  });

  it('keeps a member named __proto__ as a member', () => {
    expect(canonical(JSON.parse('{"__proto__":{"x":1},"a":1}'))).to.equal('{"__proto__":{"x":1},"a":1}');
  });

  it('is the same for equal values whatever the order of their names, and parses back to them', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(canonical(reversed(value))).to.equal(canonical(value));
        expect(canonical(JSON.parse(canonical(value)))).to.equal(canonical(value));
        expect(JSON.stringify(JSON.parse(canonical(value))).length).to.equal(JSON.stringify(value).length);
      }),
    );
  });

  it('differs where values differ', () => {
    const values = [1, '1', [1], { a: 1 }, { a: '1' }, null, false, 'null', [], {}, [[]], { a: null }];
    expect(new Set(values.map(canonical)).size).to.equal(values.length);
  });

  it('hashes the UTF-8 of the text, Vietnamese included', () => {
    expect(hashOf('Ủy ban')).to.equal(sha256(new TextEncoder().encode('"Ủy ban"')));
    expect(sha256('')).to.equal('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, reversed(inner)]),
  );
}
