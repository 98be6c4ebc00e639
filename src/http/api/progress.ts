import type { JsonObject } from '../../commands/look.js';
import { type ExportFormat, exportPlan } from '../../commands/progress/exportPlan.js';
import { followUp, followUpSheet } from '../../commands/progress/followUp.js';
import { stayLabel } from '../../commands/progress/labels.js';
import { planProgress } from '../../commands/progress/progress.js';
import { progressSheet } from '../../documents/plots/progressSheet.js';
import { textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { indexOf } from '../../office/organisation/directory.js';
import { completenessOf, doneRateOf, timelinessOf } from '../../office/progress/counts.js';
import { dutyStates, reportStates } from '../../office/progress/facts.js';
import type { InstanceCall } from '../edge.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy, printSecurityPolicy } from '../headers.js';
import { fileDisposition } from './disposition.js';
import { type Answer, ok, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

/** The formats that a page offers. */
export const exportsShown: readonly ExportFormat[] = ['csv', 'xlsx', 'json', 'ocel'];

const quarter: JsonObject = { type: 'string', pattern: '^\\d{4}-Q[1-4]$' };
const unit: JsonObject = { type: 'string', minLength: 1, maxLength: 120 };
const query: JsonObject = object({ quarter, unit }, []);
const unitQuery: JsonObject = object({ quarter, unit }, ['unit']);
const logQuery: JsonObject = object({ quarter, unit, pseudonyms: { enum: ['true', 'false'] } }, []);

const numbers = (names: readonly string[]): JsonObject => object(Object.fromEntries(names.map((name) => [name, count])));
const dutyCounts = numbers(['total', ...dutyStates, 'suspended', 'unconfirmed']);
const reportCounts = numbers(['asked', ...reportStates]);
const rate = object({ numerator: count, denominator: count, perMille: { type: ['integer', 'null'], minimum: 0 } });
const spread = numbers(['sum', 'median', 'p90', 'most']);
const shape = object({
  plan: text,
  quarter: textOrNull,
  unit: textOrNull,
  asOf: text,
  source: { enum: ['now', 'entries', 'rollup'] },
  quarters: list(text),
  duties: dutyCounts,
  reports: reportCounts,
  rates: object({ done: rate, completeness: rate, timeliness: rate }),
  units: list(object({ unit: text, duties: dutyCounts, reports: reportCounts })),
  burnUp: list(object({ endsOn: text, due: count, done: { type: ['integer', 'null'] } })),
  waits: list(
    object({
      instance: text,
      definition: text,
      title: text,
      state: text,
      unit: text,
      waiter: { enum: ['unit', 'authority'] },
      waitsFor: list(text),
      since: text,
    }),
  ),
  waitsCount: count,
  times: {
    anyOf: [
      { type: 'null' },
      list(object({ definition: text, state: text, stays: count, open: count, calendarTenths: spread, workingTenths: spread })),
    ],
  },
});

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  ocel: 'application/json; charset=utf-8',
};
const told: Readonly<Record<ExportFormat, string>> = {
  csv: 'Duties and reports of a plan as CSV for a spreadsheet',
  xlsx: 'The same as a workbook: the summary by unit, and the list',
  json: 'The same with their numbers as JSON, one work on each line',
  ocel: 'What happened, as an object-centric event log (OCEL 2.0) for process mining',
};

/** A plan's progress: a part of the table of `routes.ts`. Who reads the plan gets what of its works he may read, and no number of the rest. */
export const progressRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/instances/:id/progress',
    policy: { readsInstance: 'id' },
    summary: 'Who has done what of a plan, who is silent, who waits for whom',
    query,
    answers: { status: 200, schema: shape },
    handle: readProgress,
  },
  ...exportsShown.map(
    (format): Route => ({
      method: 'get',
      path: exportPath(format),
      policy: { readsInstance: 'id' },
      summary: told[format],
      query: format === 'ocel' ? logQuery : query,
      answers: { status: 200, schema: mediaTypes[format] },
      handle: (call: InstanceCall) => readExport(call, format),
    }),
  ),
  {
    method: 'get',
    path: '/api/v1/instances/:id/progress.pdf',
    policy: { readsInstance: 'id' },
    summary: 'The same printed: numbers, plots, and the table by unit',
    query,
    answers: { status: 200, schema: 'application/pdf' },
    handle: readProgressPrint,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/follow-up.pdf',
    policy: { readsInstance: 'id' },
    summary: 'The follow-up sheet of a unit: its duties, reports, extensions, urgings',
    query: unitQuery,
    answers: { status: 200, schema: 'application/pdf' },
    handle: readFollowUp,
  },
];

