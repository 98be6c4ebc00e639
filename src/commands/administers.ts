import { SYSTEM_ACTOR } from '../engine/definition.js';
import { TrinhkyError } from '../errors.js';
import { readerOf } from '../office/organisation/visibility.js';
import type { Deps } from './deps.js';

/** Whoever uses the server's own command line: he has the machine, and stands where an administrator does. */
export const commandLineActor = 'commandLine';

/** Actors that are no persons. No record may give one of these ids to a person, or he would act with their rights. */
export const reservedActors: readonly string[] = [SYSTEM_ACTOR, commandLineActor];

/** Throws `notAllowed` for anybody but an administrator of the authority at this instant, and says so in the audit as `denial`. */
export async function requireAdministering(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, actor }: { readonly authority: string; readonly actor: string },
  denial: string,
): Promise<void> {
  if (actor === commandLineActor) return;
  const directory = await deps.store.directory.snapshot(authority);
  const at = deps.clock.now();
  if (readerOf(directory, actor, at).administers) return;
  await deps.store.audit.append({ authority, at, actor, kind: denial, subject: null, details: {} });
  throw new TrinhkyError('notAllowed');
}
