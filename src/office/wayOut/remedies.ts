import type { ChildStanding } from '../../engine/command.js';
import type { Json } from '../../engine/json.js';
import type { Remedy } from '../../engine/remedy.js';
import type { Requirement, Scope } from '../../engine/rules.js';
import { namesOf } from '../catalogue/arguments.js';
import { filesIn } from '../catalogue/attachments.js';
import { meansToBePaper } from '../catalogue/form.js';
import { ledgerOfArg } from '../catalogue/suspending.js';
import { hashesRestedOn } from '../duties/evidence.js';
import { addWorkingDays } from '../time/calendar.js';
import { addDays } from '../time/clock.js';
import { officeOf } from '../world.js';

type Remedies = NonNullable<Requirement['remedies']>;

const rightInput: Remedies = () => [{ kind: 'bring', what: 'input' }];
const preparedAnew: Remedies = () => [{ kind: 'update', name: 'takePreparation@1' }];
const ownPost: Remedies = () => [{ kind: 'ownPost' }];
const newText: Remedies = () => [{ kind: 'content' }];

const member = (person: unknown, unit: unknown): readonly Remedy[] =>
  typeof person === 'string' && typeof unit === 'string' ? [{ kind: 'memberOf', person, unit }] : [];

const field = (fields: readonly string[], to: Extract<Remedy, { kind: 'field' }>['to']): readonly Remedy[] => [
  { kind: 'field', fields, to },
];

/** A ledger is opened and closed by the commands that write it. */
const ledger: Remedies = (arg) => field([ledgerOfArg(arg).ledger], 'filled');
/** More days than rest days ever follow one another. */
const restDaysMax = 30;

function openChildren({ facts }: Scope, kind: string): readonly string[] {
  const children = (facts.given.children ?? []) as readonly ChildStanding[];
  return children.filter((child) => child.kind === kind && child.open).map(({ id }) => id);
}

/** The fields among these that the instance has, or has not. */
function fieldsThat(arg: unknown, { instance }: Scope, filled: boolean): readonly string[] {
  return namesOf(arg).filter((name) => (instance.context[name] !== undefined) === filled);
}

/**
 * What would meet a requirement, by its name. A requirement that is missing here has no remedy: another person must act (separation of
 * duties), another paper must change, or the machinery makes what is missing; a test names the reason for each.
 */
