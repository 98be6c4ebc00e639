import { arrivalSlip } from '../../commands/papers/arrivalSlip.js';
import { buildRegister, registerCsv, registerSheet } from '../../commands/papers/registers.js';
import { TrinhkyError } from '../../errors.js';
import { type RegisterKind, registerKinds } from '../../office/registers/data.js';
import type { Register } from '../../office/registers/register.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy } from '../headers.js';
import { fileDisposition } from './disposition.js';
import { type Answer, ok, param, type Route } from './route.js';

export const csvMediaType = 'text/csv; charset=utf-8';

const day = { type: 'string', format: 'date' } as const;
const query = {
  type: 'object',
  required: ['from', 'to'],
  additionalProperties: false,
  properties: { from: day, to: day, series: { type: 'string', minLength: 1, maxLength: 60 } },
} as const;
const printQuery = {
  ...query,
  properties: { ...query.properties, volume: { type: 'string', minLength: 1, maxLength: 20 } },
} as const;

const text = { type: 'string' } as const;
const registerShape = {
  type: 'object',
  required: ['kind', 'name', 'from', 'to', 'columns', 'rows', 'numbers'],
  additionalProperties: false,
  properties: {
    kind: { enum: [...registerKinds] },
    name: text,
    from: text,
    to: text,
    columns: { type: 'array', items: text },
    rows: { type: 'array', items: { type: 'array', items: text } },
    numbers: { type: ['object', 'null'], required: ['first', 'last'], properties: { first: text, last: text } },
  },
} as const;

/** The registers of a period: a part of the table of `routes.ts`. For those who read everything; every reading is audited. */
export const registerRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/registers/:kind',
    policy: { readsAll: true },
    summary: 'A register of a period: outgoing, incoming, followUp, post or archivedCopies',
    query,
    answers: { status: 200, schema: registerShape },
    handle: readRegister,
  },
  {
    method: 'get',
    path: '/api/v1/registers/:kind/table.csv',
    policy: { readsAll: true },
    summary: 'The same as CSV for a spreadsheet',
    query,
    answers: { status: 200, schema: csvMediaType },
    handle: readRegisterCsv,
  },
  {
    method: 'get',
    path: '/api/v1/registers/:kind/book.pdf',
    policy: { readsAll: true },
    summary: 'The same as a book to be printed, bound and signed: cover and table',
    query: printQuery,
    answers: { status: 200, schema: 'application/pdf' },
    handle: readRegisterBook,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/slip.pdf',
    policy: { readsInstance: 'id' },
    summary: 'The slip of a registered incoming paper, with the data of the arrival stamp',
    answers: { status: 200, schema: 'application/pdf' },
    handle: readSlip,
  },
];

/** A kind in an address; `notFound` for any other text. */
export function registerKind(name: string): RegisterKind {
  const kind = registerKinds.find((one) => one === name);
  if (kind === undefined) throw new TrinhkyError('notFound');
  return kind;
}

async function registerFor(call: SignedCall, format: 'json' | 'csv' | 'pdf'): Promise<Register> {
  const kind = registerKind(param(call, 'kind'));
  const { from = '', to = '', series } = call.query;
  // What is printed and filed is in the language of the office.
  const language = format === 'json' ? call.language : 'vi';
  const ask = { authority: call.identity.authority, kind, from, to, series: series?.normalize('NFC') ?? null, language };
  const register = await buildRegister(call.edge.app.deps, ask);
  await audit(call, 'registerRead', kind, { from, to, format, rows: register.rows.length });
  return register;
}

async function readRegister(call: SignedCall): Promise<Answer> {
  const { columns, rows, ...register } = await registerFor(call, 'json');
  return ok({ ...register, columns: columns.map(({ label }) => label), rows: rows.map(({ cells }) => cells) });
}

async function readRegisterCsv(call: SignedCall): Promise<Answer> {
  const register = await registerFor(call, 'csv');
  return file(registerFileName(register, 'csv'), csvMediaType, new TextEncoder().encode(registerCsv(register)));
}

async function readRegisterBook(call: SignedCall): Promise<Answer> {
  const register = await registerFor(call, 'pdf');
  const printed = await call.edge.app.deps.printer.printSheet(registerSheet(register, call.directory, call.query['volume']));
  return file(registerFileName(register, 'pdf'), 'application/pdf', printed.bytes);
}

async function readSlip(call: InstanceCall): Promise<Answer> {
  const { instance } = call.view;
  const sheet = arrivalSlip(instance, call.directory);
  await audit(call, 'slipPrinted', instance.id, {});
  const printed = await call.edge.app.deps.printer.printSheet(sheet);
  return file(`Phieu giai quyet van ban den ${Number(instance.context['arrivalNumber'])}.pdf`, 'application/pdf', printed.bytes);
}

/** `So dang ky van ban di 2026-01-01 2026-12-31`, with its ending. */
export function registerFileName({ name, from, to }: Register, ending: 'csv' | 'pdf'): string {
  return `${name} ${from} ${to}.${ending}`;
}

function file(name: string, type: string, bytes: Uint8Array): Answer {
  const headers = {
    'Content-Type': type,
    'Content-Disposition': fileDisposition('attachment', name),
    'Content-Security-Policy': fileSecurityPolicy,
    'Cache-Control': 'private, no-store',
  };
  return { status: 200, bytes, headers };
}
