import { expect } from 'chai';
import { decideOpening } from '../../src/engine/decide.js';
import type { Instance } from '../../src/engine/instance.js';
import { judge } from '../../src/engine/judge.js';
import { contexts } from '../support/builders.js';
import { commandOf, factsOf, given, modelOf, shipped } from '../support/given.js';

/** Who is asked, one letter each. The recipient is head of a ward that was sent the paper, leads, executes or reports. */
const people = {
  D: 'drafter',
  H: 'cultureHead',
  F: 'formChecker',
  S: 'deputy',
  C: 'chair',
  K: 'clerk',
  O: 'consolidator',
  R: 'ward1Head',
  W: 'ward2Head',
  X: 'financeHead',
  V: 'cultureDeputy',
  A: 'auditor',
  M: 'administrator',
  Z: 'stranger',
  Y: 'system',
} as const;

/**
 * Written by hand from what the trade asks, not from the workflows: the drafter drafts, his head answers for the content,
 * the office for the form, the leaders sign, the clerk seals and sends, the consolidator assigns and collects, the unit
 * reports, and the auditor and the administrator decide nothing.
 */
const table: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  document: {
    OPEN: 'DY',
    'TAKE_OVER/1': 'Y',
    'RECOUNT_DUE/1': 'Y',
    'HAND_OVER/1': 'D',
    'REASSIGN/1': 'H',
    'CONSULT/1': 'DHSC',
    'CONSULT/2': 'DHSC',
    'EDIT/1': 'D',
    'ATTACH/1': 'D',
    'DETACH/1': 'D',
    'SUBMIT/1': 'D',
    'DISCARD/1': 'DH',
    'APPROVE_CONTENT/1': 'H',
    'APPROVE_FORM/1': 'F',
    'RETURN/1': 'HF',
    'RECALL/1': 'D',
    'TAKE_BACK/1': 'H',
    'TAKE_BACK/2': 'F',
    'APPROVE_CONTENT/2': 'H',
    'RETURN/2': 'H',
    'APPROVE_FORM/2': 'F',
    'RETURN/3': 'F',
    'TAKE_BACK/3': 'H',
    'TAKE_BACK/4': 'F',
    'PUT_TO_VOTE/1': 'SC',
    'VOTE/1': 'X',
    'VOTE/2': 'X',
    'VOTE/3': 'X',
    'COUNT_VOTE/1': 'XY',
    'COUNT_VOTE/2': 'XY',
    'COUNT_VOTE/3': 'XY',
    'PUT_TO_VOTE/2': 'SC',
    'PREPARE/1': 'SC',
    'PREPARE/2': 'SC',
    'PREPARE/3': 'SC',
    'SIGN/1': 'SC',
    'RETURN/4': 'SC',
    'RETURN/5': 'SC',
    'RETURN/6': 'SC',
    'SEAL/1': 'K',
    'ISSUE/1': 'K',
    'VOID/1': 'SC',
    'VOID/2': 'SC',
    'VOID/3': 'SC',
    'SEND/1': 'K',
    'SEND_MORE/1': 'K',
    'AMENDED/1': 'Y',
    'CORRECTED/1': 'Y',
    'REVIEW_CLAUSES/1': 'O',
    'OPEN_DIRECTIVE/1': 'O',
    'NO_ACTION/1': 'O',
    'OPEN_PERIOD/1': 'O',
    'CONSOLIDATE/1': 'O',
    'CLOSE/1': 'KO',
    'WITHDRAW/1': 'SC',
    'REPLACE/1': 'Y',
    'URGE/1': 'DKO',
  },
  directive: {
    OPEN: 'Y',
    'TAKE_OVER/1': 'Y',
    'RECOUNT_DUE/1': 'Y',
    'ASSIGN/1': 'O',
    'ASSIGNMENT_ENDED/1': 'Y',
    'ASSIGNMENT_ENDED/2': 'Y',
    'ASSIGNMENT_ENDED/3': 'Y',
    'END_EXECUTION/1': 'O',
    'CLOSE_REPORTING/1': 'O',
    'SUSPEND/1': 'SC',
    'CANCEL/1': 'SC',
    'CANCEL/2': 'SC',
    'RESUME/1': 'SC',
    'ASSESS/1': 'O',
    'SIGN_OFF/1': 'SC',
    'RETURN/1': 'SC',
    'URGE/1': 'OSC',
  },
  assignment: {
    OPEN: 'Y',
    'TAKE_OVER/1': 'Y',
    'ACCEPT/1': 'R',
    'CONTEST/1': 'R',
    'UPHOLD/1': 'O',
    'RELEASE/1': 'O',
    'RELEASE/2': 'O',
    'RELEASE/3': 'O',
    'REQUEST_EXTENSION/1': 'R',
    'GRANT_EXTENSION/1': 'O',
    'REFUSE_EXTENSION/1': 'O',
    'COMPLETE/1': 'R',
    'CONFIRM/1': 'O',
    'RETURN/1': 'O',
    'URGE/1': 'O',
    'RECOUNT_DUE/1': 'Y',
    'RETURN/2': 'O',
    'SUSPEND/1': 'Y',
    'RESUME/1': 'Y',
    'SUSPEND/2': 'Y',
    'RESUME/2': 'Y',
    'SUSPEND/3': 'O',
    'SUSPEND/4': 'Y',
    'SUSPEND/5': 'Y',
    'SUSPEND/6': 'O',
    'SUSPEND/7': 'Y',
    'SUSPEND/8': 'Y',
    'RESUME/3': 'O',
    'RESUME/4': 'O',
    'RESUME/5': 'O',
    'RESUME/6': 'Y',
    'RESUME/7': 'Y',
    'RESUME/8': 'Y',
    'RESUME/9': 'Y',
  },
  delivery: {
    OPEN: 'Y',
    'TAKE_OVER/1': 'Y',
    'RECOUNT_DUE/1': 'Y',
    'ACKNOWLEDGE/1': 'RK',
    'ACKNOWLEDGE/2': 'RK',
    'READ/1': 'RK',
    'SEND_BACK/1': 'RK',
    'CHANGE/1': 'Y',
    'RECALL/1': 'Y',
    'SUPERSEDE/1': 'Y',
    'CLOSE/1': 'Y',
    'ANSWER_RECALL/1': 'RK',
    'CONFIRM/1': 'RK',
  },
  incoming: {
    OPEN: 'K',
    'TAKE_OVER/1': 'Y',
    'RECOUNT_DUE/1': 'Y',
    'EDIT/1': 'K',
    'ATTACH/1': 'K',
    'ATTACH/2': 'K',
    'DETACH/1': 'K',
    'ACKNOWLEDGE/1': 'K',
    'REGISTER/1': 'K',
    'RETURN_TO_SENDER/1': 'K',
    'ACKNOWLEDGE/2': 'K',
    'SUBMIT/1': 'K',
    'DIRECT/1': 'S',
    'DIRECT/2': 'SC',
    'FORWARD/1': 'SC',
    'FILE/1': 'SC',
    'RETURN/1': 'SC',
    'REASSIGN/1': 'SC',
    'FOLLOW_UP/1': 'KORWX',
    'ACCEPT/1': 'R',
    'RETURN/2': 'R',
    'HAND_OVER/1': 'R',
    'PROPOSE/1': 'RX',
    'RESOLVE/1': 'RX',
    'URGE/1': 'KO',
  },
  opinion: {
    OPEN: 'Y',
    'TAKE_OVER/1': 'Y',
    'ANSWER/1': 'X',
    'ANSWER/2': 'X',
    'DECLINE/1': 'X',
    'DECLINE/2': 'X',
    'WITHDRAW/1': 'D',
    'WITHDRAW/2': 'Y',
    'EXPIRE/1': 'Y',
  },
  report: {
    OPEN: 'Y',
    'TAKE_OVER/1': 'Y',
    'RECOUNT_DUE/1': 'Y',
    'START/1': 'R',
    'SAVE/1': 'R',
    'SUBMIT/1': 'R',
    'SAVE/2': 'R',
    'SUBMIT/2': 'R',
    'MARK_LATE/1': 'Y',
    'MARK_LATE/2': 'Y',
    'RECORD_SILENCE/1': 'O',
    'RECORD_SILENCE/2': 'O',
    'ACCEPT/1': 'O',
    'RETURN/1': 'O',
    'CORRECT/1': 'R',
    'CLOSE/1': 'O',
    'SUBMIT_CORRECTION/1': 'R',
    'KEEP/1': 'RO',
    'ACCEPT/2': 'O',
    'RETURN/2': 'O',
    'URGE/1': 'O',
    'REQUEST_EXTENSION/1': 'R',
    'REQUEST_EXTENSION/2': 'R',
    'REQUEST_EXTENSION/3': 'R',
    'SAVE/3': 'R',
    'SUBMIT/3': 'R',
    'GRANT_EXTENSION/1': 'O',
    'GRANT_EXTENSION/2': 'O',
    'GRANT_EXTENSION/3': 'O',
    'REFUSE_EXTENSION/1': 'O',
    'REFUSE_EXTENSION/2': 'O',
    'REFUSE_EXTENSION/3': 'O',
  },
};

