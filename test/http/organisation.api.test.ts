import { expect } from 'chai';
import { succeedDue } from '../../src/commands/organisation/succeedDue.js';
import { atIssue } from '../../src/office/papers/atIssue.js';
import { must, openPlan, putInForce } from '../support/application.js';
import { openReport } from '../support/province.js';
import { town } from '../support/town.js';
import { type Client, startWeb, type Web } from './support.js';

describe('the organisation in the API', () => {
  let web: Web;
  let admin: Client;
  before(async () => {
    web = await startWeb('organisationapi');
    admin = await web.api('admin');
  });
  after(() => web.close());

  const consequences = (json: Record<string, unknown>) =>
    (json['consequences'] as { code: string; params: Record<string, unknown> }[]).map(({ code }) => code);

  it('belongs to the administrator alone', async () => {
    for (const person of ['chair', 'clerk', 'audit', 'head-nv', 'stranger']) {
      const api = await web.api(person);
      const statuses = [
        await api.get('/api/v1/organisation'),
        await api.get('/api/v1/organisation/people/table.csv'),
        await api.get('/api/v1/organisation/check'),
        await api.post('/api/v1/organisation/import', { organisation: {} }),
        await api.post('/api/v1/organisation/successions/s', undefined),
      ].map(({ status }) => status);
      expect(statuses, person).to.deep.equal([403, 403, 403, 403, 403]);
    }
  });

  it('gives out what it takes back, as JSON and as a table, and says so in the audit', async () => {
    const { json } = await admin.get('/api/v1/organisation');
    const answer = await admin.post('/api/v1/organisation/import', { organisation: json });
    expect([answer.status, answer.json['written'], consequences(answer.json)]).to.deep.equal([200, false, ['calendarUntouched']]);
    const table = await admin.get('/api/v1/organisation/units/table.csv');
    expect(table.headers.get('content-disposition')).to.contain('units.csv');
    expect(table.text).to.contain('nv,Phòng Nội vụ,NV,division,ubnd,2000-01-01,');
    expect((await admin.get('/api/v1/organisation/calendar/table.csv')).status).to.equal(404);
    const kinds = (await web.app.deps.store.audit.list(web.app.authority, 10)).map(({ kind }) => kind);
    expect(kinds).to.include('organisationExported');
  });

  it('rehearses and makes a change, and names every fault with its place', async () => {
    const appointments = town(web.app.authority).appointments.filter(({ unit }) => unit === 'p8');
    const organisation = { appointments: appointments.map((one) => ({ ...one, to: '2026-04-30' })) };
    const rehearsed = await admin.post('/api/v1/organisation/import?dryRun=true', { organisation });
    expect([rehearsed.json['written'], consequences(rehearsed.json)]).to.deep.equal([
      false,
      ['recordEnds', 'postLost', 'postVacant', 'calendarUntouched'],
    ]);
    const done = await admin.post('/api/v1/organisation/import', { organisation });
    expect([done.json['written'], consequences(done.json)]).to.deep.equal([true, consequences(rehearsed.json)]);
    const wrong = { appointments: appointments.map((one) => ({ ...one, to: '2026-02-31', unit: 'nowhere' })) };
    const refused = await admin.post('/api/v1/organisation/import', { organisation: wrong });
    expect([refused.status, JSON.stringify(refused.json)]).to.satisfy(
      ([status, text]: [number, string]) => status === 400 && text.includes('organisation:/appointments/0/to'),
    );
  });

  it('shows an ended unit by its old name, on its old papers and where it reported', async () => {
    // given a paper sent to ward 1, and its report that has ended
    const plan = await putInForce(web.app, await openPlan(web.app));
    await web.app.relay.settle();
    const sealed = (await web.app.deps.store.renditions.listOf(web.app.authority, plan.id)).map(({ hash }) => hash);
    const report = await openReport(web.app, web.app.authority, 'p1', 'done');
    const open = await openReport(web.app, web.app.authority, 'p1', 'open');
    await web.app.relay.settle();
    await must(web.app, report.id, 'cons', 'RECORD_SILENCE');
    await must(web.app, report.id, 'cons', 'CLOSE');
    const unit = { ...town('x').units.find(({ id }) => id === 'p1'), id: 'p9', name: 'Phường Mới', validFrom: '2026-04-01' };
    const succession = { id: 'doi', kind: 'rename', from: ['p1'], to: ['p9'], on: '2026-04-01', shares: [], decision: 'QĐ 9' };
    const organisation = { units: [unit], successions: [succession] };
    expect((await admin.post('/api/v1/organisation/import', { organisation })).status).to.equal(200);
    const path = '/api/v1/organisation/successions/doi';
    const rehearsed = await admin.post(`${path}?dryRun=true`, undefined);
    // the paper itself, its delivery, and the report that is open
    expect([rehearsed.status, rehearsed.json['moved']]).to.deep.equal([200, 3]);
    expect((await admin.post(path, undefined)).status).to.equal(409);
    // when the day has come
    web.app.clock.set('2026-04-01T02:00:00.000Z');
    await succeedDue(web.app.deps, web.app.authority, { whole: true, stopped: () => false });
    // then pages of what has ended say Phường 1, of what is open Phường Mới, and stored papers are what they were
    const visitor = web.visitor();
    const { login, password } = await web.account('cons');
    await visitor.signIn(login, password);
    const pageOf = async (id: string) => (await visitor.get(`/instances/${id}`)).text;
    expect(await pageOf(report.id))
      .to.contain('Phường 1')
      .and.not.to.contain('Phường Mới');
    expect(await pageOf(open.id))
      .to.contain('Phường Mới')
      .and.to.contain('Tiếp nhận theo sắp xếp tổ chức');
    // and the paper in force bears the names of its day, whoever has its matters now
    expect(await pageOf(plan.id)).to.contain('Phường 1');
    const held = await web.app.deps.store.instances.load(web.app.authority, plan.id);
    expect(held?.instance.context['sentTo']).to.include('p9').and.not.to.include('p1');
    expect(atIssue(held?.instance.context ?? {}, 'sentTo'))
      .to.include('p1')
      .and.not.to.include('p9');
    const after = (await web.app.deps.store.renditions.listOf(web.app.authority, plan.id)).map(({ hash }) => hash);
    expect(after).to.deep.equal(sealed);
    const check = await admin.get('/api/v1/organisation/check');
    expect([check.status, check.json['ownerless'], check.json['next']]).to.deep.equal([200, [], null]);
  });
});
