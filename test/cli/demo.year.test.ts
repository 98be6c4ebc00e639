import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { assemble } from '../../src/assemble.js';
import type { Summary } from '../../src/cli/demo/summary.js';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import { verifyHistory } from '../../src/commands/verifyHistory.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { sha256 } from '../../src/engine/json.js';
import { browserTestMsMax, cacheFolder, squeezed } from '../documents/support.js';
import { workflowsFolder } from '../support/application.js';
import { testDatabaseUri } from '../support/mongod.js';
import { hostOf, terminal } from './terminal.js';

/** The real application on the run's own database: what the demo does is read back after it has closed its own. */
async function onTestDatabase(clock?: { now(): string }): Promise<CliApplication> {
  const uri = testDatabaseUri('demo');
  const database = new URL(uri).pathname.slice(1);
  const more = clock === undefined ? {} : { clock };
  const app = await assemble({
    uri,
    database,
    workflowsFolder,
    cacheFolder,
    keyFolder: join(cacheFolder, 'keys'),
    onWarning: () => undefined,
    ...more,
  });
  return { ...app, accounts: app.opened.accounts };
}

describe('cli/demo: the example plan through its year', function () {
  this.timeout(browserTestMsMax);
  let out: string;
  let summary: Summary;
  let app: CliApplication;

  before(async () => {
    out = await mkdtemp(join(tmpdir(), 'trinhky-demo-test-'));
    const screen = terminal();
    const host = hostOf(screen.io, { workflowsFolder, assemble: (options) => onTestDatabase(options.clock) });
    const code = await runCli(['demo', '--out', out, '--json'], host);
    expect([code, screen.err()]).to.deep.equal([0, '']);
    summary = JSON.parse(screen.out()) as Summary;
    app = await onTestDatabase();
  });
  after(async () => {
    await app?.close();
    await rm(out, { recursive: true, force: true });
  });

  const ofPlan = async (definition: string) => {
    const query = { authority: summary.authority.id, plan: summary.plan.instance, unit: null, after: null, limit: 500 };
    return (await app.deps.store.instances.ofPlan({ ...query, definition })).rows.map(({ instance }) => instance);
  };

  it('closes the plan, and everything below it', () => {
    expect(summary.plan).to.include({ numberAndSymbol: '08/KH-UBND', closed: true });
    expect(summary.openInstances).to.equal(0);
    expect(summary.instances).to.include({ document: 6, report: 80, obligation: 1, period: 4, recurring: 1 });
    expect(summary.instances['directive']).to.be.greaterThan(15);
  });

  it('ends with a matrix in which every clause is followed and no link is missing', () => {
    const { clauses, directives, noAction, duties, faults } = summary.coverage;
    expect(faults).to.equal(0);
    expect(directives + noAction).to.equal(clauses);
    expect(directives).to.equal(summary.instances['directive']);
    expect(duties).to.be.greaterThan(directives);
  });

  it('writes six papers under their number and symbol, byte for byte as they were signed', async () => {
    const names = (await readdir(out)).sort();
    expect(names.map((name) => name.slice(0, 10))).to.deep.equal([
      '01-BC-UBND',
      '01-BC-UBND',
      '02-BC-UBND',
      '02-BC-UBND',
      '03-BC-UBND',
      '08-KH-UBND',
    ]);
    for (const paper of summary.papers) expect(sha256(await readFile(paper.file))).to.equal(paper.sealed);
    expect(summary.papers.map(({ signatures }) => signatures)).to.deep.equal([2, 2, 2, 2, 2, 2]);
    expect(summary.papers.map(({ numberAndSymbol, issuedOn }) => `${numberAndSymbol} ${issuedOn.slice(0, 4)}`)).to.deep.equal([
      '08/KH-UBND 2010',
      '01/BC-UBND 2010',
      '02/BC-UBND 2010',
      '03/BC-UBND 2010',
      '01/BC-UBND 2011',
      '02/BC-UBND 2011',
    ]);
  });

  it('names the silent units in the text of each consolidated report', async () => {
    for (const [index, quarter] of summary.quarters.entries()) {
      const text = squeezed((await textOf(await readFile(summary.papers[index + 1]?.file ?? ''))).join('\n'));
      expect(quarter.silent).not.to.deep.equal([]);
      expect(text).to.contain(squeezed(`Đơn vị chưa gửi báo cáo (${quarter.silent.length}): ${quarter.silent.join(' và ')}.`));
      expect(text).to.contain(squeezed(`${quarter.units - quarter.silent.length}/${quarter.units} đơn vị đã gửi báo cáo `));
    }
  });

  it('has late units in every quarter, one report returned and one assignment contested', async () => {
    expect(summary.quarters.map(({ units, late }) => [units, late > 0])).to.deep.equal(
      Array.from({ length: 4 }, () => [20, true]),
    );
    expect(summary.quarters.reduce((sum, { returned }) => sum + returned, 0)).to.equal(1);
    const { instances } = app.deps.store;
    const { id } = summary.authority;
    const directives = await instances.childrenOf(id, summary.plan.instance, 'directive', 100);
    const assignments = (await Promise.all(directives.map((one) => instances.childrenOf(id, one.id, 'assignment', 100)))).flat();
    expect(assignments.filter((one) => one.state === 'released')).to.have.length(1);
    expect(assignments.filter((one) => one.context['contested'] !== undefined)).to.have.length(1);
    expect((await ofPlan('report')).filter((one) => one.context['returned'] === 1)).to.have.length(1);
  });

  it('leaves chains that verify and registers without gaps', async () => {
    expect(summary.chains).to.include({
      faulty: 0,
      checked: Object.values(summary.instances).reduce((sum, count) => sum + count, 0),
    });
    const rows = (series: string, year: number) => app.deps.store.numbers.rows(summary.authority.id, series, year);
    const shown = async (series: string, year: number) =>
      (await rows(series, year)).map(({ number, status }) => [number, status]);
    expect(await shown('KH-UBND', 2010)).to.deep.equal([
      [7, 'takenOver'],
      [8, 'used'],
    ]);
    expect(await shown('BC-UBND', 2010)).to.deep.equal([
      [1, 'used'],
      [2, 'used'],
      [3, 'used'],
    ]);
    expect(await shown('BC-UBND', 2011)).to.deep.equal([
      [1, 'used'],
      [2, 'used'],
    ]);
  });

  it('stores with the consolidated report where each figure and sentence comes from', async () => {
    const { contents, instances } = app.deps.store;
    const papers = (await ofPlan('document')).filter(({ parent }) => parent?.kind === 'consolidation');
    const report = papers.find(({ context }) => context['period'] === '2010-Q2');
    const content = await contents.get(summary.authority.id, report?.content ?? '');
    const { sources } = content as unknown as { sources: { kind: string; report: string | null; content: string | null }[] };
    const taken = sources.filter(({ kind }) => kind === 'report');
    expect(taken.length).to.be.greaterThan(50);
    for (const { report: id, content: hash } of taken.slice(0, 20)) {
      const held = await instances.load(summary.authority.id, id ?? '');
      expect(held?.instance.context['acceptedContent']).to.equal(hash);
    }
  });

  it('marks the paper that was built on a report that was corrected later, and no other; the year counts the correction', async () => {
    const papers = (await ofPlan('document')).filter(({ context }) => context['rollup'] !== undefined);
    const marked = papers.filter(({ context }) => context['outdated'] !== undefined);
    expect(marked.map(({ context }) => context['period'])).to.deep.equal(['2010-Q1']);
    const screen = terminal();
    const host = hostOf(screen.io, { workflowsFolder, assemble: () => onTestDatabase() });
    expect(await runCli(['rollups', summary.plan.instance, '--json'], host)).to.equal(0);
    const { rollups } = JSON.parse(screen.out()) as { rollups: { period: string; faults: unknown[] }[] };
    expect(rollups.map(({ period, faults }) => [period, faults])).to.deep.equal(
      ['2010-Q1', '2010-Q2', '2010-Q3', '2010-Q4', '2010-Y'].map((period) => [period, []]),
    );
  });

  it('tells by which record people act, in which capacity the deputy signed, and how a due date came about', () => {
    const told = (key: string) => summary.told.filter((one) => one.key === key).map(({ params }) => params);
    // then: the head by his appointment and his deputy by the delegation; the drafter holds one too and is barred all the same
    expect(told('can').map(({ record }) => record?.split(',').at(0))).to.have.length(2);
    expect(told('can')[1]?.['record']).to.contain('ủy quyền từ ngày');
    expect(told('barred')).to.have.length(1);
    // then: the deputy's block with the division of work behind it, read from the entry
    expect(told('capacity')[0]?.['block']).to.equal('TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH THƯỜNG TRỰC');
    expect(told('capacity')[0]?.['record']).to.match(/^pc-/);
    // then: 3 working days from 10/02/2010 end after Tết, the day off in exchange for a Saturday and a week-end
    const [due] = told('due');
    expect(due?.['sum'])
      .to.match(/^11\/02 \(1\), 12\/02 \(2\), 13\/02–21\/02 .+, 22\/02 \(3\)$/)
      .and.contain('Tết Nguyên đán');
    expect([due?.['from'], due?.['due']]).to.deep.equal(['10/02/2010', '22/02/2010']);
  });

  it('has one duty extended, four reports urged, and one approval by delegation with both names, taken back since', async () => {
    const { directory, instances } = app.deps.store;
    const { id } = summary.authority;
    const urged = (await ofPlan('report')).filter((one) => one.context['timesUrged'] === 1);
    expect(urged.map((one) => one.context['period'])).to.deep.equal(Array.from({ length: 4 }, () => '2010-Q1'));
    const all = await instances.childrenOf(id, summary.plan.instance, 'directive', 100);
    const assignments = (await Promise.all(all.map((one) => instances.childrenOf(id, one.id, 'assignment', 100)))).flat();
    expect(assignments.filter((one) => one.context['extended'] === 1)).to.have.length(1);
    const paper = await instances.load(id, summary.papers[2]?.instance ?? '');
    const entries = paper === null ? [] : (await verifyHistory(app.deps, paper.instance)).entries;
    const approval = entries.find(({ command }) => command === 'APPROVE_CONTENT');
    const lent = (await directory.snapshot(id)).delegations.find((one) => one.id === approval?.by);
    expect([approval?.actor, approval?.onBehalfOf]).to.deep.equal([lent?.delegate, lent?.delegator]);
    expect(lent?.revokedAt).to.be.a('string');
  });

  it('meets the refusals that it provokes', () => {
    expect(summary.provoked.map(({ tried, code }) => [tried, code])).to.deep.equal([
      ['ownPaper', 'mustDiffer'],
      ['staleContent', 'contentMoved'],
      ['twoAtOnce', 'notPossibleHere'],
      ['notSignatory', 'notYours'],
      ['openedTwice', 'alreadyOpened'],
      ['silenceTooEarly', 'fieldMissing'],
      ['ownAssessment', 'notYours'],
      ['closeTooEarly', 'childrenOpen'],
    ]);
    expect(summary.commands.refused).to.equal(summary.provoked.length);
  });

  it('can be looked at with the other commands, and is not played twice into the same data', async () => {
    const say = async (...line: string[]) => {
      const screen = terminal();
      const code = await runCli(line, hostOf(screen.io, { workflowsFolder, assemble: () => onTestDatabase() }));
      return { code, out: screen.out(), err: screen.err() };
    };
    const history = await say('history', summary.plan.instance, '--verify');
    expect(history.code).to.equal(0);
    expect(history.out)
      .to.match(/^ +1 {2}03\/02\/2010 \d\d:\d\d {2}Người ví dụ \d\d +OPEN +drafting$/m)
      .and.contain('Chuỗi nguyên vẹn');
    expect((await say('inbox', 'nguoiky')).out).to.contain('Không có việc nào đang chờ');
    expect(JSON.parse((await say('outbox', '--json')).out)).to.deep.equal([]);
    const reset = JSON.parse((await say('person', 'reset', 'vidu01', '--json')).out) as { login: string; password: string };
    expect(await app.accounts.verify('vidu01', reset.password)).to.include({ person: 'vidu01', mustChange: true });
    expect((await say('demo', '--out', out, '--json')).out).to.contain('"dataUsed"');
    const staffing = JSON.parse((await say('check', '--authority', '--json')).out) as {
      staffing: { post: string; holders: string[] }[];
    };
    // every head's post has its holder but that of the unit for which the clerk acts
    const heads = staffing.staffing.filter(({ post, holders }) => post !== 'officer' && holders.length !== 1);
    expect(heads.map(({ post, holders }) => [post, holders])).to.deep.equal([['head', []]]);
  });
});
