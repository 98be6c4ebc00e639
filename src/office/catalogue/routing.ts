import type { Blocker } from '../../engine/command.js';
import { type Json, type JsonObject, textAt } from '../../engine/json.js';
import type { Requirement, Scope, Update } from '../../engine/rules.js';
import { indexOf, personKey, postKey } from '../organisation/directory.js';
import { isInForce } from '../organisation/roles.js';
import { misplacedRemarks, type Remark } from '../papers/remarks.js';
import { officeOf } from '../world.js';
import { fieldName, namesOf, oneOrMoreFields, unknownFields, unknownInputs } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

const record = (properties: JsonObject, optional: readonly string[] = []): JsonObject => ({
  type: 'object',
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  additionalProperties: false,
  properties,
});

function listIn(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? (value as readonly Json[]).filter((item): item is string => typeof item === 'string') : [];
}

interface Choosing {
  readonly input: string;
  readonly in: readonly string[];
  readonly orAbsent?: true;
}

interface Apart {
  readonly input: string;
  readonly fields: readonly string[];
}

interface Consulting {
  readonly units: string;
  readonly people: string;
  /** The field that says in which order they are asked. */
  readonly line?: string;
  readonly max: number;
}

/** Whom a command asks, as principal keys, in the order that it gives: those of `line` first. */
function askedBy({ units, people, line }: Pick<Consulting, 'units' | 'people' | 'line'>, input: JsonObject): readonly string[] {
  const named = [...listIn(input[units]).map((unit) => postKey(unit, 'head')), ...listIn(input[people]).map(personKey)];
  const first = line === undefined ? [] : listIn(input[line]).filter((key) => named.includes(key));
  return [...new Set([...first, ...named])];
}

interface Line {
  readonly line: string;
  readonly at: string;
}

const lineArgument = record({ line: fieldName, at: fieldName });
const lineFields = (arg: unknown, place: Parameters<NonNullable<Requirement['checkArg']>>[1]): readonly string[] =>
  unknownFields([(arg as Line).line, (arg as Line).at], place);

/** Who stands after the one who is asked now; undefined at the end, and where there is no line. */
function nextIn(arg: unknown, { instance }: Pick<Scope, 'instance'>): string | undefined {
  const { line, at } = arg as Line;
  const all = listIn(instance.context[line]);
  const position = all.indexOf(textAt(instance.context, at));
  return position === -1 ? undefined : all[position + 1];
}

