import type { Instance } from '../../engine/instance.js';
import { textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { DraftedPaper } from '../../office/reporting/draftPaper.js';
import { mergedBlocks, toldOn } from '../../office/reporting/draftResults.js';
import { added, edited, remerged } from '../../office/reporting/editing.js';
import type { MergeRule, Told } from '../../office/reporting/merge.js';
import type { Outcome } from '../ask.js';
import { cleanText } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import { perform } from '../perform.js';
import { refuseSecret } from '../refuseSecret.js';
import { paperStored, reportsIn, storePaper } from './draft.js';
import { rollupStored } from './givenRollup.js';
import { instanceOf } from './takeRollup.js';

export const paragraphCharsMax = 20_000;

interface Editing {
  readonly authority: string;
  readonly paper: string;
  readonly actor: string;
  readonly key: string;
  readonly ifRevision?: number;
}

/**
 * Changes one paragraph of a draft that was built from a roll-up, or takes it off where the text is empty; with `after` adds one instead.
 * Sentences that are left alone keep their sources, the others are the actor's own. EDIT judges who may. Throws `inputInvalid` for a place
 * that is no paragraph and for a text that is too long.
 */
export async function editParagraph(
  deps: Deps,
  asked: Editing & { readonly place: string; readonly text: string; readonly after?: boolean },
): Promise<Outcome> {
  const text = cleanText(asked.text, '/text');
  refuseSecret({ text });
  if (text.length > paragraphCharsMax) throw new TrinhkyError('inputInvalid', { path: '/text' });
  return change(deps, asked, async (paper) => {
    const next = (asked.after === true ? added : edited)(paper, asked.place, text, asked.actor);
    if (next === null) throw new TrinhkyError('inputInvalid', { path: '/place' });
    return next;
  });
}

/**
 * Merges what units wrote on one item by another rule, or what a chosen few of them wrote. `of` is the item's code, with `@` and the clause
 * for one that is told for each duty. Throws `inputInvalid` where nobody wrote on it.
 */
export async function mergeNarratives(
  deps: Deps,
  asked: Editing & { readonly of: string; readonly rule: MergeRule; readonly reports?: readonly string[] },
): Promise<Outcome> {
  return change(deps, asked, async (paper, instance) => {
    const { told, hash } = await narrativesBehind(deps, instance, asked.of);
    const chosen = asked.reports === undefined ? told : told.filter(({ report }) => asked.reports?.includes(report));
    if (told.length === 0) throw new TrinhkyError('inputInvalid', { path: '/of' });
    return remerged(paper, asked.of, mergedBlocks({ rollupHash: hash }, chosen, { of: asked.of, rule: asked.rule, level: 2 }));
  });
}

/** What the units behind a paper wrote on one item, in the versions of its roll-up. */
export async function narrativesBehind(
  deps: Pick<Deps, 'store'>,
  { authority, context }: Instance,
  of: string,
): Promise<{ readonly told: readonly Told[]; readonly hash: string }> {
  const rollup = await rollupStored(deps, authority, context.rollup);
  if (rollup === null) throw new TrinhkyError('contentMissing', { content: context.rollup ?? null });
  const [code = '', clause] = of.split('@');
  const told = toldOn({ rollup, reports: await reportsIn(deps, authority, rollup) }, code, clause ?? null);
  return { told, hash: textAt(context, 'rollup') };
}

async function change(
  deps: Deps,
  { authority, paper: id, actor, key, ifRevision }: Editing,
  how: (paper: DraftedPaper, instance: Instance) => Promise<DraftedPaper>,
): Promise<Outcome> {
  const instance = await instanceOf(deps, authority, id, 'document');
  const { paper, rollup } = await paperStored(deps, instance);
  const content = await storePaper(deps, authority, await how(paper, instance), rollup);
  // The text that was changed is the one that was read: an edit of somebody else in between is not written over.
  return perform(deps, {
    authority,
    instance: id,
    command: 'EDIT',
    input: { content },
    actor,
    key,
    ifRevision: ifRevision ?? instance.revision,
  });
}
