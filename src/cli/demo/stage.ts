import type { Application } from '../../commands/application.js';
import type { Instance } from '../../commands/look.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { printedDay } from '../../office/papers/printedWords.js';
import type { PlanReading } from '../../office/reading/planReading.js';
import { readable } from '../labels.js';
import type { Progress } from '../progress.js';
import type { Words } from '../words.js';
import type { Desk, Provoked } from './desk.js';
import type { DemoTime } from './time.js';
import type { World } from './world.js';

/** Everything that the parts of the demo share. */
export interface Stage {
  readonly app: Application;
  readonly desk: Desk;
  readonly time: DemoTime;
  readonly world: World;
  readonly reading: PlanReading;
  /** The paper as it will be issued. */
  readonly paper: PaperContent;
  readonly progress: Progress;
  readonly words: Words;
  /** What was told beside the steps, in order. */
  readonly told: Told[];
}

/** A line on people, authority or time: the key of its sentence and what fills it. */
export interface Told {
  readonly key: string;
  readonly params: Readonly<Record<string, string>>;
}

/** A paper that was issued, with what is needed to find its bytes. */
export interface IssuedPaper {
  readonly instance: string;
  readonly number: number;
  readonly symbol: string;
  readonly issuedOn: string;
  readonly title: string;
  /** SHA-256 of the issued file, with both signatures; empty before the seal. */
  readonly sealed: string;
}

/** Lets effects run until nothing is left to do at the story's time. */
export async function settle({ app }: Stage): Promise<void> {
  app.relay.wake();
  await app.relay.settle();
}

export function doing({ progress, words }: Stage, key: string, params: Readonly<Record<string, unknown>> = {}): void {
  progress.doing(words.say(`demo.doing.${key}`, params));
}

export function done({ progress, words, time }: Stage, key: string, params: Readonly<Record<string, unknown>> = {}): void {
  progress.done(printedDay(time.today()), words.say(`demo.done.${key}`, params));
}

/** Tells what stands behind the step before, and remembers it. */
export function detail({ progress, words, told }: Stage, key: string, params: Readonly<Record<string, string>>): void {
  told.push({ key, params });
  progress.detail(words.say(`demo.told.${key}`, params));
}

/** What was tried, and the sentence that the refused person reads. */
export function showRefusal({ app, progress, words, world }: Stage, { tried, code, params }: Provoked): void {
  const nameOf = (id: string) => world.directory.people.find((person) => person.id === id)?.name ?? id;
  const { sentence } = words.explain(code, readable(app.deps.models, words.language, nameOf, params));
  progress.refused(`${words.say(`demo.tried.${tried}`)} → ${code}: ${sentence}`);
}

/** An instance's context field as text; empty where it is none. */
export function fieldOf(instance: Instance, field: string): string {
  const value = instance.context[field];
  return typeof value === 'string' ? value : '';
}

/** What the instance records of an issued paper. */
export function issuedPaper(instance: Instance): IssuedPaper {
  return {
    instance: instance.id,
    number: Number(instance.context['number']),
    symbol: fieldOf(instance, 'symbol'),
    issuedOn: fieldOf(instance, 'issuedOn'),
    title: fieldOf(instance, 'title'),
    sealed: fieldOf(instance, 'sealedFile'),
  };
}
