import type { Acceptance } from '../../src/engine/command.js';
import { originOf, sealEntry } from '../../src/engine/entry.js';
import type { Entry, Instance, Parent, StateValue } from '../../src/engine/instance.js';
import { hashOf, type JsonObject, sha256 } from '../../src/engine/json.js';
import { activePaths } from '../../src/engine/machine.js';
import type { TestApplication } from './application.js';
import { ward } from './town.js';

/** One step in the life of a made instance. */
export interface MadeStep {
  readonly at: string;
  readonly command: string;
  readonly state: StateValue;
  readonly actor?: string;
  readonly input?: JsonObject;
}

export interface Made {
  readonly definition: string;
  readonly name: string;
  readonly context: JsonObject;
  /** The first opens it. */
  readonly steps: readonly MadeStep[];
  readonly parent?: Parent | null;
  readonly open?: boolean;
  readonly readers: readonly string[];
  readonly principals?: readonly string[];
}

/**
 * An instance as it would stand after its steps, written through the store with a whole chain of entries: what takes thousands of commands to
 * bring about is there at once, and its numbers are known.
 */
export async function made(app: TestApplication, what: Made): Promise<string> {
  const { authority } = app;
  const id = `${authority}.${sha256(what.name).slice(0, 24)}`;
  const ref = app.deps.models.latest(what.definition).ref;
  const base = { id, authority, definition: ref };
  let prev = originOf(base);
  let before: Acceptance | null = null;
  for (const [index, step] of what.steps.entries()) {
    const last = index === what.steps.length - 1;
    const open = !last || what.open !== false;
    const entry: Entry = {
      instance: id,
      seq: index + 1,
      prev,
      at: step.at,
      actor: step.actor ?? 'cons',
      onBehalfOf: null,
      role: index === 0 ? null : 'unitHead',
      by: null,
      capacity: null,
      key: `${what.name}-${index}`,
      requestHash: hashOf([what.name, index]),
      command: step.command,
      transition: index === 0 ? 'OPEN' : `${step.command}/1`,
      input: step.input ?? (index === 0 ? what.context : {}),
      before: index === 0 ? null : (what.steps[index - 1]?.state ?? null),
      after: step.state,
      contextHash: hashOf(what.context),
      content: null,
      effects: [],
    };
    const { bytes, hash } = sealEntry(entry);
    const stayed = { revision: index + 1, due: null, dueRevision: index + 1, from: step.at };
    const next: Instance = {
      ...base,
      revision: index + 1,
      state: step.state,
      history: {},
      context: what.context,
      content: null,
      parent: what.parent ?? null,
      open,
      originator: 'cons',
      visits: Object.fromEntries(activePaths(step.state).map((path) => [path, stayed])),
      head: hash,
    };
    const standing = {
      open,
      turn: `5 9999-12-31 ${id}`,
      principals: last ? (what.principals ?? []) : [],
      excluded: [],
      readers: what.readers,
    };
    const acceptance: Acceptance = { kind: 'accepted', next, entry, bytes, effects: [], standing };
    await write(app, before, acceptance);
    before = acceptance;
    prev = hash;
  }
  return id;
}

async function write(app: TestApplication, before: Acceptance | null, acceptance: Acceptance): Promise<void> {
  const { instances } = app.deps.store;
  const { entry } = acceptance;
  if (before === null) {
    await instances.insert(acceptance, { keyHash: hashOf([entry.key]), requestHash: entry.requestHash, seq: 1 });
    return;
  }
  const held = { instance: before.next, keys: [], since: before.entry.at, carriedUpTo: 0 };
  const answer = await instances.commit({ before: held, acceptance, movedUpTo: 0 });
  if (answer !== 'committed') throw new Error(`made instance was not committed: ${entry.key}`);
}

/** Wards of one authority: the town with so many of them. */
export async function withWards(app: TestApplication, count: number): Promise<readonly string[]> {
  const { revision: _revision, ...directory } = await app.deps.store.directory.snapshot(app.authority);
  const wards = Array.from({ length: count }, (_, index) => `p${index + 1}`);
  const missing = wards.filter((ward) => !directory.units.some(({ id }) => id === ward));
  await app.deps.store.directory.save({
    ...directory,
    units: [...directory.units, ...missing.map(ward)],
  });
  return wards;
}

