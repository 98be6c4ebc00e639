import { readFile } from 'node:fs/promises';
import type { DirectoryStore } from '../commands/organisation/ports.js';
import type { Directory } from '../office/organisation/directory.js';
import type { AccountStore } from './people.js';

/** One person of the example, with the password that is shown once. */
export interface ExampleAccount {
  readonly login: string;
  readonly name: string;
  /** `post@unit` of each appointment. */
  readonly posts: readonly string[];
  readonly oneTimePassword: string;
}

const exampleFile = new URL('../../examples/authority.json', import.meta.url);

type Example = Omit<Directory, 'revision'> & { readonly note: string };

/** The example authority as recorded in `examples/authority.json`. */
export async function readExample(): Promise<Omit<Directory, 'revision'>> {
  const { note: _note, ...directory } = JSON.parse(await readFile(exampleFile, 'utf8')) as Example;
  return directory;
}

/**
 * Loads the example authority into an empty database and gives each of its people a one-time password; answers them once.
 * Does nothing, and answers an empty list, where any authority is recorded. Killed in the middle it leaves accounts without
 * their authority, and is done anew by the next call.
 */
export async function loadExample(
  store: { readonly directory: DirectoryStore },
  accounts: AccountStore,
): Promise<readonly ExampleAccount[]> {
  if ((await store.directory.authorities()).length > 0) return [];
  const directory = await readExample();
  const authority = directory.authority.id;
  const loaded = directory.people.map(async ({ id, name, login }) => ({
    login,
    name,
    posts: directory.appointments.filter(({ person }) => person === id).map(({ post, unit }) => `${post}@${unit}`),
    oneTimePassword: await accounts.create({ authority, person: id }, login),
  }));
  const people = await Promise.all(loaded);
  // Last: from here on the database is no longer empty.
  await store.directory.save(directory);
  return people;
}
