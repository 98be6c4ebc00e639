import type { ImportFault } from '../commands/organisation/brought.js';
import type { Ownerless } from '../commands/organisation/ownerless.js';
import type { Consequence } from '../office/organisation/consequence.js';
import { type Directory, indexOf } from '../office/organisation/directory.js';
import { posts } from '../office/organisation/posts.js';
import type { Params, Words } from './words.js';

/** Consequences as sentences, in their order; many of one kind are told one by one, for each is somebody's matter. */
export function consequencesShown(words: Words, directory: Directory, list: readonly Consequence[]): string {
  return list
    .map(({ code, params }) => `- ${words.say(`organisation.consequences.${code}`, shown(words, directory, params))}\n`)
    .join('');
}

/** Faults with their places and what to do. */
export function faultsShown(words: Words, faults: readonly ImportFault[]): string {
  return faults
    .map(({ file, line, column, code, params }) => {
      const place = words.say(line === null ? 'organisation.placeJson' : 'organisation.place', { file, line, column });
      const say = (part: string) => words.say(`organisation.faults.${code}.${part}`, flat(params));
      return `${place}: ${say('sentence')} ${say('todo')}\n`;
    })
    .join('');
}

/** One line for each instance without an owner, and one for each reason. */
export function ownerlessShown(words: Words, directory: Directory, list: readonly Ownerless[]): string {
  return list
    .map(({ instance, title, commands, endedUnits }) => {
      const reasons = commands.map(({ command, reason, keys }) =>
        words.say(`organisation.ownerless.${reason}`, {
          command,
          who: keys.map((key) => keyShown(words, directory, key)).join(', '),
        }),
      );
      const ended = endedUnits.map((unit) => words.say('organisation.ownerless.unitEnded', { unit: unitShown(directory, unit) }));
      return `${instance}  ${title}\n${[...reasons, ...ended].map((line) => `    ${line}\n`).join('')}`;
    })
    .join('');
}

export function unitShown(directory: Directory, id: string): string {
  const name = indexOf(directory).unit.get(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
}

export function personShown(directory: Directory, id: string): string {
  const name = indexOf(directory).person.get(id)?.name;
  return name === undefined ? id : `${name} (${id})`;
}

export function postShown(words: Words, post: string): string {
  return posts[post]?.label[words.language] ?? post;
}

function listShown(directory: Directory, id: string): string {
  const name = directory.lists.find((list) => list.id === id)?.name;
  return name === undefined ? id : `${name} (${id})`;
}

/** A record by what it is called; its id alone where it has no name. */
function recordShown(words: Words, directory: Directory, kind: unknown, id: string): string {
  if (kind === 'units') return unitShown(directory, id);
  if (kind === 'people') return personShown(directory, id);
  if (kind === 'lists') return listShown(directory, id);
  const held = kind === 'appointments' ? directory.appointments.find((one) => one.id === id) : undefined;
  if (held === undefined) return id;
  const { person, unit } = indexOf(directory);
  const holder = person.get(held.person)?.name ?? held.person;
  return `${postShown(words, held.post)}, ${unit.get(held.unit)?.name ?? held.unit} (${holder}; ${id})`;
}

function keyShown(words: Words, directory: Directory, key: string): string {
  const match = /^post:(.+)\/([^/]+)$/.exec(key);
  if (match === null) return personShown(directory, key.replace(/^person:/, ''));
  return `${postShown(words, match[2] ?? '')}, ${unitShown(directory, match[1] ?? '')}`;
}

/** A day (`yyyy-mm-dd`) as it is written here. */
export function dayShown(day: string): string {
  return day.split('-').reverse().join('/');
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Ids with the names they stand for, and days as they are written here. */
function shown(words: Words, directory: Directory, params: Params): Params {
  const one = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item: unknown) => String(one(name, item))).join(', ');
    if (value === null) return words.say('organisation.openEnd');
    if (typeof value !== 'string') return JSON.stringify(value);
    if (DAY.test(value)) return dayShown(value);
    if (name === 'id') return recordShown(words, directory, params['kind'], value);
    if (name === 'list') return listShown(directory, value);
    if (name === 'post') return postShown(words, value);
    if (name === 'person' || name === 'people') return personShown(directory, value);
    if (name === 'kind') return words.say(`organisation.kinds.${value}`);
    return ['unit', 'units', 'from', 'to'].includes(name) ? unitShown(directory, value) : value;
  };
  return Object.fromEntries(Object.entries(params).map(([name, value]) => [name, one(name, value)]));
}

function flat(params: Params): Params {
  const text = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.map(text).join(', ') : text(value)]),
  );
}