const wardKey = (unit: string): string => `post:${unit}/head`;
const everybody = ['post:ubnd/consolidator'];

/** One ward's duty: offered, taken on, handed in and confirmed as far as `doneOn` and `started` say. */
export function madeDuty(
  app: TestApplication,
  duty: {
    readonly plan: string;
    readonly unit: string;
    readonly name: string;
    readonly dueOn: string | null;
    readonly doneOn: string | null;
    readonly started: boolean;
    readonly confirmed?: boolean;
    readonly title?: string;
  },
): Promise<string> {
  const { plan, unit, name, dueOn, doneOn, started, confirmed = doneOn !== null } = duty;
  const steps: MadeStep[] = [
    { at: '2010-02-10T02:00:00.000Z', command: 'OPEN', state: 'offered' },
    ...(started || doneOn !== null
      ? [{ at: '2010-02-12T02:00:00.000Z', command: 'ACCEPT', state: { executing: 'working' }, actor: `head-${unit}` }]
      : []),
    ...(doneOn === null
      ? []
      : [{ at: `${doneOn}T03:00:00.000Z`, command: 'COMPLETE', state: 'completed', actor: `head-${unit}` }]),
    ...(doneOn !== null && confirmed ? [{ at: `${doneOn}T09:00:00.000Z`, command: 'CONFIRM', state: 'confirmed' }] : []),
  ];
  const waits = doneOn === null ? [wardKey(unit)] : confirmed ? [] : everybody;
  return made(app, {
    definition: 'assignment',
    name: `${app.authority} duty ${name}`,
    context: {
      plan,
      directive: 'd',
      clause: 'III.1',
      title: duty.title ?? `Việc ${name}`,
      unit,
      part: 'lead',
      ...(dueOn === null ? {} : { dueOn }),
      ...(doneOn === null ? {} : { completedOn: doneOn, result: 'Đã làm xong' }),
    },
    steps,
    open: !(doneOn !== null && confirmed),
    readers: [wardKey(unit), ...everybody],
    principals: waits,
  });
}

/** A period of the plan, which everybody who follows it up reads. */
export function madePeriod(app: TestApplication, plan: string, period: string, bounds: readonly [from: string, to: string]) {
  const [from, to] = bounds;
  return made(app, {
    definition: 'period',
    name: `${app.authority} period ${plan} ${period}`,
    context: { plan, obligation: 'o', title: `Báo cáo ${period}`, period, from, to, cutOff: `${to}T16:59:59.999Z`, dueOn: to },
    steps: [{ at: `${from}T02:00:00.000Z`, command: 'OPEN', state: 'collecting' }],
    parent: { id: 'o', kind: 'period', key: period },
    readers: everybody,
  });
}

/** One ward's report; `sentOn` null leaves it with the unit, or silent. */
export function madeReport(
  app: TestApplication,
  report: {
    readonly plan: string;
    readonly at: string;
    readonly period: string;
    readonly unit: string;
    readonly dueOn: string;
    readonly sentOn: string | null;
    readonly silent?: boolean;
  },
): Promise<string> {
  const { plan, at, period, unit, dueOn, sentOn, silent = false } = report;
  const steps: MadeStep[] = [
    { at: `${dueOn}T01:00:00.000Z`, command: 'OPEN', state: { preparing: 'open' } },
    ...(sentOn === null
      ? []
      : [
          { at: `${sentOn}T02:00:00.000Z`, command: 'SUBMIT', state: 'submitted', actor: `head-${unit}` },
          { at: `${sentOn}T08:00:00.000Z`, command: 'ACCEPT', state: 'accepted' },
        ]),
    ...(silent ? [{ at: `${dueOn}T12:00:00.000Z`, command: 'RECORD_SILENCE', state: 'silent' }] : []),
  ];
  return made(app, {
    definition: 'report',
    name: `${app.authority} report ${plan} ${period} ${unit}`,
    context: {
      plan,
      obligation: 'o',
      title: `Báo cáo ${period}`,
      period,
      unit,
      forUnit: unit,
      dueOn,
      ...(sentOn === null ? {} : { submittedOn: sentOn }),
    },
    steps,
    parent: { id: at, kind: 'report', key: unit },
    readers: [wardKey(unit), ...everybody],
    principals: sentOn === null && !silent ? [wardKey(unit)] : [],
  });
}
