import { performance } from 'node:perf_hooks';
import type { Instance } from '../../src/engine/instance.js';
import { textAt } from '../../src/engine/json.js';
import { atOnce, type Desk } from './desk.js';
import { typedReport } from './form.js';
import { issue, type Plan } from './plan.js';
import type { Product } from './product.js';
import { cast, draftingUnit, lastDayOf, morning, periodId, periodOf, type World } from './world.js';

/** Heads of units who are at work at the same moment. */
const headsAtOnce = 16;
/** Prints under way at once: as many as the printer takes at a time. */
const printsAtOnce = 4;
/** To whom the consolidated report goes. */
const recipientsMax = 5;

export interface Stage {
  readonly product: Product;
  readonly desk: Desk;
  readonly world: World;
  readonly plan: Plan;
}

/** One part of the quarter's end: what was done, how often, how long. */
export interface Part {
  readonly name: string;
  readonly count: number;
  readonly ms: number;
}

export interface Ended {
  readonly period: string;
  readonly paper: string;
  readonly parts: readonly Part[];
  readonly pages: { readonly reports: number; readonly paper: number };
  /** Resident memory of this process after each part, MB. */
  readonly residentMb: readonly number[];
}

/** How far a quarter is taken: to reports that are open, sent, or all that follows. */
export type Until = 'opened' | 'accepted' | 'closed';

/** The end of the `quarter`-th quarter, from the opening of the period to its closing, as the people of the authority do it. */
export async function endQuarter(
  stage: Stage,
  quarter: number,
  { until, print }: { until: Until; print: boolean },
): Promise<Ended> {
  const { product, desk, world, plan } = stage;
  const { time } = product;
  const { authority } = world;
  const day = lastDayOf(quarter);
  const parts: Part[] = [];
  const residentMb: number[] = [];
  const part = async <T>(name: string, count: number, work: () => Promise<T>): Promise<T> => {
    const begun = performance.now();
    const made = await work();
    await desk.settle();
    parts.push({ name, count, ms: performance.now() - begun });
    residentMb.push(process.memoryUsage.rss() / 2 ** 20);
    return made;
  };
  const period = periodId(authority, plan.obligation, periodOf(quarter));
  const ended = (paper: string, pages = { reports: 0, paper: 0 }): Ended => ({ period, paper, parts, pages, residentMb });
  time.now = morning(day, -9);
  const reports = await part('period opened, its reports with it', world.units.length, () => openPeriod(stage, period));
  if (until === 'opened') return ended('');
  time.now = morning(day, 1);
  await part('drafted by the units', reports.length, () => draftAll(stage, reports, quarter));
  await part('submitted', reports.length, () =>
    atOnce(reports, headsAtOnce, async ({ id, context }) => {
      await desk.act(world.headOf(textAt(context, 'unit')), id, 'SUBMIT');
    }),
  );
  time.now = morning(day, 2);
  const through = reports.filter(({ context }) => context.through !== undefined).map(({ id }) => id);
  await part('passed on by the unit between, in bulk', through.length, async () =>
    desk.actOnAll(world.headOf(draftingUnit), 'PASS', await seen(stage, through)),
  );
  await part('accepted by the consolidator, in bulk', reports.length, async () =>
    desk.actOnAll(
      cast.consolidator,
      'ACCEPT',
      await seen(
        stage,
        reports.map(({ id }) => id),
      ),
    ),
  );
  if (until === 'accepted') return ended('');
  const pages = print ? await part('each report as PDF', reports.length, () => printAll(stage, reports)) : 0;
  return ended(...(await consolidate(stage, { quarter, period, part, pages })));
}

type PartOf = <T>(name: string, count: number, work: () => Promise<T>) => Promise<T>;

async function consolidate(
  { product, desk, world }: Stage,
  { quarter, period, part, pages }: { quarter: number; period: string; part: PartOf; pages: number },
): Promise<[string, { reports: number; paper: number }]> {
  const { app, modules, time } = product;
  const { authority } = world;
  const day = lastDayOf(quarter);
  time.now = morning(day, 8);
  const paper = await part('roll-up taken, consolidated report drafted', 1, async () => {
    const asked = { authority, actor: cast.consolidator, key: desk.key(), period, draftingUnit };
    const { paper: made, outcome } = await modules.consolidate.draftConsolidation(app.deps, asked);
    if (made === null) throw new Error(JSON.stringify(outcome));
    return made;
  });
  const instance = await loaded(product, authority, paper);
  await part('it is reviewed, signed, sealed, printed, issued, sent', 1, () =>
    issue(product, desk, world, { instance, drafter: cast.consolidator, recipients: world.units.slice(0, recipientsMax) }),
  );
  const [rendition] = await app.deps.store.renditions.listOf(authority, paper);
  time.now = morning(day, 9);
  await part('paper and period closed, duties carried over', 1, async () => {
    await desk.act(cast.consolidator, paper, 'CLOSE');
    await desk.settle();
    await desk.act(cast.consolidator, period, 'CLOSE');
  });
  return [paper, { reports: pages, paper: rendition?.pages ?? 0 }];
}

/** The timer of the obligation opens it. */
async function openPeriod({ product, desk, world, plan }: Stage, period: string): Promise<readonly Instance[]> {
  const { instances } = product.app.deps.store;
  await desk.settle();
  if ((await instances.load(world.authority, period)) === null)
    throw new Error(`the timer of ${plan.obligation} has not opened ${period}`);
  return instances.childrenOf(world.authority, period, 'report', 1_000);
}

/** Each unit looks at its report, fills it and saves it, faults and all; here without faults. */
async function draftAll({ product, desk, world }: Stage, reports: readonly Instance[], quarter: number): Promise<void> {
  const { app, modules } = product;
  const place = new Map(world.units.map((unit, index) => [unit, index]));
  await atOnce(reports, headsAtOnce, async (report) => {
    const unit = textAt(report.context, 'unit');
    const { duties } = await modules.drafts.reportAtHand(app.deps, report);
    const saved = await modules.drafts.saveDraft(app.deps, {
      authority: world.authority,
      instance: report.id,
      actor: world.headOf(unit),
      key: desk.key(),
      ifRevision: report.revision,
      typed: typedReport(
        place.get(unit) ?? 0,
        quarter,
        duties.map(({ id }) => id),
      ),
    });
    if (saved.outcome.kind !== 'accepted' || saved.findings.length > 0)
      throw new Error(JSON.stringify(saved.findings[0] ?? saved.outcome));
  });
}

/** What the one who decides on many has before him: each with the version that is shown. */
async function seen({ product, world }: Stage, ids: readonly string[]) {
  const held = await product.app.deps.store.instances.loadMany(world.authority, ids);
  return held.map(({ instance }) => ({ instance: instance.id, saw: instance.content ?? '' }));
}

async function printAll({ product, world }: Stage, reports: readonly Instance[]): Promise<number> {
  const { app, modules } = product;
  let pages = 0;
  await atOnce(reports, printsAtOnce, async ({ id }) => {
    const instance = await loaded(product, world.authority, id);
    const printed = await app.deps.printer.printSheet(await modules.reportSheet.reportSheet(app.deps, instance));
    pages += printed.pages;
  });
  return pages;
}

async function loaded({ app }: Product, authority: string, id: string): Promise<Instance> {
  const held = await app.deps.store.instances.load(authority, id);
  if (held === null) throw new Error(`${id} is not there`);
  return held.instance;
}
