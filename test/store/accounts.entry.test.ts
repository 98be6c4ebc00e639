import { expect } from 'chai';
import type { SessionData } from 'express-session';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { makeSessions, type Sessions } from '../../src/store/sessions.js';
import { accountTriesMax, makeSignInLimiter, pairTriesMax, triesWindowSeconds } from '../../src/store/signInLimiter.js';
import { makeTokens, tokenDaysMax, tokenFreshMs } from '../../src/store/tokens.js';
import { codeOf, dropAndClose, emptyDatabase, secondProcess } from './support.js';

const who = { authority: 'au', person: 'p1' };
const other = { authority: 'au', person: 'p2' };

describe('store/tokens (case 52)', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('tokens');
  });
  afterEach(() => dropAndClose(connection));

  it('are shown once and stored hashed, and stand for one person', async () => {
    const tokens = makeTokens(connection);
    const { token, summary } = await tokens.create(who, 'Báo cáo quý', 90);
    expect(token).to.match(/^tk_[0-9a-f]{18}_[0-9a-f]{64}$/);
    expect(await tokens.lookUp(token)).to.deep.equal(who);
    expect(Date.parse(summary.expiresAt) - Date.parse(summary.createdAt)).to.equal(90 * 86_400_000);
    expect(await tokens.list(who)).to.deep.equal([summary]);
    expect(await tokens.list(other)).to.deep.equal([]);
    const stored = JSON.stringify(await connection.collection(collectionNames.tokens).findOne({}));
    expect(stored).not.to.include(token.split('_')[2]);
  });

  it('are refused with another secret, another id, and in any other form', async () => {
    const tokens = makeTokens(connection);
    const [a, b] = [await tokens.create(who, 'a', 1), await tokens.create(other, 'b', 1)];
    const [, idA = '', secretA = ''] = a.token.split('_');
    const [, , secretB = ''] = b.token.split('_');
    const wrong = [
      `tk_${idA}_${secretB}`,
      `tk_${'0'.repeat(18)}_${secretA}`,
      a.token.toUpperCase(),
      `${a.token} `,
      `tk_${idA}_`,
      '',
    ];
    for (const token of wrong) expect(await tokens.lookUp(token), token).to.equal(null);
  });

  it('end at once here when revoked, soon in other processes, and only by their owner', async () => {
    // given another process that has just seen the token, on a clock that stands still
    let atMs = 1;
    const far = await secondProcess('tokens');
    const there = makeTokens(far, () => atMs);
    const here = makeTokens(connection);
    const { token, summary } = await here.create(who, 'a', 1);
    expect([await here.lookUp(token), await there.lookUp(token)]).to.deep.equal([who, who]);
    // when a stranger, then the owner revokes it
    expect(await here.revoke(other, summary.id)).to.equal(false);
    expect(await here.lookUp(token)).to.deep.equal(who);
    expect(await here.revoke(who, summary.id)).to.equal(true);
    // then
    expect(await here.lookUp(token)).to.equal(null);
    atMs += tokenFreshMs - 1;
    expect(await there.lookUp(token)).to.deep.equal(who);
    atMs += 1;
    expect(await there.lookUp(token)).to.equal(null);
    await far.close();
  });

  it('run out although the database still holds them, and never last longer than allowed', async () => {
    const tokens = makeTokens(connection);
    const { token } = await tokens.create(who, 'a', tokenDaysMax);
    await connection
      .collection(collectionNames.tokens)
      .updateOne({}, { $set: { expiresAt: new Date(connection.databaseClock()()) } });
    expect(await tokens.lookUp(token)).to.equal(null);
    for (const days of [0, 1.5, -1, tokenDaysMax + 1, Number.NaN]) {
      expect(await codeOf(tokens.create(who, 'a', days)), String(days)).to.equal('inputInvalid');
    }
    expect(await codeOf(tokens.create(who, ' ', 1))).to.equal('inputInvalid');
  });
});

