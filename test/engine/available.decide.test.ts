import { expect } from 'chai';
import fc from 'fast-check';
import { available } from '../../src/engine/available.js';
import { decide } from '../../src/engine/decide.js';
import { SYSTEM_ACTOR, type TransitionDefinition } from '../../src/engine/definition.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Model } from '../../src/engine/model.js';
import {
  appointment,
  delegation,
  deputyBlock,
  directory,
  directoryOf,
  firstDraft,
  preparation,
  secondDraft,
} from '../support/builders.js';
import { commandOf, factsOf, given, modelOf, proofAndFiles, shipped } from '../support/given.js';
import { plan } from '../support/papers.js';
import { sampleInput } from '../support/sampleInput.js';
import { soundReport } from '../support/soundReport.js';

const people = directory.people.map(({ id }) => id);

/** Directories in which a person has several ways to act, or none. */
const directories = [
  directory,
  directoryOf({
    appointments: [
      ...directory.appointments,
      appointment('drafter', 'culture', 'head'),
      appointment('cultureHead', 'committee', 'deputyChair'),
      appointment('ward1Head', 'committee', 'consolidator'),
    ],
    delegations: [
      delegation('cultureHead', 'drafter'),
      delegation('deputy', 'cultureHead'),
      delegation('drafter', 'formChecker'),
      delegation('chair', 'deputy', { definitions: ['directive'] }),
      delegation('ward1Head', 'stranger', { to: '2010-02-08' }),
    ],
  }),
];

/** Fields of the context that requirements look at, filled or not. */
const fields = fc.record(
  {
    editors: fc.uniqueArray(fc.constantFrom('formChecker', 'cultureHead', 'deputy', 'colleague'), { maxLength: 3 }),
    contentApprovedBy: fc.constantFrom('cultureHead', 'deputy'),
    formApprovedBy: fc.constantFrom('formChecker', 'chair'),
    issuedOn: fc.constantFrom('2010-02-09', '2010-02-08'),
    preparedContent: fc.constantFrom(firstDraft, secondDraft),
    prepared: fc.constant(preparation().prepared),
    signature: fc.constant(deputyBlock),
    signedBy: fc.constantFrom('deputy', 'clerk'),
    assessedBy: fc.constantFrom('consolidator', 'deputy'),
    completedBy: fc.constantFrom('ward1Head', 'consolidator'),
    submittedBy: fc.constantFrom('ward1Head', 'consolidator'),
    submittedOn: fc.constant('2010-02-08'),
    late: fc.boolean(),
  },
  { requiredKeys: [] },
);

/** Commands that a page shows as possible and that what they bring may still close: a file, a review, a clause, a leader that is not there. */
const judgedByInput: Readonly<Record<string, string | readonly string[]>> = {
  ATTACH: 'attachmentUnknown',
  DETACH: 'attachmentUnknown',
  ATTACH_PLAN: 'ownPlanUnclear',
  REASSIGN: 'notAddressed',
  SPLIT: 'inputInvalid',
  REVIEW_CLAUSES: 'contentMissing',
  OPEN_DIRECTIVE: 'clauseNotReviewed',
  SUBMIT: 'leaderUnknown',
  FORWARD: 'leaderUnknown',
  OPEN_OBLIGATION: ['notAddressed', 'formUnknown', 'periodUnknown', 'duePassed', 'inputOther'],
  OPEN_PERIOD: 'periodUnknown',
  CHANGE: ['notAddressed', 'formUnknown'],
};

const reportForm = { id: 'thuc-hien-ke-hoach', version: 1, hash: soundReport.hash };

const child = fc.record({
  id: fc.constantFrom('c-1', 'c-2'),
  kind: fc.constantFrom('directive', 'report', 'assignment', 'consolidation'),
  key: fc.constant('taken'),
  open: fc.boolean(),
  state: fc.constant('somewhere'),
});

