import { chmod, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { enrolKeepMs, makeSecondFactors } from '../../src/store/secondFactors.js';
import { makeSealer, readSecretsKey } from '../../src/store/secretsKey.js';
import { codeOf, dropAndClose, emptyDatabase } from './support.js';

const who = { authority: 'go-vap', person: 'vidu02' };
const shown = { issuer: 'ỦY BAN NHÂN DÂN QUẬN VÍ DỤ', account: 'vidu02' };
/** The middle of a step. */
const START_MS = 1_772_416_800_000 + 15_000;
const STEP_MS = 30_000;

describe('store/secondFactors', () => {
  let connection: Connection;
  let nowMs = START_MS;
  const key = new Uint8Array(32).fill(7);
  beforeEach(async () => {
    connection = await emptyDatabase('secondFactors');
    nowMs = START_MS;
  });
  afterEach(() => dropAndClose(connection));

  const factors = (sealed = key) => makeSecondFactors(connection, { sealer: makeSealer(sealed), wallNowMs: () => nowMs });
  const codeAt = (secret: string, ms = nowMs) => TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: ms });
  const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  async function active() {
    const all = factors();
    const { secret } = await all.enrol(who, shown);
    expect(await all.confirm(who, codeAt(secret))).to.equal(true);
    nowMs += STEP_MS * 4;
    return { all, secret };
  }

  it('is in force only once a first code has confirmed it, within its time', async () => {
    const all = factors();
    const { secret, uri } = await all.enrol(who, shown);
    expect(uri)
      .to.match(/^otpauth:\/\/totp\//)
      .and.to.contain(`secret=${secret}`)
      .and.to.contain('digits=6')
      .and.to.contain('period=30');
    expect((await all.standing(who)).state).to.equal('unconfirmed');
    expect(await all.match(who, codeAt(secret))).to.equal(null);
    expect(await all.confirm(who, otherThan(codeAt(secret)))).to.equal(false);
    nowMs += enrolKeepMs + 1;
    expect(await all.confirm(who, codeAt(secret))).to.equal(false);
    expect((await all.standing(who)).state).to.equal('none');
    // a new secret replaces the one that was never confirmed
    const second = await all.enrol(who, shown);
    expect(second.secret).not.to.equal(secret);
    expect(await all.confirm(who, codeAt(second.secret))).to.equal(true);
    expect((await all.standing(who)).state).to.equal('active');
    // and one in force is not replaced behind its owner's back
    expect(await codeOf(all.enrol(who, shown))).to.equal('inputInvalid');
  });

  it('case 51: a code serves once, one step early or late and no more, also when it is sent twice at the same time', async () => {
    const { all, secret } = await active();
    for (const [steps, right] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const)
      expect((await all.match(who, codeAt(secret, nowMs + steps * STEP_MS))) !== null, `${steps}`).to.equal(right);
    const step = (await all.match(who, codeAt(secret))) ?? 0;
    const spent = await Promise.all([all.spend(who, step), all.spend(who, step), all.spend(who, step)]);
    expect(spent.filter((one) => one)).to.have.length(1);
    expect(await all.match(who, codeAt(secret))).to.equal(null);
    expect(await all.match(who, codeAt(secret, nowMs - STEP_MS)), 'nor an earlier one').to.equal(null);
    nowMs += STEP_MS;
    expect(await all.match(who, codeAt(secret))).to.equal(step + 1);
  });

  it('case 51: the code that confirmed is spent with it', async () => {
    const all = factors();
    const { secret } = await all.enrol(who, shown);
    const code = codeAt(secret);
    expect(await all.confirm(who, code)).to.equal(true);
    expect(await all.match(who, code)).to.equal(null);
  });

  it('takes six digits, with or without a space, and nothing else', async () => {
    const { all, secret } = await active();
    const code = codeAt(secret);
    expect(await all.match(who, `${code.slice(0, 3)} ${code.slice(3)}`)).not.to.equal(null);
    for (const wrong of ['', ' ', code.slice(1), `${code}0`, `-${code.slice(1)}`, '１２３４５６', 'abcdef'])
      expect(await all.match(who, wrong), wrong).to.equal(null);
  });

  it('belongs to one person of one authority, and is gone when it is removed', async () => {
    const { all, secret } = await active();
    expect(await all.match({ ...who, person: 'vidu03' }, codeAt(secret))).to.equal(null);
    expect(await all.match({ ...who, authority: 'other' }, codeAt(secret))).to.equal(null);
    expect(await all.remove({ ...who, authority: 'other' })).to.equal(false);
    expect(await all.remove(who)).to.equal(true);
    expect(await all.match(who, codeAt(secret))).to.equal(null);
    expect((await all.standing(who)).state).to.equal('none');
  });

  it('stands in the database sealed, for its own row and under its own key', async () => {
    const { secret } = await active();
    const rows = connection.collection<{ _id: string; secret: string }>(collectionNames.secondFactors);
    const row = await rows.findOne({});
    expect(JSON.stringify(row)).not.to.include(secret);
    // when the sealed secret is moved to somebody else's row
    const other = { ...who, person: 'vidu03' };
    await rows.insertOne({ ...row, _id: 'go-vap/vidu03', person: 'vidu03' } as never);
    expect(await codeOf(factors().match(other, codeAt(secret)))).to.equal('configurationInvalid');
    // or another key is given
    expect(await codeOf(factors(new Uint8Array(32).fill(8)).match(who, codeAt(secret)))).to.equal('configurationInvalid');
  });
});

describe('store/secretsKey', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'trinhky-key-'));
  });

  it('is made once, for this user alone, also by several at the same time', async () => {
    const path = join(folder, 'new', 'secrets.key');
    const keys = await Promise.all([1, 2, 3].map(() => readSecretsKey({ path, mayMake: true })));
    expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).to.equal(1);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect(await readSecretsKey({ path, mayMake: false })).to.deep.equal(keys[0]);
  });

  it('is one for all who start at once, whole when it is there, and leaves nothing beside it', async () => {
    for (let round = 0; round < 20; round += 1) {
      const path = join(folder, `${round}`, 'secrets.key');
      const keys = await Promise.all(Array.from({ length: 12 }, () => readSecretsKey({ path, mayMake: true })));
      expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).to.equal(1);
      expect(await readdir(join(folder, `${round}`))).to.deep.equal(['secrets.key']);
    }
  });

  it('is refused when it is missing where it was named, when others may read it, and when it is no key', async () => {
    const path = join(folder, 'secrets.key');
    expect(await codeOf(readSecretsKey({ path, mayMake: false }))).to.equal('configurationInvalid');
    await readSecretsKey({ path, mayMake: true });
    await chmod(path, 0o640);
    expect(await codeOf(readSecretsKey({ path, mayMake: true }))).to.equal('configurationInvalid');
    await writeFile(path, `${(await readFile(path, 'utf8')).slice(0, 20)}\n`);
    await chmod(path, 0o600);
    expect(await codeOf(readSecretsKey({ path, mayMake: true }))).to.equal('configurationInvalid');
  });

  it('without a key nothing is sealed', () => {
    expect(() => makeSealer(null).seal('x', 'place')).to.throw('configurationInvalid');
  });
});
