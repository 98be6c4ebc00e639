import { expect } from 'chai';
import { must, openPlan, putInForce } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';
import { startWeb, type Web } from './support.js';

describe('templates of duties in the API', function () {
  this.timeout(30_000);
  let web: Web;
  let plan: string;
  before(async () => {
    web = await startWeb('duty-templates-api');
    const { app } = web;
    app.clock.set('2026-03-02T02:00:00.000Z');
    const inForce = await putInForce(app, await openPlan(app));
    await reviewAll(app, inForce, ['II.1']);
    await must(app, inForce.id, 'cons', 'NO_ACTION', { input: { clause: 'II.1', reason: 'Chỉ nêu mục đích' } });
    plan = inForce.id;
  });
  after(() => web.close());

  it('are for the consolidator alone', async () => {
    for (const person of ['head-p1', 'clerk', 'admin', 'audit']) {
      const api = await web.api(person);
      const statuses = [
        await api.get('/api/v1/duty-templates'),
        await api.get('/api/v1/duty-templates/danVan'),
        await api.post('/api/v1/duty-templates', { plan, id: 'danVan', label: 'Dân vận' }),
        await api.post('/api/v1/duty-templates/danVan/apply', { plan }),
      ].map(({ status }) => status);
      expect(statuses, person).to.deep.equal([403, 403, 403, 403]);
    }
  });

  it('are taken, listed, shown, and put to a plan without opening anything', async () => {
    const api = await web.api('cons');
    const taken = await api.post('/api/v1/duty-templates', { plan, id: 'danVan', label: 'Dân vận' });
    expect([taken.status, taken.json.version]).to.deep.equal([201, 1]);
    expect((await api.get('/api/v1/duty-templates')).json.templates).to.have.lengthOf(1);
    expect((await api.get('/api/v1/duty-templates/danVan?version=1')).json.label).to.equal('Dân vận');
    expect((await api.get('/api/v1/duty-templates/danVan?version=2')).status).to.equal(404);
    const dry = await api.post('/api/v1/duty-templates/danVan/apply', { plan });
    expect([dry.status, dry.json.applied]).to.deep.equal([200, null]);
  });
});
