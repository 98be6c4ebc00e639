import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { expect } from 'chai';
import { MongoServerError } from 'mongodb';
import { TrinhkyError } from '../../src/errors.js';
import { guarded, guardedPort, isAway } from '../../src/store/away.js';
import { type Connection, connect, serverSelectionMs } from '../../src/store/connection.js';
import { makeContentStore } from '../../src/store/contents.js';
import { makeSessions } from '../../src/store/sessions.js';
import { testDatabaseUri } from '../support/mongod.js';
import { codeOf, databaseOf } from './support.js';

/** A way to the database that can be cut and mended. */
interface Way {
  readonly port: number;
  cut(): Promise<void>;
  mend(): Promise<void>;
}

async function wayTo(uri: string): Promise<Way> {
  const place = decodeURIComponent(/^mongodb:\/\/([^/?]+)/.exec(uri)?.[1] ?? '');
  const [host = '', port = '27017'] = place.split(':');
  const sockets = new Set<Socket>();
  const server: Server = createServer((near) => {
    const far = place.startsWith('/') ? createConnection(place) : createConnection(Number(port), host);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  await listen(0);
  const address = server.address();
  const own = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    port: own,
    cut: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
        sockets.clear();
      }),
    mend: () => listen(own),
  };
}

describe('store/connection: a database that goes away', () => {
  let way: Way;
  let connection: Connection;
  const warnings: string[] = [];

  before(async () => {
    const uri = testDatabaseUri('away');
    way = await wayTo(uri);
    connection = await connect({
      uri: `mongodb://127.0.0.1:${way.port}/?directConnection=true`,
      db: databaseOf(uri),
      onWarning: (message) => warnings.push(message),
    });
  });

  // Ends whatever a failed test left: a way still cut must not keep the process alive.
  after(async () => {
    await connection.db.dropDatabase().catch(() => undefined);
    await connection.close();
    await way.cut();
  });

  it('answers databaseAway within the time named, and works again by itself', async function () {
    this.timeout(20_000);
    const contents = guardedPort(makeContentStore(connection));
    // given a connection that worked
    const hash = await contents.put('au', { text: 'trước' });
    // when the way is cut
    await way.cut();
    const session = new Promise((resolve, reject) =>
      makeSessions(connection).store.get('x', (error: unknown, data) => (error ? reject(error as Error) : resolve(data))),
    );
    const begin = performance.now();
    const codes = await Promise.all([
      codeOf(contents.get('au', hash)),
      codeOf(contents.put('au', 'khác')),
      codeOf(connection.ping()),
      codeOf(session),
    ]);
    // then every call fails, with our code, in about the time of one look for the primary
    expect(codes).to.deep.equal(Array.from({ length: 4 }, () => 'databaseAway'));
    expect(performance.now() - begin).to.be.below(serverSelectionMs + 700);
    // and when the way is mended, the same connection serves
    await way.mend();
    const again = await contents.get('au', hash);
    expect(again).to.deep.equal({ text: 'trước' });
    expect(warnings).to.include('database connection lost').and.to.include('database connection is back');
  });

  it('does not connect where nothing listens, and shows no address in its error', async () => {
    const failing = connect({ uri: 'mongodb://user:geheim@127.0.0.1:1/', db: 'x', onWarning: () => undefined });
    const error = await failing.then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(error).to.be.instanceOf(TrinhkyError);
    expect((error as TrinhkyError).code).to.equal('databaseAway');
    expect((error as TrinhkyError).message).not.to.match(/geheim|127/);
  });
});

describe('store/connection: what it promises', () => {
  let connection: Connection;
  before(async () => {
    const uri = testDatabaseUri('promises');
    connection = await connect({ uri, db: databaseOf(uri), onWarning: () => undefined });
  });
  after(() => connection.close());

  it('writes with majority and journal, reads with majority, on every collection', () => {
    const collection = connection.collection('any');
    expect(collection.writeConcern).to.include({ w: 'majority', journal: true });
    expect(collection.readConcern?.level).to.equal('majority');
    // and so do mongoose's models and connect-mongo, which share the client
    expect(connection.mongoose.getClient()).to.equal(connection.client);
    expect(connection.client.writeConcern).to.include({ w: 'majority', journal: true });
    expect(connection.mongoose.config.bufferCommands).to.equal(false);
  });

  it('tells the time of the server, carried on without asking it', async () => {
    const clock = connection.databaseClock();
    const { localTime } = await connection.db.admin().command({ hello: 1 });
    const apartMs = Math.abs(clock() - (localTime as Date).getTime());
    expect(apartMs).to.be.below(250);
    expect(clock()).to.be.at.most(clock());
  });

  it('takes only what says that the database is away for that', async () => {
    // given a duplicate key, a shutdown, a lost election, and a mistake of our own
    const server = (code: number) => Object.assign(new MongoServerError({ message: 'x' }), { code });
    expect([11_000, 91, 189, 10_107, 11_600, 121].map((code) => isAway(server(code)))).to.deep.equal([
      false,
      true,
      true,
      true,
      true,
      false,
    ]);
    expect(isAway(new TypeError('x'))).to.equal(false);
    const own = new RangeError('mine');
    const thrown = await guarded(() => Promise.reject(own)).catch((error: unknown) => error);
    expect(thrown).to.equal(own);
  });
});
