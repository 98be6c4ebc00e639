import { expect } from 'chai';
import { calendarByLaw } from '../../src/office/time/holidayLaw.js';
import { startWeb, type Web } from './support.js';

describe('the working calendar over the API', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('calendar-api');
  });
  after(() => web.close());

  const path = '/api/v1/calendar';
  const calendar = { ...calendarByLaw(2026), version: '2026.api' };
  const versions = async () => (await web.app.deps.store.directory.snapshot(web.app.authority)).calendar.version;

  it('lets an administrator look first, then bring a version; everybody signed in sees it at once', async () => {
    const admin = await web.api('admin');
    const dry = await admin.post(path, { calendar, dryRun: true });
    expect(dry.status).to.equal(200);
    expect(dry.json).to.deep.include({ saved: false, version: '2026.api', replaces: 'test', proposed: 6 });
    expect(await versions()).to.equal('test');
    const done = await admin.post(path, { calendar, dryRun: false });
    expect([done.status, done.json['saved'], await versions()]).to.deep.equal([200, true, '2026.api']);
    const seen = await (await web.api('head-p2')).get(`${path}?year=2026`);
    expect(seen.status).to.equal(200);
    const days = seen.json['days'] as unknown as { day: string; proposed: boolean; source: string }[];
    expect(days.find(({ day }) => day === '2026-02-17')).to.deep.include({ proposed: true });
    expect(days[0]?.source).to.equal('Điểm a khoản 1 Điều 112 Bộ luật Lao động số 45/2019/QH14');
    // without a year it is the year of the domain's clock
    expect((await admin.get(path)).json).to.deep.equal(seen.json);
  });

  it('refuses everybody else, and says so in the audit', async () => {
    for (const person of ['head-p2', 'deputy', 'audit']) {
      const reply = await (await web.api(person)).post(path, { calendar: { ...calendar, version: 'x' }, dryRun: true });
      expect([person, reply.status, reply.json['code']]).to.deep.equal([person, 403, 'notAllowed']);
    }
    const records = await web.app.deps.store.audit.list(web.app.authority, 50);
    expect(records.filter(({ kind }) => kind === 'routeDenied')).to.have.length(3);
    expect(records.filter(({ kind }) => kind === 'calendarLoaded').map(({ actor }) => actor)).to.deep.equal(['admin']);
  });

  it('answers faults with their places, and knows no year that is none', async () => {
    const admin = await web.api('admin');
    const faulty = { ...calendar, version: 'y', workingSwaps: [{ day: '2026-03-07', source: 'x' }] };
    const reply = await admin.post(path, { calendar: faulty, dryRun: false });
    expect([reply.status, reply.json['code']]).to.deep.equal([400, 'inputInvalid']);
    expect(reply.text).to.contain('/workingSwaps/0/decision');
    expect((await admin.post(path, { calendar: { ...calendar, more: 1 }, dryRun: false })).status).to.equal(400);
    expect((await admin.get(`${path}?year=26`)).status).to.equal(400);
    expect(await versions()).to.equal('2026.api');
  });
});
