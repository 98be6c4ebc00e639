import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import type { ArgumentPlace, Requirement, Update } from '../../engine/rules.js';
import { dayOf } from '../time/clock.js';
import { ledgerOf, openSuspension, openSuspensionOf, type Suspension, suspensionsMax } from '../time/suspensions.js';
import { fieldName, unknownFields } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });
const single = (arg: unknown): string => arg as string;
const oneField = { arg: fieldName, checkArg: (arg: unknown, place: ArgumentPlace) => unknownFields([single(arg)], place) };

/** A ledger, and whose lines: the work's own, or those of its directive. */
interface Ledger {
  readonly ledger: string;
  readonly source?: 'directive';
}

/** The ledger that an argument of these rules names. */
export const ledgerOfArg = (arg: unknown): Ledger => (typeof arg === 'string' ? { ledger: arg } : (arg as Ledger));
/** The name of the field for own suspensions, or field and source. */
const ledgerArgument = {
  arg: {
    anyOf: [
      fieldName,
      {
        type: 'object',
        required: ['ledger', 'source'],
        additionalProperties: false,
        properties: { ledger: fieldName, source: { const: 'directive' } },
      },
    ],
  } satisfies JsonObject,
  checkArg: (arg: unknown, place: ArgumentPlace) => unknownFields([ledgerOfArg(arg).ledger], place),
};

function heldBy(open: Suspension | null): Blocker | null {
  return open === null ? null : block('suspended', { since: dayOf(open.from), reason: open.reason, person: open.by });
}

function lines(arg: unknown, instance: Pick<Instance, 'context'>): readonly Suspension[] {
  return ledgerOf(instance.context[ledgerOfArg(arg).ledger]);
}

function ownOpen(arg: unknown, instance: Pick<Instance, 'context'>): Suspension | null {
  return openSuspensionOf(lines(arg, instance), ledgerOfArg(arg).source);
}

/** Rules of the ledger of suspensions. */
export const suspendingRequirements: Readonly<Record<string, Requirement>> = {
  'notSuspended@1': {
    meaning: 'No suspension is open in the ledger in this field.',
    ...oneField,
    check: (arg, { instance }) => heldBy(openSuspension(lines(arg, instance))),
    rests: (arg, instance) => openSuspension(lines(arg, instance)) !== null,
  },
  'notSuspendedOtherwise@1': {
    meaning: 'No suspension of another source is open in the ledger in this field.',
    ...ledgerArgument,
    check: (arg, { instance }) =>
      heldBy(lines(arg, instance).find(({ to, source }) => to === null && source !== ledgerOfArg(arg).source) ?? null),
  },
  'suspendable@1': {
    meaning: 'No suspension of this source is open in the ledger in this field, and there is room for one more.',
    ...ledgerArgument,
    check: (arg, { instance }) =>
      heldBy(ownOpen(arg, instance)) ??
      (lines(arg, instance).length < suspensionsMax ? null : block('suspensionsTooMany', { max: suspensionsMax })),
  },
  'suspended@1': {
    meaning: 'A suspension of this source is open in the ledger in this field.',
    ...ledgerArgument,
    check: (arg, { instance }) => {
      if (ownOpen(arg, instance) !== null) return null;
      return heldBy(openSuspension(lines(arg, instance))) ?? block('notSuspended');
    },
    rests: (arg, instance) => ownOpen(arg, instance) === null,
  },
};

export const suspendingUpdates: Readonly<Record<string, Update>> = {
  'suspend@1': {
    meaning: "Opens a line in the ledger of suspensions in this field, with the input's reason: from then on days do not count.",
    ...ledgerArgument,
    writes: (arg) => [ledgerOfArg(arg).ledger],
    apply: (arg, { instance, command, facts }) => {
      const { ledger, source } = ledgerOfArg(arg);
      const { reason } = command.input;
      const line: Suspension = {
        from: facts.now,
        to: null,
        reason: typeof reason === 'string' ? reason : '',
        by: command.actor,
        ...(source === undefined ? {} : { source }),
      };
      return { context: { [ledger]: [...lines(arg, instance), line] as unknown as Json } };
    },
  },
  'resume@1': {
    meaning: 'Closes the open line of this source in the ledger of suspensions in this field; its days are never counted.',
    ...ledgerArgument,
    writes: (arg) => [ledgerOfArg(arg).ledger],
    apply: (arg, { instance, facts }) => {
      const own = ownOpen(arg, instance);
      // A clock that went back must not close a line before it began.
      const closed = lines(arg, instance).map((line) =>
        line === own ? { ...line, to: line.from > facts.now ? line.from : facts.now } : line,
      );
      return { context: { [ledgerOfArg(arg).ledger]: closed as unknown as Json } };
    },
  },
  'settleSuspensions@1': {
    meaning:
      'Marks the lines of the ledger in this field as settled: a day set from now on is the day, whatever was suspended before.',
    ...oneField,
    writes: (arg) => [single(arg)],
    apply: (arg, { instance }) => {
      const ledger = ledgerOf(instance.context[single(arg)]);
      if (ledger.length === 0) return {};
      return { context: { [single(arg)]: ledger.map((line) => ({ ...line, settled: true })) as unknown as Json } };
    },
  },
};
