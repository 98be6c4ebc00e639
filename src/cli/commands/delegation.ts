import { randomUUID } from 'node:crypto';
import { giveDelegation, listDelegations, revokeDelegation } from '../../commands/delegations.js';
import { dayShown } from '../../locales/due.js';
import { type Delegation, type Directory, indexOf } from '../../office/organisation/directory.js';
import { dayOf } from '../../office/time/clock.js';
import { answer, authorityOf, columnsDefault, personOf, type Session, withApplication } from '../session.js';
import { table } from '../table.js';

export interface GiveFlags {
  readonly from?: string;
  readonly to: string;
  readonly reason: string;
  readonly definitions?: string;
  readonly types?: string;
  readonly commands?: string;
}

const operator = { actor: 'commandLine', operator: true } as const;

/** `trinhky delegation list [LOGIN]`: all delegations, or those that a person gave and received. */
export async function delegationList(session: Session, login: string | undefined): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const person = login === undefined ? null : await personOf(app, authority, login);
    const all = await listDelegations(app.deps, { authority, ...operator, all: true });
    const shown = all.filter(({ delegator, delegate }) => person === null || [delegator, delegate].includes(person.id));
    const directory = await app.deps.store.directory.snapshot(authority);
    answer(session, shown, () => listText(session, directory, shown, dayOf(app.deps.clock.now())));
    return 0;
  });
}

/** `trinhky delegation give LOGIN DELEGATE`: records a delegation for somebody; the same rules as on the page. */
export async function delegationGive(session: Session, login: string, delegate: string, flags: GiveFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const [from, to] = [await personOf(app, authority, login), await personOf(app, authority, delegate)];
    const made = await giveDelegation(app.deps, {
      authority,
      ...operator,
      key: randomUUID(),
      delegator: from.id,
      delegate: to.id,
      definitions: listed(flags.definitions),
      types: listed(flags.types),
      commands: listed(flags.commands),
      from: flags.from ?? dayOf(app.deps.clock.now()),
      to: flags.to,
      reason: flags.reason,
    });
    answer(session, made, () => session.words.say('delegation.given', { id: made.id, delegator: from.name, delegate: to.name }));
    return 0;
  });
}

/** `trinhky delegation revoke ID`: takes a delegation back at once. */
export async function delegationRevoke(session: Session, id: string): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const revoked = await revokeDelegation(app.deps, { authority, ...operator, id });
    answer(session, revoked, () => session.words.say('delegation.revoked', { id }));
    return 0;
  });
}

function listed(text: string | undefined): readonly string[] | null {
  if (text === undefined) return null;
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function listText({ words, io }: Session, directory: Directory, list: readonly Delegation[], today: string): string {
  if (list.length === 0) return words.say('delegation.none');
  const nameOf = (id: string): string => indexOf(directory).person.get(id)?.name ?? id;
  const head = ['id', 'delegator', 'delegate', 'from', 'to', 'scope', 'state'].map((name) => words.say(`delegation.${name}`));
  const rows = list.map((one) => [
    one.id,
    nameOf(one.delegator),
    nameOf(one.delegate),
    dayShown(one.from),
    dayShown(one.to),
    [one.definitions, one.types, one.commands].flatMap((bound) => (bound === null ? [] : [bound.join(', ')])).join(' · ') ||
      words.say('delegation.everything'),
    words.say(`delegation.${stateOf(one, today)}`),
  ]);
  return table(head, rows, io.columns ?? columnsDefault);
}

function stateOf({ revokedAt, from, to }: Delegation, today: string): 'isRevoked' | 'isOver' | 'isComing' | 'isInForce' {
  if (revokedAt !== null) return 'isRevoked';
  if (to < today) return 'isOver';
  return from > today ? 'isComing' : 'isInForce';
}
