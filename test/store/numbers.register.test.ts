import { expect } from 'chai';
import type { NumberRow, Reservation } from '../../src/commands/papers/numbering.js';
import type { Connection } from '../../src/store/connection.js';
import { makeNumberRegister } from '../../src/store/numbers.js';
import { codeOf, dropAndClose, emptyDatabase, numbersOf, secondProcess } from './support.js';

const series = 'KH-UBND';

function asked(document: string, more: Partial<Reservation> = {}): Reservation {
  return { authority: 'au', series, symbol: series, year: 2026, day: '2026-03-02', document, prepareRevision: 7, ...more };
}

const placeOf = (row: NumberRow) => ({ series: row.series, year: row.year, number: row.number, document: row.document ?? '' });
const upTo = (last: number) => Array.from({ length: last }, (_none, index) => index + 1);

describe('store/numbers: reserving', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('numbers');
  });
  afterEach(() => dropAndClose(connection));

  it('gives 32 writers of two processes 1 to 32, without a gap and none twice', async () => {
    // given two processes
    const other = await secondProcess('numbers');
    const registers = [makeNumberRegister(connection), makeNumberRegister(other)] as const;
    // when 32 documents ask at the same time
    const rows = await Promise.all(upTo(32).map((n) => registers[n % 2 === 0 ? 0 : 1].reserve(asked(`au.${n}`))));
    await other.close();
    // then
    expect(numbersOf(rows).sort((a, b) => a - b)).to.deep.equal(upTo(32));
    expect(numbersOf(await registers[0].rows('au', series, 2026))).to.deep.equal(upTo(32));
  });

  it('gives one document one number for a day, also to writers at once and under another revision', async () => {
    const register = makeNumberRegister(connection);
    await register.reserve(asked('au.other'));
    const rows = await Promise.all(upTo(8).map((n) => register.reserve(asked('au.1', { prepareRevision: n }))));
    expect(new Set(numbersOf(rows))).to.deep.equal(new Set([2]));
    expect(await register.reserve(asked('au.1', { prepareRevision: 99 }))).to.deep.equal(rows[0]);
    expect(numbersOf(await register.rows('au', series, 2026))).to.deep.equal([1, 2]);
  });

  it('shows the symbol under which the paper was prepared last, where several symbols share a series', async () => {
    const register = makeNumberRegister(connection);
    await register.reserve(asked('au.1', { series: 'chung', symbol: 'KH-UBND' }));
    const again = await register.reserve(asked('au.1', { series: 'chung', symbol: 'QĐ-UBND' }));
    expect(again).to.include({ number: 1, symbol: 'QĐ-UBND' });
    expect(await register.rows('au', 'chung', 2026)).to.deep.equal([again]);
    expect(await register.find('au', 'QĐ-UBND', 1, null)).to.deep.equal([again]);
    expect(await register.find('au', 'KH-UBND', 1, null)).to.deep.equal([]);
    // and one that was signed keeps its symbol
    await register.settle('au', placeOf(again), 'used', 'SIGN');
    expect((await register.reserve(asked('au.1', { series: 'chung', symbol: 'CT-UBND' }))).symbol).to.equal('QĐ-UBND');
  });

  it('lets no register begin with 01 under a symbol that another register of the year has numbered, unless it is taken over', async () => {
    const register = makeNumberRegister(connection);
    await register.reserve(asked('au.1', { series: 'KH-UBND', symbol: 'KH-UBND' }));
    // given that plans move to a common register in mid-year
    const moved = { series: 'chung', symbol: 'KH-UBND' };
    expect(await codeOf(register.reserve(asked('au.2', moved)))).to.equal('seriesMoved');
    // another symbol may begin it, and so may plans when it goes on from a number
    expect(await register.takeOver('au', 'chung', 2026, 1, 'Gộp sổ từ tháng 3')).to.equal(true);
    expect(await register.reserve(asked('au.2', moved))).to.include({ number: 2, symbol: 'KH-UBND' });
    // and in the next year it begins by itself
    expect(await register.reserve(asked('au.3', { ...moved, year: 2027, day: '2027-01-04' }))).to.include({ number: 1 });
  });

  it('numbers each series, year and authority by itself, and a year begins with 1', async () => {
    const register = makeNumberRegister(connection);
    const asks = [
      asked('au.1', { day: '2026-12-31' }),
      asked('au.2', { day: '2027-01-01', year: 2027 }),
      asked('au.3', { series: 'KH', symbol: 'KH' }),
      // A series whose id could be taken for another's series and year.
      asked('au.4', { series: 'KH-UBND/2026', symbol: 'x' }),
      asked('bu.1', { authority: 'bu' }),
    ];
    const rows: NumberRow[] = [];
    for (const ask of asks) rows.push(await register.reserve(ask));
    expect(numbersOf(rows)).to.deep.equal([1, 1, 1, 1, 1]);
    expect((await register.reserve(asked('au.5', { day: '2027-01-01', year: 2027 }))).number).to.equal(2);
    expect(numbersOf(await register.rows('au', series, 2026))).to.deep.equal([1]);
    expect((await register.reserve(asked('au.6', { day: '2026-12-31' }))).number).to.equal(2);
  });

  it('goes on after 9, 10 and 99 in order of numbers, not of letters', async () => {
    const register = makeNumberRegister(connection);
    expect(await register.takeOver('au', series, 2026, 99, 'x')).to.equal(true);
    expect(numbersOf([await register.reserve(asked('au.1')), await register.reserve(asked('au.2'))])).to.deep.equal([100, 101]);
  });

  it('refuses a day before that of the newest number, but still knows the number of that day', async () => {
    const register = makeNumberRegister(connection);
    const early = await register.reserve(asked('au.1', { day: '2026-03-01' }));
    await register.reserve(asked('au.2', { day: '2026-03-02' }));
    expect(await codeOf(register.reserve(asked('au.3', { day: '2026-03-01' })))).to.equal('tooEarly');
    expect(await register.reserve(asked('au.1', { day: '2026-03-01' }))).to.deep.equal(early);
    expect(numbersOf(await register.rows('au', series, 2026))).to.deep.equal([1, 2]);
  });

  it('after a process died between number and write, the same revision takes a new number on a later day', async () => {
    const register = makeNumberRegister(connection);
    // given a number that was reserved and never committed
    const lost = await register.reserve(asked('au.1', { day: '2026-03-02' }));
    // when PREPARE is asked for again under the same revision: the same day, and a day later
    expect(await register.reserve(asked('au.1', { day: '2026-03-02' }))).to.deep.equal(lost);
    const later = await register.reserve(asked('au.1', { day: '2026-03-03' }));
    expect(later.number).to.equal(2);
    await register.settle('au', placeOf(later), 'used', 'SIGN');
    // then the first one stays in the register and says why
    const rows = await register.rows('au', series, 2026);
    expect(rows.map(({ number, status, reason }) => [number, status, reason])).to.deep.equal([
      [1, 'cancelled', 'prepared again as 2'],
      [2, 'used', 'SIGN'],
    ]);
  });
});

