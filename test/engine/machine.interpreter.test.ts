import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { checkDefinition } from '../../src/engine/check.js';
import type { Definition } from '../../src/engine/definition.js';
import { type Configuration, explore } from '../../src/engine/explore.js';
import type { History } from '../../src/engine/instance.js';
import { compileMachine, type Step } from '../../src/engine/machine.js';
import { type Interpreter, interpreterOf, type Read, type Remembered } from '../support/interpreter.js';
import { configurationsAtMost, emptyCatalogue, randomDefinition } from '../support/randomDefinition.js';

const workflows = new URL('../../workflows/', import.meta.url);
const randomRuns = 300;
const configurationsMax = 200;

interface Taken {
  steps: number;
  dones: number;
  cascades: number;
  resumes: number;
  parallelDones: number;
}

const none = (): Taken => ({ steps: 0, dones: 0, cascades: 0, resumes: 0, parallelDones: 0 });

describe('the machine against an independent interpreter', () => {
  for (const file of readdirSync(workflows).filter((name) => name.endsWith('.json'))) {
    it(`agrees on every configuration and transition of ${file}`, () => {
      // given a shipped workflow
      const definition = JSON.parse(readFileSync(new URL(file, workflows), 'utf8')) as Definition;
      // when every transition of every configuration is taken by both
      const taken = compare(definition, none());
      // then they agree, and the walk was a walk
      expect(taken.steps).to.be.greaterThan(4);
    });
  }

  it('agrees on random definitions, with dones and resumes really taken', () => {
    const taken = none();
    let kept = 0;
    // given random definitions that the checks accept
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fffffff }), (seed) => {
        const definition = randomDefinition(seed);
        if (configurationsAtMost(definition) > configurationsMax) return;
        if (checkDefinition(definition, emptyCatalogue, () => []).length > 0) return;
        kept += 1;
        // when each transition of each configuration is taken by both, then they agree
        compare(definition, taken);
      }),
      { numRuns: randomRuns, endOnFailure: true },
    );
    expect(kept, 'sound definitions').to.be.greaterThan(randomRuns / 4);
    expect(taken.steps, 'steps').to.be.greaterThan(3_000);
    expect(taken.dones, 'dones').to.be.greaterThan(400);
    expect(taken.parallelDones, 'dones of parallel states').to.be.greaterThan(150);
    expect(taken.cascades, 'steps with several dones').to.be.greaterThan(20);
    expect(taken.resumes, 'histories resumed').to.be.greaterThan(150);
  }).timeout(60_000);
});

function compare(definition: Definition, taken: Taken): Taken {
  const machine = compileMachine(definition);
  const interpreter = interpreterOf(definition);
  expect(readOf(machine.initial)).to.deep.equal(plain(interpreter.initial()), 'the initial step');
  for (const configuration of explore(machine).configurations.values()) {
    for (const { transition, step } of configuration.next) {
      const read = follow(interpreter, configuration, transition.source.path, transition.target);
      expect(readOf(step), `${transition.id} of ${configuration.key}`).to.deep.equal(plain(read));
      taken.steps += 1;
      taken.dones += read.dones;
      taken.cascades += read.dones > 1 ? 1 : 0;
      taken.resumes += read.resumed;
      taken.parallelDones += read.dones > 0 && hasParallel(definition, read) ? 1 : 0;
    }
  }
  return taken;
}

function follow(interpreter: Interpreter, from: Configuration, source: string, target: string | null): Read {
  return interpreter.step(from.state, byPath(from.history), source, target);
}

/** Node ids begin with a constant and separate names by dots. */
function byPath(history: History): Remembered {
  const path = (id: string): string => `/${id.split('.').slice(1).join('/')}`;
  return Object.fromEntries(Object.entries(history).map(([key, ids]) => [path(key), ids.map(path).sort()]));
}

function readOf(step: Step): object {
  const moves = step.moves.map((move) => (move.kind === 'take' ? 'take' : `${move.kind} ${move.path}`));
  return { state: step.state, history: byPath(step.history), ended: step.ended, moves };
}

function plain({ state, history, ended, moves }: Read): object {
  const sorted = Object.fromEntries(Object.entries(history).map(([key, paths]) => [key, [...paths].sort()]));
  return { state, history: sorted, ended, moves };
}

/** Whether the step left a parallel state after the transition itself, which only a `done` does. */
function hasParallel(definition: Definition, read: Read): boolean {
  const after = read.moves.slice(read.moves.indexOf('take') + 1);
  return after.some((move) => move.startsWith('exit ') && kindAt(definition, move.slice(5)) === 'parallel');
}

function kindAt(definition: Definition, path: string): string {
  let states = definition.states;
  let kind = '';
  for (const name of path.split('/').slice(1)) {
    const state = states[name];
    kind = state?.parallel ? 'parallel' : 'other';
    states = state?.states ?? state?.parallel ?? {};
  }
  return kind;
}
