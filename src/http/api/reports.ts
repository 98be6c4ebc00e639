import { cleanObject } from '../../commands/cleanInput.js';
import type { JsonObject } from '../../commands/look.js';
import { reportAtHand, saveDraft } from '../../commands/reporting/drafts.js';
import { type FormLoaded, listForms, loadForm, showForm } from '../../commands/reporting/forms.js';
import { proposeObligation } from '../../commands/reporting/obligations.js';
import { reportSheet } from '../../commands/reporting/reportSheet.js';
import { TrinhkyError } from '../../errors.js';
import { findingInWords } from '../../locales/reporting.js';
import type { UnitReport } from '../../office/reporting/report.js';
import type { TypedReport } from '../../office/reporting/reportContent.js';
import type { ReportFinding } from '../../office/reporting/reportFindings.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { printSecurityPolicy } from '../headers.js';
import { etagOf, ifRevisionOf, refusedError } from './commands.js';
import { fileDisposition } from './disposition.js';
import { type Answer, ok, param, type Route } from './route.js';
import { count, hash, list, object, text, textOrNull } from './schemas.js';

const answersMax = 200;
const sectionsMax = 300;
const answerCharsMax = 20_000;

const label = object({ vi: text, en: text });
const cell = { type: 'string', maxLength: answerCharsMax } as const;
const row = { type: 'object', maxProperties: answersMax, additionalProperties: cell } as const;
const answer = { anyOf: [cell, { type: 'boolean' }, { type: 'array', maxItems: answersMax, items: row }] } as const;
const answers: JsonObject = { type: 'object', maxProperties: answersMax, additionalProperties: answer };

const typed = object({
  sections: {
    type: 'array',
    maxItems: sectionsMax,
    items: object({ assignment: { type: 'string', minLength: 1, maxLength: 200 }, answers }),
  },
  answers,
});
const finding = object({
  code: text,
  place: text,
  severity: { enum: ['blocking', 'warning'] },
  label,
  sentence: text,
});
const report = object(
  {
    kind: { const: 'report' },
    form: hash,
    sections: list(object({ assignment: text, directive: text, clause: text, title: text, answers })),
    answers,
    typed: { type: 'object', additionalProperties: text },
  },
  ['kind', 'form', 'sections', 'answers'],
);
const duty = object({
  id: text,
  clause: text,
  title: text,
  open: { type: 'boolean' },
  dueOn: textOrNull,
  completedOn: textOrNull,
});
const version = object({ authority: text, id: text, version: count, hash, at: text, by: text });
const changes = object({ added: list(text), removed: list(text), kept: list(text) });

const findingsBody = (call: SignedCall, findings: readonly ReportFinding[]) =>
  findings.map((one) => ({
    code: one.code,
    place: one.place,
    severity: one.severity,
    label: one.label,
    sentence: findingInWords(call.language, one),
  }));

async function readReport(call: InstanceCall): Promise<Answer> {
  const { instance } = call.view;
  const hand = await reportAtHand(call.edge.app.deps, instance);
  const body = {
    form: hand.form,
    begun: hand.begun,
    report: hand.report,
    duties: hand.duties.map(({ id, clause, title, open, dueOn, completedOn }) => ({
      id,
      clause,
      title,
      open,
      dueOn,
      completedOn,
    })),
    findings: findingsBody(call, hand.findings),
  };
  return ok(body, { ETag: etagOf(instance.revision) });
}

/** Printed anew each time and kept nowhere: the same version has the same bytes. The printer's own queue bounds it (`busy`). */
async function readReportPrint(call: InstanceCall): Promise<Answer> {
  const { deps } = call.edge.app;
  const { instance } = call.view;
  const printed = await deps.printer.printSheet(await reportSheet(deps, instance));
  await audit(call, 'renditionOpened', instance.id, { mode: 'report', hash: printed.hash, revision: instance.revision });
  return {
    status: 200,
    bytes: printed.bytes,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': fileDisposition('inline', 'bao-cao.pdf'),
      'Content-Security-Policy': printSecurityPolicy,
      'Cache-Control': 'private, no-store',
    },
  };
}

