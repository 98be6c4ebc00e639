import { expect } from 'chai';
import type { Directory } from '../../src/office/organisation/directory.js';
import { collectionNames } from '../../src/store/collectionNames.js';
import type { Connection } from '../../src/store/connection.js';
import { directoryFreshMs, makeDirectoryStore } from '../../src/store/directory.js';
import { readExample } from '../../src/store/exampleAuthority.js';
import { codeOf, dropAndClose, emptyDatabase, secondProcess } from './support.js';

/** A monotonic clock that stands still until it is told. */
function handClock() {
  let atMs = 5_000;
  const pass = (ms: number) => {
    atMs += ms;
  };
  return { now: () => atMs, pass };
}

const nameOf = (directory: Directory, id: string) => directory.people.find((person) => person.id === id)?.name;

describe('store/directory', () => {
  let connection: Connection;
  let example: Omit<Directory, 'revision'>;
  beforeEach(async () => {
    connection = await emptyDatabase('directory');
    example = await readExample();
  });
  afterEach(() => dropAndClose(connection));

  const renamed = (name: string): Omit<Directory, 'revision'> => ({
    ...example,
    people: example.people.map((person) => (person.id === 'vidu01' ? { ...person, name } : person)),
  });

  it('gives back what was saved, whole, frozen to the bottom, and the same object until something changes', async () => {
    const store = makeDirectoryStore(connection);
    await store.save(example);
    const directory = await store.snapshot('go-vap');
    // then every record is as it was written; the order of records means nothing
    const byId = <T extends { readonly id: string }>(rows: readonly T[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(directory.authority).to.deep.equal(example.authority);
    expect(byId(directory.units)).to.deep.equal(byId(example.units));
    expect(byId(directory.people)).to.deep.equal(byId(example.people));
    expect(byId(directory.appointments)).to.deep.equal(byId(example.appointments));
    expect(directory.calendar).to.deep.equal(example.calendar);
    expect(directory.revision).to.equal(1);
    expect(Object.isFrozen(directory.calendar.holidays[0]?.name)).to.equal(true);
    expect(await store.snapshot('go-vap')).to.equal(directory);
    expect(await store.authorities()).to.deep.equal(['go-vap']);
    expect(await codeOf(store.snapshot('nowhere'))).to.equal('notFound');
  });

  it('shows its own save at once, and that of another process when the snapshot is no longer fresh', async () => {
    // given two processes that both hold revision 1
    const clock = handClock();
    const other = await secondProcess('directory');
    const here = makeDirectoryStore(connection, clock.now);
    const there = makeDirectoryStore(other);
    await here.save(example);
    const before = await here.snapshot('go-vap');
    // when the other one saves
    await there.save(renamed('Người ví dụ A'));
    expect(nameOf(await there.snapshot('go-vap'), 'vidu01')).to.equal('Người ví dụ A');
    // then this one holds on to what it has for the time named, and not longer
    clock.pass(directoryFreshMs - 1);
    expect(await here.snapshot('go-vap')).to.equal(before);
    clock.pass(1);
    const after = await here.snapshot('go-vap');
    expect([nameOf(after, 'vidu01'), after.revision]).to.deep.equal(['Người ví dụ A', 2]);
    // and its own save shows without any time passing
    await here.save(renamed('Người ví dụ B'));
    expect(nameOf(await here.snapshot('go-vap'), 'vidu01')).to.equal('Người ví dụ B');
    // and where nothing changed, the object stays the same after the time has passed
    const last = await here.snapshot('go-vap');
    clock.pass(10 * directoryFreshMs);
    expect(await here.snapshot('go-vap')).to.equal(last);
    await other.close();
  });

  it('reads once for many who ask at the same time', async () => {
    const store = makeDirectoryStore(connection);
    await store.save(example);
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.snapshot('go-vap')));
    expect(new Set(answers).size).to.equal(1);
  });

  it('never keeps a load that began before a save', async () => {
    const store = makeDirectoryStore(connection);
    await store.save(example);
    for (let round = 1; round <= 5; round += 1) {
      const name = `Người ví dụ vòng ${round}`;
      // when a save and many loads run at once
      await Promise.all([store.save(renamed(name)), ...Array.from({ length: 5 }, () => store.snapshot('go-vap'))]);
      expect(nameOf(await store.snapshot('go-vap'), 'vidu01')).to.equal(name);
    }
  });

  it('shows no half of a save to another process', async () => {
    const other = await secondProcess('directory');
    const clock = handClock();
    const reader = makeDirectoryStore(other, () => {
      clock.pass(directoryFreshMs);
      return clock.now();
    });
    const writer = makeDirectoryStore(connection);
    // given saves that set the same word in a unit (written first) and in the calendar (written last)
    const marked = (mark: string): Omit<Directory, 'revision'> => ({
      ...example,
      units: example.units.map((unit) => ({ ...unit, kind: mark })),
      calendar: { ...example.calendar, version: mark },
    });
    await writer.save(marked('0'));
    let writing = true;
    const writes = (async () => {
      for (let n = 1; n <= 25; n += 1) await writer.save(marked(String(n)));
      writing = false;
    })();
    while (writing) {
      const { units, calendar } = await reader.snapshot('go-vap');
      expect(new Set(units.map((unit) => unit.kind))).to.deep.equal(new Set([calendar.version]));
    }
    await writes;
    await other.close();
  });

  it('writes nothing of a save with a malformed record or a login that is taken, whatever its spelling', async () => {
    const store = makeDirectoryStore(connection);
    await store.save(example);
    const [first] = example.people;
    if (first === undefined) throw new Error('the example has people');
    const wrong = { ...first, id: 'vidu99', password: 'x' };
    // The same login as vidu01's in capitals; and one that differs only in how its accents are written.
    const capital = { ...first, id: 'vidu98', login: 'VIDU01' };
    const accents = ['th\u1ee7y', 'thu\u0309y'].map((login, index) => ({ ...first, id: `vidu9${index}`, login }));
    // And a person who would be taken for the engine itself.
    const engine = { ...first, id: 'system', login: 'he-thong' };
    for (const people of [[wrong], [capital], accents, [engine]]) {
      const units = example.units.map((unit) => ({ ...unit, kind: 'changed' }));
      expect(await codeOf(store.save({ ...example, units, people: [...example.people, ...people] }))).to.equal('inputInvalid');
    }
    const unit = await connection.collection(collectionNames.units).findOne({});
    expect(unit?.['kind']).not.to.equal('changed');
    expect((await store.snapshot('go-vap')).revision).to.equal(1);
  });

  it('keeps two authorities with the same short ids apart', async () => {
    const store = makeDirectoryStore(connection);
    await store.save(example);
    await store.save({ ...renamed('Người ví dụ khác'), authority: { ...example.authority, id: 'phuong-vi-du' } });
    expect(nameOf(await store.snapshot('go-vap'), 'vidu01')).to.equal('Người ví dụ 01');
    expect(nameOf(await store.snapshot('phuong-vi-du'), 'vidu01')).to.equal('Người ví dụ khác');
  });
});
