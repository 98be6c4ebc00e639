import { hash } from '@node-rs/argon2';
import { expect } from 'chai';
import type { Directory } from '../../src/office/organisation/directory.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { makeDirectoryStore } from '../../src/store/directory.js';
import { loadExample, readExample } from '../../src/store/exampleAuthority.js';
import { hashPassword, passwordCharsMax, passwordFault } from '../../src/store/passwords.js';
import { makeAccounts, oneTimeKeepMs } from '../../src/store/people.js';
import { codeOf, dropAndClose, emptyDatabase } from './support.js';

const good = 'cá kho tộ miền Tây';
const who = { authority: 'go-vap', person: 'vidu02' };

describe('store/passwords: what is refused (case 45)', () => {
  const context = ['vidu02', 'Người ví dụ 02', 'Phòng Văn hóa và Thông tin', 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP', 'Gò Vấp'];
  const faultOf = (password: string) => passwordFault(password, context);

  it('counts characters as people do, and cuts nothing off', () => {
    // Seven letters, fourteen code units of UTF-8 and more in NFD.
    expect(faultOf('ằếộữỳổợ')).to.equal('tooShort');
    expect(faultOf('ằếộữỳổợ'.normalize('NFD'))).to.equal('tooShort');
    expect(faultOf('ằếộữỳổợx')).to.equal(null);
    const long = Array.from({ length: passwordCharsMax }, (_none, index) => String.fromCharCode(97 + ((index * 7) % 26))).join(
      '',
    );
    expect(faultOf(long)).to.equal(null);
    expect(faultOf(`${long}q`)).to.equal('tooLong');
  });

  it('takes any composition', () => {
    for (const password of [good, 'mkjhgtredw', '83620471', 'ĂÂĐÊÔƠƯăâđ', '⛵🦉🌾🍜🎐🪁🧭🥁'])
      expect(faultOf(password), password).to.equal(null);
  });

  it('refuses what is guessed first: common words, names, units, place, years, runs', () => {
    const guessable = [
      'password1',
      'Matkhau@123',
      'matkhau2026',
      'Mật khẩu 2026',
      'GoVap2026!',
      'Quận Gò Vấp',
      'goVAP-govap',
      'vanhoathongtin1',
      'Người ví dụ 02',
      'ubnd@2026',
      '12345678',
      'aaaaaaaaaaaa',
      'abcdefgh1234',
      '19452026',
      'Trinhky2026',
      'qwerty123456',
    ];
    for (const password of guessable) expect(faultOf(password), password).to.equal('guessable');
  });
});

describe('store/people: accounts', () => {
  let connection: Connection;
  let example: Omit<Directory, 'revision'>;
  let ended: string[] = [];
  beforeEach(async () => {
    connection = await emptyDatabase('accounts');
    example = await readExample();
    ended = [];
  });
  afterEach(() => dropAndClose(connection));

  async function accountsOf() {
    const directory = makeDirectoryStore(connection);
    await directory.save(example);
    const accounts = makeAccounts(connection, {
      directory,
      endSessionsOf: async ({ person }) => void ended.push(person),
      endTokensOf: async () => undefined,
      removeSecondFactorOf: async () => undefined,
    });
    return { directory, accounts };
  }
  const rows = () => connection.collection<{ _id: string; hash: string; expiresAt: Date | null }>(collectionNames.accounts);

  it('a one-time password lets in only to be changed, and is nothing afterwards (case 49)', async () => {
    const { accounts } = await accountsOf();
    const once = await accounts.create(who, 'Vidu02');
    expect(once).to.match(/^([a-hj-km-np-z2-9]{4}-){3}[a-hj-km-np-z2-9]{4}$/);
    expect(await accounts.verify('VIDU02 ', once)).to.deep.equal({ ...who, mustChange: true });
    // when the person chooses one
    await accounts.setPassword(who, good);
    // then it is the only one, in either form of its accents, and every session before it is over
    expect(await accounts.verify('vidu02', good.normalize('NFD'))).to.deep.equal({ ...who, mustChange: false });
    expect(await accounts.verify('vidu02', once)).to.equal(null);
    expect(ended).to.deep.equal(['vidu02']);
    // and nothing but an argon2id hash is stored (case 46)
    const [row] = await rows().find({}).toArray();
    expect(row?.hash).to.match(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(JSON.stringify(row)).not.to.include(good).and.not.to.include(once);
  });

  it('a reset makes a new one and ends sessions; another authority cannot ask for it', async () => {
    const { accounts } = await accountsOf();
    const first = await accounts.create(who, 'vidu02');
    expect(await accounts.reset('elsewhere', 'vidu02')).to.equal(null);
    expect(await accounts.reset('go-vap', 'nobody')).to.equal(null);
    const second = await accounts.reset('go-vap', 'VIDU02');
    expect(ended).to.deep.equal(['vidu02']);
    expect(await accounts.verify('vidu02', first)).to.equal(null);
    expect(await accounts.verify('vidu02', second ?? '')).to.deep.equal({ ...who, mustChange: true });
    // and it runs out
    const [row] = await rows().find({}).toArray();
    const leftMs = (row?.expiresAt?.getTime() ?? 0) - connection.databaseClock()();
    expect(leftMs).to.be.within(oneTimeKeepMs - 60_000, oneTimeKeepMs);
    await rows().updateOne({}, { $set: { expiresAt: new Date(connection.databaseClock()() - 1) } });
    expect(await accounts.verify('vidu02', second ?? '')).to.equal(null);
  });

  it('refuses what the rules refuse, with their reason, and the password in use', async () => {
    const { accounts } = await accountsOf();
    await accounts.create(who, 'vidu02');
    const reasonOf = (password: string) =>
      accounts.setPassword(who, password).then(
        () => 'taken',
        (error: { params?: { reason?: string } }) => error.params?.reason,
      );
    expect(await reasonOf('ngắn')).to.equal('tooShort');
    expect(await reasonOf('Gò Vấp 2026')).to.equal('guessable');
    expect(await reasonOf(good)).to.equal('taken');
    expect(await reasonOf(good)).to.equal('unchanged');
    expect(await codeOf(accounts.setPassword({ authority: 'go-vap', person: 'ghost' }, good))).to.equal('notFound');
  });

  it('answers nothing for a wrong password, an unknown login and a disabled person, and takes as long (case 44)', async function () {
    this.timeout(20_000);
    const { accounts, directory } = await accountsOf();
    const once = await accounts.create(who, 'vidu02');
    const fastestMs = async (login: string) => {
      const times: number[] = [];
      for (let n = 0; n < 6; n += 1) {
        const begin = performance.now();
        expect(await accounts.verify(login, 'sai mật khẩu')).to.equal(null);
        times.push(performance.now() - begin);
      }
      return Math.min(...times);
    };
    const [known, unknown] = [await fastestMs('vidu02'), await fastestMs('nobody')];
    expect(unknown / known).to.be.within(0.5, 2);
    // when the person is disabled, the right password is worth nothing
    await directory.save({ ...example, people: example.people.map((one) => ({ ...one, disabled: one.id === 'vidu02' })) });
    expect(await accounts.verify('vidu02', once)).to.equal(null);
  });

  it('hashes anew with the parameters of today when an old hash was right, and only then (case 46)', async () => {
    const { accounts } = await accountsOf();
    await accounts.create(who, 'vidu02');
    const old = await hash(good, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
    await rows().updateOne({}, { $set: { hash: old } });
    await accounts.verify('vidu02', 'sai mật khẩu');
    expect((await rows().findOne({}))?.hash).to.equal(old);
    expect(await accounts.verify('vidu02', good)).not.to.equal(null);
    expect((await rows().findOne({}))?.hash).to.match(/m=19456,t=2,p=1/);
    expect(await accounts.verify('vidu02', good)).not.to.equal(null);
  });

  it('gives a login to one person of the whole database', async () => {
    const { accounts } = await accountsOf();
    await accounts.create(who, 'thu\u0309y');
    expect(await codeOf(accounts.create({ authority: 'other', person: 'p' }, 'TH\u1ee6Y'))).to.equal('inputInvalid');
  });

  it('bounds the hashes that wait (case 60)', async function () {
    this.timeout(60_000);
    const answers = await Promise.allSettled(Array.from({ length: 215 }, () => hashPassword('x')));
    const refused = answers.filter((one) => one.status === 'rejected').map((one) => (one.reason as { code: string }).code);
    expect(refused).to.have.length(13);
    expect(new Set(refused)).to.deep.equal(new Set(['busy']));
    // and the next one has its turn
    expect(await hashPassword('x')).to.match(/^\$argon2id/);
  });
});

describe('store/exampleAuthority', () => {
  let connection: Connection;
  before(async () => {
    connection = await emptyDatabase('example');
  });
  after(() => dropAndClose(connection));

  it('loads once into an empty database, with a password for everybody, and never again', async function () {
    this.timeout(20_000);
    const directory = makeDirectoryStore(connection);
    const accounts = makeAccounts(connection, {
      directory,
      endSessionsOf: async () => undefined,
      endTokensOf: async () => undefined,
      removeSecondFactorOf: async () => undefined,
    });
    const people = await loadExample({ directory }, accounts);
    const { posts } = await import('../../src/office/organisation/posts.js');
    // then each has a name that says it is an example, and a password of his own that works
    expect(people.map(({ name }) => name)).to.satisfy((names: string[]) =>
      names.every((name) => /^Người ví dụ \d\d$/.test(name)),
    );
    expect(new Set(people.map(({ oneTimePassword }) => oneTimePassword)).size).to.equal(people.length);
    const [chair] = people;
    expect(chair?.posts).to.deep.equal(['chair@ubnd']);
    expect(await accounts.verify(chair?.login ?? '', chair?.oneTimePassword ?? '')).to.deep.include({
      person: 'vidu01',
      mustChange: true,
    });
    // and every post of the catalogue is held by somebody, every appointment at a unit and for a person that exist
    const { appointments, units, people: known, authority } = await directory.snapshot('go-vap');
    expect(new Set(appointments.map(({ post }) => post))).to.deep.equal(new Set(Object.keys(posts)));
    expect(appointments.filter(({ unit }) => !units.some(({ id }) => id === unit))).to.deep.equal([]);
    expect(appointments.filter(({ person }) => !known.some(({ id }) => id === person))).to.deep.equal([]);
    expect(units.filter(({ kind }) => kind === 'ward')).to.have.length(4);
    expect(units.find(({ id }) => id === authority.rootUnit)?.parent).to.equal(null);
    // when it is asked for again, nothing happens
    const { revision } = await directory.snapshot('go-vap');
    expect(await loadExample({ directory }, accounts)).to.deep.equal([]);
    expect((await directory.snapshot('go-vap')).revision).to.equal(revision);
  });
});
