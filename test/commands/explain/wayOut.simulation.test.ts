import { expect } from 'chai';
import fc from 'fast-check';
import { wayOutOf } from '../../../src/commands/explain/wayOut.js';
import type { Decision } from '../../../src/engine/command.js';
import { SYSTEM_ROLE } from '../../../src/engine/definition.js';
import { activePaths } from '../../../src/engine/machine.js';
import type { Model } from '../../../src/engine/model.js';
import type { Opener } from '../../../src/engine/remedy.js';
import { worldAt } from '../../../src/office/world.js';
import { firstDraft } from '../../support/builders.js';
import { type Asking, carryOut, filesOf, performed, rightHash, type Scene } from '../../support/carryOut.js';
import { given, modelOf, proofAndFiles, shipped, startOf } from '../../support/given.js';
import { plan } from '../../support/papers.js';
import { type Chance, chanceOf, randomOffice } from '../../support/randomOffice.js';
import { rightInput } from '../../support/rightInput.js';

const scenes = 700;
/** Persons and commands that are asked about in each. */
const questions = 4;
/** A search is made while somebody waits for a page; the machine of a test may be slow and busy. */
const p95MsMax = 250;
const walkStepsMax = 14;

/** Persons who have a part in most papers: chance would seldom meet them. */
const involved = ['drafter', 'cultureHead', 'formChecker', 'deputy', 'chair', 'clerk', 'consolidator', 'ward1Head'] as const;

/** Papers are signed, and only there a division of work counts: they come three times as often as the others. */
const drawn = [...shipped, 'document', 'document'];

const days = ['2010-02-09T02:00:00.000Z', '2010-02-10T03:00:00.000Z', '2010-03-30T03:00:00.000Z'] as const;

function children(chance: Chance) {
  return Array.from({ length: chance.below(4) }, (_, index) => ({
    id: `child-${index}`,
    kind: chance.oneOf(['directive', 'report', 'consolidation', 'assignment']),
    key: `key-${index}`,
    open: chance.happens(0.6),
    state: 'active',
  }));
}

/** Commands that somebody could think of where an instance is, and of any state. */
function commandsOf(model: Model, scene: Scene, anywhere: boolean): readonly string[] {
  const active = activePaths(scene.instance.state);
  return [...model.byCommand].flatMap(([command, transitions]) => {
    const people = transitions.filter(({ definition }) => definition.by.some((role) => role !== SYSTEM_ROLE));
    return people.some(({ source }) => anywhere || source.parent === null || active.includes(source.path)) ? [command] : [];
  });
}

/** How a paper comes before who signs it, where chance would seldom lead. */
const laidBefore = [
  { do: 'SUBMIT', by: 'drafter' },
  { do: 'APPROVE_CONTENT', by: 'cultureHead' },
  { do: 'APPROVE_FORM', by: 'formChecker' },
];

/** An instance of a shipped workflow, some random steps after its opening, in an office where things have changed since. */
function randomScene(chance: Chance, id: string): { readonly model: Model; readonly scene: Scene } {
  const model = modelOf(id);
  const approved = id === 'document' && chance.happens(0.3);
  const start = { ...startOf(id), content: chance.happens(0.15) && !approved ? null : firstDraft };
  const story = given(id, approved ? laidBefore : [], start);
  const { report, reportForm } = proofAndFiles({}, startOf(id).at);
  const first = {
    directory: randomOffice(chance),
    now: chance.oneOf(days),
    given: { children: children(chance), content: plan, report, reportForm },
  };
  let scene: Scene = { ...first, instance: story.instance };
  const people = scene.directory.people.map((person) => person.id);
  // What has happened so far happened before the office changed.
  const calm = { ...scene, directory: startOf(id).directory };
  for (let step = approved && chance.happens(0.7) ? 0 : chance.below(walkStepsMax); step > 0; step -= 1) {
    const usual = commandsOf(model, scene, false);
    const moving = usual.filter((name) => model.byCommand.get(name)?.some(({ definition }) => definition.aside !== true));
    const command = chance.oneOf(chance.happens(0.7) && moving.length > 0 ? moving : usual);
    if (command === undefined) break;
    for (const actor of [chance.oneOf(people), ...people]) {
      const saw = rightHash(model, scene.instance, command);
      const asking = { command, actor, input: rightInput(model, scene, command, actor), saw, proven: true };
      const decision = performed(model, { ...calm, instance: scene.instance }, asking);
      // Of an ended instance there is little to say.
      if (decision.kind === 'refused' || (!decision.next.open && chance.happens(0.9))) continue;
      scene = { ...scene, instance: decision.next };
      break;
    }
  }
  return { model, scene };
}

function subsets(changes: readonly Opener[]): (readonly Opener[])[] {
  const all: (readonly Opener[])[] = [[]];
  for (const change of changes) all.push(...all.map((part) => [...part, change]));
  // That nothing at all does not open it is known.
  return all.filter((part) => part.length > 0 && part.length < changes.length);
}

