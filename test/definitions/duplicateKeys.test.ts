import { expect } from 'chai';
import fc from 'fast-check';
import { duplicateKeys } from '../../src/definitions/duplicateKeys.js';

describe('names that stand twice in a JSON text', () => {
  it('are found at every depth, with their place', () => {
    expect(duplicateKeys('{"a":1,"a":2}')).to.deep.equal(['/a']);
    expect(duplicateKeys('{"x":[{"y":1},{"y":{"z":1,"z":2}}]}')).to.deep.equal(['/x/1/y/z']);
    expect(duplicateKeys('[{"a":1},{"a":2},[0,{"b":1,"b":1,"b":1}]]')).to.deep.equal(['/2/1/b', '/2/1/b']);
  });

  it('are the same name however it is written', () => {
    expect(duplicateKeys('{"tr\\u00ecnh":1, "trình":2}')).to.deep.equal(['/trình']);
    expect(duplicateKeys('{"a\\"b":1,"a\\"b":2}')).to.deep.equal(['/a"b']);
    expect(duplicateKeys('{"a/b~":1,"a/b~":2}')).to.deep.equal(['/a~1b~0']);
  });

  it('are not mistaken for values, nor for names of another object', () => {
    for (const text of [
      '{"a":"a","b":"a"}',
      '{"a":{"a":1},"b":{"a":1}}',
      '{"a":["a","a"],"b":"{\\"b\\":1,\\"b\\":2}"}',
      '\ufeff {"a" : "x:,{}[]" , "b" : [ "b" , "b" ] }',
      '"a"',
      '[]',
    ]) {
      expect(duplicateKeys(text), text).to.deep.equal([]);
    }
  });

  it('are found in no text that JSON.stringify wrote, and in each to which one is added', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.boolean(), (value, spaced) => {
        const text = JSON.stringify(value, null, spaced ? 2 : 0);
        expect(duplicateKeys(text)).to.deep.equal([]);
        const name = Object.keys(value)[0] ?? '';
        const twice = `${text.slice(0, text.lastIndexOf('}'))},${JSON.stringify(name)}:0}`;
        expect(duplicateKeys(twice)).to.have.length(1);
      }),
    );
  });
});
