import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { WorkingCalendar } from '../../../src/office/time/calendar.js';
import { type DueRule, dueAt, explainDue } from '../../../src/office/time/deadlines.js';
import type { Suspension } from '../../../src/office/time/suspensions.js';

/** One published example: what goes in, and what must come out. `source` says by which rule, in the words of the trade. */
interface Vector {
  readonly name: string;
  readonly source: string;
  readonly calendar: string;
  readonly rule: DueRule;
  readonly from: string;
  readonly fieldValue?: string;
  readonly suspensions?: readonly Suspension[];
  readonly due: string | null;
  readonly notCounted?: readonly string[];
  readonly beyondCalendar?: boolean;
  readonly remaining?: number;
  readonly cutOff?: string | null;
}

const folder = new URL('./vectors/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));
const { calendars } = read('calendars.json') as { readonly calendars: Readonly<Record<string, WorkingCalendar>> };
const files = readdirSync(folder).filter((name) => name !== 'calendars.json');

function explained(vector: Vector) {
  const { rule, from, fieldValue, suspensions } = vector;
  const calendar = calendars[vector.calendar];
  if (calendar === undefined) throw new Error(`no calendar ${vector.calendar}`);
  return explainDue(rule, {
    calendar,
    from,
    ...(fieldValue === undefined ? {} : { fieldValue }),
    ...(suspensions === undefined ? {} : { suspensions }),
  });
}

describe('the published vectors of deadline arithmetic', () => {
  for (const file of files) {
    for (const vector of read(file) as readonly Vector[]) {
      it(`${file}: ${vector.name}`, () => {
        const answer = explained(vector);
        expect(answer.due, vector.source).to.equal(vector.due);
        expect(answer.beyondCalendar).to.equal(vector.beyondCalendar ?? false);
        expect(answer.remaining).to.equal(vector.remaining ?? null);
        if (vector.cutOff !== undefined) expect(answer.cutOff).to.equal(vector.cutOff);
        const passed = answer.steps.filter(
          ({ counted, reason }) => counted === null && !['start', 'given', 'periodEnd'].includes(reason),
        );
        if (vector.notCounted !== undefined) expect(passed.map(({ day }) => day)).to.deep.equal(vector.notCounted);
      });
    }
  }

  it('say by which rule, each of them', () => {
    const all = files.flatMap((file) => read(file) as readonly Vector[]);
    expect(all.length).to.be.greaterThan(30);
    expect(all.filter(({ source }) => source.length < 10)).to.deep.equal([]);
    expect(new Set(all.map(({ name }) => name)).size).to.equal(all.length);
  });

  it('come out alike in a process of another zone', function () {
    this.timeout(30_000);
    // given two processes, one west of Greenwich and one beyond the date line
    const script = fileURLToPath(new URL('./vectorsInZone.ts', import.meta.url));
    const dues = ['America/Los_Angeles', 'Pacific/Kiritimati'].map((TZ) =>
      execFileSync(process.execPath, ['--import', 'tsx', script], { env: { ...process.env, TZ }, encoding: 'utf8' }),
    );
    const here = files.flatMap((file) => (read(file) as readonly Vector[]).map((vector) => explained(vector).due));
    expect(dues.map((text) => JSON.parse(text) as unknown)).to.deep.equal([here, here]);
  });

  it('name the law or the decision beside each day that is passed over', () => {
    const rule = { workingDays: 3 };
    const calendar = calendars.year2026 as WorkingCalendar;
    const { steps } = explainDue(rule, { calendar, from: '2026-08-20T02:00:00.000Z' });
    expect(steps).to.deep.equal([
      { day: '2026-08-20', reason: 'start', counted: null, name: null, source: null },
      { day: '2026-08-21', reason: 'working', counted: 1, name: null, source: null },
      {
        day: '2026-08-22',
        reason: 'swap',
        counted: 2,
        name: { vi: 'Làm bù cho ngày 31/08/2026', en: 'Worked in exchange for 31/08/2026' },
        source: 'Thông báo ví dụ số 01/TB',
      },
      { day: '2026-08-23', reason: 'rest', counted: null, name: null, source: null },
      { day: '2026-08-24', reason: 'working', counted: 3, name: null, source: null },
    ]);
    const tet = explainDue({ workingDays: 1 }, { calendar, from: '2026-02-13T02:00:00.000Z' }).steps.find(
      ({ reason }) => reason === 'holiday',
    );
    expect(tet).to.deep.include({ day: '2026-02-16', name: { vi: 'Tết Nguyên đán', en: 'Lunar New Year' } });
    expect(tet?.source).to.match(/Điều 112/);
  });

  it('refuse a term that is no whole number, or that no calendar could hold', () => {
    const calendar = calendars.plain as WorkingCalendar;
    const never = { ...calendar, restDays: [0, 1, 2, 3, 4, 5, 6] };
    const from = '2026-03-02T02:00:00.000Z';
    for (const workingDays of [-1, 0.5]) expect(() => dueAt({ workingDays }, { calendar, from })).to.throw(/inputInvalid/);
    expect(() => dueAt({ workingDays: 1 }, { calendar: never, from })).to.throw(/inputInvalid/);
  });
});
