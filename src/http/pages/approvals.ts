import type { Entry } from '../../commands/look.js';
import { ruleOf } from '../../engine/definition.js';
import { readEntry } from '../../engine/entry.js';
import { labelIn, word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import type { SignedCall } from '../edge.js';
import { commandLabel, type Names, personName, unitName } from '../names.js';
import { instantInWords } from './dates.js';

/** Only the last entries are read: an approval that still counts is younger than the last return. */
const entriesReadMax = 100;
const APPROVERS = 'approvers';

export interface Approval {
  readonly what: string;
  readonly who: string;
  /** Post and unit, as the record says that gave the right. */
  readonly capacity: string | null;
  readonly at: string;
}

/** Who stands behind a paper: the approvals that count now, those that a return has wiped out not among them. */
export async function approvalsOf(
  call: SignedCall,
  names: Names,
  instance: { readonly authority: string; readonly id: string; readonly revision: number },
): Promise<readonly Approval[]> {
  const from = Math.max(1, instance.revision - entriesReadMax + 1);
  const stored = await call.edge.app.deps.store.instances.history(instance.authority, instance.id, from, entriesReadMax);
  const counting: Entry[] = [];
  for (const entry of stored.map(({ bytes }) => readEntry(bytes))) {
    const updates = updatesOf(names, entry);
    if (updates.some(({ name, arg }) => name === 'clear@1' && Array.isArray(arg) && arg.includes(APPROVERS))) counting.length = 0;
    if (updates.some(({ name, arg }) => name === 'addActor@1' && arg === APPROVERS)) counting.push(entry);
  }
  return counting.map((entry) => ({
    what: commandLabel(names, entry.command),
    who:
      entry.onBehalfOf === null
        ? personName(names, entry.actor)
        : `${personName(names, entry.actor)} (${word(names.language, 'onBehalfOf', { name: personName(names, entry.onBehalfOf) })})`,
    capacity: capacityOf(names, entry),
    at: instantInWords(entry.at),
  }));
}

function updatesOf(names: Names, { command, transition }: Entry) {
  const taken = names.model?.byCommand.get(command)?.find(({ id }) => id === transition);
  return (taken?.definition.updates ?? []).map((use) => ruleOf(use));
}

function capacityOf(names: Names, entry: Entry): string | null {
  const appointment = indexOf(names.directory)
    .appointmentsOf.get(entry.onBehalfOf ?? entry.actor)
    ?.find(({ id }) => id === entry.by);
  if (appointment === undefined) return null;
  return `${labelIn(names.language, posts[appointment.post]?.label, appointment.post)}, ${unitName(names, appointment.unit)}`;
}
