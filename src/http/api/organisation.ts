import type { JsonObject } from '../../commands/look.js';
import { csvOf, exportOrganisation } from '../../commands/organisation/exportOrganisation.js';
import { importOrganisation } from '../../commands/organisation/importOrganisation.js';
import { checkedAtOnceMax, checkPart } from '../../commands/organisation/ownerless.js';
import { succeed } from '../../commands/organisation/succeed.js';
import { TrinhkyError } from '../../errors.js';
import { recordKinds } from '../../office/organisation/records.js';
import type { SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy } from '../headers.js';
import { fileDisposition } from './disposition.js';
import { csvMediaType } from './registers.js';
import { type Answer, ok, param, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

/** Most consequences that one answer holds; the number of all of them stands beside. */
const consequencesMax = 5_000;

const anything = { type: 'object' } as const;
const dryRunQuery = {
  type: 'object',
  additionalProperties: false,
  properties: { dryRun: { enum: ['true', 'false'] } },
} as const;
const consequence = object({ code: text, params: anything });
const importAsk = object({ organisation: anything, correctPast: { type: 'string', minLength: 1, maxLength: 300 } }, [
  'organisation',
]);

/** The organisation in time, for administrators: a part of the table of `routes.ts`. */
export const organisationRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/organisation',
    policy: { administers: true },
    summary: 'The records of the organisation, as the import takes them',
    answers: { status: 200, schema: anything },
    handle: readOrganisation,
  },
  {
    method: 'get',
    path: '/api/v1/organisation/:kind/table.csv',
    policy: { administers: true },
    summary: 'One kind of its records as CSV for a spreadsheet',
    answers: { status: 200, schema: csvMediaType },
    handle: readTable,
  },
  {
    method: 'post',
    path: '/api/v1/organisation/import',
    policy: { administers: true },
    summary: 'Bring records in; with dryRun=true every consequence is listed and nothing written',
    query: dryRunQuery,
    body: importAsk,
    keyed: true,
    answers: {
      status: 200,
      schema: object({ written: { type: 'boolean' }, counts: anything, consequences: list(consequence), consequencesAll: count }),
    },
    handle: importRecords,
  },
  {
    method: 'post',
    path: '/api/v1/organisation/successions/:succession',
    policy: { administers: true },
    summary: 'Carry a recorded succession out, or with dryRun=true say what would follow',
    query: dryRunQuery,
    keyed: true,
    answers: {
      status: 200,
      schema: object({
        succession: text,
        moved: count,
        refused: list(anything),
        consequences: list(consequence),
        consequencesAll: count,
      }),
    },
    handle: carryOut,
  },
  {
    method: 'get',
    path: '/api/v1/organisation/check',
    policy: { administers: true },
    summary: 'Open instances in which nobody can act today, part by part',
    query: {
      type: 'object',
      additionalProperties: false,
      properties: { after: { type: 'string', minLength: 1, maxLength: 300 } },
    },
    answers: {
      status: 200,
      schema: object({ checked: count, ownerless: list(anything), next: textOrNull }),
    },
    handle: checkOwners,
  },
];

const by = ({ identity }: SignedCall) => ({ authority: identity.authority, actor: identity.person });

async function readOrganisation(call: SignedCall): Promise<Answer> {
  const [file] = await exportOrganisation(call.edge.app.deps, { ...by(call), format: 'json' });
  return ok(JSON.parse(file?.text ?? '{}'));
}

async function readTable(call: SignedCall): Promise<Answer> {
  const kind = recordKinds.find((one) => one === param(call, 'kind'));
  if (kind === undefined) throw new TrinhkyError('notFound');
  await audit(call, 'organisationExported', kind, { format: 'csv' });
  const bytes = new TextEncoder().encode(csvOf(call.directory, kind));
  const headers = {
    'Content-Type': csvMediaType,
    'Content-Disposition': fileDisposition('attachment', `${kind}.csv`),
    'Content-Security-Policy': fileSecurityPolicy,
    'Cache-Control': 'private, no-store',
  };
  return { status: 200, bytes, headers };
}

async function importRecords(call: SignedCall): Promise<Answer> {
  const { organisation, correctPast = null } = call.body as { organisation: JsonObject; correctPast?: string };
  const {
    consequences,
    after: _,
    ...answer
  } = await importOrganisation(call.edge.app.deps, {
    ...by(call),
    brought: { json: organisation, file: 'organisation' },
    dryRun: call.query['dryRun'] === 'true',
    correctPast,
  });
  return ok({ ...answer, ...cut(consequences) });
}

async function carryOut(call: SignedCall): Promise<Answer> {
  const dryRun = call.query['dryRun'] === 'true';
  const done = await succeed(call.edge.app.deps, { ...by(call), succession: param(call, 'succession'), dryRun });
  return ok({ ...done, ...cut(done.consequences) });
}

async function checkOwners(call: SignedCall): Promise<Answer> {
  const { authority } = call.identity;
  return ok(await checkPart(call.edge.app.deps, authority, call.query['after'] ?? null, checkedAtOnceMax));
}

function cut<T>(all: readonly T[]): { readonly consequences: readonly T[]; readonly consequencesAll: number } {
  return { consequences: all.slice(0, consequencesMax), consequencesAll: all.length };
}
