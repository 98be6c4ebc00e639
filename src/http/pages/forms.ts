import { isObject, type Json, type JsonObject } from '../../commands/look.js';
import { fieldLabel, type Language, labelIn, valueLabel } from '../../locales/sentences.js';
import { type Directory, holdsOn } from '../../office/organisation/directory.js';
import { leaderPosts, leadersOn } from '../../office/organisation/leaders.js';
import { posts } from '../../office/organisation/posts.js';
import { type Passage, passagesOf } from '../../office/papers/remarks.js';
import { dayOf } from '../../office/time/clock.js';
import type { Form } from '../body.js';
import { personName } from '../names.js';
import { type Typed, turnOf, withLine } from './lineOrder.js';
import { hasRows, recordsTyped, rowsOf, withoutRows } from './rowFields.js';

/** A field of a command's form, drawn from its schema. */
export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly required: boolean;
  readonly text: boolean;
  readonly area: boolean;
  readonly lines: boolean;
  readonly date: boolean;
  readonly number: boolean;
  readonly yesNo: boolean;
  readonly choice: boolean;
  readonly checks: boolean;
  readonly value: string;
  /** Of remarks: the places that they can be on. */
  readonly places: readonly Passage[];
  /** Its options are asked in an order. */
  readonly inLine: boolean;
  readonly lengthMax: number;
  readonly pattern: string;
  readonly options: readonly FieldOption[];
  /** Of a list of records: one row of cells for each. */
  readonly rows: ReturnType<typeof rowsOf>;
}

interface FieldOption {
  readonly value: string;
  readonly label: string;
  readonly chosen: boolean;
  readonly id: string;
  /** The number that says in which turn it comes; null where there is no order. */
  readonly turn: { readonly name: string; readonly value: string } | null;
}

type Kind = 'text' | 'area' | 'lines' | 'date' | 'number' | 'yesNo' | 'choice' | 'checks';

/** A longer text gets several lines. */
const lineCharsMax = 200;
const textCharsMax = 4_000;
/** Fields that name units; the schema says only that they are texts. */
const UNIT_FIELDS: ReadonlySet<string> = new Set(['units', 'lead', 'cooperating', 'sentTo']);
const UNIT_FIELD: ReadonlySet<string> = new Set(['draftingUnit', 'unit', 'leadUnit', 'through']);
/** Fields that name a person. */
const PERSON_FIELD: ReadonlySet<string> = new Set(['handler', 'newDrafter']);
/** Fields that name several people. */
const PERSON_FIELDS: ReadonlySet<string> = new Set(['voters', 'people']);
/** Fields that name a leader: a post, or who holds it. */
const LEADER_FIELD: ReadonlySet<string> = new Set(['to']);
/** The order of those who are asked one after the other: drawn as a number beside each of them. */
const LINE_FIELD = 'line';
/** The field of remarks on passages of the text. */
const REMARKS_FIELD = 'remarks';
/** The field of files that an instance names already. */
const FILES_FIELD = 'files';
const prefix = 'input.';

export interface Drawing {
  readonly language: Language;
  readonly directory: Directory;
  readonly now: string;
  /** Sets the ids of one form apart from those of another. */
  readonly form: string;
  readonly typed: Typed;
  /** The text that a form is about, where remarks may be made on it. */
  readonly content?: Json | null;
  /** The files among which a form may choose. */
  readonly files?: readonly { readonly hash: string; readonly name: string }[];
  /** What is offered where nothing was typed yet. */
  readonly usual?: Typed;
}

/** The fields of a form, in the order of the schema, with what was typed before. */
export function fieldsOf(schema: JsonObject | undefined, drawing: Drawing): readonly Field[] {
  const required = (schema?.required ?? []) as readonly string[];
  const properties = (schema?.properties ?? {}) as Record<string, JsonObject>;
  const inLine = Object.hasOwn(properties, LINE_FIELD);
  return Object.entries(properties)
    .filter(([name]) => name !== LINE_FIELD)
    .map(([name, property]) => fieldOf(name, property, required.includes(name), { ...drawing, inLine }));
}

function fieldOf(name: string, property: JsonObject, required: boolean, drawing: Drawing & { readonly inLine: boolean }): Field {
  const kind = kindOf(name, property);
  const typed = drawing.typed[name] ?? drawing.usual?.[name];
  const chosen = typeof typed === 'string' ? [typed] : (typed ?? []);
  const id = `${drawing.form}-${name}`;
  const flags = Object.fromEntries(
    (['text', 'area', 'lines', 'date', 'number', 'yesNo', 'choice', 'checks'] as const).map((one) => [one, one === kind]),
  ) as Record<Kind, boolean>;
  return {
    id,
    name: `${prefix}${name}`,
    label: fieldLabel(drawing.language, name),
    required,
    ...flags,
    value: kind === 'lines' ? chosen.join('\n') : (chosen[0] ?? ''),
    rows: hasRows(name) ? rowsOf(name, property, { ...drawing, prefix }) : [],
    places: name === REMARKS_FIELD ? passagesOf(drawing.content ?? null) : [],
    inLine: kind === 'checks' && drawing.inLine && turnOf(name, '', {}) !== null,
    lengthMax: typeof property.maxLength === 'number' ? property.maxLength : textCharsMax,
    pattern: kind === 'text' && typeof property.pattern === 'string' ? property.pattern.replace(/^\^|\$$/g, '') : '.*',
    options: optionsOf(name, property, kind, drawing).map((option, index) => ({
      ...option,
      chosen: chosen.includes(option.value),
      id: `${id}-${index}`,
      turn: kind === 'checks' && drawing.inLine ? named(turnOf(name, option.value, drawing.typed)) : null,
    })),
  };
}