/** If-Match is needed: a draft never overwrites one that its writer has not seen. */
async function putReport(call: InstanceCall): Promise<Answer> {
  const { authority, id } = call.view.instance;
  const ifRevision = ifRevisionOf(call.request.headers['if-match']);
  if (ifRevision === undefined) throw new TrinhkyError('revisionInvalid');
  const body = cleanObject(call.body as JsonObject) as unknown as TypedReport;
  const ask = { authority, instance: id, actor: call.identity.person, key: call.key, ifRevision, typed: body };
  const { outcome, report: saved, findings } = await saveDraft(call.edge.app.deps, ask);
  if (outcome.kind === 'refused') throw refusedError(call, outcome);
  const { revision, content } = outcome.instance;
  const answered: { revision: number; content: string | null; report: UnitReport; findings: unknown } = {
    revision,
    content,
    report: saved,
    findings: findingsBody(call, findings),
  };
  return ok(answered, { ETag: etagOf(revision) });
}

const proposal = object({
  code: text,
  name: text,
  units: list(text),
  reportTo: textOrNull,
  through: textOrNull,
  frequency: textOrNull,
  regime: text,
  said: object({ by: textOrNull, frequency: textOrNull, due: textOrNull }),
});

const by = ({ identity }: SignedCall) => ({ authority: identity.authority, actor: identity.person });

async function bringForm(call: SignedCall): Promise<Answer> {
  const { form } = call.body as { form: JsonObject };
  const loaded: FormLoaded = await loadForm(call.edge.app.deps, by(call), form);
  return ok(loaded);
}

async function readForm(call: SignedCall): Promise<Answer> {
  const asked = call.query.version;
  const { authority } = call.identity;
  return ok(await showForm(call.edge.app.deps, authority, param(call, 'form'), asked === undefined ? null : Number(asked)));
}

/** Reports of units and the forms that they answer: a part of the table of `routes.ts`. */
export const reportRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/instances/:id/report',
    policy: { readsInstance: 'id' },
    summary: 'The report of a unit with its form, its duties and what would keep it from being sent',
    answers: {
      status: 200,
      schema: object({
        form: { type: 'object' },
        begun: { type: 'boolean' },
        report,
        duties: list(duty),
        findings: list(finding),
      }),
    },
    handle: readReport,
  },
  {
    method: 'put',
    path: '/api/v1/instances/:id/report',
    policy: { readsInstance: 'id' },
    summary: 'Save the draft of a report, figures as people type them; what is no figure is kept as typed and told as a finding',
    keyed: true,
    takesIfMatch: true,
    body: typed,
    answers: {
      status: 200,
      schema: object({ revision: count, content: textOrNull, report, findings: list(finding) }),
    },
    handle: putReport,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/report.pdf',
    policy: { readsInstance: 'id' },
    summary: 'The report of a unit printed: the version that was accepted, or the one of now',
    answers: { status: 200, schema: 'application/pdf' },
    handle: readReportPrint,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/obligations/proposed',
    policy: { readsInstance: 'id' },
    summary: "The obligations to report that a plan's own text lays down, to be confirmed when they are opened",
    answers: { status: 200, schema: object({ items: list(proposal) }) },
    handle: async (call: InstanceCall) => ok({ items: await proposeObligation(call.edge.app.deps, call.view.instance) }),
  },
  {
    method: 'get',
    path: '/api/v1/report-forms',
    policy: 'signedIn',
    summary: 'The newest version of every report form',
    answers: { status: 200, schema: object({ items: list(version) }) },
    handle: async (call: SignedCall) => ok({ items: await listForms(call.edge.app.deps, call.identity.authority) }),
  },
  {
    method: 'post',
    path: '/api/v1/report-forms',
    policy: 'signedIn',
    summary: 'Load the next version of a report form; for whoever consolidates, and administrators',
    keyed: true,
    // The use case checks the form in full and tells every fault with its place.
    body: object({ form: { type: 'object' } }),
    answers: {
      status: 200,
      schema: object({ form: version, saved: { type: 'boolean' }, changes: { anyOf: [changes, { type: 'null' }] } }),
    },
    handle: bringForm,
  },
  {
    method: 'get',
    path: '/api/v1/report-forms/:form',
    policy: 'signedIn',
    summary: 'A report form with its versions: the newest, or the one asked for',
    query: {
      type: 'object',
      additionalProperties: false,
      properties: { version: { type: 'string', pattern: '^[1-9][0-9]{0,4}$' } },
    },
    answers: { status: 200, schema: object({ form: { type: 'object' }, versions: list(version) }) },
    handle: readForm,
  },
];
