import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkFiles } from '../../src/definitions/load.js';
import type { Acceptance, Command, Decision, Facts, TimerStamp } from '../../src/engine/command.js';
import { decide, decideOpening } from '../../src/engine/decide.js';
import type { Entry, Instance, StateValue } from '../../src/engine/instance.js';
import type { Json, JsonObject } from '../../src/engine/json.js';
import type { Model } from '../../src/engine/model.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { blockOf } from '../../src/office/organisation/capacity.js';
import type { Directory } from '../../src/office/organisation/directory.js';
import { worldAt } from '../../src/office/world.js';
import { contentOf, contexts, directory as exampleDirectory, firstDraft, preparation, tuesday } from './builders.js';
import { plan } from './papers.js';
import { soundReport } from './soundReport.js';

/** One command of a story. What is left out: no input, the first draft seen, Tuesday morning, the example authority. */
export interface Told {
  readonly do: string;
  readonly by: string;
  readonly input?: JsonObject;
  readonly saw?: string;
  readonly at?: string;
  readonly onBehalfOf?: string;
  readonly timer?: TimerStamp;
  readonly directory?: Directory;
  readonly given?: Facts['given'];
}

export interface Story {
  readonly instance: Instance;
  readonly entries: readonly { readonly seq: number; readonly bytes: string }[];
  readonly last: Acceptance | null;
  when(told: Told): Outcome;
}

export interface Outcome {
  readonly decision: Decision;
  /** The command was accepted and led here. */
  leadsTo(state: StateValue): Acceptance;
  /** The command was refused with exactly these codes. */
  isRefused(...codes: readonly string[]): readonly JsonObject[];
}

const models = new Map<string, Model>();

/** The model of a shipped workflow, or of `note`, the example of the manual. */
export function modelOf(id: string): Model {
  if (models.size === 0) {
    for (const folder of ['../../workflows/', '../definitions/examples/']) {
      const url = new URL(folder, import.meta.url);
      const names = readdirSync(url).filter((name) => name.endsWith('.json'));
      const files = names.map((name) => ({ name, text: readFileSync(new URL(name, url), 'utf8') }));
      for (const model of checkFiles(files, officeCatalogue).models) models.set(model.definition.id, model);
    }
  }
  const model = models.get(id);
  if (model === undefined) throw new Error(`no definition ${id}`);
  return model;
}

export const shipped = [
  'assignment',
  'delivery',
  'directive',
  'document',
  'incoming',
  'obligation',
  'opinion',
  'period',
  'recurring',
  'report',
] as const;

/** Tells a story: an instance of a definition is opened and takes the commands in turn. Throws where one is refused. */
export function given(id: string, told: readonly Told[] = [], start: Partial<Start> = {}): Story {
  const model = modelOf(id);
  const opened = openingOf(model, { ...startOf(id), ...start });
  return told.reduce((story, one) => continued(model, story, one), toldSoFar(model, accepted(opened, 'OPEN'), []));
}

/** How an instance begins. */
export interface Start {
  readonly context: JsonObject;
  readonly by: string;
  readonly content: string | null;
  readonly parent: Instance['parent'];
  readonly directory: Directory;
  readonly at: string;
}

export function startOf(id: string): Start {
  const context = contexts[id] ?? { drafter: 'drafter', draftingUnit: 'culture' };
  const isChild = modelOf(id).definition.openBy?.join() === 'system';
  return {
    context,
    by: isChild ? 'system' : id === 'incoming' ? 'clerk' : 'drafter',
    content: firstDraft,
    parent: isChild ? { id: 'parent-1', kind: id, key: 'key-1' } : null,
    directory: exampleDirectory,
    at: tuesday,
  };
}

export function openingOf(model: Model, start: Start): Decision {
  const { context, content, parent } = start;
  const opening = { id: `${model.ref.id}-1`, authority: 'example', context, content, parent };
  return decideOpening(model, opening, commandOf({ do: 'OPEN', by: start.by }), factsOf(start));
}

export function factsOf(told: Pick<Told, 'at' | 'directory' | 'given'> & { readonly by?: string; readonly saw?: string }): Facts {
  const now = told.at ?? tuesday;
  return {
    now,
    world: worldAt(told.directory ?? exampleDirectory, now),
    given: told.given ?? { children: [], ...proofAndFiles(told, now) },
  };
}

/** What perform brings for SIGN and SEAL, unless a story tells otherwise: a fresh proof of who acts, and the files. */
export function proofAndFiles(told: { readonly by?: string; readonly saw?: string }, now: string): Facts['given'] {
  const hashes = [preparation().prepared, ...(told.saw === undefined ? [] : [told.saw])];
  const made = (name: string) => ({ file: contentOf(name), certificate: contentOf('certificate'), signedAt: now });
  return {
    proof: { person: told.by ?? '', hashes, at: now },
    signature: made('signed file'),
    seal: made('sealed file'),
    number: { number: 41, day: now.slice(0, 10) },
    content: plan,
    report: soundReport,
    reportForm: { id: 'thuc-hien-ke-hoach', version: 1, hash: soundReport.hash },
  };
}

export function commandOf(told: Told): Command {
  return {
    name: told.do,
    actor: told.by,
    input: told.input ?? {},
    saw: told.saw ?? firstDraft,
    key: `key ${told.do}`,
    requestHash: '',
    ...(told.onBehalfOf === undefined ? {} : { onBehalfOf: told.onBehalfOf }),
    ...(told.timer === undefined ? {} : { timer: told.timer }),
  };
}

function toldSoFar(model: Model, acceptance: Acceptance, before: Story['entries']): Story {
  const { next: instance, entry, bytes } = acceptance;
  return {
    instance,
    entries: [...before, { seq: entry.seq, bytes }],
    last: acceptance,
    when: (told) => outcomeOf(told, decide(model, instance, commandOf(told), factsOf(told))),
  };
}

function continued(model: Model, story: Story, told: Told): Story {
  return toldSoFar(model, accepted(story.when(told).decision, told.do), story.entries);
}

function outcomeOf(told: Told, decision: Decision): Outcome {
  return {
    decision,
    leadsTo(state) {
      const acceptance = accepted(decision, told.do);
      expect(acceptance.next.state).to.deep.equal(state);
      return acceptance;
    },
    isRefused(...codes) {
      if (decision.kind === 'accepted') throw new Error(`${told.do} by ${told.by} was accepted`);
      expect(decision.blockers.map((blocker) => blocker.code)).to.deep.equal(codes);
      return decision.blockers.map((blocker) => blocker.params);
    },
  };
}

function accepted(decision: Decision, what: string): Acceptance {
  if (decision.kind === 'accepted') return decision;
  throw new Error(`${what} was refused: ${JSON.stringify(decision.blockers)}`);
}

/** The entry of an acceptance as far as a person reads it: of the capacity the block. */
export function readEntry({ entry }: Acceptance): Partial<Entry> {
  const { actor, onBehalfOf, role, by, capacity } = entry;
  return { actor, onBehalfOf, role, by, capacity: blockOf(capacity) as Json };
}
