import { expect } from 'chai';
import { formByHash, listForms, loadForm, readForm, showForm } from '../../../src/commands/reporting/forms.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { TrinhkyError } from '../../../src/errors.js';
import type { ReportForm } from '../../../src/office/reporting/form.js';
import { formChanges, formFaults } from '../../../src/office/reporting/formFaults.js';
import { startApplication, type TestApplication } from '../../support/application.js';
import { exampleForm } from '../../support/reporting.js';

const json = (form: unknown): JsonObject => JSON.parse(JSON.stringify(form)) as JsonObject;
const faultsOf = (form: unknown): readonly string[] => {
  try {
    readForm(json(form));
    return [];
  } catch (error) {
    if (!(error instanceof TrinhkyError)) throw error;
    return (error.params.faults as { path: string; message: string }[]).map(({ path, message }) => `${path} ${message}`);
  }
};
const item = (index: number) => exampleForm.once[index];

describe('a report form', () => {
  it('of the examples is sound', () => {
    expect(formFaults(readForm(json(exampleForm)))).to.deep.equal([]);
  });

  it('is refused with every fault of its shape at once, each with its place', () => {
    const faults = faultsOf({ ...exampleForm, version: 0, once: [{ ...item(0), decimals: 9, typo: 1 }] });
    expect(faults.some((fault) => fault.startsWith('/version '))).to.equal(true);
    expect(faults.some((fault) => fault.startsWith('/once/0/decimals '))).to.equal(true);
    expect(faults.some((fault) => fault.startsWith('/once/0/typo '))).to.equal(true);
  });

  it('is refused with every fault of its meaning', () => {
    const bad = {
      ...exampleForm,
      once: [
        { ...item(0), min: '5', max: '4' },
        { ...item(0), min: '1,5', max: '0.5' },
        { ...item(1), code: 'constructor' },
      ],
    };
    expect(faultsOf(bad)).to.deep.equal([
      '/once/0/max boundsCrossed',
      '/once/1/code codeTwice',
      '/once/1/min boundUnreadable',
      '/once/1/max boundDecimals',
      '/once/2/code codeReserved',
    ]);
    expect(faultsOf({ ...exampleForm, once: [], perDuty: [] })).to.deep.equal([' empty']);
  });

  it('keeps what a code means in every version, so that periods can be compared by it', () => {
    const second = {
      ...exampleForm,
      version: 2,
      once: exampleForm.once.map((one) => (one.code === 'kinhPhi' ? { ...one, unit: 'đồng' } : one)),
    };
    expect(formFaults(second as ReportForm, exampleForm)).to.deep.equal([{ path: '/once/4/unit', code: 'unitChanged' }]);
    const changed = { ...exampleForm, once: [{ ...item(5), code: 'coKiemTra' }, ...exampleForm.once.slice(1)] } as ReportForm;
    expect(formChanges(exampleForm, changed)).to.deep.include({ added: ['coKiemTra'], removed: ['soCuocHop'] });
  });
});

describe('the forms of an authority', () => {
  let app: TestApplication;
  before(async () => {
    app = await startApplication('reportforms');
  });
  after(() => app.close());
  const load = (actor: string, form: unknown) => loadForm(app.deps, { authority: app.authority, actor }, json(form));
  const codeOf = async (work: Promise<unknown>): Promise<string> => {
    try {
      await work;
      return 'none';
    } catch (error) {
      return (error as TrinhkyError).code;
    }
  };

  it('are loaded by whoever consolidates or administers, and by nobody else, and each is audited', async () => {
    for (const person of ['head-p1', 'chair', 'stranger'])
      expect(await codeOf(load(person, exampleForm)), person).to.equal('notAllowed');
    expect((await load('cons', exampleForm)).saved).to.equal(true);
    const kinds = (await app.deps.store.audit.list(app.authority, 20)).map(({ kind, actor }) => `${kind} ${actor}`);
    expect(kinds).to.include.members(['formLoaded cons', 'formDenied head-p1']);
  });

  it('count their versions, change none that is there, and keep the old ones', async () => {
    expect((await load('admin', exampleForm)).saved).to.equal(false);
    expect(await codeOf(load('cons', { ...exampleForm, label: { vi: 'Khác', en: 'Other' } }))).to.equal('inputInvalid');
    expect(await codeOf(load('cons', { ...exampleForm, version: 3 }))).to.equal('inputInvalid');
    const second = { ...exampleForm, version: 2, once: exampleForm.once.slice(1) };
    const loaded = await load('cons', second);
    expect(loaded.changes).to.deep.include({ added: [], removed: ['soCuocHop'] });
    expect((await listForms(app.deps, app.authority)).map(({ id, version }) => `${id} ${version}`)).to.deep.equal([
      `${exampleForm.id} 2`,
    ]);
    const { versions } = await showForm(app.deps, app.authority, exampleForm.id, 1);
    expect(versions.map(({ version }) => version)).to.deep.equal([2, 1]);
    expect(await formByHash(app.deps, app.authority, versions[1]?.hash ?? '')).to.deep.equal(exampleForm);
  });

  it('take one of two that are loaded at once under one number', async () => {
    const third = (words: string) => ({ ...exampleForm, version: 3, label: { vi: words, en: words } });
    const answers = await Promise.all([codeOf(load('cons', third('Một'))), codeOf(load('admin', third('Hai')))]);
    expect(answers.sort()).to.deep.equal(['inputInvalid', 'none']);
  });
});
