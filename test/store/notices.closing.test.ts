import { expect } from 'chai';
import { type Closing, cursorOf, type Notice, type NoticeStore } from '../../src/commands/notices/ports.js';
import type { Connection } from '../../src/store/connection.js';
import { makeNoticeStore } from '../../src/store/notices.js';
import { dropAndClose, emptyDatabase } from './support.js';

const around = { authority: 'au', at: '2026-03-05T00:00:00.000Z' };

describe('store: notices', () => {
  let connection: Connection;
  let notices: NoticeStore;
  before(async () => {
    connection = await emptyDatabase('notices');
    notices = makeNoticeStore(connection);
  });
  after(() => dropAndClose(connection));

  const notice = (id: string, person: string, more: Partial<Notice> = {}): Notice => ({
    id: `au.${id}/${person}`,
    authority: 'au',
    person,
    instance: `au.${id.split('/')[0]}`,
    kind: 'turn',
    visit: 2,
    asOf: 2,
    params: { command: 'SUBMIT' },
    at: '2026-03-02T00:00:00.000Z',
    ...more,
  });
  const closing = (instance: string, more: Partial<Closing> = {}): Closing => ({
    instance: `au.${instance}`,
    asOf: 3,
    actors: [],
    oldestVisit: 3,
    ...more,
  });
  const openOf = async (person: string): Promise<string[]> =>
    (await notices.listFor('au', person, 50)).filter(({ open }) => open).map(({ id }) => id);

  it('inserts each once however often its effect runs, for its person, and says which were new', async () => {
    const first = notice('a/2/turn', 'p1');
    expect([...(await notices.write([first], [], around))]).to.deep.equal([first.id]);
    const later = notice('a/2/turn', 'p2');
    const again = await notices.write([{ ...first, at: '2030-01-01T00:00:00.000Z' }, later], [], around);
    expect([...again]).to.deep.equal([later.id]);
    expect((await notices.listFor('au', 'p1', 50)).map(({ id, at }) => [id, at])).to.deep.equal([[first.id, first.at]]);
    expect(await notices.listFor('bu', 'p1', 50)).to.deep.equal([]);
    expect([...(await notices.write([], [], around))]).to.deep.equal([]);
  });

  it('a turn that a late effect began without knowing why is told why by its own effect, and by no other', async () => {
    const bare = notice('g/2/turn', 'p7', { params: {} });
    await notices.write([bare], [], around);
    expect([...(await notices.write([{ ...bare, params: { command: 'RETURN', reason: 'Sửa lại' } }], [], around))]).to.deep.equal(
      [],
    );
    await notices.write([bare, { ...bare, params: { command: 'EDIT' } }], [], around);
    expect((await notices.listFor('au', 'p7', 5)).map(({ params }) => params)).to.deep.equal([
      { command: 'RETURN', reason: 'Sửa lại' },
    ]);
  });

  it('closes what is open for people who can no longer act, and for an earlier stay; repeated it changes nothing', async () => {
    // given four people told of one instance: one who still can act, one who cannot, one in an earlier stay, one for his knowledge
    const stays = notice('b/3/turn', 'stays', { visit: 3, asOf: 3 });
    const gone = notice('b/2/turn', 'gone');
    const earlier = notice('b/2/turn', 'stays');
    const news = notice('b/2/0', 'news', { kind: 'told', visit: null });
    await notices.write([gone, earlier, news], [], around);
    // when the instance moves on
    const over = closing('b', { actors: ['stays'] });
    await notices.write([stays], [over], around);
    const first = await notices.listFor('au', 'gone', 50);
    await notices.write([stays], [over], { ...around, at: '2031-01-01T00:00:00.000Z' });
    // then
    expect(await openOf('stays')).to.deep.equal([stays.id]);
    expect(await openOf('gone')).to.deep.equal([]);
    expect(await openOf('news')).to.deep.equal([news.id]);
    expect(first[0]?.closedAt).to.equal(around.at);
    expect(await notices.listFor('au', 'gone', 50)).to.deep.equal(first);
  });

  it('an effect that runs late neither closes what a later one opened nor opens what it closed', async () => {
    const newer = notice('c/7/turn', 'next', { visit: 7, asOf: 7 });
    const older = notice('c/2/turn', 'before', { asOf: 2 });
    await notices.write([older], [], around);
    await notices.write([newer], [closing('c', { asOf: 7, actors: ['next'], oldestVisit: 7 })], around);
    // when the effect of revision 5 comes after that of revision 7
    await notices.write([older], [closing('c', { asOf: 5, actors: ['before'], oldestVisit: 2 })], around);
    expect(await openOf('next')).to.deep.equal([newer.id]);
    expect(await openOf('before')).to.deep.equal([]);
  });

  it('closing never reaches another instance or another authority', async () => {
    const mine = notice('d/2/turn', 'p3');
    const other: Notice = { ...mine, id: 'bu.d/2/turn/p3', authority: 'bu' };
    const neighbour = notice('dd/2/turn', 'p3');
    await notices.write([mine, neighbour], [], around);
    await notices.write([other], [], { ...around, authority: 'bu' });
    await notices.write([], [closing('d')], around);
    expect(await openOf('p3')).to.deep.equal([neighbour.id]);
    expect((await notices.listFor('bu', 'p3', 5)).map(({ open }) => open)).to.deep.equal([true]);
  });

  it('reading closes news, and leaves a turn open until it has passed; only one’s own', async () => {
    const turn = notice('e/2/turn', 'p4');
    const news = notice('e/2/0', 'p4', { kind: 'outcome', visit: null });
    await notices.write([turn, news], [], around);
    expect(await notices.openCount('au', 'p4', 100)).to.equal(2);
    expect(await notices.markRead('au', 'p5', [turn.id, news.id], around.at)).to.equal(0);
    expect(await notices.markRead('au', 'p4', [news.id], around.at)).to.equal(1);
    expect(await openOf('p4')).to.deep.equal([turn.id]);
    expect(await notices.markRead('au', 'p4', null, around.at)).to.equal(1);
    expect(await notices.markRead('au', 'p4', null, around.at)).to.equal(0);
    expect(await notices.openCount('au', 'p4', 100)).to.equal(1);
    expect((await notices.byIds('au', [turn.id]))[0]).to.include({ readAt: around.at, open: true });
    expect(await notices.byIds('bu', [turn.id])).to.deep.equal([]);
  });

  it('pages with open ones first, then the newest, without gap or double', async () => {
    const at = (day: number): string => `2026-03-${String(day).padStart(2, '0')}T00:00:00.000Z`;
    const many = Array.from({ length: 9 }, (_, index) => notice(`f${index}/2/turn`, 'p6', { at: at(1 + (index % 3)) }));
    await notices.write(many, [], around);
    await notices.write(
      [],
      [0, 3, 4, 8].map((index) => closing(`f${index}`)),
      around,
    );
    const seen: string[] = [];
    let after: string | null = null;
    for (let page = 0; page < 20; page += 1) {
      const rows = await notices.page({ authority: 'au', person: 'p6', after, limit: 2 });
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      if (last === undefined) break;
      after = cursorOf(last);
    }
    const all = await notices.listFor('au', 'p6', 50);
    expect(seen).to.deep.equal(all.map(({ id }) => id));
    expect(new Set(seen).size).to.equal(9);
    expect(all.map(({ open }) => open)).to.deep.equal([true, true, true, true, true, false, false, false, false]);
  });

  it('both questions are answered from an index: a person’s page, and what is open of an instance', async () => {
    const rows = connection.collection('notices');
    const planOf = async (filter: object, sort: object) =>
      JSON.stringify(
        await rows
          .find(filter)
          .sort(sort as never)
          .limit(5)
          .explain('queryPlanner'),
      );
    const page = await planOf({ authority: 'au', person: 'p6' }, { open: -1, at: -1, _id: -1 });
    expect(page).to.contain('"indexName":"person"').and.not.contain('"stage":"SORT"');
    expect(await planOf({ authority: 'au', instance: 'au.b', open: true, visit: { $gte: 0 } }, {})).to.contain(
      '"indexName":"open"',
    );
  });
});
