import { expect } from 'chai';
import { accepted, openObligation, openPeriod } from '../support/reporting.js';
import { startWeb, type Web } from './support.js';

describe('a unit’s report as PDF', () => {
  let web: Web;
  let path: string;
  let page: string;
  let plan: string;
  before(async () => {
    web = await startWeb('reportpdf');
    const opened = await openObligation(web.app, { units: ['p1', 'p2'] });
    const { obligation } = opened;
    plan = opened.plan.id;
    const { reportOf } = await openPeriod(web.app, obligation.id, '2026-Q1');
    const report = reportOf('p1');
    await accepted(web.app, report, 'head-p1');
    path = `/api/v1/instances/${encodeURIComponent(report)}/report.pdf`;
    page = `/instances/${encodeURIComponent(report)}/report`;
  });
  after(() => web.close());

  it('is linked from the page of the report and opened by who reads it, which stands in the audit', async () => {
    // Given the consolidator
    const visitor = web.visitor();
    const { login, password } = await web.account('cons');
    await visitor.signIn(login, password);

    // When he reads the report
    expect((await visitor.get(page)).text).to.contain(`href="${path}"`);
    const print = await visitor.get(path);

    // Then he gets the print
    expect(print.status).to.equal(200);
    expect(print.headers.get('content-type')).to.equal('application/pdf');
    expect(print.text).to.contain('Phường 1').and.to.contain('"template":"unitReport"');
    const audit = await web.app.connection.collection('audit').find({ authority: web.app.authority }).toArray();
    expect(JSON.stringify(audit)).to.contain('"mode":"report"');
  });

  it('is not there for another unit, nor for a paper that is no report', async () => {
    expect((await (await web.api('head-p2')).get(path)).status).to.equal(404);
    expect((await (await web.api('cons')).get(`/api/v1/instances/${encodeURIComponent(plan)}/report.pdf`)).status).to.equal(404);
  });
});
