import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import type { Json, JsonObject } from '../../engine/json.js';
import { isObject } from '../../engine/json.js';
import type { EffectKind, Requirement, Scope, Update } from '../../engine/rules.js';
import { fieldName, inputToField, kindName, unknownFields, unknownInputOrField, unknownInputs } from './arguments.js';

/** How a paper may stand to an earlier one: the field that names it, and what the kind of link demands. */
const links = ['replaces', 'amends', 'corrects'] as const;
/** The field that says why: a link without it is no link, by the schema of the workflow. */
const reasonField = 'linkReason';
/** An official letter (công văn): what errors of form are corrected by (NĐ 30/2020, Điều 18.4). */
const letterType = 'CV';

/** How the paper that a new one is linked to stands; read when a requirement asks for `linked`. */
export interface LinkedPaper {
  readonly field: (typeof links)[number];
  readonly id: string;
  readonly found: boolean;
  readonly type: string | null;
  readonly inForce: boolean;
  /** Directives, reports and consolidations below it that are not ended. */
  readonly openDuties: number;
}

/** The papers that an instance names in its link fields. */
export function linksOf(
  instance: Pick<Instance, 'context'>,
): readonly { readonly field: LinkedPaper['field']; readonly id: string }[] {
  return links.flatMap((field) => {
    const id = instance.context[field];
    return typeof id === 'string' ? [{ field, id }] : [];
  });
}

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

function faultOf(linked: LinkedPaper, type: Json | undefined): Blocker | null {
  const { field, id } = linked;
  if (!linked.found || !linked.inForce) return block('linkNotInForce', { field, paper: id });
  const wanted = field === 'corrects' ? letterType : linked.type;
  if (type !== wanted) return block('linkTypeWrong', { field, paper: id, type: type ?? null, wanted });
  return field === 'replaces' && linked.openDuties > 0 ? block('linkedHasDuties', { paper: id, count: linked.openDuties }) : null;
}

/** Most units that one paper is sent to; the schema of the workflow says the same. */
const recipientsMax = 500;

/** The units to which a paper was sent before and is sent now, once each. */
function sentToAfter({ instance, command }: Pick<Scope, 'instance' | 'command'>): readonly string[] {
  const { recipients } = command.input;
  const named = Array.isArray(recipients) ? recipients.flatMap(unitOf) : [];
  const before = Array.isArray(instance.context.sentTo) ? (instance.context.sentTo as readonly string[]) : [];
  return [...new Set([...before, ...named])];
}

function unitOf(recipient: Json): readonly string[] {
  return isObject(recipient) && typeof recipient.unit === 'string' ? [recipient.unit] : [];
}

export const dispatchRequirements: Readonly<Record<string, Requirement>> = {
  'linkSound@1': {
    meaning:
      'The papers that this one replaces, amends or corrects are in force, of the form that the link demands, and a replaced one has no open duties.',
    needs: ['linked'],
    check: (_, { instance, facts }) => {
      const linked = (facts.given.linked ?? []) as readonly LinkedPaper[];
      for (const { field, id } of linksOf(instance)) {
        const found = linked.find((one) => one.field === field && one.id === id);
        const fault = found === undefined ? block('linkNotInForce', { field, paper: id }) : faultOf(found, instance.context.type);
        if (fault !== null) return fault;
      }
      return null;
    },
  },
  'recipientsFit@1': {
    meaning:
      'The units among the recipients in the input, with those to which the paper was sent before, are no more than it can be sent to.',
    checkArg: (_, place) => [...unknownInputs(['recipients'], place), ...unknownFields(['sentTo'], place)],
    check: (_, scope) => {
      const count = sentToAfter(scope).length;
      return count > recipientsMax ? block('recipientsTooMany', { count, max: recipientsMax }) : null;
    },
  },
};

export const dispatchUpdates: Readonly<Record<string, Update>> = {
  'keepInput@1': {
    meaning: 'Writes the value of an input field into a field of another name.',
    arg: inputToField,
    checkArg: unknownInputOrField,
    writes: (arg) => [(arg as { to: string }).to],
    apply: (arg, { command }) => {
      const { from, to } = arg as { from: string; to: string };
      return { context: { [to]: command.input[from] } };
    },
  },
  'takeRecipients@1': {
    meaning:
      'Adds the units among the recipients in the input to the field `sentTo`: their heads may read the paper from now on.',
    checkArg: (_, place) => [...unknownInputs(['recipients'], place), ...unknownFields(['sentTo'], place)],
    writes: () => ['sentTo'],
    apply: (_, scope) => ({ context: { sentTo: sentToAfter(scope).slice(0, recipientsMax) } }),
  },
};

const commandName: JsonObject = { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$' };

export const dispatchEffects: Readonly<Record<string, EffectKind>> = {
  'tellChildren@1': {
    kind: 'tellChildren',
    meaning:
      'Sends a command to every open child of a kind as `system`; a child in which it is not possible is left alone. With `if` only where that field is filled; with `pass` these fields of the input go with it.',
    arg: {
      type: 'object',
      required: ['kind', 'command'],
      additionalProperties: false,
      properties: {
        kind: kindName,
        command: commandName,
        if: fieldName,
        pass: { type: 'array', items: fieldName, minItems: 1, maxItems: 10 },
      },
    },
    checkArg: (arg, place) => {
      const { if: field, pass = [] } = arg as { if?: string; pass?: readonly string[] };
      return [...unknownFields([field ?? []].flat(), place), ...unknownInputs(pass, place)];
    },
    plan: (arg, { command: { input }, next }) => {
      const { kind, command, if: field, pass } = arg as { kind: string; command: string; if?: string; pass?: readonly string[] };
      if (field !== undefined && next.context[field] === undefined) return [];
      if (pass === undefined) return [{ params: { kind, command } }];
      const passed = pass.flatMap((name): [string, Json][] => (input[name] === undefined ? [] : [[name, input[name]]]));
      return [{ params: { kind, command, input: Object.fromEntries(passed) } }];
    },
  },
  'tellLinked@1': {
    kind: 'tellLinked',
    meaning:
      'Sends a command to the paper named in a field as `system`, with this paper in its input as `by` and the field `linkReason` as `reason`.',
    arg: {
      type: 'object',
      required: ['field', 'command'],
      additionalProperties: false,
      properties: { field: fieldName, command: commandName },
    },
    checkArg: (arg, place) => unknownFields([(arg as { field: string }).field, reasonField], place),
    plan: (arg, { next }) => {
      const { field, command } = arg as { field: string; command: string };
      const target = next.context[field];
      if (typeof target !== 'string') return [];
      const reason = next.context[reasonField];
      return [{ params: { target, command, input: { by: next.id, ...(reason === undefined ? {} : { reason }) } } }];
    },
  },
};