function exportPath(format: ExportFormat, id = ':id'): string {
  return `/api/v1/instances/${id}/progress/export.${format === 'ocel' ? 'ocel.json' : format}`;
}

/** Where a file of the works is, with the choices of a page. */
export function exportHref(
  id: string,
  format: ExportFormat,
  chosen: { readonly quarter: string | null; readonly unit: string | null },
): string {
  const entries = Object.entries(chosen).flatMap(([name, value]) =>
    value === null || (name === 'quarter' && format === 'ocel') ? [] : [[name, value]],
  );
  const asked = new URLSearchParams(Object.fromEntries(entries) as Record<string, string>).toString();
  return `${exportPath(format, encodeURIComponent(id))}${asked === '' ? '' : `?${asked}`}`;
}

function askOf(call: InstanceCall) {
  const { instance } = call.view;
  const named = call.query['unit']?.normalize('NFC') ?? null;
  if (named !== null && !indexOf(call.directory).unit.has(named)) throw new TrinhkyError('notFound');
  return {
    authority: instance.authority,
    plan: instance.id,
    reader: call.reader,
    now: call.now,
    quarter: call.query['quarter'] ?? null,
    unit: named,
  };
}

async function readProgress(call: InstanceCall): Promise<Answer> {
  const { year: _year, grid: _grid, unitDuties: _known, ...progress } = await planProgress(call.edge.app.deps, askOf(call));
  const { duties, reports } = progress;
  const rates = { done: doneRateOf(duties), completeness: completenessOf(reports), timeliness: timelinessOf(reports) };
  return ok({ ...progress, rates });
}

async function readExport(call: InstanceCall, format: ExportFormat): Promise<Answer> {
  const ask = askOf(call);
  await audit(call, 'progressExported', ask.plan, { format, quarter: ask.quarter, unit: ask.unit });
  const made = exportPlan(call.edge.app.deps, format, {
    ...ask,
    kind: null,
    state: null,
    // What is filed is in the language of the office.
    language: 'vi',
    pseudonyms: call.query['pseudonyms'] === 'true',
  });
  return {
    status: 200,
    stream: made.pieces,
    headers: {
      'Content-Type': made.mediaType,
      'Content-Disposition': fileDisposition('attachment', made.name),
      'Content-Security-Policy': fileSecurityPolicy,
      'Cache-Control': 'private, no-store',
    },
  };
}

async function readProgressPrint(call: InstanceCall): Promise<Answer> {
  const { deps } = call.edge.app;
  const progress = await planProgress(deps, askOf(call));
  const title = textAt(call.view.instance.context, 'title');
  const labelOf = (stay: { readonly definition: string; readonly state: string }) => stayLabel(deps.models, 'vi', stay);
  const printed = await deps.printer.printSheet(progressSheet(progress, { directory: call.directory, title, labelOf }));
  return printAnswer(`tien-do.pdf`, printed.bytes);
}

async function readFollowUp(call: InstanceCall): Promise<Answer> {
  const ask = askOf(call);
  if (ask.unit === null) throw new TrinhkyError('notFound');
  const { context } = call.view.instance;
  const sheet = await followUp(call.edge.app.deps, { ...ask, unit: ask.unit }, call.directory);
  await audit(call, 'followUpPrinted', ask.plan, { unit: ask.unit });
  const [number, symbol] = [textAt(context, 'number'), textAt(context, 'symbol')];
  const code = number === '' ? '' : `${number.padStart(2, '0')}/${symbol}`;
  const about = { directory: call.directory, title: textAt(context, 'title'), code, now: call.now, quarter: ask.quarter };
  const printed = await call.edge.app.deps.printer.printSheet(followUpSheet(sheet, about));
  return printAnswer(`Phieu theo doi ${sheet.unitName}.pdf`, printed.bytes);
}

function printAnswer(name: string, bytes: Uint8Array): Answer {
  const headers = {
    'Content-Type': 'application/pdf',
    'Content-Disposition': fileDisposition('inline', name),
    'Content-Security-Policy': printSecurityPolicy,
    'Cache-Control': 'private, no-store',
  };
  return { status: 200, bytes, headers };
}
