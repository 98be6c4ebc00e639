import { checkFiles } from '../../src/definitions/load.js';
import { decide, decideOpening } from '../../src/engine/decide.js';
import type { PanelDefinition } from '../../src/engine/definition.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Model } from '../../src/engine/model.js';
import type { Ballot, Choice } from '../../src/engine/panel.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import type { Directory } from '../../src/office/organisation/directory.js';
import { appointment, directoryOf } from './builders.js';
import { commandOf, factsOf, type Told } from './given.js';

const label = { vi: 'Ví dụ', en: 'Example' };

const models = new Map<string, Model>();

/** A paper that its drafter puts to the vote of the heads of a unit, as many as the unit has. */
export function modelWith(panel: Partial<PanelDefinition> = {}): Model {
  const known = models.get(JSON.stringify(panel));
  if (known !== undefined) return known;
  const definition = {
    id: 'poll',
    version: 1,
    label,
    context: {
      type: 'object',
      required: ['drafter'],
      additionalProperties: false,
      properties: { drafter: { type: 'string' }, ballot: { type: 'object' } },
    },
    roles: { drafter: { field: 'drafter' }, members: { post: 'deputyChair', of: 'authority' }, voter: { ballot: 'ballot' } },
    initial: 'drafting',
    states: {
      drafting: { label, on: { SUBMIT: { target: 'voting', by: ['drafter'], label } } },
      voting: {
        label,
        on: { RETURN: { target: 'drafting', by: ['drafter'], aside: true, label } },
        panel: {
          ballot: 'ballot',
          members: 'members',
          command: 'VOTE',
          rule: 'all',
          membership: 'frozen',
          passed: 'agreed',
          failed: 'refused',
          ...panel,
        },
      },
      agreed: { label, final: true },
      refused: { label, final: true },
    },
  };
  const { models: made, faults } = checkFiles([{ name: 'poll.v1.json', text: JSON.stringify(definition) }], officeCatalogue);
  if (made[0] === undefined) throw new Error(JSON.stringify(faults));
  models.set(JSON.stringify(panel), made[0]);
  return made[0];
}

export const everyone = ['deputy', 'drafter', 'financeHead', 'ward1Head', 'ward2Head', 'stranger', 'auditor'] as const;
export type Someone = (typeof everyone)[number];

/** The example authority, whose deputy chairs are these people. */
export function town(deputies: readonly Someone[], more: Partial<Directory> = {}): Directory {
  const base = directoryOf();
  const others = base.appointments.filter(({ post }) => post !== 'deputyChair');
  return { ...base, appointments: [...others, ...deputies.map((who) => appointment(who, 'committee', 'deputyChair'))], ...more };
}

export const three = ['deputy', 'financeHead', 'ward1Head'] as const;

export function opened(model: Model, directory: Directory, context: Instance['context'] = { drafter: 'drafter' }) {
  const opening = { id: 'poll-1', authority: 'example', context, content: null, parent: null };
  return decideOpening(model, opening, commandOf({ do: 'OPEN', by: 'drafter' }), factsOf({ directory }));
}

export function reached(model: Model, directory: Directory, told: readonly Told[]): Instance {
  const opening = opened(model, directory);
  if (opening.kind === 'refused') throw new Error('not opened');
  return told.reduce((instance, one) => {
    const decision = decide(model, instance, commandOf(one), factsOf({ directory, ...one }));
    if (decision.kind === 'refused') throw new Error(`${one.do}: ${JSON.stringify(decision.blockers)}`);
    return decision.next;
  }, opening.next);
}

export const submit: Told = { do: 'SUBMIT', by: 'drafter' };
export const vote = (by: string, choice: Choice = 'approve', more: Partial<Told> = {}): Told => ({
  do: 'VOTE',
  by,
  input: { choice },
  ...more,
});
export const ballotIn = (instance: Instance): Ballot => instance.context.ballot as unknown as Ballot;

export function outcome(model: Model, instance: Instance, directory: Directory, told: Told): string {
  const decision = decide(model, instance, commandOf(told), factsOf({ directory, ...told }));
  return decision.kind === 'refused'
    ? decision.blockers.map(({ code }) => code).join()
    : JSON.stringify(decision.next.state).replaceAll('"', '');
}
