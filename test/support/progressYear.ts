import type { TestApplication } from './application.js';
import { made, madeDuty, madePeriod, madeReport, withWards } from './progress.js';

/** Today. */
const now = '2010-08-16T02:00:00.000Z';
/** Titles that a spreadsheet would take for a formula, or that would break a line of CSV. */
export const hostile = ['=1+2', '+84', '-3', '@SUM(A1)', '\t=1', '\r=1', '"; DROP', 'a,b\r\nc'];

/** The year of sixteen wards as it stood on 16 August 2010: three duties and three reports for each, whose numbers follow from the conditions below. */
export async function wardsYear(app: TestApplication): Promise<string> {
  app.clock.set(now);
  const wards = await withWards(app, 16);
  const plan = await made(app, {
    definition: 'document',
    name: `${app.authority} plan`,
    context: {
      type: 'KH',
      title: 'Kế hoạch ví dụ năm 2010',
      drafter: 'off-nv',
      draftingUnit: 'nv',
      clauseReview: 'a'.repeat(64),
    },
    steps: [{ at: '2010-02-09T02:00:00.000Z', command: 'OPEN', state: 'inForce', actor: 'off-nv' }],
    readers: ['post:ubnd/consolidator', ...wards.map((ward) => `post:${ward}/head`)],
  });
  const periods = {
    '2010-Q1': await madePeriod(app, plan, '2010-Q1', ['2010-01-01', '2010-03-31']),
    '2010-Q2': await madePeriod(app, plan, '2010-Q2', ['2010-04-01', '2010-06-30']),
    '2010-Q3': await madePeriod(app, plan, '2010-Q3', ['2010-07-01', '2010-09-30']),
  };
  for (const [index, unit] of wards.entries()) {
    const i = index + 1;
    const duty = (name: string, dueOn: string, doneOn: string | null, started: boolean, title?: string) =>
      madeDuty(app, { plan, unit, name: `${unit}.${name}`, dueOn, doneOn, started, ...(title === undefined ? {} : { title }) });
    await duty('d1', '2010-03-31', i <= 5 ? '2010-03-30' : i <= 12 ? '2010-03-31' : '2010-04-02', true);
    await duty('d2', '2010-06-30', i <= 3 ? '2010-06-29' : i <= 10 ? null : '2010-07-05', i !== 10);
    await duty('d3', '2010-12-31', null, i <= 11, hostile[index]);
    const report = (period: keyof typeof periods, dueOn: string, sentOn: string | null, silent = false) =>
      madeReport(app, { plan, at: periods[period], period, unit, dueOn, sentOn, silent });
    const quiet = [3, 8, 16].includes(i);
    await report('2010-Q1', '2010-04-07', quiet ? null : i === 5 ? '2010-04-08' : '2010-04-07', quiet);
    await report('2010-Q2', '2010-07-07', i === 7 ? null : i === 2 ? '2010-07-09' : '2010-07-06');
    await report('2010-Q3', '2010-10-07', null);
  }
  return plan;
}
