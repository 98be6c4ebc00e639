import type { Blocker } from '../../engine/command.js';
import { ruleOf, type TransitionDefinition } from '../../engine/definition.js';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { proofMsMax } from '../../office/catalogue/signing.js';
import { indexOf } from '../../office/organisation/directory.js';
import { mayRead, readableOf, readerOf } from '../../office/organisation/visibility.js';
import type { Application, Identity } from '../application.js';
import type { Outcome } from '../ask.js';
import type { Deps } from '../deps.js';
import { availableTo } from '../look.js';
import type { InstanceView } from '../ports.js';
import { proofHashesMax } from './signing.js';

/** A print that somebody has before the eyes and means to sign. */
export interface ToSign {
  readonly instance: string;
  /** SHA-256 of the prepared bytes that were shown. */
  readonly hash: string;
}

export interface StepUpAsk {
  readonly identity: Identity;
  readonly password: string;
  readonly code: string;
  readonly items: readonly ToSign[];
  /** Where the request comes from. */
  readonly address: string;
}

export type StepUp =
  | { readonly kind: 'proved'; readonly proof: string; readonly expiresAt: string }
  /** Nothing was proved or counted: the first item that this person cannot sign now, and why. */
  | {
      readonly kind: 'refused';
      readonly instance: string;
      readonly refusal: Omit<Extract<Outcome, { kind: 'refused' }>, 'kind'>;
    };

export type Signable =
  | { readonly kind: 'signable'; readonly view: InstanceView; readonly command: string }
  | { readonly kind: 'barred'; readonly view: InstanceView; readonly blockers: readonly Blocker[] }
  /** Not there, or not for this person to read: the same. */
  | { readonly kind: 'unknown' };

/** Whether a transition asks for a fresh proof of the person. */
export function needsProof(definition: TransitionDefinition): boolean {
  return requiresRule(definition, 'freshProof@1');
}

/** Whether a transition names a requirement. */
export function requiresRule(definition: TransitionDefinition, name: string): boolean {
  return (definition.requires ?? []).some((use) => ruleOf(use).name === name);
}

/**
 * Whether a person could sign a print now, if he proved who he is: the instance's prepared print is this one, and a command that asks
 * for a proof is open to him. The same judgement as the command itself.
 */
export async function signable(deps: Deps, identity: Identity, { instance: id, hash }: ToSign): Promise<Signable> {
  const { authority, person } = identity;
  const view = await deps.store.instances.view(authority, id);
  if (view === null) return { kind: 'unknown' };
  const { instance, readers } = view;
  const reader = readerOf(await deps.store.directory.snapshot(authority), person, deps.clock.now());
  if (!mayRead(reader, readableOf(instance, readers))) return { kind: 'unknown' };
  await deps.models.learn(instance.definition);
  const commands = await availableTo(deps, deps.models.pinned(instance.definition), instance, person);
  const signing = commands.filter(({ definition }) => needsProof(definition));
  const open = signing.find((one) => one.open);
  if (open === undefined) return { kind: 'barred', view, blockers: signing[0]?.blockers ?? [notHere(instance.open)] };
  if (instance.context.prepared !== hash) return { kind: 'barred', view, blockers: [{ code: 'proofForOther', params: {} }] };
  return { kind: 'signable', view, command: open.command };
}

function notHere(open: boolean): Blocker {
  return open ? { code: 'preparationNeeded', params: {} } : { code: 'ended', params: {} };
}

/**
 * Proves anew who a person is, by password and second factor, for exactly these prints, each of which he could sign now.
 * A wrong password and a wrong code are the same answer, `stepUpFailed`, after the same work; failures are counted apart from
 * those of signing in, which a right password alone would forgive. Throws `tooManyTries`, `stepUpFailed`, `secondFactorMissing`,
 * `passwordMustChange`, `notFound` {instance}, `bodyInvalid`. Every outcome is audited, with every hash.
 */