/** Rules of the ways a paper takes beside the straight one: back to a step, into other hands, to those who are asked for an opinion. */
export const routingRequirements: Readonly<Record<string, Requirement>> = {
  'inputIs@1': {
    meaning: 'A field of the input has one of these values, or, with `orAbsent`, is not given: tells alternatives apart.',
    arg: record(
      {
        input: fieldName,
        in: { type: 'array', items: { type: 'string' }, minItems: 1, maxItems: 20 },
        orAbsent: { const: true },
      },
      ['orAbsent'],
    ),
    checkArg: (arg, place) => unknownInputs([(arg as Choosing).input], place),
    check: (arg, { command }) => {
      const { input, in: values, orAbsent } = arg as Choosing;
      const given = command.input[input];
      const met = given === undefined ? orAbsent === true : typeof given === 'string' && values.includes(given);
      return met ? null : block('inputOther', { field: input, wanted: values });
    },
  },
  'ownDecision@1': {
    meaning: 'The actor, or the person he acts for, is the one whom this field names: only who decided takes it back.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, { instance, command, claim }) => {
      const named = instance.context[arg as string];
      if (named === undefined) return block('fieldMissing', { fields: [arg as string] });
      const own = named === command.actor || named === claim.onBehalfOf;
      return own ? null : block('notYourDecision', { person: named });
    },
  },
  'inputApart@1': {
    meaning: 'Nobody whom a field of the input names is named in these fields of the context (separation of duties).',
    arg: record({ input: fieldName, fields: { type: 'array', items: fieldName, minItems: 1, maxItems: 20 } }),
    checkArg: (arg, place) => {
      const { input, fields } = arg as Apart;
      return [...unknownInputs([input], place), ...unknownFields(fields, place)];
    },
    check: (arg, { instance, command }) => {
      const { input, fields } = arg as Apart;
      const barred = fields.flatMap((field) => listIn(instance.context[field]));
      const person = listIn(command.input[input]).find((id) => barred.includes(id));
      return person === undefined ? null : block('mustDiffer', { person, fields });
    },
  },
  'peopleKnown@1': {
    meaning: 'Every person named in these fields of the input holds a post of the authority today.',
    arg: oneOrMoreFields,
    checkArg: (arg, place) => unknownInputs(namesOf(arg), place),
    check: (arg, { command, facts }) => {
      const { directory, today } = officeOf(facts);
      const { person, appointmentsOf } = indexOf(directory);
      const missing = namesOf(arg)
        .flatMap((field) => listIn(command.input[field]))
        .filter(
          (id) =>
            person.get(id)?.disabled !== false || !(appointmentsOf.get(id) ?? []).some((one) => isInForce(directory, one, today)),
        );
      return missing.length > 0 ? block('personUnknown', { people: missing }) : null;
    },
  },
  'consultedFit@1': {
    meaning:
      'The units and people of two fields of the input are at least one and at most so many together; a third may order them.',
    arg: record({ units: fieldName, people: fieldName, line: fieldName, max: { type: 'integer', minimum: 1, maximum: 100 } }, [
      'line',
    ]),
    checkArg: (arg, place) => {
      const { units, people, line } = arg as Consulting;
      return unknownInputs([units, people, ...(line === undefined ? [] : [line])], place);
    },
    check: (arg, { command }) => {
      const { units, people, line, max } = arg as Consulting;
      const count = listIn(command.input[units]).length + listIn(command.input[people]).length;
      if (count < 1 || count > max) return block('consultedNumber', { count, max });
      const asked = askedBy(arg as Consulting, command.input);
      const stray = line !== undefined && listIn(command.input[line]).some((key) => !asked.includes(key));
      return stray ? block('inputOther', { field: line, wanted: asked }) : null;
    },
  },
  'below@1': {
    meaning: 'A number in the context has not reached this bound yet; absent is zero.',
    arg: record({ field: fieldName, max: { type: 'integer', minimum: 1, maximum: 1_000 } }),
    checkArg: (arg, place) => unknownFields([(arg as { field: string }).field], place),
    check: (arg, { instance }) => {
      const { field, max } = arg as { field: string; max: number };
      return Number(instance.context[field] ?? 0) < max ? null : block('boundReached', { field, max });
    },
  },
  'remarksPlaced@1': {
    meaning: 'Every remark in this field of the input names a place of the content, or words that stand in it.',
    arg: fieldName,
    needs: ['content'],
    checkArg: (arg, place) => unknownInputs([arg as string], place),
    check: (arg, { command, facts }) => {
      const remarks = command.input[arg as string];
      if (!Array.isArray(remarks)) return null;
      const faults = misplacedRemarks((facts.given.content ?? null) as Json, remarks as unknown as readonly Remark[]);
      return faults.length === 0 ? null : block('remarkMisplaced', { remarks: faults.map(({ index }) => index + 1) });
    },
  },
  'notPutToVote@1': {
    meaning:
      'The content is not the one that this field names as put to a vote: what was voted on is signed only where it was agreed.',
    arg: fieldName,
    checkArg: (arg, place) => unknownFields([arg as string], place),
    check: (arg, { instance }) => {
      const voted = instance.context[arg as string];
      return voted !== undefined && voted === instance.content ? block('voteNeeded') : null;
    },
  },
  'lineGoesOn@1': {
    meaning: 'Somebody stands in the line after the one named in a field.',
    arg: lineArgument,
    checkArg: lineFields,
    check: (arg, scope) => (nextIn(arg, scope) === undefined ? block('lineEnds') : null),
  },
};

export const routingUpdates: Readonly<Record<string, Update>> = {
  'handOver@1': {
    meaning: 'Writes the person of an input field into a field of the context, and who stood there into a list.',
    arg: record({ from: fieldName, to: fieldName, former: fieldName }),
    checkArg: (arg, place) => {
      const { from, to, former } = arg as { from: string; to: string; former: string };
      return [...unknownInputs([from], place), ...unknownFields([to, former], place)];
    },
    writes: (arg) => [(arg as { former: string }).former],
    apply: (arg, { instance, command }) => {
      const { from, to, former } = arg as { from: string; to: string; former: string };
      const before = [...listIn(instance.context[former]), ...listIn(instance.context[to])];
      return { context: { [to]: command.input[from], [former]: [...new Set(before)] } };
    },
  },
  'takeConsulted@1': {
    meaning:
      'Writes the heads of the units and the people of two fields of the input as principal keys into a field, those first that a third orders.',
    arg: record({ units: fieldName, people: fieldName, line: fieldName, to: fieldName }, ['line']),
    checkArg: (arg, place) => {
      const { units, people, line, to } = arg as Consulting & { to: string };
      return [...unknownInputs([units, people, ...(line === undefined ? [] : [line])], place), ...unknownFields([to], place)];
    },
    writes: (arg) => [(arg as { to: string }).to],
    apply: (arg, { command }) => {
      const { to, ...asking } = arg as Consulting & { to: string };
      return { context: { [to]: askedBy(asking, command.input) } };
    },
  },
  'nextInLine@1': {
    meaning: 'Writes who stands next in the line into the field of who is asked.',
    arg: lineArgument,
    checkArg: lineFields,
    apply: (arg, scope) => {
      const next = nextIn(arg, scope);
      return next === undefined ? {} : { context: { [(arg as Line).at]: next } };
    },
  },
};
