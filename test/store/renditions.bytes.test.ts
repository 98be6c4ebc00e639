import { expect } from 'chai';
import { Binary } from 'mongodb';
import type { Rendition } from '../../src/commands/papers/filePorts.js';
import { sha256 } from '../../src/engine/json.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { pdfBytesMax } from '../../src/store/files.js';
import { makeRenditionStore } from '../../src/store/renditions.js';
import { codeOf, dropAndClose, emptyDatabase } from './support.js';

const instance = 'au.1';

function rendition(bytes: Uint8Array, more: Partial<Rendition> = {}): Rendition {
  return {
    hash: sha256(bytes),
    instance,
    mode: 'draft',
    content: 'c1',
    name: 'Dự thảo.pdf',
    pages: 3,
    length: bytes.length,
    versions: { font: 'Tinos 0.4.2' },
    at: '2026-03-02T01:00:00.000Z',
    ...more,
  };
}

/** Over three chunks of GridFS, the last one short. */
const big = Buffer.from(Array.from({ length: 600_001 }, (_none, index) => (index * 31) % 251));

describe('store/renditions', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('renditions');
  });
  afterEach(() => dropAndClose(connection));

  const countOf = (name: string) => connection.collection(name).countDocuments();

  it('gives back exactly the bytes, to the instance and authority they belong to', async () => {
    const store = makeRenditionStore(connection);
    const row = rendition(big);
    await store.put('au', row, big);
    expect(Buffer.compare((await store.bytes('au', row.hash)) ?? Buffer.alloc(0), big)).to.equal(0);
    expect(await store.byHash('au', instance, row.hash)).to.deep.equal(row);
    expect(await store.find('au', instance, 'draft', 'c1')).to.deep.equal(row);
    // and nobody else's question finds them
    expect(await store.bytes('other', row.hash)).to.equal(null);
    expect(await store.byHash('au', 'au.2', row.hash)).to.equal(null);
    expect(await store.find('au', instance, 'prepared', 'c1')).to.equal(null);
  });

  it('stores bytes once, however many put them, at once or again', async () => {
    const store = makeRenditionStore(connection);
    const row = rendition(big);
    await Promise.all(Array.from({ length: 6 }, () => store.put('au', row, big)));
    await store.put('au', { ...row, name: 'Tên khác.pdf', at: '2027-01-01T00:00:00.000Z' }, big);
    expect(await store.listOf('au', instance)).to.deep.equal([row]);
    expect(await countOf(collectionNames.files)).to.equal(1);
    expect(await countOf(collectionNames.fileChunks)).to.equal(3);
    // and a second content with the same bytes shares them
    await store.put('au', rendition(big, { content: 'c2' }), big);
    expect(await countOf(collectionNames.files)).to.equal(1);
    expect((await store.find('au', instance, 'draft', 'c2'))?.content).to.equal('c2');
  });

  it('shows nothing of an upload that broke off, and is not hindered by it', async () => {
    const store = makeRenditionStore(connection);
    const row = rendition(big);
    // given the chunks of an upload that died before its end, and a complete file whose row was never written
    const broken = `au/${row.hash}/0123456789abcdef01234567`;
    await connection
      .collection(collectionNames.fileChunks)
      .insertOne({ files_id: broken, n: 0, data: new Binary(big.subarray(0, 100)) });
    expect(await store.bytes('au', row.hash)).to.equal(null);
    expect(await store.listOf('au', instance)).to.deep.equal([]);
    // when it is tried again, then it is whole
    await store.put('au', row, big);
    expect(sha256((await store.bytes('au', row.hash)) ?? Buffer.alloc(0))).to.equal(row.hash);
  });

  it('answers the newest of several, and lists all in order of time', async () => {
    const store = makeRenditionStore(connection);
    const first = Buffer.from('%PDF first');
    const second = Buffer.from('%PDF second');
    const later = rendition(second, { mode: 'prepared', at: '2026-03-03T01:00:00.000Z' });
    const earlier = rendition(first, { mode: 'prepared', at: '2026-03-02T09:00:00.000Z' });
    await store.put('au', later, second);
    await store.put('au', earlier, first);
    expect((await store.find('au', instance, 'prepared', 'c1'))?.hash).to.equal(later.hash);
    expect((await store.listOf('au', instance)).map((row) => row.hash)).to.deep.equal([earlier.hash, later.hash]);
  });

  it('refuses bytes that are not those of the hash, too many bytes, and damaged bytes', async () => {
    const store = makeRenditionStore(connection);
    const bytes = Buffer.from('%PDF 1');
    expect(await codeOf(store.put('au', { ...rendition(bytes), hash: sha256('other') }, bytes))).to.equal('internal');
    const huge = Buffer.alloc(pdfBytesMax + 1);
    expect(await codeOf(store.put('au', { ...rendition(bytes), hash: 'x' }, huge))).to.equal('bodyTooLarge');
    expect(await store.listOf('au', instance)).to.deep.equal([]);
    // given one flipped byte in the database
    await store.put('au', rendition(bytes), bytes);
    const flipped = Buffer.from('%PDF 2');
    await connection.collection(collectionNames.fileChunks).updateOne({}, { $set: { data: new Binary(flipped) } });
    expect(await codeOf(store.bytes('au', sha256(bytes)))).to.equal('internal');
  });
});