describe('store/numbers: settling and taking over', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('numbers');
  });
  afterEach(() => dropAndClose(connection));

  it('settles repeatably, touches no other document, and never takes back a used number', async () => {
    const register = makeNumberRegister(connection);
    const mine = await register.reserve(asked('au.1'));
    const others = await register.reserve(asked('au.2'));
    await register.settle('au', placeOf(mine), 'used', 'SIGN');
    await register.settle('au', placeOf(mine), 'used', 'again');
    await register.settle('au', placeOf(mine), 'cancelled', 'late');
    const rows = await register.rows('au', series, 2026);
    expect(rows.map(({ status, reason }) => [status, reason])).to.deep.equal([
      ['used', 'SIGN'],
      ['reserved', null],
    ]);
    // and a number is settled only for the document it was given to
    expect(await codeOf(register.settle('au', { ...placeOf(others), document: 'au.1' }, 'used', 'x'))).to.equal('internal');
    expect(await codeOf(register.settle('au', { ...placeOf(others), number: 3 }, 'used', 'x'))).to.equal('internal');
    expect(await codeOf(register.settle('bu', placeOf(others), 'used', 'x'))).to.equal('internal');
  });

  it('a cancelled number stays, cannot be used, and the document takes a new one the same day', async () => {
    const register = makeNumberRegister(connection);
    const first = await register.reserve(asked('au.1'));
    await register.settle('au', placeOf(first), 'cancelled', 'WITHDRAW');
    await register.settle('au', placeOf(first), 'cancelled', 'WITHDRAW');
    expect(await codeOf(register.settle('au', placeOf(first), 'used', 'SIGN'))).to.equal('internal');
    expect((await register.reserve(asked('au.1'))).number).to.equal(2);
  });

  it('leaves no number of a document without a word: of earlier days, of another symbol, and when it is discarded', async () => {
    const register = makeNumberRegister(connection);
    const told = async (name: string) =>
      (await register.rows('au', name, 2026)).map(({ number, status, reason }) => [number, status, reason]);
    // given a paper prepared on two days, and then as a paper of another series
    await register.reserve(asked('au.1', { day: '2026-03-01' }));
    await register.reserve(asked('au.1', { day: '2026-03-02' }));
    const other = await register.reserve(asked('au.1', { series: 'CT-UBND', symbol: 'CT-UBND', day: '2026-03-02' }));
    await register.reserve(asked('au.2', { day: '2026-03-02' }));
    // when it is signed as that
    await register.settle('au', placeOf(other), 'used', 'SIGN');
    expect(await told(series)).to.deep.equal([
      [1, 'cancelled', 'prepared again as 1 of CT-UBND, 2026'],
      [2, 'cancelled', 'prepared again as 1 of CT-UBND, 2026'],
      [3, 'reserved', null],
    ]);
    // and another, prepared on two days, is discarded
    await register.reserve(asked('au.2', { day: '2026-03-03' }));
    await register.cancelAll('au', 'au.2', 'DISCARD');
    await register.cancelAll('au', 'au.1', 'DISCARD');
    expect((await told(series)).slice(2)).to.deep.equal([
      [3, 'cancelled', 'DISCARD'],
      [4, 'cancelled', 'DISCARD'],
    ]);
    expect(await told('CT-UBND')).to.deep.equal([[1, 'used', 'SIGN']]);
  });

  it('names the year where a document is prepared again in the next one', async () => {
    const register = makeNumberRegister(connection);
    await register.reserve(asked('au.0', { day: '2026-12-31' }));
    await register.reserve(asked('au.1', { day: '2026-12-31' }));
    const next = await register.reserve(asked('au.1', { day: '2027-01-04', year: 2027 }));
    await register.settle('au', placeOf(next), 'used', 'SIGN');
    const [, old] = await register.rows('au', series, 2026);
    expect(old?.reason).to.equal('prepared again as 1 of 2027');
  });

  it('finds a number under its symbol in whatever series, the newest year first', async () => {
    const register = makeNumberRegister(connection);
    await register.takeOver('au', series, 2024, 7, 'mid-year');
    const given = [
      ['au.25', { year: 2025, day: '2025-03-02' }],
      ['au.26', { series: 'all' }],
      ['au.other', { symbol: 'QĐ-UBND', series: 'QĐ-UBND' }],
      ['bu.1', { authority: 'bu' }],
    ] as const;
    for (const [document, more] of given) await register.reserve(asked(document, more));
    const found = async (number: number, year: number | null = null) =>
      (await register.find('au', series, number, year)).map(({ document }) => document);
    expect(await found(1)).to.deep.equal(['au.26', 'au.25']);
    expect(await found(1, 2025)).to.deep.equal(['au.25']);
    // the row with which a register was taken over gives nobody a number
    expect(await found(7)).to.deep.equal([]);
  });

  it('takes a register over in mid-year once, and not where numbers were given', async () => {
    const register = makeNumberRegister(connection);
    // when two take it over at once and a third asks for a number
    const answers = await Promise.all([
      register.takeOver('au', series, 2026, 41, 'Sổ giấy đến số 41'),
      register.takeOver('au', series, 2026, 57, 'Sổ giấy đến số 57'),
    ]);
    const row = await register.reserve(asked('au.1'));
    // then one of them won, and numbers go on after it
    expect(answers.filter(Boolean)).to.have.length(1);
    const [opening] = await register.rows('au', series, 2026);
    expect(opening).to.deep.include({ status: 'takenOver', document: null, prepareRevision: 0 });
    expect(row.number).to.equal((opening?.number ?? 0) + 1);
    expect(await register.takeOver('au', series, 2026, 99, 'x')).to.equal(false);
    expect(await codeOf(register.takeOver('au', 'BC', 2026, 0, 'x'))).to.equal('inputInvalid');
  });

  it('a first number and a taking over at once leave no gap', async () => {
    const register = makeNumberRegister(connection);
    for (const round of upTo(5)) {
      const name = `S${round}`;
      const [taken, row] = await Promise.all([
        register.takeOver('au', name, 2026, 50, 'x'),
        register.reserve(asked(`au.${round}`, { series: name, symbol: name })),
      ]);
      expect(row.number).to.equal(taken ? 51 : 1);
    }
  });
});