describe('what is shown as possible', () => {
  it('is what decide accepts, for any state, person and context, once the command brings its input', () => {
    let opened = 0;
    let closed = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...shipped),
        fc.nat(),
        fc.constantFrom(...people),
        fields,
        fc.array(child, { maxLength: 3 }),
        fc.constantFrom(...directories),
        fc.constantFrom(firstDraft, null),
        (id, at, actor, context, children, world, content) => {
          // given an instance in any state that can be reached
          const model = modelOf(id);
          const instance = standing(model, at, context, content);
          // what is read before: children, the content, and of a report its form and duties
          const facts = factsOf({ directory: world, given: { children, content: plan, report: soundReport, reportForm } });
          const list = available(model, instance, actor, facts);
          // when each command is given with a fitting input, the right hash and a preparation
          for (const one of list) {
            const decision = decide(
              model,
              instance,
              commandOf({ do: one.command, by: actor, input: inputFor(one.definition), saw: wanted(instance, one.command) }),
              {
                ...facts,
                given: {
                  children,
                  preparation: preparation(),
                  ...proofAndFiles({ by: actor, saw: wanted(instance, one.command) }, facts.now),
                },
              },
            );
            // then the answers are the same
            const byInput =
              one.open &&
              decision.kind === 'refused' &&
              decision.blockers.every(({ code }) => [judgedByInput[one.command] ?? []].flat().includes(code));
            expect(decision.kind === 'accepted' || byInput, `${one.command} by ${actor}`).to.equal(one.open);
            if (one.open) opened += 1;
            else closed += 1;
          }
        },
      ),
      { numRuns: 1_500 },
    );
    expect(opened, 'open commands seen').to.be.greaterThan(200);
    expect(closed, 'closed commands seen').to.be.greaterThan(200);
  }).timeout(30_000);

  it('lists every command of the active states once, and no other', () => {
    const { instance } = given('document', [{ do: 'SUBMIT', by: 'drafter' }]);
    const names = available(modelOf('document'), instance, 'stranger', factsOf({})).map(({ command }) => command);
    expect(names).to.have.members(['APPROVE_CONTENT', 'APPROVE_FORM', 'RETURN', 'RECALL', 'TAKE_BACK']);
  });

  it('leaves out what only the system sends', () => {
    const { instance } = given('report');
    const list = available(modelOf('report'), instance, 'consolidator', factsOf({}));
    expect(list.map(({ command, open }) => [command, open])).to.have.deep.members([
      ['URGE', true],
      ['UNLOCK', false],
      ['START', false],
      ['REQUEST_EXTENSION', false],
      ['RECORD_SILENCE', false],
    ]);
    expect(available(modelOf('report'), instance, SYSTEM_ACTOR, factsOf({})).every(({ open }) => !open)).to.equal(true);
  });

  it('says for whom a delegate would act, and why a command is closed', () => {
    const world = directoryOf({ delegations: [delegation('cultureHead', 'colleague')] });
    const { instance } = given('document', [{ do: 'SUBMIT', by: 'drafter' }]);
    const list = available(modelOf('document'), instance, 'colleague', factsOf({ directory: world }));
    const approve = list.find(({ command }) => command === 'APPROVE_CONTENT');
    expect([approve?.open, approve?.onBehalfOf]).to.deep.equal([true, 'cultureHead']);
    const recall = list.find(({ command }) => command === 'RECALL');
    expect([recall?.open, recall?.blockers[0]?.code, recall?.blockers[0]?.who]).to.deep.equal([
      false,
      'notYours',
      ['person:drafter'],
    ]);
  });

  it('is nothing once the instance has ended', () => {
    const { instance } = given('document', [{ do: 'DISCARD', by: 'drafter', input: { reason: 'Trùng' } }]);
    expect(available(modelOf('document'), instance, 'drafter', factsOf({}))).to.deep.equal([]);
  });
});

function standing(model: Model, at: number, more: object, content: string | null): Instance {
  const { instance } = given(model.definition.id);
  const all = [...model.configurations.values()].filter(({ ended }) => !ended);
  const { state, history } = all[at % all.length] ?? instance;
  const known = Object.keys((model.definition.context.properties ?? {}) as object);
  const fitting = Object.fromEntries(Object.entries(more).filter(([field]) => known.includes(field)));
  return { ...instance, state, history, content, context: { ...instance.context, ...fitting } };
}

function inputFor(definition: TransitionDefinition) {
  return sampleInput(definition.input);
}

function wanted(instance: Instance, command: string): string {
  const prepared = instance.context.prepared;
  return command === 'SIGN' && typeof prepared === 'string' ? prepared : (instance.content ?? firstDraft);
}
