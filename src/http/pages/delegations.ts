import { randomUUID } from 'node:crypto';
import { lendableCommands } from '../../commands/delegationScope.js';
import { giveDelegation, listDelegations, revokeDelegation } from '../../commands/delegations.js';
import { TrinhkyError } from '../../errors.js';
import { labelIn, sentence, word } from '../../locales/sentences.js';
import { type Delegation, type Directory, indexOf } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import { isInForce } from '../../office/organisation/roles.js';
import { documentType, documentTypes } from '../../office/papers/symbols.js';
import { dayOf } from '../../office/time/clock.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { commandLabel, namesFor, personName, readable, unitName } from '../names.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';

const HERE = '/delegations';
/** People that the list of suggestions holds; whoever is not in it is found by his login. */
const suggestionsMax = 2_000;
/** What leaves the person on the page; anything else is an error page. */
const SHOWN: ReadonlySet<string> = new Set([
  'inputInvalid',
  'delegationSelf',
  'delegationDates',
  'delegationCycle',
  'delegationsFull',
  'textNotAllowed',
  'keyReused',
]);
const DONE: ReadonlySet<string> = new Set(['given', 'revoked']);

interface Problem {
  readonly status: number;
  readonly sentence: string;
  readonly todo: string;
}

/** What I have lent, what is lent to me, and the form to lend. */
export async function delegationsPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return delegationsView(call, assets, {}, null);
}

export async function delegationSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  return orShown(call, assets, form, async () => {
    const delegator = fieldOf(form, 'delegator');
    await giveDelegation(call.edge.app.deps, {
      authority: call.identity.authority,
      actor: call.identity.person,
      key: fieldOf(form, '_key'),
      delegator: delegator === '' ? call.identity.person : personTyped(call.directory, delegator, 'delegator'),
      delegate: personTyped(call.directory, fieldOf(form, 'delegate'), 'delegate'),
      definitions: chosenOf(form, 'definitions'),
      types: chosenOf(form, 'types'),
      commands: chosenOf(form, 'commands'),
      from: fieldOf(form, 'from'),
      to: fieldOf(form, 'to'),
      reason: fieldOf(form, 'reason'),
    });
    return { kind: 'redirect', to: `${HERE}?done=given` };
  });
}

export async function delegationRevokeSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  return orShown(call, assets, {}, async () => {
    const { authority, person: actor } = call.identity;
    await revokeDelegation(call.edge.app.deps, { authority, actor, id: fieldOf(form, 'delegation') });
    return { kind: 'redirect', to: `${HERE}?done=revoked` };
  });
}

async function orShown(call: SignedCall, assets: Assets, form: Form, work: () => Promise<PageAnswer>): Promise<PageAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN.has(error.code)) throw error;
    const params = readable(namesFor(call.language, call.directory, null, call.now), error.params);
    return delegationsView(call, assets, form, { status: error.status, ...sentence(call.language, error.code, params) });
  }
}

async function delegationsView(call: SignedCall, assets: Assets, form: Form, problem: Problem | null): Promise<PageAnswer> {
  const { administers } = call.reader;
  const { authority, person: actor } = call.identity;
  const all = await listDelegations(call.edge.app.deps, { authority, actor, all: administers });
  const row = (one: Delegation) => rowOf(call, one);
  const given = all.filter(({ delegator }) => delegator === actor);
  const received = all.filter(({ delegate }) => delegate === actor);
  const typed = (name: string): string => (typeof form[name] === 'string' ? (form[name] as string) : '');
  const { done } = call.query;
  const view = {
    ...signedFrame(call, assets, word(call.language, 'delegations')),
    given: given.map(row),
    received: received.map((one) => ({ ...row(one), revocable: false })),
    others: all.filter((one) => !given.includes(one) && !received.includes(one)).map(row),
    administers,
    people: suggestions(call),
    typed: {
      delegator: typed('delegator'),
      delegate: typed('delegate'),
      from: typed('from') || dayOf(call.now),
      to: typed('to'),
      reason: typed('reason'),
    },
    scopes: scopesOf(call, form),
    key: randomUUID(),
    problem,
    done: problem === null && done !== undefined && DONE.has(done) ? word(call.language, `delegationDone_${done}`) : null,
  };
  return { kind: 'page', status: problem?.status ?? 200, template: 'delegations', view };
}

