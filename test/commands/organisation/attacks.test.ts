import { expect } from 'chai';
import { importOrganisation } from '../../../src/commands/organisation/importOrganisation.js';
import { checkOwners } from '../../../src/commands/organisation/ownerless.js';
import { succeed } from '../../../src/commands/organisation/succeed.js';
import { succeedDue } from '../../../src/commands/organisation/succeedDue.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { hashOf } from '../../../src/engine/json.js';
import type { Succession } from '../../../src/office/organisation/directory.js';
import { startApplication, type TestApplication } from '../../support/application.js';
import { dayBefore, openReport, province, reform, reformDay, reformInstant } from '../../support/province.js';

const succession = (
  id: string,
  kind: Succession['kind'],
  from: string[],
  to: string[],
  more: Partial<Succession> = {},
): Succession => ({
  id,
  kind,
  from,
  to,
  on: reformDay,
  shares: [],
  decision: `QĐ ${id}`,
  ...more,
});

describe('an organisation that somebody tries to break', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('organisation-attacks');
  });
  after(() => app.close());

  async function prepared(authority: string, wards = 4): Promise<void> {
    app.clock.set(dayBefore);
    await app.deps.store.directory.save({ ...province(authority, wards), successions: [] });
  }
  const bring = (authority: string, records: object, dryRun = true) =>
    importOrganisation(app.deps, {
      authority,
      brought: { json: records as JsonObject, file: 'x.json' },
      actor: 'admin',
      dryRun,
      correctPast: null,
    });
  const faultsOf = async (authority: string, records: object) => {
    const error = (await bring(authority, records).catch((fault: unknown) => fault)) as {
      params?: { faults?: { path: string; code: string }[] };
    };
    return (error.params?.faults ?? []).map(({ path, code }) => `${path.replace('x.json:/', '')} ${code}`);
  };

  it('takes no succession whose successor is not there on its day: it could never be carried out', async () => {
    const authority = 'attack-successor';
    await prepared(authority);
    const tried = (...successions: Succession[]) => faultsOf(authority, { successions });
    expect(
      await tried(succession('a', 'merge', ['w1'], ['w2']), succession('b', 'merge', ['w2'], ['w1'])),
      'a circle',
    ).to.deep.equal(['successions/0/to successorAbsent', 'successions/1/to successorAbsent']);
    expect(
      await tried(succession('a', 'split', ['w1'], ['x1', 'w2']), succession('b', 'merge', ['w2'], ['x1'])),
      'split, then merged',
    ).to.deep.equal(['successions/0/to successorAbsent']);
    expect(await tried(succession('a', 'merge', ['w1'], ['x1'], { on: '2025-06-30' })), 'before it exists').to.deep.equal([
      'successions/0/to successorAbsent',
    ]);
    expect(await tried(succession('a', 'merge', ['w1'], ['w1'])), 'itself').to.include('successions/0/to successionUnclear');
    expect(
      await tried(succession('a', 'merge', ['w1'], ['x1']), succession('b', 'merge', ['w1'], ['w2'])),
      'two of one unit',
    ).to.include('successions/0/from successionUnclear');
    expect(await tried(succession('a', 'merge', ['w1'], ['x1'], { on: '2025-06-01' })), 'in the past').to.include(
      'successions/0/on beganBefore',
    );
    // and the same without any of that is taken
    expect(await tried(succession('a', 'split', ['w1'], ['x1', 'w3']), succession('b', 'merge', ['w2'], ['x1']))).to.deep.equal(
      [],
    );
  });

  it('writes nothing at all in a dry run, of an import and of a succession', async () => {
    const authority = 'attack-dry';
    await prepared(authority);
    await bring(authority, { successions: reform(4) }, false);
    for (const key of ['a', 'b']) await openReport(app, authority, 'w1', key);
    await app.relay.settle();
    const everything = async (): Promise<string> => {
      const collections = await app.connection.db.collections();
      const parts = collections
        .filter(({ collectionName }) => !/^system\./.test(collectionName))
        .map(
          async (one) =>
            [
              one.collectionName,
              JSON.parse(JSON.stringify(await one.find({}).sort({ _id: 1 }).toArray())) as JsonObject[],
            ] as const,
        );
      return hashOf(Object.fromEntries(await Promise.all(parts)));
    };
    const before = await everything();
    const told = await succeed(app.deps, { authority, succession: 'nhap-x1', actor: 'admin', dryRun: true });
    expect(told.moved).to.equal(2);
    const answer = await bring(authority, {
      units: [{ ...province(authority, 4).units[2], validTo: '2025-12-31', name: 'Khác' }],
    }).catch(() => null);
    expect(answer).to.equal(null);
    await bring(authority, { people: [{ id: 'moi', name: 'Người ví dụ mới', login: 'attack-moi', disabled: false }] });
    expect(await everything()).to.equal(before);
  });

  it('keeps two imports at once apart: both are written, neither over the other', async () => {
    const authority = 'attack-two';
    await prepared(authority);
    const person = (id: string) => ({ people: [{ id, name: `Người ví dụ ${id}`, login: `attack-${id}`, disabled: false }] });
    const answers = await Promise.all(['m1', 'm2', 'm3'].map((id) => bring(authority, person(id), false)));
    expect(answers.map(({ written }) => written)).to.deep.equal([true, true, true]);
    const { people, revision } = await app.deps.store.directory.snapshot(authority);
    expect([people.filter(({ id }) => /^m\d$/.test(id)).length, revision]).to.deep.equal([3, 4]);
  });

  it('moves what is opened while the sweep runs, by two processes at once', async () => {
    const authority = 'attack-sweep';
    await prepared(authority);
    await bring(authority, { successions: reform(4) }, false);
    for (let n = 0; n < 30; n += 1) await openReport(app, authority, `w${(n % 4) + 1}`, `r${n}`);
    app.clock.set(reformInstant);
    const round = (whole: boolean) => succeedDue(app.deps, authority, { whole, stopped: () => false });
    const opening = Promise.all(Array.from({ length: 20 }, (_, n) => openReport(app, authority, `w${(n % 4) + 1}`, `late${n}`)));
    await Promise.all([round(true), round(true), opening]);
    await round(false);
    expect(await checkOwners(app.deps, authority)).to.deep.equal({ checked: 50, ownerless: [] });
    const moves = await app.connection.collection('entries').countDocuments({ authority });
    await app.relay.settle();
    expect(moves).to.be.at.most(100);
  });

  it('names the places of a thousand faults, and how many there are', async () => {
    const authority = 'attack-thousand';
    await prepared(authority);
    const rows = Array.from(
      { length: 1_000 },
      (_, n) => `u${n},Đơn vị ${n},D${n},ward,tinh,${n % 2 === 0 ? '12/31/2026' : '2026-02-30'},`,
    );
    const bytes = new TextEncoder().encode(`id,name,abbreviation,kind,parent,validFrom,validTo\r\n${rows.join('\r\n')}\r\n`);
    const error = (await importOrganisation(app.deps, {
      authority,
      brought: { files: [{ name: 'units.csv', bytes }] },
      actor: 'admin',
      dryRun: false,
      correctPast: null,
    }).catch((fault: unknown) => fault)) as { params: { count: number; faults: { path: string; code: string }[] } };
    expect([error.params.count, error.params.faults.length]).to.deep.equal([1_000, 500]);
    expect(error.params.faults[499]).to.include({ path: 'units.csv:501:validFrom', code: 'dayInvalid' });
    expect((await app.deps.store.directory.snapshot(authority)).revision).to.equal(1);
  });

  it('reads no other alphabet as if it were its own, and letters in parts as whole ones', async () => {
    const authority = 'attack-letters';
    await prepared(authority);
    const head = 'id;name;login;disabled\r\n';
    const brought = (bytes: Uint8Array) =>
      importOrganisation(app.deps, {
        authority,
        brought: { files: [{ name: 'people.csv', bytes }] },
        actor: 'admin',
        dryRun: false,
        correctPast: null,
      });
    const windows = Uint8Array.from([
      ...new TextEncoder().encode(`${head}l1;Nguy`),
      0xea,
      0xde,
      0x6e,
      ...new TextEncoder().encode(';l1;FALSE\r\n'),
    ]);
    const error = (await brought(windows).catch((fault: unknown) => fault)) as { params: { faults: { code: string }[] } };
    expect(error.params.faults.map(({ code }) => code)).to.deep.equal(['notUtf8']);
    const apart = 'Người ví dụ một'.normalize('NFD');
    await brought(new TextEncoder().encode(`\u{FEFF}${head}l1;${apart};attack-l1;không\r\n`));
    const found = (await app.deps.store.directory.snapshot(authority)).people.find(({ id }) => id === 'l1');
    expect([found?.name, found?.name.length]).to.deep.equal(['Người ví dụ một', 15]);
  });
});
