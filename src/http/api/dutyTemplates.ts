import { applyTemplate } from '../../commands/duties/applyTemplate.js';
import { listTemplates, showTemplate, takeTemplate } from '../../commands/duties/templates.js';
import type { SignedCall } from '../edge.js';
import { type Answer, ok, param, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

const anything = { type: 'object' } as const;
const name = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' } as const;
const id = { type: 'string', minLength: 1, maxLength: 120 } as const;
const version = object({ id: text, version: count, label: text, hash: text, at: text, by: text });
const take = object(
  { plan: id, id: name, label: { type: 'string', minLength: 1, maxLength: 200 }, due: { enum: ['dayOfYear', 'afterIssue'] } },
  ['plan', 'id', 'label'],
);
const apply = object(
  {
    plan: id,
    version: { type: 'integer', minimum: 1 },
    confirm: { type: 'boolean' },
    only: { type: 'array', maxItems: 500, items: { type: 'string', minLength: 1, maxLength: 60 } },
  },
  ['plan'],
);
const applied = { anyOf: [list(object({ clause: text, did: text, code: textOrNull })), { type: 'null' }] } as const;

/** Templates of duties, for the consolidator: a part of the table of `routes.ts`. */
export const dutyTemplateRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/duty-templates',
    policy: 'signedIn',
    summary: 'Every version of every template of duties; for the consolidator',
    answers: { status: 200, schema: object({ templates: list(version) }) },
    handle: readTemplates,
  },
  {
    method: 'get',
    path: '/api/v1/duty-templates/:template',
    policy: 'signedIn',
    summary: 'The newest version of a template, or the one in `version`',
    query: {
      type: 'object',
      additionalProperties: false,
      properties: { version: { type: 'string', pattern: '^[1-9]\\d{0,5}$' } },
    },
    answers: { status: 200, schema: anything },
    handle: readTemplate,
  },
  {
    method: 'post',
    path: '/api/v1/duty-templates',
    policy: 'signedIn',
    summary: 'Take a template from a plan: a new version',
    body: take,
    keyed: true,
    answers: { status: 201, schema: version },
    handle: takeOne,
  },
  {
    method: 'post',
    path: '/api/v1/duty-templates/:template/apply',
    policy: 'signedIn',
    summary: 'Put a template to the confirmed clauses of a plan; without `confirm` only what it would open is answered',
    body: apply,
    keyed: true,
    answers: {
      status: 200,
      schema: object({
        template: object({ id: text, version: count }),
        proposals: list(anything),
        onlyInPlan: list(anything),
        onlyInTemplate: list(anything),
        applied,
      }),
    },
    handle: applyOne,
  },
];

const byOf = ({ identity }: SignedCall) => ({ authority: identity.authority, actor: identity.person });

async function readTemplates(call: SignedCall): Promise<Answer> {
  const rows = await listTemplates(call.edge.app.deps, byOf(call));
  return ok({ templates: rows.map(({ authority: _authority, ...row }) => row) });
}

async function readTemplate(call: SignedCall): Promise<Answer> {
  const asked = call.query.version === undefined ? null : Number(call.query.version);
  return ok(await showTemplate(call.edge.app.deps, byOf(call), param(call, 'template'), asked));
}

async function takeOne(call: SignedCall): Promise<Answer> {
  const { version: taken } = await takeTemplate(call.edge.app.deps, byOf(call), call.body as Parameters<typeof takeTemplate>[2]);
  const { authority: _authority, ...row } = taken;
  return { status: 201, body: row };
}

async function applyOne(call: SignedCall): Promise<Answer> {
  const asked = call.body as Omit<Parameters<typeof applyTemplate>[2], 'template'>;
  return ok(await applyTemplate(call.edge.app.deps, byOf(call), { ...asked, template: param(call, 'template') }));
}
