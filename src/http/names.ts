import { type Available, type Blocker, type Instance, type Model, pathsOf, type StateValue } from '../commands/look.js';
import { namedFaults } from '../locales/coverage.js';
import { faultLabel, fieldLabel, kindLabel, type Language, labelIn, sentence, valueLabel, word } from '../locales/sentences.js';
import { type Directory, holdsOn, indexOf } from '../office/organisation/directory.js';
import { posts } from '../office/organisation/posts.js';
import { postKeysOf, signedFor } from '../office/organisation/signers.js';
import { dayOf } from '../office/time/clock.js';

/** What names are looked up in: the organisation, and the definition where there is one. */
export interface Names {
  readonly language: Language;
  readonly directory: Directory;
  readonly model: Model | null;
  /** `yyyy-mm-dd`: who holds a post is asked for this day. */
  readonly today: string;
}

export interface Who {
  readonly key: string;
  readonly label: string;
}

export function personName(names: Pick<Names, 'directory' | 'language'>, id: string): string {
  if (id === 'system') return word(names.language, 'system');
  return indexOf(names.directory).person.get(id)?.name ?? id;
}

export function unitName(names: Pick<Names, 'directory'>, id: string): string {
  return indexOf(names.directory).unit.get(id)?.name ?? id;
}

/** A principal key in words: a person's name, or a post of a unit and who holds it today. */
export function whoOf(names: Names, key: string): Who {
  const person = /^person:(.+)$/.exec(key)?.[1];
  if (person !== undefined) return { key, label: personName(names, person) };
  const [, unit, post] = /^post:(.+)\/([^/]+)$/.exec(key) ?? [];
  if (unit === undefined || post === undefined) return { key, label: key };
  const held = (indexOf(names.directory).appointmentsAt.get(key) ?? []).filter((appointment) =>
    holdsOn(appointment, names.today),
  );
  const holders = held.map((appointment) => personName(names, appointment.person)).join(', ');
  const title = `${labelIn(names.language, posts[post]?.label, post)}, ${unitName(names, unit)}`;
  return { key, label: `${title} (${holders === '' ? word(names.language, 'unknownWho') : holders})` };
}

/**
 * Those who are awaited, in words. Who signs by a written grant is named where the paper is known: the grants that cover it. Without it,
 * and where nobody holds a grant, that key stands for nobody who could be named.
 */
export function awaitedIn(
  names: Names,
  keys: readonly string[],
  paper: { readonly instance: Pick<Instance, 'context'>; readonly now: string } | null,
): readonly Who[] {
  const shown = keys.flatMap((key) => {
    if (signedFor(key) === null) return [key];
    return paper === null ? [] : postKeysOf(names.directory, key, { day: names.today, ...paper });
  });
  return [...new Set(shown)].map((key) => whoOf(names, key));
}

/** A command in words: the label of one of its transitions, of people's before the system's own. */
export function commandLabel(names: Pick<Names, 'language' | 'model'>, command: string): string {
  if (command === 'OPEN') return word(names.language, 'opened');
  const labelled = (names.model?.byCommand.get(command) ?? []).filter(({ definition }) => definition.label !== undefined);
  const label = (labelled.find(({ definition }) => definition.by.some((role) => role !== 'system')) ?? labelled[0])?.definition
    .label;
  return labelIn(names.language, label, command);
}

/** The label of one state by its path; the name where it has none. */
export function pathLabel(names: Pick<Names, 'language' | 'model'>, path: string): string {
  const node = names.model?.machine.tree.nodes.get(path);
  return labelIn(names.language, node?.definition.label, path.split('/').at(-1) ?? path);
}

/** A state in words: the innermost states; those side by side are joined. */
export function stateLabel(names: Pick<Names, 'language' | 'model'>, state: StateValue): string {
  const paths = pathsOf(state);
  const leaves = paths.filter((path) => path !== '' && !paths.some((other) => other.startsWith(`${path}/`)));
  return leaves.map((path) => pathLabel(names, path)).join(' · ');
}

