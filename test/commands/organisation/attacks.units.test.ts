import { expect } from 'chai';
import { importOrganisation } from '../../../src/commands/organisation/importOrganisation.js';
import { readAuthority } from '../../../src/commands/organisation/loadAuthority.js';
import { checkOwners } from '../../../src/commands/organisation/ownerless.js';
import { succeedDue } from '../../../src/commands/organisation/succeedDue.js';
import type { JsonObject } from '../../../src/engine/json.js';
import type { Succession, Unit } from '../../../src/office/organisation/directory.js';
import { heirOn, nameOn } from '../../../src/office/organisation/lineage.js';
import { startApplication, type TestApplication } from '../../support/application.js';
import { openReport } from '../../support/province.js';
import { town } from '../../support/town.js';

const unit = (id: string, more: Partial<Unit> = {}): Unit => ({
  id,
  name: `Phòng ${id}`,
  abbreviation: id.toUpperCase(),
  kind: 'division',
  parent: 'ubnd',
  validFrom: '2026-04-01',
  validTo: null,
  ...more,
});
const succession = (more: Partial<Succession>): Succession => ({
  id: 's1',
  kind: 'rename',
  from: ['nv'],
  to: ['nvm'],
  on: '2026-04-01',
  shares: [],
  decision: 'QĐ 5/QĐ-UBND (ví dụ)',
  ...more,
});