function rowOf(call: SignedCall, one: Delegation) {
  const { language } = call;
  const today = dayOf(call.now);
  const over = one.to < today;
  const state = one.revokedAt !== null ? 'Revoked' : over ? 'Over' : one.from > today ? 'Coming' : 'InForce';
  return {
    id: one.id,
    delegator: personName(call, one.delegator),
    delegate: personName(call, one.delegate),
    days: `${dayInWords(one.from)} – ${dayInWords(one.to)}`,
    scope: scopeInWords(call, one),
    reason: one.reason,
    state: word(language, `delegation${state}`),
    inForce: state === 'InForce',
    revocable: one.revokedAt === null && !over,
  };
}

function scopeInWords(call: SignedCall, { definitions, types, commands }: Delegation): string {
  const { language } = call;
  const models = call.edge.app.deps.models.all();
  const told = [
    (definitions ?? []).map((id) =>
      labelIn(language, models.find(({ definition }) => definition.id === id)?.definition.label, id),
    ),
    (types ?? []).map((type) => documentType(type)?.name ?? type),
    (commands ?? []).map((command) => commandIn(call, command)),
  ].filter((list) => list.length > 0);
  return told.length === 0 ? word(language, 'delegationEverything') : told.map((list) => list.join(', ')).join(' · ');
}

/** A command in the words of the first definition that has it. */
function commandIn(call: SignedCall, command: string): string {
  const model = call.edge.app.deps.models.all().find(({ byCommand }) => byCommand.has(command)) ?? null;
  return commandLabel({ language: call.language, model }, command);
}

/** What a scope may name, each with what was ticked before. */
function scopesOf(call: SignedCall, form: Form) {
  const models = call.edge.app.deps.models.all();
  const options = (name: string, list: readonly (readonly [string, string])[]) => {
    const ticked = new Set(chosenOf(form, name) ?? []);
    return {
      name,
      options: list.map(([value, label], index) => ({ id: `${name}-${index}`, value, label, chosen: ticked.has(value) })),
    };
  };
  const definitions = new Map(
    models.map(({ definition }) => [definition.id, labelIn(call.language, definition.label, definition.id)]),
  );
  const commands = [...new Set(models.flatMap(lendableCommands))].map((command) => [command, commandIn(call, command)] as const);
  return {
    definitions: options('definitions', [...definitions]),
    types: options(
      'types',
      documentTypes.map(({ abbreviation, name }) => [abbreviation, name] as const),
    ),
    commands: options('commands', commands),
    open: ['types', 'commands'].some((name) => chosenOf(form, name) !== null),
  };
}

/** Everybody else who has an account, those of the own units first: what is chosen is the login, what is read is name and post. */
function suggestions(call: SignedCall) {
  const { directory, identity } = call;
  const today = dayOf(call.now);
  const held = (person: string) =>
    (indexOf(directory).appointmentsOf.get(person) ?? []).filter((one) => isInForce(directory, one, today));
  const own = new Set(held(identity.person).map(({ unit }) => unit));
  const list = directory.people
    .filter(({ id, disabled }) => !disabled && id !== identity.person)
    .map(({ id, name, login }) => {
      const at = held(id);
      const as = at.map(({ post, unit }) => `${labelIn(call.language, posts[post]?.label, post)}, ${unitName(call, unit)}`);
      return { login, label: [name, ...as.slice(0, 2)].join(' – '), near: at.some(({ unit }) => own.has(unit)) };
    });
  return [...list.filter(({ near }) => near), ...list.filter(({ near }) => !near)].slice(0, suggestionsMax);
}

/** A person by login or by a name that only one has. Throws `inputInvalid`. */
function personTyped(directory: Directory, typed: string, field: string): string {
  const wanted = typed.normalize('NFC').trim();
  const named = directory.people.filter(({ name }) => name === wanted);
  const found = directory.people.find(({ login }) => login === wanted) ?? (named.length === 1 ? named[0] : undefined);
  if (found === undefined) throw new TrinhkyError('inputInvalid', { faults: [{ path: `/${field}`, message: 'no such person' }] });
  return found.id;
}

/** What was ticked of a list; null where nothing was, which is no bound. */
function chosenOf(form: Form, name: string): readonly string[] | null {
  const sent = Object.hasOwn(form, name) ? [form[name] ?? []].flat() : [];
  return sent.length === 0 ? null : sent;
}
