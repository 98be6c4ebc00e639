import { type Available, dueOfInstance, type Instance, type JsonObject, type Model } from '../../commands/look.js';
import type { InboxRow } from '../../commands/ports.js';
import type { Language } from '../../locales/sentences.js';
import { labelIn } from '../../locales/sentences.js';
import { seenHash } from '../../office/catalogue/attachments.js';
import type { Directory } from '../../office/organisation/directory.js';
import type { SignedCall } from '../edge.js';
import { awaitedIn, commandLabel, type Names, namesFor, stateLabel, targetLabel, tell } from '../names.js';

/** An instance as the API shows it. */
export function instanceBody(names: Names, instance: Instance) {
  const { id, authority, definition, revision, state, open, context, content, parent, originator, visits, head } = instance;
  return {
    id,
    authority,
    definition,
    revision,
    state,
    stateLabel: stateLabel(names, state),
    open,
    context,
    content,
    seen: seenHash(instance),
    parent,
    originator,
    visits,
    due: dueOfInstance(instance),
    head,
  };
}

/** A command with its answer for this reader, in words. */
export function commandBody(names: Names, available: Available) {
  const { command, open, target, onBehalfOf, blockers, definition } = available;
  return {
    command,
    label: labelIn(names.language, definition.label, commandLabel(names, command)),
    open,
    target,
    targetLabel: targetLabel(names, available),
    onBehalfOf,
    blockers: blockers.map((blocker) => tell(names, blocker)),
    input: (definition.input ?? { type: 'object', additionalProperties: false }) as JsonObject,
  };
}

/** One line of a list. */
export function rowBody(
  call: Pick<SignedCall, 'language' | 'directory' | 'now' | 'edge'>,
  row: InboxRow,
  onBehalfOf: string | null,
) {
  const names = namesFor(call.language, call.directory, modelFor(call, row.definition), call.now);
  const { id, definition, title, state, due, since, originator, open, revision } = row;
  return {
    id,
    definition,
    title,
    state,
    stateLabel: stateLabel(names, state),
    due,
    since,
    originator,
    open,
    revision,
    waitsFor: awaitedIn(names, row.principals, null),
    onBehalfOf,
  };
}

/** The model an instance is pinned to. */
export function modelFor(call: Pick<SignedCall, 'edge'>, ref: Instance['definition']): Model {
  return call.edge.app.deps.models.pinned(ref);
}

/** The names with which an instance of a model is told. */
export function namesOf(
  call: { readonly language: Language; readonly directory: Directory; readonly now: string },
  model: Model,
): Names {
  return namesFor(call.language, call.directory, model, call.now);
}
