import { expect } from 'chai';
import { hashOf } from '../../src/engine/json.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { contentBytesMax, keptTextMax, makeContentStore } from '../../src/store/contents.js';
import { codeOf, dropAndClose, emptyDatabase } from './support.js';

describe('store/contents', () => {
  let connection: Connection;
  before(async () => {
    connection = await emptyDatabase('contents');
  });
  after(() => dropAndClose(connection));

  it('keeps a content under the hash of its canonical text, once, for its authority only', async () => {
    const contents = makeContentStore(connection);
    // given keys that a database would read as operators, paths and prototypes
    const value = JSON.parse('{"b":[1,null],"$where":"x","a.b":{"__proto__":{"c":1}},"ý":"Gò Vấp"}') as { b: unknown };
    // when it is put twice, the second time with its keys in another order, by 8 writers at once
    const reordered = JSON.parse('{"ý":"Gò Vấp","a.b":{"__proto__":{"c":1}},"$where":"x","b":[1,null]}') as { b: unknown };
    const hashes = await Promise.all([value, reordered, value, reordered].map((one) => contents.put('au', one as never)));
    // then all get the one hash that the rest of the system computes
    expect(new Set(hashes)).to.deep.equal(new Set([hashOf(value)]));
    expect(await connection.collection(collectionNames.contents).countDocuments()).to.equal(1);
    // and the value comes back as it was, under its own authority
    const back = await contents.get('au', hashOf(value));
    expect(JSON.stringify(back)).to.equal(
      JSON.stringify(JSON.parse('{"$where":"x","a.b":{"__proto__":{"c":1}},"b":[1,null],"ý":"Gò Vấp"}')),
    );
    expect(await contents.get('other', hashOf(value))).to.equal(null);
  });

  it('measures the bound in bytes, not in characters', async () => {
    const contents = makeContentStore(connection);
    // given a text whose characters fit and whose bytes do not: ế has three bytes, and two quotes are added
    const fits = 'ế'.repeat(Math.floor((contentBytesMax - 2) / 3));
    expect(await codeOf(contents.put('au', `${fits}ế`))).to.equal('bodyTooLarge');
    expect(await contents.put('au', fits)).to.equal(hashOf(fits));
  });

  it('never answers a content that was changed in the database, nor takes it for the one put again', async () => {
    const contents = makeContentStore(connection);
    const hash = await contents.put('au', { amount: 1 });
    await connection.collection(collectionNames.contents).updateOne({ text: '{"amount":1}' }, { $set: { text: '{"amount":9}' } });
    expect(await codeOf(contents.get('au', hash))).to.equal('internal');
    expect(await codeOf(contents.put('au', { amount: 1 }))).to.equal('internal');
  });

  it('remembers what a page read, frozen and for its authority only, while a check reads again', async () => {
    // given a content that was read for a page, and altered in the database afterwards
    const contents = makeContentStore(connection);
    const hash = await contents.put('au', { rows: [{ amount: 2 }] });
    const first = await contents.kept('au', hash);
    const altered = { text: '{"rows":[{"amount":3}]}' };
    await connection.collection(collectionNames.contents).updateOne({ text: '{"rows":[{"amount":2}]}' }, { $set: altered });
    // then the page shows what the hash names, the check is told of the damage, and no other authority is answered
    expect(await contents.kept('au', hash)).to.equal(first);
    expect(first).to.deep.equal({ rows: [{ amount: 2 }] });
    expect(await codeOf(contents.get('au', hash))).to.equal('internal');
    expect(await contents.kept('other', hash)).to.equal(null);
    // and what all share cannot be changed by one of them, however deep
    const [row] = (first as unknown as { rows: { amount: number }[] }).rows;
    expect(() => Object.assign(row ?? {}, { amount: 4 })).to.throw(TypeError);
    // and another process, which has not read it, does not answer what was altered
    expect(await codeOf(makeContentStore(connection).kept('au', hash))).to.equal('internal');
  });

  it('forgets what was used longest ago beyond its bound', async () => {
    // given three contents of which two fit, the first used again before the third is read
    const contents = makeContentStore(connection);
    const long = keptTextMax / 2 - 100;
    const hashes = await Promise.all(['a', 'b', 'c'].map((letter) => contents.put('au', { text: letter.repeat(long) })));
    const [a = '', b = '', c = ''] = hashes;
    const first = await contents.kept('au', a);
    const second = await contents.kept('au', b);
    await contents.kept('au', a);
    await contents.kept('au', c);
    // then the first is still held, and the second was read anew
    expect(await contents.kept('au', a)).to.equal(first);
    expect(await contents.kept('au', b)).to.not.equal(second);
  });
});
