import { expect } from 'chai';
import { loadAuthority } from '../../../src/commands/organisation/loadAuthority.js';
import { startApplication, type TestApplication } from '../../support/application.js';
import { town } from '../../support/town.js';

describe('an authority that is loaded again', () => {
  const authority = 'load-reason';
  let app: TestApplication;
  before(async () => {
    app = await startApplication(authority);
  });
  after(() => app.close());

  const load = (more: object, reason: string | null = null) =>
    loadAuthority(app.deps, { ...town(authority), ...more }, 'commandLine', reason).catch((error: unknown) => error);
  const units = (name: string) => town(authority).units.map((one) => (one.id === 'nv' ? { ...one, name } : one));
  const nameNow = async () => (await app.deps.store.directory.snapshot(authority)).units.find(({ id }) => id === 'nv')?.name;
  const loads = async () =>
    (await app.deps.store.audit.list(authority, 50))
      .filter(({ kind }) => kind === 'authorityLoaded')
      .map(({ details }) => details);

  it('changes no dated record without a reason, which the audit keeps with the records', async () => {
    const before = await nameNow();
    expect(await load({ units: units('Phòng khác') })).to.deep.include({
      code: 'inputInvalid',
      params: { path: '--reason', reason: 'loadReason', count: 1, records: ['units/nv'] },
    });
    expect(await load({ units: units('Phòng khác') }, ' \n ')).to.deep.include({ code: 'inputInvalid' });
    expect(await load({ units: units('Phòng khác') }, 'Sửa\u202E')).to.deep.include({ code: 'textNotAllowed' });
    expect([await nameNow(), await loads()]).to.deep.equal([before, []]);
    expect(await load({ units: units('Phòng khác') }, 'Đính chính tên phòng')).to.equal(undefined);
    expect([await nameNow(), (await loads()).at(-1)]).to.deep.equal([
      'Phòng khác',
      { units: 11, people: 20, appointments: 20, reason: 'Đính chính tên phòng', altered: 1, records: ['units/nv'] },
    ]);
  });

  it('brings nothing into the past without one, and asks for none where it only adds, or changes nothing', async () => {
    const person = { id: 'moi', name: 'Người ví dụ 80', login: 'load-moi', disabled: false };
    const post = (from: string) => ({
      ...town(authority).appointments[0],
      id: `a-moi-${from}`,
      person: 'moi',
      unit: 'vhtt',
      post: 'officer',
      from,
    });
    const people = [...town(authority).people, person];
    const adding = (from: string) => ({
      units: units('Phòng khác'),
      people,
      appointments: [...town(authority).appointments, post(from)],
    });
    expect(await load(adding('2026-01-01'))).to.deep.include({ code: 'inputInvalid' });
    expect(await load(adding('2026-05-01'))).to.equal(undefined);
    expect(await load(adding('2026-05-01'))).to.equal(undefined);
    // one that is new begins with its file, whatever its days
    expect(await loadAuthority(app.deps, town('load-first'), 'commandLine')).to.equal(undefined);
  });
});
