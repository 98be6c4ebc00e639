import { PDFDocument } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import type { CliApplication } from '../../src/cli/host.js';
import { runCli } from '../../src/cli/main.js';
import type { Printer } from '../../src/commands/papers/printing.js';
import { sha256 } from '../../src/engine/json.js';
import { numberAndSymbol } from '../../src/office/papers/paper.js';
import { hostOf, terminal } from '../cli/terminal.js';
import { act, must, openPlan, plainPrinter, plan } from '../support/application.js';
import { startWeb, type Web } from './support.js';

/** Prints every paper on an empty sheet of A5: a true PDF, whose form is wrong. */
const slips: Printer = {
  ...plainPrinter,
  async print() {
    const document = await PDFDocument.create({ updateMetadata: false });
    document.addPage([419.53, 595.28]);
    const bytes = await document.save();
    return {
      bytes,
      hash: sha256(bytes),
      pages: 1,
      versions: { browser: 'none', font: 'none', template: 'none', finish: 0 },
    };
  },
};

const untitled = { ...plan, typeName: 'CHƯƠNG TRÌNH', archive: null };

interface Body {
  readonly ruleSet: string | null;
  readonly day: string;
  readonly blocking: number;
  readonly print: { readonly mode: string } | null;
  readonly findings: readonly {
    readonly rule: string;
    readonly severity: string;
    readonly sentence: string;
    readonly placeLabel: string;
  }[];
}

describe('the findings of form', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('formfindings', { printer: slips });
  });
  after(() => web.close());

  const ask = async (person: string, id: string, query = '') => {
    const reply = await (await web.api(person)).get(`/api/v1/instances/${id}/form${query}`);
    return { status: reply.status, body: reply.json as unknown as Body };
  };
  const rules = ({ findings }: Body) => findings.map(({ rule }) => rule);

  it('are answered for the text under the rules of today, or of the day that is asked for', async () => {
    const { id } = await openPlan(web.app, untitled);
    const now = await ask('off-nv', id);
    expect(now.status).to.equal(200);
    expect(now.body).to.include({ ruleSet: 'ND30-2020', blocking: 1, print: null });
    expect(rules(now.body)).to.deep.equal(['ND30-T-01', 'ND30-C-24']);
    expect(now.body.findings[0]?.sentence).to.match(/^Tên loại và chữ viết tắt/);
    const then = await ask('off-nv', id, '?date=2010-02-09');
    expect(then.body).to.deep.include({ ruleSet: 'TTLT55-2005', day: '2010-02-09', findings: [] });
    expect((await ask('off-nv', id, '?date=09/02/2010')).status).to.equal(400);
  });

  it('take in what is measured on the print of the current text', async () => {
    const { id, content } = await openPlan(web.app);
    await must(web.app, id, 'off-nv', 'EDIT', { input: { content: content ?? '' } });
    await web.app.relay.settle();
    const { body } = await ask('form', id);
    expect(body.print?.mode).to.equal('draft');
    expect(rules(body)).to.include('ND30-P-01');
    expect(body.findings.find(({ rule }) => rule === 'ND30-P-01')?.placeLabel).to.match(/^trang 1,/);
  });

  it('are for those alone who read the paper, and are not found where there is none', async () => {
    const { id } = await openPlan(web.app);
    expect((await ask('head-p1', id)).status).to.equal(404);
    const hash = await web.app.deps.store.contents.put(web.app.authority, { note: 'không phải văn bản' });
    await must(web.app, id, 'off-nv', 'EDIT', { input: { content: hash } });
    expect((await ask('off-nv', id)).status).to.equal(404);
  });

  it('stand on the page of drafter and form checker, and measure the print only where that is asked for', async () => {
    const { id, content } = await openPlan(web.app, untitled);
    await must(web.app, id, 'off-nv', 'EDIT', { input: { content: content ?? '' } });
    await must(web.app, id, 'off-nv', 'SUBMIT');
    await web.app.relay.settle();
    const { login, password } = await web.account('form');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const page = (await visitor.get(`/instances/${id}`)).text;
    expect(page).to.contain('ND30-T-01').and.contain('1 lỗi phải sửa, 1 lỗi nên sửa').and.contain('CHƯƠNG TRÌNH');
    expect(page).to.contain(`/instances/${id}?form&#x3D;print#form`).and.not.contain('ND30-P-01');
    const measured = (await visitor.get(`/instances/${id}?form=print`)).text;
    expect(measured).to.contain('ND30-P-01').and.contain('trang 1, từ lề trái');
  });

  it('are told on the command line by the number of a paper, of the print that bears it', async () => {
    const { id, content } = await openPlan(web.app);
    const saw = content ?? '';
    await must(web.app, id, 'off-nv', 'SUBMIT');
    await must(web.app, id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(web.app, id, 'form', 'APPROVE_FORM', { saw });
    const issued = await must(web.app, id, 'deputy', 'PREPARE');
    const number = numberAndSymbol(issued.context.number as number, 'KH-UBND');
    const { io, out, err } = terminal();
    const app = { ...web.app, close: () => Promise.resolve() } as unknown as CliApplication;
    const host = hostOf(io, { authority: web.app.authority, assemble: () => Promise.resolve(app) });
    expect([await runCli(['form', 'check', number, '--json'], host), err()]).to.deep.equal([0, '']);
    const report = JSON.parse(out()) as { day: string; findings: { rule: string }[] };
    expect(report.day).to.equal(issued.context.issuedOn);
    expect(report.findings.map(({ rule }) => rule)).to.include('ND30-P-01');
    expect(await runCli(['form', 'check', '99/XX-UBND'], host)).to.equal(1);
    expect(err()).to.match(/^notFound: /);
  });

  it('keep a paper from being approved while one blocks, and are recorded with the approval', async () => {
    const faulty = await openPlan(web.app, untitled);
    await must(web.app, faulty.id, 'off-nv', 'SUBMIT');
    const refused = await act(web.app, faulty.id, 'form', 'APPROVE_FORM', { saw: faulty.content ?? '' });
    expect(refused.kind === 'refused' && refused.blockers.map(({ code }) => code)).to.deep.equal(['formFaulty']);
    const sound = await openPlan(web.app, { ...plan, archive: null });
    await must(web.app, sound.id, 'off-nv', 'SUBMIT');
    const approved = await must(web.app, sound.id, 'form', 'APPROVE_FORM', { saw: sound.content ?? '' });
    const seen = { ruleSet: 'ND30-2020', blocking: 0, warnings: 1, rules: ['ND30-C-24'] };
    expect(approved.context.formFindings).to.deep.equal(seen);
    const returned = await must(web.app, sound.id, 'form', 'RETURN', {
      saw: sound.content ?? '',
      input: { reason: 'Thiếu nơi lưu' },
    });
    expect(returned.context).not.to.have.property('formFindings');
  });
});