function named(turn: ReturnType<typeof turnOf>): ReturnType<typeof turnOf> {
  return turn === null ? null : { ...turn, name: `${prefix}${turn.name}` };
}

function kindOf(name: string, property: JsonObject): Kind {
  if (property.enum !== undefined || [UNIT_FIELD, PERSON_FIELD, LEADER_FIELD].some((names) => names.has(name))) return 'choice';
  if (name === FILES_FIELD) return 'checks';
  if (property.type === 'array') return UNIT_FIELDS.has(name) || PERSON_FIELDS.has(name) ? 'checks' : 'lines';
  if (property.type === 'boolean') return 'yesNo';
  if (property.type === 'integer' || property.type === 'number') return 'number';
  if (property.format === 'date') return 'date';
  return typeof property.maxLength === 'number' && property.maxLength > lineCharsMax ? 'area' : 'text';
}

function optionsOf(name: string, property: JsonObject, kind: Kind, { language, directory, now, files = [] }: Drawing) {
  if (name === FILES_FIELD) return files.map((file) => ({ value: `${file.hash}|${file.name}`, label: file.name }));
  if (Array.isArray(property.enum))
    return property.enum.map((value) => ({ value: String(value), label: choiceLabel(language, name, String(value)) }));
  if (PERSON_FIELD.has(name) || PERSON_FIELDS.has(name))
    return directory.people.filter(({ disabled }) => !disabled).map((person) => ({ value: person.id, label: person.name }));
  if (LEADER_FIELD.has(name)) return leaderOptions(language, directory, dayOf(now));
  if (kind !== 'checks' && !UNIT_FIELD.has(name)) return [];
  const day = dayOf(now);
  return directory.units
    .filter((unit) => holdsOn({ from: unit.validFrom, to: unit.validTo }, day))
    .map((unit) => ({ value: unit.id, label: unit.name }));
}

/** A value may read differently in one field than elsewhere. */
function choiceLabel(language: Language, name: string, value: string): string {
  const own = `${name}.${value}`;
  const label = valueLabel(language, own);
  return label === own ? valueLabel(language, value) : label;
}

/** Each post that is held, then each holder by name. */
function leaderOptions(language: Language, directory: Directory, day: string) {
  const leaders = leadersOn(directory, day);
  const postLabel = (post: string): string => labelIn(language, posts[post]?.label, post);
  const held = leaderPosts.filter((one) => leaders.some(({ post }) => post === one));
  return [
    ...held.map((post) => ({ value: post as string, label: postLabel(post) })),
    ...leaders.map(({ person, post }) => ({
      value: person,
      label: `${postLabel(post)} ${personName({ language, directory }, person)}`,
    })),
  ];
}

/** What was typed, by the names of the schema: kept when the form must be shown again. */
export function typedOf(form: Form): Typed {
  return Object.fromEntries(
    Object.entries(form)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value]),
  );
}

/** One line of a list of records: its fields in the schema's order, parted by `|`; empty ones are left out. */
function recordOf(property: JsonObject, line: string): JsonObject {
  const { properties } = property.items as { readonly properties: JsonObject };
  const parts = line.split('|').map((part) => part.trim());
  return Object.fromEntries(Object.keys(properties).flatMap((name, index) => (parts[index] ? [[name, parts[index]]] : [])));
}

/**
 * A form's fields as the input that the schema describes: empty optional fields are left out, lists come from boxes or lines.
 * Fields that the schema does not know stay in: the command refuses them, nothing is dropped in silence.
 */
export function inputOf(schema: JsonObject | undefined, typed: Typed): JsonObject {
  const properties = (schema?.properties ?? {}) as Record<string, JsonObject>;
  const plain = withoutRows(typed);
  const parsed = Object.entries(Object.hasOwn(properties, LINE_FIELD) ? withLine(plain) : plain).map(
    ([name, value]) => [name, parse(Object.hasOwn(properties, name) ? properties[name] : undefined, value)] as const,
  );
  // Not by assignment: `__proto__` must stay a name, to be refused as one.
  const given = Object.fromEntries(parsed.filter((entry): entry is [string, JsonObject[string]] => entry[1] !== undefined));
  return { ...given, ...recordsTyped(typed) };
}

function parse(property: JsonObject | undefined, value: string | readonly string[]): JsonObject[string] | undefined {
  if (property?.type === 'array') {
    const items = (typeof value === 'string' ? value.split(/\r?\n/) : [...value])
      .map((item) => item.trim())
      .filter((item) => item !== '');
    return isObject(property.items) && property.items.type === 'object' ? items.map((item) => recordOf(property, item)) : items;
  }
  if (typeof value !== 'string') return [...value];
  if (value.trim() === '') return undefined;
  if (property?.type === 'integer' || property?.type === 'number') return Number.isFinite(Number(value)) ? Number(value) : value;
  if (property?.type === 'boolean') return value === 'true';
  return value;
}
