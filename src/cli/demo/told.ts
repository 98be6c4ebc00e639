import { dueReport } from '../../commands/dueReport.js';
import { factsToExplain } from '../../commands/explain/explain.js';
import { whoCan } from '../../commands/explain/whoCan.js';
import type { Entry, Instance, Model } from '../../commands/look.js';
import { verifyHistory } from '../../commands/verifyHistory.js';
import { stepInWords } from '../../locales/due.js';
import type { Language } from '../../locales/sentences.js';
import { recordPhrase, type Speaker } from '../../locales/wayOut.js';
import { blockOf, supportOf } from '../../office/organisation/capacity.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { dayOf } from '../../office/time/clock.js';
import type { DueStep } from '../../office/time/deadlines.js';
import { speakerOf } from '../commands/who.js';
import { readable } from '../labels.js';
import { detail, type Stage } from './stage.js';

/** Who can give one command now, each by his record, and who is barred from it and why. */
export async function tellWho(stage: Stage, instance: Instance, command: string): Promise<void> {
  const { app, words } = stage;
  const model = app.deps.models.pinned(instance.definition);
  const speaker = await speakerFor(stage, model);
  const found = whoCan(model, instance, await factsToExplain(app.deps, model, instance)).find((one) => one.command === command);
  for (const actor of found?.can ?? [])
    detail(stage, 'can', {
      command: speaker.command(command),
      name: speaker.person(actor.person),
      record: recordPhrase(speaker, actor),
    });
  for (const { person, blockers } of found?.barred ?? []) {
    const [blocker] = blockers;
    if (blocker === undefined) continue;
    const params = readable(app.deps.models, words.language, speaker.person, blocker.params);
    detail(stage, 'barred', { name: speaker.person(person), why: words.explain(blocker.code, params).sentence });
  }
}

/** In which capacity the paper was signed, and the record that gave it: read from the entry of the signature alone. */
export async function tellCapacity(stage: Stage, paper: Instance): Promise<void> {
  const entry = await entryOf(stage, paper, 'SIGN');
  const block = blockOf(entry?.capacity);
  if (entry === undefined || block === null) return;
  const support = supportOf(entry.capacity);
  const parts = [block.authority, block.capacity, block.title].filter((part) => part !== null);
  detail(stage, support === null ? 'capacityPost' : 'capacity', {
    block: parts.join(' / '),
    post: entry.by ?? '',
    record: support?.id ?? '',
    decision: support?.decision ?? '',
  });
}

/** How the due date of what waits came about: the days that count, each with its number, and the days off between them. */
export async function tellDue(stage: Stage, instance: Instance): Promise<void> {
  const { app, words } = stage;
  const model = app.deps.models.pinned(instance.definition);
  const [term] = (await dueReport(app.deps, model, instance)).terms;
  if (term === undefined || term.due === null) return;
  const parts = runsOf(term.explanation.steps, words.language).map(({ from, to, count, names }) =>
    count === ''
      ? words.say('demo.told.off', { from: shortDay(from), to: shortDay(to), names: names.join(', ') })
      : `${shortDay(from)} (${count})`,
  );
  detail(stage, 'due', { from: printedDay(dayOf(term.from)), sum: parts.join(', '), due: printedDay(dayOf(term.due)) });
}

interface Run {
  readonly from: string;
  readonly to: string;
  /** Its number in the term; empty for days off. */
  readonly count: string;
  readonly names: readonly string[];
}

/** The days of a sum, with days off that follow each other taken together. */
function runsOf(steps: readonly DueStep[], language: Language): readonly Run[] {
  const runs: Run[] = [];
  for (const step of steps) {
    if (step.reason === 'start' || step.reason === 'given') continue;
    const { count, why } = stepInWords(language, step);
    const to = step.until ?? step.day;
    const last = runs.at(-1);
    if (count !== '' || last === undefined || last.count !== '') {
      runs.push({ from: step.day, to, count, names: [nameOf(step, language) ?? why] });
      continue;
    }
    runs[runs.length - 1] = { ...last, to, names: [...new Set([...last.names, nameOf(step, language) ?? why])] };
  }
  return runs;
}

/** A day's name without what tells it from its neighbours. */
function nameOf(step: DueStep, language: Language): string | undefined {
  return step.name?.[language].replace(/ \(.*\)$/u, '');
}

/** Who acted for whom, by the delegation of which day: as the history has it. */
export async function delegatedIn(stage: Stage, paper: Instance, command: string): Promise<Readonly<Record<string, string>>> {
  const entry = await entryOf(stage, paper, command);
  const speaker = await speakerFor(stage, stage.app.deps.models.pinned(paper.definition));
  const { delegations } = await stage.app.deps.store.directory.snapshot(paper.authority);
  const lent = delegations.find(({ id }) => id === entry?.by);
  return {
    command: speaker.command(command),
    delegate: speaker.person(entry?.actor ?? ''),
    delegator: speaker.person(entry?.onBehalfOf ?? ''),
    day: printedDay((lent?.from ?? entry?.at ?? '').slice(0, 10)),
  };
}

async function entryOf({ app }: Stage, instance: Instance, command: string): Promise<Entry | undefined> {
  const { entries } = await verifyHistory(app.deps, instance);
  return entries.findLast((entry) => entry.command === command);
}

async function speakerFor({ app, words, world }: Stage, model: Model): Promise<Speaker> {
  return speakerOf({ words }, await app.deps.store.directory.snapshot(world.authority), model);
}

/** `dd/mm`: the year stands beside the due date. */
function shortDay(day: string): string {
  return printedDay(day).slice(0, 5);
}
