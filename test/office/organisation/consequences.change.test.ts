import { expect } from 'chai';
import { consequencesOf, postChanges, vacanciesOf } from '../../../src/office/organisation/consequences.js';
import type { Directory } from '../../../src/office/organisation/directory.js';
import { changesOf, type DirectoryRecords, pastFaultsOf, withRecords } from '../../../src/office/organisation/records.js';
import { appointment, delegation, directory, directoryOf } from '../../support/builders.js';

const today = '2010-02-09';
const held = (id: string) => {
  const found = directory.appointments.find((one) => one.id === id);
  if (found === undefined) throw new Error(id);
  return found;
};
const wardHead = held('ward1Head@ward1/head');

function told(records: DirectoryRecords, before: Directory = directory) {
  const changes = changesOf(before, records);
  const after = withRecords(before, records);
  return {
    codes: consequencesOf(before, after, changes, today).map(({ code }) => code),
    posts: postChanges(before, after, today).map(({ code, person, key, from, to }) => [code, person, key, from, to]),
    vacant: vacanciesOf(before, after, today).map(({ key, from }) => [key, from]),
    past: changes.flatMap((change) => pastFaultsOf(change, today)).map(({ id, field, code }) => [id, field, code]),
  };
}

describe('what follows from a change of the organisation', () => {
  it('is nothing where nothing differs', () => {
    const { revision: _revision, authority: _authority, calendar: _calendar, ...records } = directory;
    expect(changesOf(directory, records)).to.deep.equal([]);
  });

  it('says who stops holding a post, from which day, and that it is vacant then', () => {
    const { codes, posts, vacant, past } = told({ appointments: [{ ...wardHead, to: '2010-02-28' }] });
    expect(codes).to.deep.equal(['recordEnds']);
    expect(posts).to.deep.equal([['postLost', 'ward1Head', 'post:ward1/head', '2010-03-01', null]]);
    expect(vacant).to.deep.equal([['post:ward1/head', '2010-03-01']]);
    expect(past).to.deep.equal([]);
  });

  it('sees no vacancy where somebody follows, and an overlap where he comes too early', () => {
    const ended = { ...wardHead, to: '2010-02-28' };
    const next = (from: string) => appointment('stranger', 'ward1', 'head', { from });
    const handed = told({ appointments: [ended, next('2010-03-01')] });
    expect([handed.vacant, handed.codes]).to.deep.equal([[], ['recordEnds', 'recordNew']]);
    const early = told({ appointments: [ended, next('2010-02-28')] });
    expect(early.codes).to.deep.equal(['recordEnds', 'recordNew', 'overlapping']);
    // and officers may be many
    expect(told({ appointments: [appointment('stranger', 'culture', 'officer', { from: today })] }).codes).to.deep.equal([
      'recordNew',
    ]);
  });

  it('follows a unit that ends: its posts, its delegations and grants, and the missing successor', () => {
    const unit = directory.units.find(({ id }) => id === 'ward1');
    if (unit === undefined) throw new Error('ward1');
    const before = directoryOf({
      delegations: [delegation('ward1Head', 'drafter', { to: '2010-12-31' })],
      divisions: [
        {
          id: 'd',
          appointment: wardHead.id,
          fields: ['Đất đai'],
          units: null,
          types: null,
          from: '2010-01-01',
          to: null,
          decision: 'QĐ',
        },
      ],
      grants: [
        {
          id: 'g',
          kind: 'TL',
          grantor: { unit: 'committee', post: 'chair' },
          grantee: { unit: 'ward1', post: 'head' },
          types: ['TB'],
          units: null,
          subject: 'x',
          from: '2010-01-01',
          to: null,
          revokedAt: null,
          passable: false,
          decision: 'QĐ',
        },
      ],
    });
    const units = [{ ...unit, validTo: '2010-06-30' }];
    const { codes, vacant } = told({ units }, before);
    expect(codes).to.deep.equal(['recordEnds', 'unitWithoutSuccessor', 'authorityLost', 'authorityLost', 'authorityLost']);
    expect(vacant).to.deep.equal([['post:ward1/head', '2010-07-01']]);
    const successions = [
      { id: 's', kind: 'abolish' as const, from: ['ward1'], to: [], on: '2010-07-01', shares: [], decision: 'QĐ' },
    ];
    expect(told({ units, successions }, before).codes).not.to.include('unitWithoutSuccessor');
  });

  it('sees who is shut out, and two people under one login', () => {
    const person = directory.people.find(({ id }) => id === 'ward1Head');
    if (person === undefined) throw new Error('ward1Head');
    const shut = told({ people: [{ ...person, disabled: true }] });
    expect(shut.posts).to.deep.equal([['postLost', 'ward1Head', 'post:ward1/head', today, null]]);
    expect(shut.vacant).to.deep.equal([['post:ward1/head', today]]);
    expect(told({ people: [{ ...person, login: 'CHAIR' }] }).codes).to.include('loginTaken');
  });

  it('never rewrites a day before today', () => {
    const cases: readonly (readonly [Partial<typeof wardHead>, readonly string[] | null])[] = [
      [{ to: '2010-02-08' }, null],
      [{ to: '2010-02-07' }, ['to', 'endedBefore']],
      [{ post: 'officer' }, ['post', 'begunAlready']],
      [{ from: '2009-06-01' }, ['from', 'begunAlready']],
    ];
    for (const [change, expected] of cases) {
      const { past } = told({ appointments: [{ ...wardHead, ...change }] });
      expect(past).to.deep.equal(expected === null ? [] : [[wardHead.id, ...expected]]);
    }
    const fresh = (from: string) => told({ appointments: [appointment('stranger', 'ward1', 'officer', { from })] }).past;
    expect(fresh('2010-02-09')).to.deep.equal([]);
    expect(fresh('2010-02-08')).to.deep.equal([['stranger@ward1/officer', 'from', 'beganBefore']]);
    // a record of the future may still be changed, but not pulled into the past
    const future = withRecords(directory, {
      appointments: [appointment('stranger', 'ward1', 'officer', { from: '2010-03-01' })],
    });
    const moved = (from: string) =>
      told({ appointments: [appointment('stranger', 'ward1', 'officer', { from, title: 'Tổ trưởng' })] }, future).past;
    expect([moved('2010-02-09'), moved('2010-02-01').length]).to.deep.equal([[], 1]);
    // an end that has passed is not undone, a name on old papers not replaced
    const ended = withRecords(directory, { appointments: [{ ...wardHead, to: '2010-01-31' }] });
    expect(told({ appointments: [wardHead] }, ended).past).to.deep.equal([[wardHead.id, 'to', 'endedBefore']]);
    const [first] = directory.people;
    if (first === undefined) throw new Error('people');
    expect(told({ people: [{ ...first, name: 'Người khác' }] }).past).to.deep.equal([[first.id, 'name', 'nameOfRecord']]);
  });
});