const remedies: Readonly<Record<string, Remedies>> = {
  'contentPresent@1': newText,
  'sawContent@1': (_, { instance }) => [instance.content === null ? { kind: 'content' } : { kind: 'bring', what: 'saw' }],
  'rollupCurrent@1': () => [
    { kind: 'update', name: 'takeRollup@1' },
    { kind: 'update', name: 'keepRollup@1' },
  ],
  'sourced@1': newText,
  'rollupBrought@1': rightInput,
  'sawPrepared@1': (arg, scope) =>
    typeof scope.instance.context.prepared === 'string' ? [{ kind: 'bring', what: 'saw' }] : preparedAnew(arg, scope),
  'preparedToday@1': preparedAnew,
  'preparedBySigner@1': preparedAnew,
  'freshProof@1': () => [{ kind: 'bring', what: 'proof' }],
  // Only where the delegator is the one who is barred: of what bars the actor himself nothing frees him.
  'distinctFrom@1': (arg, { instance, command }) => {
    const barred = namesOf(arg).some((name) => {
      const value = instance.context[name];
      return value === command.actor || (Array.isArray(value) && value.includes(command.actor));
    });
    return barred ? [] : [{ kind: 'ownPost' }];
  },
  'capacity@1': ownPost,
  'actorOf@1': (arg, { command }) => [{ kind: 'bring', what: 'input' }, ...member(command.actor, command.input[arg as string])],
  'belongsTo@1': (arg, { instance }) => {
    const { person, unit } = arg as { person: string; unit: string };
    return member(instance.context[person], instance.context[unit]);
  },
  'holdsPostIn@1': (arg, { command, instance }) => {
    const { person, unit } = arg as { person: string; unit: string };
    return [{ kind: 'bring', what: 'input' }, ...member(command.input[person], instance.context[unit])];
  },
  'unitsKnown@1': rightInput,
  'fieldPresent@1': (arg, scope) => field(fieldsThat(arg, scope, false), 'filled'),
  'fieldAbsent@1': (arg, scope) => field(fieldsThat(arg, scope, true), 'empty'),
  'fieldIs@1': (arg) => {
    const { field: name, in: values } = arg as { field: string; in: readonly Json[] };
    return field([name], { in: values });
  },
  'notBefore@1': (arg, { instance }) => {
    const day = instance.context[arg as string];
    return typeof day === 'string' ? [{ kind: 'day', day }] : field([arg as string], 'filled');
  },
  'childrenEnded@1': (arg, scope) => [{ kind: 'childrenEnd', childKind: arg as string, ids: openChildren(scope, arg as string) }],
  'partsClosed@1': (_, scope) => [{ kind: 'childrenEnd', childKind: 'part', ids: openChildren(scope, 'part') }],
  'childNew@1': rightInput,
  'oneLead@1': rightInput,
  'splitSound@1': rightInput,
  'reassignable@1': rightInput,
  'evidenceSound@1': rightInput,
  'ownPlanSound@1': rightInput,
  'notRestedOn@1': (arg, { instance }) => {
    const rested = hashesRestedOn(instance);
    const free = filesIn(instance, arg as string).some(({ hash }) => !rested.has(hash));
    return free ? [{ kind: 'bring', what: 'input' }] : [];
  },
  'recurrenceSound@1': rightInput,
  'clauseDue@1': rightInput,
  'recipientsFit@1': rightInput,
  'attachmentKnown@1': rightInput,
  'attachmentAmong@1': (arg, { instance }) =>
    filesIn(instance, arg as string).length === 0 ? field([arg as string], 'filled') : [{ kind: 'bring', what: 'input' }],
  'clausesReviewed@1': rightInput,
  'continuable@1': rightInput,
  'listed@1': (arg, { instance }) => {
    const { field: name } = arg as { field: string };
    const list = instance.context[name];
    return Array.isArray(list) && list.length > 0 ? [{ kind: 'bring', what: 'input' }] : field([name], 'filled');
  },
  'paperSound@1': newText,
  'formSound@1': (_, { facts }) =>
    meansToBePaper(facts.given.content) || facts.given.content == null ? [{ kind: 'content' }] : [],
  'directionSound@1': rightInput,
  'notPast@1': rightInput,
  'leaderKnown@1': rightInput,
  'leaderOther@1': rightInput,
  'replyNamed@1': rightInput,
  'notDuplicate@1': rightInput,
  'inputIs@1': rightInput,
  'inputApart@1': rightInput,
  'peopleKnown@1': rightInput,
  'consultedFit@1': rightInput,
  'remarksPlaced@1': rightInput,
  'extendsDue@1': rightInput,
  'ownDecision@1': (arg, { instance }) => (instance.context[arg as string] === undefined ? field([arg as string], 'filled') : []),
  'notSuspended@1': ledger,
  'notSuspendedOtherwise@1': ledger,
  'suspendable@1': ledger,
  'suspended@1': ledger,
  'formKnown@1': rightInput,
  'obligationSound@1': rightInput,
  'periodFits@1': rightInput,
  'reportSound@1': newText,
  'contentDiffers@1': newText,
  'notLocked@1': () => field(['locked'], 'empty'),
  'dayPassed@1': (arg, { instance }) => {
    const day = instance.context[arg as string];
    return typeof day === 'string' ? [{ kind: 'day', day: addDays(day, 1) }] : field([arg as string], 'filled');
  },
  'childrenIn@1': (arg, scope) => {
    const { kind } = arg as { kind: string };
    return [{ kind: 'childrenEnd', childKind: kind, ids: openChildren(scope, kind) }];
  },
  'notUrgedToday@1': (_, { facts }) => {
    const { directory, today } = officeOf(facts);
    const known = addDays(today, restDaysMax) <= directory.calendar.validTo;
    return known ? [{ kind: 'day', day: addWorkingDays(directory.calendar, today, 1) }] : [];
  },
};

/** The requirements with what would meet them. */
export function withRemedies(requirements: Readonly<Record<string, Requirement>>): Readonly<Record<string, Requirement>> {
  return Object.fromEntries(
    Object.entries(requirements).map(([name, requirement]) => {
      const found = remedies[name];
      return [
        name,
        found === undefined || requirement.remedies !== undefined ? requirement : { ...requirement, remedies: found },
      ];
    }),
  );
}
