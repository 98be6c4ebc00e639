import type { Entry } from '../../commands/look.js';
import { readEntry } from '../../engine/entry.js';
import { fieldLabel, word } from '../../locales/sentences.js';
import type { InstanceCall } from '../edge.js';
import { commandLabel, type Names, personName, stateLabel } from '../names.js';
import { readableEntries } from '../renditionAccess.js';
import { instantInWords } from './dates.js';
import { chosenIn, saidIn } from './opinions.js';
import { type Related, relatedTo } from './successors.js';

const entriesShown = 30;
/** The role by which the clerk writes for a unit that does not use the system. */
const SERVING = 'servingClerk';
/** The last entries, newest first, and where the earlier ones are; and the related papers, which some of the entries name. */
export async function timelineOf(call: InstanceCall, names: Names) {
  const { instance } = call.view;
  const related = await relatedTo(call, instance);
  const asked = Number(call.query.before ?? instance.revision);
  const to = Math.min(instance.revision, Number.isSafeInteger(asked) && asked > 0 ? asked : instance.revision);
  const from = Math.max(1, to - entriesShown + 1);
  const stored = await call.edge.app.deps.store.instances.history(instance.authority, instance.id, from, to - from + 1);
  const all = stored.map(({ bytes }) => readEntry(bytes));
  const entries = [...readableEntries(call, all)].reverse();
  const [newest] = entries;
  return {
    /** The reader's own command, if it is the last thing that happened. */
    lastOwn: to === instance.revision && newest?.actor === call.identity.person ? newest.command : null,
    /** Why it came back, while that is the last thing that happened. */
    returned: to === instance.revision && newest?.command === 'RETURN' ? entryView(names, newest, related) : null,
    related,
    timeline: entries.map((entry) => entryView(names, entry, related)),
    earlier:
      from > 1 && entries.length === all.length ? `/instances/${encodeURIComponent(instance.id)}?before=${from - 1}` : null,
  };
}

/** The command in words, and what was chosen by it. */
function labelOf(names: Names, entry: Entry): string {
  const label = commandLabel(names, entry.command);
  const chosen = chosenIn(names.language, entry);
  return chosen === null ? label : `${label}: ${chosen}`;
}

function entryView(names: Names, entry: Entry, related: Related) {
  const { by, reason } = entry.input;
  return {
    seq: entry.seq,
    at: instantInWords(entry.at),
    iso: entry.at,
    who: personName(names, entry.actor),
    behalf: entry.onBehalfOf === null ? null : word(names.language, 'onBehalfOf', { name: personName(names, entry.onBehalfOf) }),
    label: labelOf(names, entry),
    after: stateLabel(names, entry.after),
    by: related.find(({ id }) => id === by) ?? null,
    // Nobody said it here: the reason stands in the other paper.
    said:
      typeof by === 'string' && typeof reason === 'string'
        ? [`${fieldLabel(names.language, 'reason')}: ${reason}`]
        : [...spokenIn(names, entry), ...saidIn(entry)],
  };
}

/** By which paper a unit spoke for which the clerk wrote: whoever reads the history must not take it for the unit's own hand. */
function spokenIn(names: Names, { role, input }: Entry): readonly string[] {
  return role === SERVING && typeof input.source === 'string'
    ? [word(names.language, 'spokenFor', { source: input.source })]
    : [];
}

/** One line for what happened meanwhile. */
export function happenedLine(
  names: Names,
  entry: { readonly at: string; readonly actor: string; readonly command: string },
): string {
  return `${instantInWords(entry.at)} – ${personName(names, entry.actor)}: ${commandLabel(names, entry.command)}`;
}