describe('units that claim what others have', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('attack-units');
  });
  after(() => app.close());

  async function fresh(authority: string): Promise<void> {
    app.clock.set('2026-03-02T02:00:00.000Z');
    await app.deps.store.directory.save(town(authority));
  }
  const bring = (authority: string, json: object, more: { correctPast?: string; dryRun?: boolean } = {}) =>
    importOrganisation(app.deps, {
      authority,
      brought: { json: json as JsonObject, file: 'x.json' },
      actor: 'admin',
      dryRun: more.dryRun ?? false,
      correctPast: more.correctPast ?? null,
    });
  const faultsOf = (work: Promise<unknown>) =>
    work.then(
      () => [],
      (error: { params?: { faults?: { path: string; code: string }[] } }) =>
        (error.params?.faults ?? []).map(({ path, code }) => `${path.replace('x.json:/', '')} ${code}`),
    );

  it('an abbreviation that another unit bears moves no duty, no post and no name', async () => {
    const authority = 'units-abbreviation';
    await fresh(authority);
    await bring(authority, {
      units: [unit('nvm', { name: 'Phòng Nội vụ mới', abbreviation: 'VHTT' })],
      successions: [succession({})],
    });
    const report = await openReport(app, authority, 'nv', 'r1');
    const other = await openReport(app, authority, 'vhtt', 'r2');
    app.clock.set('2026-04-01T02:00:00.000Z');
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    const views = await Promise.all([report, other].map(({ id }) => app.deps.store.instances.view(authority, id)));
    expect(views.map((view) => [view?.instance.context.unit, view?.principals.includes('post:vhtt/head')])).to.deep.equal([
      ['nvm', false],
      ['vhtt', true],
    ]);
    const directory = await app.deps.store.directory.snapshot(authority);
    expect([heirOn(directory, 'nv', null, '2026-04-01'), heirOn(directory, 'vhtt', null, '2026-04-01')]).to.deep.equal([
      'nvm',
      'vhtt',
    ]);
    expect([nameOn(directory, 'nvm', '2026-03-31'), nameOn(directory, 'nv', '2026-04-01')]).to.deep.equal([
      'Phòng Nội vụ',
      'Phòng Nội vụ mới',
    ]);
    // everybody kept his post under the new record
    expect((await checkOwners(app.deps, authority)).ownerless).to.deep.equal([]);
  });

  it('one id twice is a fault at its second place, in an import, in tables and in the file of an authority', async () => {
    const authority = 'units-double';
    await fresh(authority);
    const two = [unit('moi'), unit('moi', { name: 'Phòng khác' })];
    expect(await faultsOf(bring(authority, { units: two }))).to.deep.equal(['units/1/id idDouble']);
    const head = 'id,name,abbreviation,kind,parent,validFrom,validTo';
    const row = (name: string) => `moi,${name},MOI,division,ubnd,2026-04-01,`;
    const bytes = new TextEncoder().encode(`${[head, row('Một'), row('Hai')].join('\r\n')}\r\n`);
    const tables = importOrganisation(app.deps, {
      authority,
      brought: { files: [{ name: 'units.csv', bytes }] },
      actor: 'admin',
      dryRun: false,
      correctPast: null,
    });
    expect(await faultsOf(tables)).to.deep.equal(['units.csv:3:id idDouble']);
    const records = town(authority);
    expect(() => readAuthority({ ...records, units: [...records.units, unit('nv')] } as never)).to.throw(/idDouble: nv/);
    // and the id of a unit that is there already is that unit, which began: it is not taken over by another
    expect(await faultsOf(bring(authority, { units: [unit('nv', { validFrom: '2000-01-01' })] }))).to.include(
      'units/0/name begunAlready',
    );
  });

  it('a succession that names itself, comes back to itself, or comes twice is refused', async () => {
    const authority = 'units-itself';
    await fresh(authority);
    const units = [unit('nvm')];
    const tried = (...successions: Succession[]) => faultsOf(bring(authority, { units, successions }, { dryRun: true }));
    expect(await tried(succession({ to: ['nv'] }))).to.include('successions/0/to successionUnclear');
    expect(await tried(succession({ kind: 'merge', from: ['nv', 'nv'], to: ['nvm'] }))).to.include(
      'successions/0/from successionUnclear',
    );
    expect(await tried(succession({ kind: 'split', from: ['nv'], to: ['nvm', 'nvm'] }))).to.include(
      'successions/0/to successionUnclear',
    );
    expect(await tried(succession({}), succession({ id: 's2', from: ['nvm'], to: ['nv'], on: '2026-05-01' }))).not.to.deep.equal(
      [],
    );
    expect(await tried(succession({}), succession({ id: 's2' }))).to.include('successions/0/from successionUnclear');
    // the end of the authority's own unit leaves every post of the authority vacant, and is told so before it is written
    const end = await bring(
      authority,
      { successions: [succession({ kind: 'abolish', from: ['ubnd'], to: [] })] },
      { dryRun: true },
    );
    const vacant = end.consequences.filter(({ code, params }) => code === 'postVacant' && params['unit'] === 'ubnd');
    expect(vacant.map(({ params }) => params['post'])).to.include.members(['chair', 'deputyChair', 'clerk', 'formChecker']);
    expect(await tried(succession({}))).to.deep.equal([]);
  });

  it('one of the past is refused without a reason; with one, all that it takes is told before and named after', async () => {
    const authority = 'units-past';
    await fresh(authority);
    const on = '2026-02-01';
    const later = {
      id: 'a-later',
      person: 'off-vhtt',
      unit: 'nv',
      post: 'officer',
      title: null,
      acting: false,
      from: '2026-02-15',
      to: null,
    };
    const { appointments, revision } = await app.deps.store.directory.snapshot(authority);
    await app.deps.store.directory.change(authority, { appointments: [...appointments, later] }, revision);
    const report = await openReport(app, authority, 'nv', 'r1');
    const records = { successions: [succession({ kind: 'merge', to: ['vhtt'], on })] };
    expect(await faultsOf(bring(authority, records))).to.deep.equal(['successions/0/on beganBefore']);
    const told = await bring(authority, records, { correctPast: 'Ghi bổ sung quyết định', dryRun: true });
    const codes = told.consequences.map(
      ({ code, params }) => `${code} ${(params['id'] ?? params['unit'] ?? params['person'] ?? '') as string}`,
    );
    expect(codes).to.include.members(['pastCorrected s1', 'recordEnds nv', 'postLost nv', 'postVacant nv']);
    expect(
      told.consequences.filter(({ code, params }) => code === 'postLost' && params['person'] === 'off-vhtt').length,
    ).to.equal(1);
    await bring(authority, records, { correctPast: 'Ghi bổ sung quyết định' });
    await succeedDue(app.deps, authority, { whole: true, stopped: () => false });
    const view = await app.deps.store.instances.view(authority, report.id);
    expect([view?.instance.context.unit, view?.principals]).to.deep.include.members(['vhtt']);
    expect((await checkOwners(app.deps, authority)).ownerless).to.deep.equal([]);
    const after = await app.deps.store.directory.snapshot(authority);
    expect(after.units.find(({ id }) => id === 'nv')?.validTo).to.equal('2026-01-31');
    const held = after.appointments.filter((one) => one.unit === 'nv' && (one.to === null || one.to >= on));
    expect(
      held.map(({ id }) => id),
      'no appointment outlives its unit unseen',
    ).to.deep.equal(['a-later']);
  });
});
