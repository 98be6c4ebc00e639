import { expect } from 'chai';
import { collectionNames } from '../../src/store/collectionNames.js';
import { ensureIndexes, schemaVersion } from '../../src/store/collections.js';
import type { Connection } from '../../src/store/connection.js';
import { indexes, outboxKeepMs } from '../../src/store/indexes.js';
import { codeOf, dropAndClose, emptyDatabase, secondProcess } from './support.js';

describe('store/collections: indexes', () => {
  let connection: Connection;
  before(async () => {
    connection = await emptyDatabase('indexes');
  });
  after(() => dropAndClose(connection));

  it('begin with the authority, or say why they need not', () => {
    const strays = indexes.filter((index) => Object.keys(index.keys)[0] !== 'authority' && index.exempt === undefined);
    expect(strays).to.deep.equal([]);
    // and the unique ones that are let off are these, no more
    const unique = indexes.filter((index) => index.exempt !== undefined && index.unique);
    expect(unique.map(({ collection }) => collection)).to.deep.equal(['files.chunks', 'accounts', 'tries']);
  });

  it('are all there, exactly as listed, and none besides', async () => {
    for (const collection of Object.values(collectionNames)) {
      const listed = indexes.filter((index) => index.collection === collection);
      if (listed.length === 0) continue;
      const found = (await connection.collection(collection).indexes()).filter(({ name }) => name !== '_id_');
      const plain = found.map((index) => ({
        name: index.name,
        keys: index.key,
        unique: index.unique === true,
        partial: index.partialFilterExpression ?? null,
        expireAfterMs: index.expireAfterSeconds === undefined ? null : index.expireAfterSeconds * 1000,
      }));
      const wanted = listed.map(({ name, keys, unique, partial, expireAfterMs }) => ({
        name,
        keys,
        unique: unique === true,
        partial: partial ?? null,
        expireAfterMs: expireAfterMs ?? null,
      }));
      expect(plain, collection).to.have.deep.members(wanted);
    }
    expect(outboxKeepMs).to.equal(604_800_000);
  });

  it('may be made again, also by two processes at once', async () => {
    const other = await secondProcess('indexes');
    await Promise.all([ensureIndexes(connection), ensureIndexes(other)]);
    await other.close();
  });

  it('are not made in a database of a newer schema', async () => {
    const meta = connection.collection<{ _id: string; version: number }>(collectionNames.meta);
    expect(await meta.findOne({ _id: 'schema' })).to.deep.equal({ _id: 'schema', version: schemaVersion });
    await meta.updateOne({ _id: 'schema' }, { $set: { version: schemaVersion + 1 } });
    expect(await codeOf(ensureIndexes(connection))).to.equal('configurationInvalid');
    await meta.updateOne({ _id: 'schema' }, { $set: { version: schemaVersion } });
  });
});
