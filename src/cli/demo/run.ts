import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { TrinhkyError } from '../../errors.js';
import { agencyInSentence } from '../../office/papers/agencyName.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { documentTypeNamed, symbolFor } from '../../office/papers/symbols.js';
import { paperOf } from '../../office/reading/paperOf.js';
import type { PlanReading } from '../../office/reading/planReading.js';
import { addWorkingDays } from '../../office/time/calendar.js';
import { dayOf } from '../../office/time/clock.js';
import type { Host } from '../host.js';
import type { Progress } from '../progress.js';
import type { Words } from '../words.js';
import { acceptDuties } from './assignments.js';
import { calendarOf } from './calendars.js';
import { type CoverageCounts, closePlan } from './closing.js';
import { summariseYear } from './consolidation.js';
import { makeDesk } from './desk.js';
import { openDirectives } from './directives.js';
import { openObligation } from './obligation.js';
import { carryPlan } from './plan.js';
import { type Quarter, quartersFrom, runQuarter } from './quarters.js';
import { readPlanFile } from './read.js';
import { doing, done, type IssuedPaper, type Stage } from './stage.js';
import { countAll, makeOut, type Summary, writePapers } from './summary.js';
import { demoTime } from './time.js';
import { abbreviationOf, worldOf } from './world.js';

export interface DemoOptions {
  readonly file: string | URL;
  /** Where the PDF files go. */
  readonly out: string;
  /** A folder that is kept; without one a temporary folder is used and removed. */
  readonly data: string | undefined;
  readonly progress: Progress;
  readonly words: Words;
}

/** Working days before the day of issue on which the draft is written. */
const draftingDays = 4;

/**
 * Takes a plan through its year in a data folder of its own, under a clock of its own, through the same `open`, `perform` and
 * `bulk` as everyone. Writes directly only what a demo must bring along: the directory, contents, and the register taken over.
 */
export async function runDemo(host: Pick<Host, 'assemble' | 'config'>, options: DemoOptions): Promise<Summary> {
  const began = performance.now();
  const { progress, words } = options;
  if (options.data !== undefined && options.data === host.config.dataFolder) {
    throw new TrinhkyError('inputInvalid', { path: '--data', reason: 'dataOfServer', folder: options.data });
  }
  progress.doing(words.say('demo.doing.reading'));
  const reading = await readPlanFile(options.file);
  await makeOut(options.out);
  const issuedOn = reading.issuedOn ?? dayOf(new Date().toISOString());
  const year = Number(issuedOn.slice(0, 4));
  const calendar = await calendarOf([year - 1, year, year + 1, year + 2]);
  const draftedOn = addWorkingDays(calendar, issuedOn, -draftingDays);
  const world = worldOf(reading, issuedOn, draftedOn, calendar);
  const time = demoTime(draftedOn, calendar);
  progress.doing(words.say('demo.doing.starting'));
  const folder = options.data ?? (await mkdtemp(join(tmpdir(), 'trinhky-demo-')));
  try {
    const app = await host.assemble({ dataFolder: folder, clock: time.clock, onProgress: (line) => progress.doing(line) });
    try {
      await refuseUsedFolder(app.deps.store.directory.authorities(), folder);
      await app.makeTestKeys(world.directory);
      await app.deps.store.directory.save(world.directory);
      const desk = makeDesk(app.deps, world.authority, time);
      const stage: Stage = {
        app,
        desk,
        time,
        world,
        reading,
        paper: completed(paperOf(reading), reading),
        progress,
        words,
        told: [],
      };
      const story = await tell(stage, issuedOn);
      return await summarise(stage, story, options, { began, draftedOn });
    } finally {
      await app.close();
    }
  } finally {
    progress.end();
    if (options.data === undefined) await rm(folder, { recursive: true, force: true });
  }
}

async function refuseUsedFolder(authorities: Promise<readonly string[]>, folder: string): Promise<void> {
  if ((await authorities).length > 0) throw new TrinhkyError('inputInvalid', { path: '--data', reason: 'dataUsed', folder });
}

/** What a paper must have to be numbered and is not said in the text follows from its type. */
function completed(paper: PaperContent, reading: PlanReading): PaperContent {
  const type = documentTypeNamed(reading.type ?? '')?.abbreviation ?? paper.type;
  return { ...paper, symbol: paper.symbol === '' ? symbolFor(type, abbreviationOf(reading)) : paper.symbol };
}

interface Story {
  readonly plan: IssuedPaper;
  readonly quarters: readonly Quarter[];
  /** The summary of the year. */
  readonly year: IssuedPaper;
  readonly coverage: CoverageCounts;
}

async function tell(stage: Stage, issuedOn: string): Promise<Story> {
  const { reading, world, progress, words } = stage;
  done(stage, 'read', { clauses: reading.clauses.length, bases: reading.bases.length, recipients: reading.recipients.length });
  done(stage, 'world', {
    name: agencyInSentence(reading.issuer.name ?? ''),
    units: world.directory.units.length - 1,
    people: world.directory.people.length,
  });
  for (const note of world.notes) progress.note(words.say(`demo.note.${note.key}`, note.params));
  const quarters = quartersFrom(issuedOn);
  const plan = await carryPlan(stage, issuedOn);
  const assignments = await openDirectives(stage, plan.instance, quarters.at(-1)?.to ?? issuedOn);
  const duties = await acceptDuties(stage, assignments);
  const obligation = await openObligation(stage, plan, quarters);
  const told: Quarter[] = [];
  for (const [index, quarter] of quarters.entries()) told.push(await runQuarter(stage, obligation, duties, quarter, index));
  const year = await summariseYear(stage, obligation, (quarters[0]?.id ?? issuedOn).slice(0, 4));
  const coverage = await closePlan(stage, plan, duties);
  return { plan, quarters: told, year, coverage };
}

async function summarise(
  stage: Stage,
  { plan, quarters, year, coverage }: Story,
  options: DemoOptions,
  from: { began: number; draftedOn: string },
): Promise<Summary> {
  const { app, world, desk, reading, time } = stage;
  doing(stage, 'verifying');
  const counted = await countAll(app.deps, world.authority);
  const papers = await writePapers(stage, [plan, ...quarters.map((quarter) => quarter.paper), year], options.out);
  const held = await app.deps.store.instances.load(world.authority, plan.instance);
  const sent = desk.sent();
  return {
    plan: {
      instance: plan.instance,
      numberAndSymbol: papers[0]?.numberAndSymbol ?? '',
      title: plan.title,
      closed: held?.instance.state === 'closed',
    },
    authority: {
      id: world.authority,
      name: reading.issuer.name ?? '',
      units: world.directory.units.length,
      people: world.directory.people.length,
    },
    instances: counted.instances,
    openInstances: counted.openInstances,
    commands: { byPeople: sent.accepted, bySystem: counted.bySystem, refused: sent.refused },
    chains: { checked: counted.checked, entries: counted.entries, faulty: counted.faulty },
    provoked: desk.provoked,
    quarters: quarters.map((quarter) => quarter.counts),
    coverage,
    papers,
    told: stage.told,
    notes: world.notes,
    findings: reading.findings.map(({ code, text }) => ({ code, text })),
    storyFrom: from.draftedOn,
    storyTo: time.today(),
    durationMs: Math.round(performance.now() - from.began),
    dataFolder: options.data ?? null,
  };
}
