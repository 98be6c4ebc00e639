import { scopeItemsMax } from '../../commands/delegationScope.js';
import { delegationReasonCharsMax, giveDelegation, listDelegations, revokeDelegation } from '../../commands/delegations.js';
import type { Delegation } from '../../office/organisation/directory.js';
import type { SignedCall } from '../edge.js';
import { personName } from '../names.js';
import { type Answer, ok, param, type Route } from './route.js';
import { list, object, text, textOrNull, textsOrNull } from './schemas.js';

const person = { type: 'string', minLength: 1, maxLength: 80 };
const day = { type: 'string', format: 'date' };
const names = {
  type: ['array', 'null'],
  minItems: 1,
  maxItems: scopeItemsMax,
  items: { type: 'string', minLength: 1, maxLength: 80 },
};

const delegation = object({
  id: text,
  delegator: text,
  delegatorName: text,
  delegate: text,
  delegateName: text,
  definitions: textsOrNull,
  types: textsOrNull,
  commands: textsOrNull,
  from: day,
  to: day,
  revokedAt: textOrNull,
  reason: text,
});
const ask = object(
  {
    delegator: person,
    delegate: person,
    definitions: names,
    types: names,
    commands: names,
    from: day,
    to: day,
    reason: { type: 'string', minLength: 1, maxLength: delegationReasonCharsMax },
  },
  ['delegate', 'from', 'to', 'reason'],
);

const by = ({ identity }: SignedCall) => ({ authority: identity.authority, actor: identity.person });

function body(call: SignedCall, one: Delegation) {
  return { ...one, delegatorName: personName(call, one.delegator), delegateName: personName(call, one.delegate) };
}

async function readDelegations(call: SignedCall): Promise<Answer> {
  const items = await listDelegations(call.edge.app.deps, { ...by(call), all: call.query.all === 'true' });
  return ok({ items: items.map((one) => body(call, one)) });
}

type Asked = Pick<Delegation, 'delegate' | 'from' | 'to' | 'reason'> & Partial<Delegation>;

async function give(call: SignedCall): Promise<Answer> {
  const { delegator, delegate, definitions = null, types = null, commands = null, from, to, reason } = call.body as Asked;
  const made = await giveDelegation(call.edge.app.deps, {
    ...by(call),
    key: call.key,
    delegator: delegator ?? call.identity.person,
    delegate,
    definitions,
    types,
    commands,
    from,
    to,
    reason,
  });
  return { status: 201, body: body(call, made) };
}

async function revoke(call: SignedCall): Promise<Answer> {
  return ok(body(call, await revokeDelegation(call.edge.app.deps, { ...by(call), id: param(call, 'delegation') })));
}

/** Delegations of processing: a part of the table of `routes.ts`. Who may do what is decided by the use cases. */
export const delegationRoutes: readonly Route[] = [
  {
    method: 'get',
    path: '/api/v1/delegations',
    policy: 'signedIn',
    summary: 'The delegations that I gave and received; with `all`, for administrators, everybody’s',
    query: { ...object({ all: { enum: ['true', 'false'] } }, []) },
    answers: { status: 200, schema: object({ items: list(delegation) }) },
    handle: readDelegations,
  },
  {
    method: 'post',
    path: '/api/v1/delegations',
    policy: 'signedIn',
    summary:
      'Delegate my processing to somebody, from day to day; an administrator names the delegator. It never gives a right to sign',
    body: ask,
    keyed: true,
    answers: { status: 201, schema: delegation },
    handle: give,
  },
  {
    method: 'post',
    path: '/api/v1/delegations/:delegation/revoke',
    policy: 'signedIn',
    summary: 'Take a delegation back, at once',
    keyed: true,
    answers: { status: 200, schema: delegation },
    handle: revoke,
  },
];
