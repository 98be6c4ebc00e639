import { ruleOf, type TransitionDefinition } from '../../engine/definition.js';
import type { Entry } from '../../engine/instance.js';
import type { Json } from '../../engine/json.js';

/** Why a decision does not count any more: the entry that took it away. */
export interface Fall {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly command: string;
  /** `edited`: the content is another one; `anew`: the same is decided anew; `undone`: a return, a recall, or the paper was voided. */
  readonly why: 'edited' | 'anew' | 'undone';
  readonly reason: string | null;
}

/** A decision as its entry has it: who, for whom, in which capacity, by which record, when, and on which content. */
export interface MadeDecision {
  readonly seq: number;
  readonly at: string;
  readonly command: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  readonly role: string | null;
  readonly by: string | null;
  readonly capacity: Json;
  /** Hash of the content it was made on: it says nothing of any other. */
  readonly content: string | null;
  /** Of a vote: what was chosen. */
  readonly choice: string | null;
  readonly reason: string | null;
  readonly fell: Fall | null;
}

/** The transition that an entry took, under the definition that the instance is pinned to. */
export type TransitionTaken = (entry: Pick<Entry, 'transition' | 'command'>) => TransitionDefinition | undefined;

/** The field in which a vote is kept among the others. */
const VOTES = '';
/** Signed is signed: the record of it stays in the context, and the paper is void all the same. */
const VOIDING: ReadonlySet<string> = new Set(['VOID']);

/**
 * Every decision of an instance, in order, and whether it stands: derived from its entries alone, so that it can be derived again later.
 * A decision is a transition that writes its actor into a field (`setActor@1`) after the actor named what was seen, or a vote. It falls when
 * the content or its attachments become others, when its field is cleared by a return or a recall, or when the same field is decided anew; a vote, when
 * a return clears decisions or the next vote of the same person begins on a new ballot. What fell first is what is told.
 */
export function decisionsOf(entries: readonly Entry[], taken: TransitionTaken): readonly MadeDecision[] {
  const made: { readonly field: string; decision: MadeDecision }[] = [];
  for (const entry of entries) {
    const transition = taken(entry);
    const field = fieldOf(transition);
    const changes = { cleared: clearedBy(transition), files: changesFiles(transition) };
    for (const one of made) {
      if (one.decision.fell !== null) continue;
      const why = whyFallen(one, entry, field, changes);
      if (why !== null) one.decision = { ...one.decision, fell: fallBy(entry, why) };
    }
    if (field !== null) made.push({ field, decision: decisionBy(entry) });
  }
  return made.map(({ decision }) => decision);
}

function whyFallen(
  { field, decision }: { readonly field: string; readonly decision: MadeDecision },
  entry: Entry,
  decides: string | null,
  { cleared, files }: { readonly cleared: readonly string[]; readonly files: boolean },
): Fall['why'] | null {
  if (VOIDING.has(entry.command)) return 'undone';
  if (field === VOTES ? cleared.length > 0 : cleared.includes(field)) return 'undone';
  if (entry.content !== decision.content || files) return 'edited';
  if (decides !== field) return null;
  return field !== VOTES || memberOf(entry) === memberOf(decision) ? 'anew' : null;
}

function memberOf({ actor, onBehalfOf }: Pick<Entry, 'actor' | 'onBehalfOf'>): string {
  return onBehalfOf ?? actor;
}

const SEEN: ReadonlySet<string> = new Set(['sawContent@1', 'sawPrepared@1']);

/** The field that a transition decides, `VOTES` for a vote, or null where it decides nothing. */
function fieldOf(transition: TransitionDefinition | undefined): string | null {
  const updates = (transition?.updates ?? []).map(ruleOf);
  if (updates.some(({ name, arg }) => name === 'panelCounts@1' && (arg as { vote: boolean }).vote)) return VOTES;
  if (!(transition?.requires ?? []).some((use) => SEEN.has(ruleOf(use).name))) return null;
  const actor = updates.find(({ name }) => name === 'setActor@1');
  return typeof actor?.arg === 'string' ? actor.arg : null;
}

const FILES: ReadonlySet<string> = new Set(['addAttachment@1', 'removeAttachment@1']);

/** The files are part of what was decided on, as the text is. */
function changesFiles(transition: TransitionDefinition | undefined): boolean {
  return (transition?.updates ?? []).some((use) => FILES.has(ruleOf(use).name));
}

function clearedBy(transition: TransitionDefinition | undefined): readonly string[] {
  return (transition?.updates ?? []).map(ruleOf).flatMap(({ name, arg }) => {
    if (name !== 'clear@1') return [];
    return Array.isArray(arg) ? (arg as string[]) : [arg as string];
  });
}

function decisionBy(entry: Entry): MadeDecision {
  const { seq, at, command, actor, onBehalfOf, role, by, capacity, content, input } = entry;
  const said = { choice: textOrNull(input.choice), reason: textOrNull(input.reason) };
  return { seq, at, command, actor, onBehalfOf, role, by, capacity, content, ...said, fell: null };
}

function fallBy({ seq, at, actor, command, input }: Entry, why: Fall['why']): Fall {
  return { seq, at, actor, command, why, reason: textOrNull(input.reason) };
}

function textOrNull(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
