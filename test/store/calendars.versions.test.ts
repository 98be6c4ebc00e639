import { expect } from 'chai';
import { withVersion } from '../../src/office/time/calendarVersions.js';
import { calendarByLaw } from '../../src/office/time/holidayLaw.js';
import type { Connection } from '../../src/store/connection.js';
import { makeDirectoryStore } from '../../src/store/directory.js';
import { town } from '../support/town.js';
import { codeOf, dropAndClose, emptyDatabase } from './support.js';

describe('store/calendars: versions of a calendar', () => {
  let connection: Connection;
  beforeEach(async () => {
    connection = await emptyDatabase('calendars');
    await makeDirectoryStore(connection).save(town('lich'));
  });
  afterEach(() => dropAndClose(connection));

  const next = { ...calendarByLaw(2026), version: 'v2' };
  const from = '2026-03-02T02:00:00.000Z';

  it('puts a new version in force at once and keeps the old one, with the records of both', async () => {
    const store = makeDirectoryStore(connection);
    const { calendar, revision } = await store.snapshot('lich');
    const calendars = withVersion([], calendar, next, from);
    expect(await store.putCalendar({ authority: 'lich', calendar: next, calendars, revision })).to.equal(true);
    const after = await store.snapshot('lich');
    expect(after.calendar).to.deep.equal(next);
    expect(after.calendars).to.deep.equal(calendars);
    expect(after.authority).to.deep.equal(town('lich').authority);
    expect(after.revision).to.equal(revision + 1);
    expect(await store.calendarVersion('lich', 'test')).to.deep.equal(town('lich').calendar);
    expect(await store.calendarVersion('lich', 'v3')).to.equal(null);
    expect(await store.calendarVersion('other', 'test')).to.equal(null);
  });

  it('writes nothing where the directory has moved on', async () => {
    const store = makeDirectoryStore(connection);
    const { revision } = await store.snapshot('lich');
    await store.save(town('lich'));
    expect(await store.putCalendar({ authority: 'lich', calendar: next, calendars: [], revision })).to.equal(false);
    expect((await store.snapshot('lich')).calendar.version).to.equal('test');
    expect(await store.calendarVersion('lich', 'v2')).to.equal(null);
  });

  it('never changes a version that is there: not by a calendar, not by an authority that is loaded again', async () => {
    const store = makeDirectoryStore(connection);
    const { revision } = await store.snapshot('lich');
    const other = { ...town('lich').calendar, restDays: [0] };
    const change = { authority: 'lich', calendar: other, calendars: [], revision };
    expect(await codeOf(store.putCalendar(change))).to.equal('inputInvalid');
    expect(await codeOf(store.save({ ...town('lich'), calendar: other }))).to.equal('inputInvalid');
    // then not even the authority was touched, and the same calendar may be brought again
    const after = await store.snapshot('lich');
    expect([after.revision, after.calendar.restDays]).to.deep.equal([revision, [0, 6]]);
    await store.save(town('lich'));
    expect((await store.snapshot('lich')).revision).to.equal(revision + 1);
  });
});
