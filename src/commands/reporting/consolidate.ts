import type { Instance } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import { textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { indexOf } from '../../office/organisation/directory.js';
import { isInForce } from '../../office/organisation/roles.js';
import type { DraftedPaper } from '../../office/reporting/draftPaper.js';
import { carriedOver } from '../../office/reporting/editing.js';
import { dayOf } from '../../office/time/clock.js';
import type { Outcome } from '../ask.js';
import type { Deps } from '../deps.js';
import { idOfChild } from '../open.js';
import { perform } from '../perform.js';
import { draftOf, paperStored, storePaper } from './draft.js';
import { instanceOf, takeRollup, takeSummary } from './takeRollup.js';

/** Who asks, under which idempotency key. */
interface Asking {
  readonly authority: string;
  readonly actor: string;
  readonly key: string;
  readonly ifRevision?: number;
}

export interface Consolidated {
  readonly outcome: Outcome;
  /** The paper that is opened for it; null where the command was refused. */
  readonly paper: string | null;
  readonly rollup: string;
}

/**
 * Takes the roll-up of a period, drafts the paper from it and asks the period for it (CONSOLIDATE), which judges who may and whether
 * another one is under way: of two consolidators at once one gets the paper, the other is told. `at` takes the figures as they stood then.
 */
export async function draftConsolidation(
  deps: Deps,
  asked: Asking & { readonly period: string; readonly draftingUnit?: string; readonly at?: string },
): Promise<Consolidated> {
  const { authority, period, at } = asked;
  const taken = await takeRollup(deps, { authority, period, ...(at === undefined ? {} : { at }) });
  const paper = await draftOf(deps, authority, taken);
  return ask(deps, asked, { holder: period, command: 'CONSOLIDATE', kind: 'consolidation', paper, rollup: taken.hash, more: {} });
}

/** The same for a longer period from the papers of its parts: SUMMARISE on the obligation. */
export async function summariseYear(
  deps: Deps,
  asked: Asking & { readonly obligation: string; readonly period: string; readonly draftingUnit?: string },
): Promise<Consolidated> {
  const { authority, obligation, period } = asked;
  const taken = await takeSummary(deps, { authority, obligation, period });
  const paper = await draftOf(deps, authority, taken);
  return ask(deps, asked, {
    holder: obligation,
    command: 'SUMMARISE',
    kind: 'summary',
    paper,
    rollup: taken.hash,
    more: { period },
  });
}

interface Asked {
  readonly holder: string;
  readonly command: 'CONSOLIDATE' | 'SUMMARISE';
  readonly kind: 'consolidation' | 'summary';
  readonly paper: DraftedPaper;
  readonly rollup: string;
  readonly more: JsonObject;
}

async function ask(
  deps: Deps,
  asking: Asking & { readonly draftingUnit?: string },
  { holder, command, kind, paper, rollup, more }: Asked,
): Promise<Consolidated> {
  const { authority, actor, key, ifRevision } = asking;
  const content = await storePaper(deps, authority, paper, rollup);
  const draftingUnit = asking.draftingUnit ?? (await ownUnit(deps, authority, actor));
  const outcome = await perform(deps, {
    authority,
    instance: holder,
    command,
    input: { ...more, content, rollup, title: paper.content.title, draftingUnit },
    actor,
    key,
    ...(ifRevision === undefined ? {} : { ifRevision }),
  });
  return { outcome, paper: outcome.kind === 'accepted' ? openedBy(outcome, kind) : null, rollup };
}

/** The child that an accepted entry opens. */
function openedBy({ entry, instance }: Extract<Outcome, { kind: 'accepted' }>, kind: string): string | null {
  const [first] = entry.effects.flatMap(({ kind: does, params }) =>
    does === 'open' ? (params.children as readonly JsonObject[]) : [],
  );
  return first === undefined ? null : idOfChild(instance.authority, { id: instance.id, kind, key: textAt(first, 'key') });
}

/** The unit in which somebody drafts: the first in which he holds a post today, apart from the authority itself. */
async function ownUnit(deps: Pick<Deps, 'store' | 'clock'>, authority: string, actor: string): Promise<string> {
  const directory = await deps.store.directory.snapshot(authority);
  const today = dayOf(deps.clock.now());
  const held = (indexOf(directory).appointmentsOf.get(actor) ?? []).filter((one) => isInForce(directory, one, today));
  const { rootUnit } = directory.authority;
  return held.find(({ unit }) => unit !== rootUnit)?.unit ?? held[0]?.unit ?? rootUnit;
}

/** A draft that is edited, or told of a report, faster than it can be drafted again is asked for once more by its drafter. */
const refreshTriesMax = 4;

/**
 * Takes the figures of a draft anew and drafts again, with the drafter's own words kept (REFRESH). A paper that was built after a report
 * came in has it; one that was told of changes is told no more. An edit that comes in between is read and kept too. Throws `revisionMoved`
 * where `ifRevision` is given and not the one of now, and where the draft does not come to rest.
 */
export async function refreshConsolidation(deps: Deps, asked: Asking & { readonly paper: string }): Promise<Outcome> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await refreshOnce(deps, asked);
    } catch (error) {
      const moved = error instanceof TrinhkyError && error.code === 'revisionMoved';
      if (!moved || asked.ifRevision !== undefined || tries === refreshTriesMax) throw error;
    }
  }
}

async function refreshOnce(deps: Deps, asked: Asking & { readonly paper: string }): Promise<Outcome> {
  const { authority, actor, key, ifRevision } = asked;
  const instance = await instanceOf(deps, authority, asked.paper, 'document');
  const { paper: old } = await paperStored(deps, instance);
  const taken = await takenAnew(deps, instance);
  const fresh = carriedOver(old, await draftOf(deps, authority, taken));
  const content = await storePaper(deps, authority, fresh, taken.hash);
  return perform(deps, {
    authority,
    instance: asked.paper,
    command: 'REFRESH',
    input: { content, rollup: taken.hash },
    actor,
    key,
    ifRevision: ifRevision ?? instance.revision,
  });
}

function takenAnew(deps: Deps, { authority, parent, context, id }: Instance) {
  const holder = parent?.id ?? id;
  if (parent?.kind === 'summary') return takeSummary(deps, { authority, obligation: holder, period: textAt(context, 'period') });
  return takeRollup(deps, { authority, period: holder });
}
