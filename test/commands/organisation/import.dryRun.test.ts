import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { exportOrganisation } from '../../../src/commands/organisation/exportOrganisation.js';
import { type ImportAsk, importOrganisation } from '../../../src/commands/organisation/importOrganisation.js';
import { checkOwners } from '../../../src/commands/organisation/ownerless.js';
import { succeedDue } from '../../../src/commands/organisation/succeedDue.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { startApplication, type TestApplication } from '../../support/application.js';
import { openReport } from '../../support/province.js';
import { town } from '../../support/town.js';

const csv = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) });

describe('an import of the organisation', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('import');
  });
  after(() => app.close());

  const ask = (json: JsonObject, more: Partial<ImportAsk> = {}): ImportAsk => ({
    authority: app.authority,
    brought: { json, file: 'tap.json' },
    actor: 'admin',
    dryRun: true,
    correctPast: null,
    ...more,
  });
  const run = (json: JsonObject, more: Partial<ImportAsk> = {}) => importOrganisation(app.deps, ask(json, more));
  const faultsOf = async (json: JsonObject, more: Partial<ImportAsk> = {}) => {
    const error = (await run(json, more).catch((fault: unknown) => fault)) as {
      params?: { faults?: { path: string; code: string }[] };
    };
    return (error.params?.faults ?? []).map(({ path, code }) => `${path} ${code}`);
  };
  const told = (answer: Awaited<ReturnType<typeof run>>) =>
    answer.consequences.map(({ code, params }) => {
      const { from: _from, to: _to, ...rest } = params;
      return `${code} ${Object.values(rest as Record<string, string | number>).join(' ')}`;
    });
  const base = town('import');
  const held = (id: string) => {
    const one = base.appointments.find((record) => record.id === id);
    if (one === undefined) throw new Error(id);
    return one;
  };

  it('lists what a change of head does to the work that waits, and writes nothing', async () => {
    const report = await openReport(app, app.authority, 'p1', 'p1');
    await openReport(app, app.authority, 'p2', 'p2');
    const answer = await run({ appointments: [{ ...held('a-head-p1-p1'), to: '2026-03-15' }] as never });
    expect(told(answer)).to.deep.equal([
      'recordEnds appointments a-head-p1-p1',
      'postLost head-p1 p1 head 1',
      'postVacant p1 head 1',
      `dutyOwnerless ${report.id} Báo cáo p1`,
      'calendarUntouched test',
    ]);
    expect(answer.written).to.equal(false);
    expect((await app.deps.store.directory.snapshot(app.authority)).revision).to.equal(1);
    // and with a follower there is no vacancy, but somebody who gains
    const next = { ...held('a-head-p1-p1'), id: 'a-next', person: 'stranger', from: '2026-03-16' };
    expect(told(await run({ appointments: [{ ...held('a-head-p1-p1'), to: '2026-03-15' }, next] as never }))).to.deep.equal([
      'recordEnds appointments a-head-p1-p1',
      'recordNew appointments a-next',
      'postLost head-p1 p1 head 1',
      'postGained stranger p1 head 1',
      'calendarUntouched test',
    ]);
  });

  it('says what it would, then does exactly that, with an audit record', async () => {
    const json = { appointments: [{ ...held('a-head-p8-p8'), to: '2026-03-31' }] as never };
    const rehearsed = await run(json);
    const done = await run(json, { dryRun: false });
    expect(done).to.deep.equal({ ...rehearsed, written: true });
    const after = await app.deps.store.directory.snapshot(app.authority);
    expect(after.appointments.find(({ id }) => id === 'a-head-p8-p8')?.to).to.equal('2026-03-31');
    const [audited] = await app.deps.store.audit.list(app.authority, 1);
    expect(audited).to.deep.include({ kind: 'organisationImported', actor: 'admin' });
    expect(audited?.details).to.deep.equal({ records: ['appointments/a-head-p8-p8'], count: 1 });
    // and brought again it changes nothing
    expect((await run(json, { dryRun: false })).written).to.equal(false);
  });

  it('keeps the past unless its correction has a reason, which is kept', async () => {
    const json = { appointments: [{ ...held('a-head-p7-p7'), from: '2005-01-01' }] as never };
    expect(await faultsOf(json)).to.deep.equal(['tap.json:/appointments/0/from begunAlready']);
    const { revision } = await app.deps.store.directory.snapshot(app.authority);
    const corrected = await run(json, { dryRun: false, correctPast: 'Ghi nhầm ngày bổ nhiệm' });
    expect(told(corrected)).to.include('pastCorrected appointments a-head-p7-p7 from');
    expect((await app.deps.store.directory.snapshot(app.authority)).revision).to.equal(revision + 1);
    const [audited] = await app.deps.store.audit.list(app.authority, 1);
    expect(audited?.details).to.deep.include({
      correctPast: 'Ghi nhầm ngày bổ nhiệm',
      past: ['appointments/a-head-p7-p7/from'],
    });
  });

  it('names every fault of a folder at once, each with its place', async () => {
    const files = [
      csv(
        'units.csv',
        'id;name;abbreviation;kind;parent;validFrom;validTo\np9;Phường 9;P9;ward;nowhere;1/4/2026;\np10;Phường 10;P10;ward;p10;1/4/2026;31/3/2026\n',
      ),
      csv('people.csv', 'id,name,login,disabled\nnew,Người ví dụ 99,IMPORT-CHAIR,FALSE\n'),
      csv('appointments.csv', 'id,person,unit,post,title,acting,from,to\na,ghost,p9,head,,FALSE,2026-04-01,\n'),
      csv('successions.csv', 'id,kind,from,to,on,shares,decision\ns,rename,p1 | p2,p1,2026-04-01,report=p5,QĐ\n'),
    ];
    expect(await faultsOf({}, { brought: { files } })).to.have.members([
      'units.csv:2:parent unitUnknown',
      'units.csv:3:parent unitsInCircle',
      'units.csv:3:validTo endBeforeBegin',
      'people.csv:2:login loginTaken',
      'appointments.csv:2:person personUnknown',
      'successions.csv:2:shares successionUnclear',
      'successions.csv:2:to successionUnclear',
      'successions.csv:2:kind successionUnclear',
    ]);
    expect(await faultsOf({ authority: { id: 'other' }, kinds: [], units: 3 } as never)).to.deep.equal([
      'tap.json:/kinds memberUnknown',
      'tap.json:/authority/id otherAuthority',
      'tap.json:/units valueInvalid',
    ]);
  });

  it('takes back what was exported, as CSV and as JSON, and finds nothing to do', async () => {
    for (const format of ['csv', 'json'] as const) {
      const files = await exportOrganisation(app.deps, { authority: app.authority, actor: 'admin', format });
      const brought =
        format === 'csv'
          ? { files: files.map(({ name, text }) => csv(name, text)) }
          : { json: JSON.parse(files[0]?.text ?? '') as JsonObject, file: 'import.json' };
      const answer = await run({}, { brought, dryRun: false });
      expect(answer.written).to.equal(false);
      expect(told(answer)).to.deep.equal(['calendarUntouched test']);
    }
    const [audited] = await app.deps.store.audit.list(app.authority, 1);
    expect(audited?.kind).to.equal('organisationExported');
  });

  it('sees a unit that ends with nobody declared to take over', async () => {
    const unit = base.units.find(({ id }) => id === 'p6');
    const answer = await run({ units: [{ ...unit, validTo: '2026-12-31' }] as never });
    expect(told(answer)).to.deep.equal([
      'recordEnds units p6',
      'unitWithoutSuccessor p6',
      'postLost head-p6 p6 head 0',
      'postVacant p6 head 0',
      'calendarUntouched test',
    ]);
  });

  it('takes the example of four wards that become two, and the check finds no duty without an owner then', async () => {
    const readJson = async (name: string) =>
      JSON.parse(await readFile(new URL(`../../../examples/${name}`, import.meta.url), 'utf8')) as JsonObject;
    const { note: _note, ...example } = await readJson('authority.json');
    app.clock.set('2025-06-01T02:00:00.000Z');
    await app.deps.store.directory.save(example as never);
    const authority = 'go-vap';
    const json = await readJson('succession-2025.json');
    const wards = (json['successions'] as { from: string[] }[]).flatMap(({ from }) => from);
    expect(wards).to.have.lengthOf(4);
    for (const ward of wards) await openReport(app, authority, ward, ward);
    const answer = await importOrganisation(app.deps, ask(json, { authority, dryRun: false, actor: 'commandLine' }));
    const codes = answer.consequences.map(({ code }) => code);
    expect([answer.written, codes.filter((code) => code === 'recordEnds').length]).to.deep.equal([true, 4]);
    expect(codes).not.to.include.oneOf(['unitWithoutSuccessor', 'overlapping']);
    app.clock.set('2025-07-01T02:00:00.000Z');
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    expect(await checkOwners(app.deps, authority)).to.deep.equal({ checked: 4, ownerless: [] });
  });
});