describe('store/sessions', () => {
  let connection: Connection;
  let sessions: Sessions;
  beforeEach(async () => {
    connection = await emptyDatabase('sessions');
    sessions = makeSessions(connection);
  });
  afterEach(() => dropAndClose(connection));

  const session = (identity: object, more: object = {}) =>
    ({
      cookie: { originalMaxAge: 60_000, expires: new Date(Date.now() + 60_000) },
      identity,
      signedInAtMs: 1_700_000_000_000,
      ...more,
    }) as unknown as SessionData;
  const set = (id: string, data: SessionData) =>
    new Promise<void>((resolve, reject) =>
      sessions.store.set(id, data, (error: unknown) => (error ? reject(error as Error) : resolve())),
    );
  const get = (id: string) =>
    new Promise<SessionData | null>((resolve, reject) =>
      sessions.store.get(id, (error: unknown, data) => (error ? reject(error as Error) : resolve(data ?? null))),
    );
  const touch = (id: string, data: SessionData) =>
    new Promise<unknown>((resolve) => sessions.store.touch(id, data, (error: unknown) => resolve(error)));

  it('keep no id that could be used as a cookie', async () => {
    await set('geheime-kennung', session(who));
    const row = await connection.collection(collectionNames.sessions).findOne({});
    expect(JSON.stringify(row)).not.to.include('geheime-kennung');
    expect(String(row?._id)).to.equal(sessions.idOf('geheime-kennung'));
    expect(await get('geheime-kennung')).to.deep.include({ identity: who });
    expect(await get(sessions.idOf('geheime-kennung'))).to.equal(null);
  });

  it('of a person can be listed and ended, all but one, one, and all; nobody else can (case 48)', async () => {
    for (const id of ['a', 'b', 'c']) await set(id, session(who));
    await set('x', session(other));
    expect(await sessions.list(who)).to.have.length(3);
    expect((await sessions.list(other))[0]).to.deep.equal({
      id: sessions.idOf('x'),
      startedAt: '2023-11-14T22:13:20.000Z',
      usedAt: null,
    });
    expect(await sessions.end(other, sessions.idOf('a'))).to.equal(false);
    expect(await sessions.end(who, sessions.idOf('a'))).to.equal(true);
    expect(await get('a')).to.equal(null);
    expect(await sessions.endAllOf(who, sessions.idOf('b'))).to.equal(1);
    expect([await get('b'), await get('c'), await get('x')].map((one) => one !== null)).to.deep.equal([true, false, true]);
    expect(await sessions.endAllOf(who)).to.equal(1);
    expect(await get('b')).to.equal(null);
  });

  it('ended while a request uses them stay ended when that request writes (case 18)', async () => {
    await set('a', session(who));
    const inUse = await get('a');
    if (inUse === null) throw new Error('the session was stored');
    // when it is changed while it is alive, the change is kept
    await set('a', Object.assign(inUse, { seenAtMs: 1_700_000_060_000 }));
    expect(await get('a')).to.deep.include({ seenAtMs: 1_700_000_060_000, identity: who });
    // when it is ended meanwhile, neither a write nor a touch brings it back
    await sessions.endAllOf(who);
    await set('a', Object.assign(inUse, { seenAtMs: 1_700_000_120_000 }));
    expect(await touch('a', inUse)).to.equal(null);
    expect(await get('a')).to.equal(null);
    // and a new session under a new id is stored as ever
    await set('b', session(who));
    expect(await get('b')).not.to.equal(null);
  });

  it('that ran out are not given, though the database has not removed them yet', async () => {
    await set('a', session(who, { cookie: { originalMaxAge: 1, expires: new Date(Date.now() - 1) } }));
    expect(await get('a')).to.equal(null);
  });
});

describe('store/signInLimiter (case 44)', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('limiter');
  });
  afterEach(() => dropAndClose(connection));

  it('blocks an account from one address after so many tries, also when they come at once and to two processes', async () => {
    const far = await secondProcess('limiter');
    const [here, there] = [makeSignInLimiter(connection), makeSignInLimiter(far)];
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_none, n) => (n % 2 === 0 ? here : there).blockedFor('ct', '10.0.0.1')),
    );
    expect(answers.filter((seconds) => seconds === 0)).to.have.length(pairTriesMax);
    expect(Math.max(...answers)).to.be.within(triesWindowSeconds - 30, triesWindowSeconds);
    // the owner, from another address, is not held up; nor is a neighbour at the attacker's address
    expect(await here.blockedFor('ct', '10.0.0.2')).to.equal(0);
    expect(await here.blockedFor('other', '10.0.0.1')).to.equal(0);
    // and another spelling of the login is the same login
    expect(await there.blockedFor('CT ', '10.0.0.1')).to.be.above(0);
    await far.close();
  });

  it('forgives after success', async () => {
    const limiter = makeSignInLimiter(connection);
    for (let n = 1; n < pairTriesMax; n += 1) await limiter.blockedFor('ct', '10.0.0.1');
    await limiter.succeeded('ct', '10.0.0.1');
    for (let n = 1; n <= pairTriesMax; n += 1) expect(await limiter.blockedFor('ct', '10.0.0.1')).to.equal(0);
    expect(await limiter.blockedFor('ct', '10.0.0.1')).to.be.above(0);
  });

  it('leaves the owner of an account that is attacked from everywhere one try from any address', async function () {
    this.timeout(20_000);
    const limiter = makeSignInLimiter(connection);
    // given an attack from more addresses than the account is allowed tries
    await Promise.all(
      Array.from({ length: accountTriesMax + 1 }, (_none, n) => limiter.blockedFor('ct', `10.1.${n >> 7}.${n & 127}`)),
    );
    expect(await limiter.blockedFor('ct', '192.0.2.1')).to.equal(0);
    expect(await limiter.blockedFor('ct', '192.0.2.1')).to.be.above(0);
    expect(await limiter.blockedFor('ct', '192.0.2.2')).to.equal(0);
  });

  it('takes a network of IPv6 for one address, and an IPv4 address in IPv6 form for itself', async () => {
    const limiter = makeSignInLimiter(connection);
    for (let n = 1; n <= pairTriesMax; n += 1) await limiter.blockedFor('ct', `2001:db8:0:1::${n}`);
    expect(await limiter.blockedFor('ct', '2001:0db8::1:ffff:0:0:9')).to.be.above(0);
    expect(await limiter.blockedFor('ct', '2001:db8:0:2::1')).to.equal(0);
    for (let n = 1; n <= pairTriesMax; n += 1) await limiter.blockedFor('ct', '::ffff:10.0.0.9');
    expect(await limiter.blockedFor('ct', '10.0.0.9')).to.be.above(0);
  });
});