/** Fields that name units: without them the posts `of` such a field belong to nobody. */
const filled: Readonly<Record<string, Instance['context']>> = {
  document: {
    ...contexts.document,
    sentTo: ['ward1'],
    voters: ['financeHead'],
    ballot: { members: ['financeHead'], votes: [] },
  },
  directive: { ...contexts.directive, lead: ['ward1'], cooperating: ['ward2'] },
  assignment: contexts.assignment ?? {},
  delivery: contexts.delivery ?? {},
  // The person who handles it is of another unit here, so that the two roles are told apart.
  incoming: {
    ...contexts.incoming,
    leadUnit: 'ward1',
    cooperating: ['ward2'],
    handler: 'financeHead',
    laidBefore: ['person:deputy'],
  },
  opinion: contexts.opinion ?? {},
  report: contexts.report ?? {},
};

describe('the permission table', () => {
  for (const id of shipped) {
    const model = modelOf(id);
    const rows = table[id] ?? {};
    const instance: Instance = { ...given(id).instance, context: filled[id] ?? {} };

    it(`has a row for every transition of ${id}, and no other`, () => {
      const known = model.machine.tree.transitions.map((transition) => transition.id);
      expect(Object.keys(rows)).to.have.members(['OPEN', ...known]);
    });

    for (const transition of model.machine.tree.transitions) {
      it(`${id} ${transition.id}: ${rows[transition.id]} of ${Object.keys(people).join('')}`, () => {
        const allowed = lettersOf((actor) => {
          const judged = judge(model, transition, instance, commandOf({ do: transition.command, by: actor }), factsOf({}));
          return judged.claim !== null && !judged.blockers.some(({ code }) => code === 'notYours');
        });
        expect(allowed).to.have.members((rows[transition.id] ?? '').split(''));
      });
    }

    it(`${id} is opened by ${rows.OPEN}`, () => {
      const opening = { id: 'x-1', authority: 'example', context: contexts[id] ?? {}, content: null, parent: null };
      const allowed = lettersOf(
        (actor) => decideOpening(model, opening, commandOf({ do: 'OPEN', by: actor }), factsOf({})).kind === 'accepted',
      );
      expect(allowed).to.have.members((rows.OPEN ?? '').split(''));
    });
  }
});

function lettersOf(may: (actor: string) => boolean): string[] {
  return Object.entries(people)
    .filter(([, actor]) => may(actor))
    .map(([letter]) => letter);
}
