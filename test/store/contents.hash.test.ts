import { expect } from 'chai';
import { hashOf } from '../../src/engine/json.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { contentBytesMax, makeContentStore } from '../../src/store/contents.js';
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
});