/** Where a command leads, in words; null where it stays. */
export function targetLabel(names: Pick<Names, 'language' | 'model'>, available: Pick<Available, 'target'>): string | null {
  return available.target === null ? null : pathLabel(names, available.target);
}

/** A leader may be named by the post. */
function personOrPost(names: Names, named: string): string {
  const post = indexOf(names.directory).person.has(named) ? undefined : posts[named];
  return post === undefined ? personName(names, named) : labelIn(names.language, post.label, named);
}

/** The parameters of a sentence as a reader understands them: ids become names, fields their labels. */
export function readable(
  names: Names,
  params: Readonly<Record<string, unknown>>,
  who: readonly string[] = [],
): Record<string, unknown> {
  const out: Record<string, unknown> = Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, typeof value === 'string' && DAY.test(value) ? shownDay(value) : value]),
  );
  if (typeof params.person === 'string') out.person = personOrPost(names, params.person);
  if (typeof params.unit === 'string') out.unit = unitName(names, params.unit);
  if (typeof params.command === 'string') out.command = commandLabel(names, params.command);
  if (typeof params.kind === 'string') out.kind = kindLabel(names.language, params.kind);
  if (params.state !== undefined) out.state = stateLabel(names, params.state as StateValue);
  if (Array.isArray(params.people)) out.people = params.people.map((person) => personName(names, String(person)));
  if (typeof params.field === 'string') out.field = fieldLabel(names.language, params.field);
  if (Array.isArray(params.units)) out.units = params.units.map((unit) => unitName(names, String(unit)));
  if (Array.isArray(params.fields)) out.fields = params.fields.map((field) => fieldLabel(names.language, String(field)));
  if (Array.isArray(params.named))
    out.named = namedFaults(names.language, params.named, params.more, (unit) => unitName(names, unit));
  if (Array.isArray(params.faults)) out.faults = faultsOf(names.language, params.faults);
  if (typeof params.reason === 'string') out.reason = reasonInWords(names.language, params.reason, params);
  if (Array.isArray(params.places))
    out.places = [...new Set(params.places.map((place) => fieldLabel(names.language, String(place).split('/')[1] || 'content')))];
  if (who.length > 0) out.who = who.map((key) => whoOf(names, key).label);
  return out;
}

const DAY = /^\d{4}-\d\d-\d\d$/;

/** A day as people write it. */
const shownDay = (day: string): string => day.split('-').reverse().join('/');

/** Why a file or a form was refused, where the reason is a code of ours; any other text stays as it is. */
function reasonInWords(language: Language, reason: string, params: Readonly<Record<string, unknown>>): string {
  const key = `reason.${reason}`;
  const on = typeof params.on === 'string' ? params.on.split('-').reverse().join('/') : undefined;
  const told = valueLabel(language, key, { ...params, on });
  return told === key ? reason : told;
}

function faultsOf(language: Language, faults: readonly unknown[]): readonly string[] {
  const labels = faults.map((fault) => faultLabel(language, fault as { path: string; message: string }));
  return [...new Set(labels)];
}

export interface ToldBlocker {
  readonly code: string;
  readonly sentence: string;
  readonly todo: string;
  readonly params: Blocker['params'];
  readonly who: readonly Who[];
}

/** A blocker with its sentences and the people who could act. */
export function tell(names: Names, blocker: Blocker): ToldBlocker {
  const who = blocker.who ?? [];
  return {
    code: blocker.code,
    ...sentence(names.language, blocker.code, readable(names, blocker.params, who)),
    params: blocker.params,
    who: who.map((key) => whoOf(names, key)),
  };
}

/** The names for a reader at an instant. */
export function namesFor(language: Language, directory: Directory, model: Model | null, now: string): Names {
  return { language, directory, model, today: dayOf(now) };
}
