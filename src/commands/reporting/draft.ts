import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { atIssue } from '../../office/papers/atIssue.js';
import { numberAndSymbol, type PaperContent, type Recipient } from '../../office/papers/paper.js';
import { documentType } from '../../office/papers/symbols.js';
import { type DraftedPaper, draftPaper } from '../../office/reporting/draftPaper.js';
import type { UnitReport } from '../../office/reporting/report.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import type { ConsolidatedPaper } from '../../office/reporting/sourced.js';
import { dayOf } from '../../office/time/clock.js';
import { period as periodNamed } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import { rollupStored } from './givenRollup.js';
import { inTurn, reportStored } from './readStandings.js';
import { formStored, type TakenRollup } from './takeRollup.js';

type Needs = Pick<Deps, 'store'>;

/** Those above who get the report, as the plan names them, without single persons. */
const recipientsAboveMax = 4;

/** A paper drafted from a roll-up that was taken, with everything it needs read from what is stored. Throws `contentMissing`, `notFound`. */
export async function draftOf(deps: Needs, authority: string, { hash, rollup }: TakenRollup): Promise<DraftedPaper> {
  const held = await deps.store.instances.load(authority, rollup.plan);
  if (held === null) throw new TrinhkyError('notFound', { instance: rollup.plan });
  const plan = held.instance;
  const directory = await deps.store.directory.snapshot(authority);
  const { name, superior, abbreviation, place } = directory.authority;
  const before = rollup.before === null ? null : await rollupStored(deps, authority, rollup.before);
  const parts = await partsOf(deps, authority, rollup);
  return draftPaper({
    plan: {
      number: Number(plan.context.number ?? 0),
      symbol: textIn(plan, 'symbol'),
      issuedOn: textIn(plan, 'issuedOn'),
      title: textIn(plan, 'title'),
      type: textIn(plan, 'type'),
    },
    issuer: { superior, name },
    abbreviation,
    place,
    label: labelOf(rollup.period),
    labelBefore: before === null ? null : labelOf(before.period),
    asOf: dayOf(rollup.takenAt),
    rollup,
    rollupHash: hash,
    form: await formStored(deps, authority, rollup.form),
    reports: await reportsIn(deps, authority, parts.at(-1)?.rollup ?? rollup),
    parts: parts.map((part) => ({
      label: labelOf(part.rollup.period),
      reports: new Set(part.rollup.units.map(({ report }) => report)),
    })),
    recipients: await recipientsOf(deps, plan),
  });
}

/** `Quý I năm 2010`; the id where it names no period. */
export function labelOf(period: string): string {
  return periodNamed(period)?.label.vi ?? period;
}

/** The accepted reports that a roll-up was built from, by instance. */
export async function reportsIn(deps: Needs, authority: string, { units }: Rollup): Promise<ReadonlyMap<string, UnitReport>> {
  const read = await inTurn(units, async ({ report, content }) => ({
    report,
    content: await reportStored(deps, authority, content),
  }));
  return new Map(read.flatMap(({ report, content }): [string, UnitReport][] => (content === null ? [] : [[report, content]])));
}

async function partsOf(deps: Needs, authority: string, { parts }: Rollup): Promise<readonly { readonly rollup: Rollup }[]> {
  const read = await inTurn(parts, (hash) => rollupStored(deps, authority, hash));
  return read.flatMap((rollup) => (rollup === null ? [] : [{ rollup }]));
}

const textIn = ({ context }: Instance, name: string): string => {
  const value = atIssue(context, name);
  return typeof value === 'string' ? value : '';
};

/** Those to whom the plan was reported, and the units that carry it out. */
async function recipientsOf({ store }: Needs, plan: Instance): Promise<readonly Recipient[]> {
  const content = plan.content === null ? null : await store.contents.get(plan.authority, plan.content);
  const listed =
    isObject(content) && Array.isArray(content.recipients) ? (content.recipients as unknown as readonly Recipient[]) : [];
  const above = listed.filter(({ name, purpose }) => /báo cáo|b\/c/u.test(purpose ?? '') && !/Đ\/c|Đồng chí/u.test(name));
  const type = documentType(textIn(plan, 'type'))?.name ?? 'Văn bản';
  const units = `Các đơn vị thực hiện ${type} số ${numberAndSymbol(Number(plan.context.number ?? 0), textIn(plan, 'symbol'))}`;
  return [...above.slice(0, recipientsAboveMax), { name: units, purpose: 'để thực hiện' }];
}

/** Stores a drafted paper with its sources and the hash of its roll-up; answers its own hash. */
export function storePaper(
  { store }: Needs,
  authority: string,
  { content, sources }: DraftedPaper,
  rollup: string,
): Promise<string> {
  return store.contents.put(authority, { ...content, sources, rollup } as unknown as Json);
}

/** The stored paper that an instance shows, apart from its sources; throws `contentMissing` where it is none that was built from a roll-up. */
export async function paperStored(
  { store }: Needs,
  { authority, content: hash, context }: Instance,
): Promise<{ readonly paper: DraftedPaper; readonly rollup: string }> {
  const stored = hash === null ? null : await store.contents.kept(authority, hash);
  if (!isObject(stored) || !Array.isArray(stored.body) || typeof context.rollup !== 'string')
    throw new TrinhkyError('contentMissing', { content: hash });
  const { sources, rollup: _, ...content } = stored as unknown as ConsolidatedPaper;
  return {
    paper: { content: content satisfies PaperContent, sources: Array.isArray(sources) ? sources : [] },
    rollup: context.rollup,
  };
}