export async function stepUp(app: Application, ask: StepUpAsk): Promise<StepUp> {
  const { deps } = app;
  const { identity, items } = ask;
  if (items.length === 0 || items.length > proofHashesMax)
    throw new TrinhkyError('bodyInvalid', { path: '/items', itemsMax: proofHashesMax });
  const refused = await firstRefused(app, ask);
  if (refused !== null) return refused;
  if ((await app.secondFactors.standing(identity)).state !== 'active') {
    await record(deps, identity, 'stepUpRefused', { codes: ['secondFactorMissing'], address: ask.address });
    throw new TrinhkyError('secondFactorMissing');
  }
  await provePerson(app, ask, 'stepUp', { hashes: items.map(({ hash }) => hash) });
  const at = deps.clock.now();
  const hashes = [...new Set(items.map(({ hash }) => hash))];
  const proof = await deps.store.proofs.issue(identity.authority, {
    person: identity.person,
    hashes,
    at,
    method: 'password+totp',
  });
  return { kind: 'proved', proof, expiresAt: new Date(Date.parse(at) + proofMsMax).toISOString() };
}

async function firstRefused({ deps }: Application, { identity, items, address }: StepUpAsk): Promise<StepUp | null> {
  for (const item of items) {
    const found = await signable(deps, identity, item);
    if (found.kind === 'signable') continue;
    const codes = found.kind === 'barred' ? found.blockers.map(({ code }) => code) : ['notFound'];
    await record(deps, identity, 'stepUpRefused', { instance: item.instance, hash: item.hash, codes, address });
    if (found.kind === 'unknown') throw new TrinhkyError('notFound', { instance: item.instance });
    const { definition, revision, state } = found.view.instance;
    const blockers = found.blockers.map((blocker) => ({ ...blocker, params: { ...blocker.params, instance: item.instance } }));
    return { kind: 'refused', instance: item.instance, refusal: { definition, blockers, revision, state, happened: [] } };
  }
  return null;
}

/**
 * Password and second factor of a person, within the limits of tries; spends the code. Only for a `factor` (setting one up) the password
 * alone serves, where none is active. Audited as `<act>Proved`, `<act>Failed` or `<act>Refused` with the details. Throws `tooManyTries`, `stepUpFailed`, `passwordMustChange`.
 */
export async function provePerson(
  app: Application,
  ask: Pick<StepUpAsk, 'identity' | 'password' | 'code' | 'address'>,
  act: 'stepUp' | 'factor',
  details: JsonObject,
): Promise<void> {
  const { identity, address } = ask;
  const login = indexOf(await app.deps.store.directory.snapshot(identity.authority)).person.get(identity.person)?.login ?? '';
  const tries = `${login} step-up`;
  const seconds = await app.limiter.blockedFor(tries, address);
  if (seconds > 0) {
    await record(app.deps, identity, `${act}Failed`, { ...details, address, seconds });
    throw new TrinhkyError('tooManyTries', { seconds });
  }
  const { state } = await app.secondFactors.standing(identity);
  // Both are always computed: what is missing must not show in the time that the answer takes.
  const step = await app.secondFactors.match(identity, ask.code);
  const proved = await app.accounts.verify(login, ask.password);
  const own = proved !== null && proved.person === identity.person && proved.authority === identity.authority;
  const byFactor = async () =>
    state === 'active' ? step !== null && (await app.secondFactors.spend(identity, step)) : act === 'factor';
  const right = own && (await byFactor());
  if (!right) {
    await app.limiter.failed(tries, address);
    await record(app.deps, identity, `${act}Failed`, { ...details, address });
    throw new TrinhkyError('stepUpFailed');
  }
  if (proved.mustChange) {
    await record(app.deps, identity, `${act}Refused`, { ...details, codes: ['passwordMustChange'], address });
    throw new TrinhkyError('passwordMustChange');
  }
  await app.limiter.succeeded(tries, address);
  await record(app.deps, identity, `${act}Proved`, { ...details, address });
}

async function record(deps: Deps, { authority, person }: Identity, kind: string, details: JsonObject): Promise<void> {
  await deps.store.audit.append({ authority, at: deps.clock.now(), actor: person, kind, subject: null, details });
}
