import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { JsonObject } from '../../../src/engine/json.js';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';
import { progressOf, timingOf, type WorkStage } from '../../../src/office/time/timing.js';
import { modelOf, shipped } from '../../support/given.js';

const vectors = readFileSync(new URL('./vectors/calendars.json', import.meta.url), 'utf8');
const calendar = (JSON.parse(vectors) as { calendars: { year2026: WorkingCalendar } }).calendars.year2026;
// Friday 20 March 2026, to its last millisecond in Asia/Ho_Chi_Minh
const due = '2026-03-20T16:59:59.999Z';

describe('the standing of work to its due date', () => {
  const running: readonly [stage: WorkStage, now: string, timing: string, workingDays: number][] = [
    ['notStarted', '2026-03-16T02:00:00.000Z', 'inTime', 4],
    ['inProgress', '2026-03-16T02:00:00.000Z', 'inTime', 4],
    // 00:30 of the 17th there, while UTC still has the 16th
    ['inProgress', '2026-03-16T17:30:00.000Z', 'dueSoon', 3],
    ['inProgress', '2026-03-20T16:59:59.999Z', 'dueSoon', 0],
    ['inProgress', '2026-03-20T17:00:00.000Z', 'overdue', 0],
    ['notStarted', '2026-03-22T02:00:00.000Z', 'overdue', 0],
    ['inProgress', '2026-03-25T02:00:00.000Z', 'overdue', 3],
  ];
  for (const [stage, now, timing, workingDays] of running) {
    it(`${stage} on ${now} is ${timing}, ${workingDays} working days`, () => {
      expect(timingOf({ stage, due, doneAt: null, now, calendar })).to.deep.equal({ stage, timing, workingDays, due });
    });
  }

  const finished: readonly [stage: WorkStage, doneAt: string, timing: string][] = [
    ['done', '2026-03-19', 'early'],
    ['done', '2026-03-20', 'onTime'],
    ['done', '2026-03-21', 'late'],
    // 23:00 of the day before, and of the day itself, by the clock of Vietnam
    ['done', '2026-03-19T16:00:00.000Z', 'early'],
    ['done', '2026-03-20T16:00:00.000Z', 'onTime'],
    ['done', '2026-03-20T17:00:00.000Z', 'late'],
    ['awaitingConfirmation', '2026-03-20', 'onTime'],
    ['awaitingConfirmation', '2026-03-23', 'late'],
  ];
  for (const [stage, doneAt, timing] of finished) {
    it(`${stage}, handed in ${doneAt}, is ${timing} however late it is looked at`, () => {
      expect(timingOf({ stage, due, doneAt, now: '2026-12-01T02:00:00.000Z', calendar }).timing).to.equal(timing);
    });
  }

  it('says nothing of time where nothing is due, and while the clock stands still', () => {
    const now = '2026-12-01T02:00:00.000Z';
    expect(timingOf({ stage: 'inProgress', due: null, doneAt: null, now, calendar }).timing).to.equal('none');
    expect(timingOf({ stage: 'suspended', due, doneAt: null, now, calendar }).timing).to.equal('none');
  });
});

describe('the standing of a duty', () => {
  const around = (path: string) => ({
    calendar,
    now: '2026-03-25T02:00:00.000Z',
    since: '2026-03-24T02:00:00.000Z',
    paths: path.split('/').flatMap((_, index, names) => (index === 0 ? [] : [names.slice(0, index + 1).join('/')])),
  });
  const standing = (id: string, path: string, context: JsonObject, open = true) =>
    progressOf({ definition: { id, version: 1, hash: '' }, context, open }, around(path));
  const lost = { from: '2026-03-17T02:00:00.000Z', to: '2026-03-24T02:00:00.000Z', reason: 'Chờ', by: 'cons' };

  it('reads stage and day from the instance, and computes the rest', () => {
    expect(standing('assignment', '/offered', { dueOn: '2026-03-20' })).to.include({ stage: 'notStarted', timing: 'overdue' });
    expect(standing('assignment', '/completed', { dueOn: '2026-03-20', completedOn: '2026-03-19' })).to.include({
      stage: 'awaitingConfirmation',
      timing: 'early',
    });
    expect(standing('report', '/preparing/open', { dueOn: '2026-03-25' })).to.include({ stage: 'notStarted', timing: 'dueSoon' });
    expect(standing('incoming', '/resolved', { dueOn: '2026-03-20', resolvedOn: '2026-03-23' }, false)).to.include({
      timing: 'late',
    });
    // a directive keeps no day of its own: it came to its end with its last entry, on the 24th
    expect(standing('directive', '/signedOff', { dueOn: '2026-03-24' }, false)).to.include({ stage: 'done', timing: 'onTime' });
    expect(standing('assignment', '/released', { dueOn: '2026-03-20' }, false)).to.equal(null);
    expect(standing('document', '/drafting', {})).to.equal(null);
    expect(standing('assignment', '/executing/working', {})).to.include({ stage: 'inProgress', timing: 'none' });
  });

  it('counts a suspension in its favour, and stands still while one is open', () => {
    const context = { dueOn: '2026-03-20' };
    expect(standing('assignment', '/executing/working', context)).to.include({ timing: 'overdue' });
    // four working days were lost up to the 20th, so it is due on the 27th, two working days from now
    expect(standing('assignment', '/executing/working', { ...context, suspensions: [lost] })).to.deep.equal({
      stage: 'inProgress',
      timing: 'dueSoon',
      workingDays: 2,
      due: '2026-03-27T16:59:59.999Z',
    });
    expect(standing('assignment', '/executing/working', { ...context, suspensions: [{ ...lost, to: null }] })).to.include({
      stage: 'suspended',
      timing: 'none',
    });
  });

  it('judges handed in work by the day it was due then, whatever the directive does since', () => {
    const context = { dueOn: '2026-03-20', completedOn: '2026-03-16' };
    const open = { from: '2026-03-17T02:00:00.000Z', to: null, reason: 'Chờ', by: 'system', source: 'directive' };
    expect(standing('assignment', '/completed', { ...context, suspensions: [open] })).to.include({
      stage: 'awaitingConfirmation',
      timing: 'early',
    });
  });

  it('names only states that the shipped definitions have', () => {
    for (const id of shipped) {
      const nodes = [...modelOf(id).machine.tree.nodes.keys()];
      for (const path of nodes) progressOf({ definition: { id, version: 1, hash: '' }, context: {}, open: true }, around(path));
    }
    // every stage is reached in some shipped definition
    const reached = new Set(
      shipped.flatMap((id) => [...modelOf(id).machine.tree.nodes.keys()].map((path) => standing(id, path, {})?.stage ?? null)),
    );
    expect(reached).to.include.all.keys('notStarted', 'inProgress', 'awaitingConfirmation', 'done', 'suspended');
  });
});