/** Carries changes out in the scene and then performs the command, brought along rightly where the proposal says so. */
function outcomeAfter(model: Model, scene: Scene, asking: Asking, changes: readonly Opener[]): Decision {
  const after = changes.reduce((before, change) => carryOut(model, before, change), scene);
  const brought = new Set(changes.flatMap((change) => (change.kind === 'bring' ? [change.what] : [])));
  return performed(model, after, {
    ...asking,
    ...(brought.has('saw') ? { saw: rightHash(model, after.instance, asking.command) } : {}),
    ...(brought.has('proof') ? { proven: true } : {}),
    ...(brought.has('input') ? { input: rightInput(model, after, asking.command, asking.actor) } : {}),
  });
}

/** What was counted and measured, and what did not hold. */
interface Tally {
  readonly counts: Map<string, number>;
  readonly tookMs: number[];
  readonly faults: string[];
}

const count = ({ counts }: Tally, name: string): void => {
  counts.set(name, (counts.get(name) ?? 0) + 1);
};

function askingOf(chance: Chance, model: Model, scene: Scene): Asking | null {
  const toSign = JSON.stringify(scene.instance.state) === '{"signing":"laidBefore"}' && chance.happens(0.5);
  const command = toSign ? 'PREPARE' : chance.oneOf(commandsOf(model, scene, chance.happens(0.5)));
  if (command === undefined) return null;
  const actor = toSign
    ? chance.oneOf(['deputy', 'chair', 'clerk'])
    : chance.happens(0.5)
      ? chance.oneOf(involved)
      : chance.oneOf(scene.directory.people).id;
  const other = chance.happens(0.5) ? null : 'f'.repeat(64);
  const saw = chance.happens(0.15) ? other : rightHash(model, scene.instance, command);
  const input = chance.happens(0.1) ? {} : rightInput(model, scene, command, actor);
  return { command, actor, input, saw, proven: chance.happens(0.8) };
}

/** Looks for a way out of one refusal, carries it out, and then every part of it. */
function tried(tally: Tally, model: Model, scene: Scene, asking: Asking): void {
  if (performed(model, scene, asking).kind === 'accepted') {
    count(tally, 'accepted');
    return;
  }
  const read = { ...scene.given, ...filesOf(asking.input) };
  const facts = { now: scene.now, world: worldAt(scene.directory, scene.now), given: read };
  const began = performance.now();
  const { wayOut } = wayOutOf(model, scene.instance, { ...asking, saw: { hash: asking.saw }, onBehalfOf: null }, facts);
  tally.tookMs.push(performance.now() - began);
  count(tally, wayOut.kind);
  if (wayOut.kind !== 'found') return;
  count(tally, `of ${wayOut.changes.length}`);
  for (const change of wayOut.changes) count(tally, change.kind);
  const what = `${model.ref.id} ${JSON.stringify(scene.instance.state)} ${asking.actor} ${asking.command} ${JSON.stringify(wayOut.changes)}`;
  const decision = outcomeAfter(model, scene, asking, wayOut.changes);
  if (decision.kind === 'refused') tally.faults.push(`does not open: ${what} BUT ${JSON.stringify(decision.blockers)}`);
  const less = subsets(wayOut.changes).find((part) => outcomeAfter(model, scene, asking, part).kind === 'accepted');
  if (less !== undefined) tally.faults.push(`less would do: ${what} LESS ${JSON.stringify(less)}`);
}

describe('commands/explain: a way out holds when it is carried out', function () {
  this.timeout(120_000);

  it(`opens the command, and no part of it does: ${scenes * questions} questions in all shipped workflows`, () => {
    const tally: Tally = { counts: new Map(), tookMs: [], faults: [] };
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const chance = chanceOf(seed);
        const { model, scene } = randomScene(chance, chance.oneOf(drawn));
        for (let question = 0; question < questions; question += 1) {
          const asking = askingOf(chance, model, scene);
          if (asking !== null) tried(tally, model, scene, asking);
        }
      }),
      { numRuns: scenes, seed: 20100209 },
    );
    const sorted = tally.tookMs.sort((a, b) => a - b);
    const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
    const shown = [...tally.counts].map(([name, number]) => `${name} ${number}`).join(', ');
    console.log(`      ${shown}; p95 ${p95.toFixed(1)} ms, worst ${sorted.at(-1)?.toFixed(0)} ms`);
    expect(tally.faults.slice(0, 10).join('\n')).to.equal('');
    // What was tried must be worth the name: every kind of change that these workflows can ask for, and longer ways too.
    for (const kind of ['bring', 'step', 'wait', 'endChildren', 'delegate', 'divide', 'appoint', 'of 4'])
      expect(tally.counts.get(kind) ?? 0, kind).to.be.greaterThan(2);
    expect(tally.counts.get('found')).to.be.greaterThan(1_000);
    expect(p95).to.be.lessThan(p95MsMax);
  });
});
