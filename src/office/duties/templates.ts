import { addDays } from '../time/clock.js';
import type { Recurring } from './recurrence.js';

// Templates of duties for plans that return each year (mẫu giao việc của kế hoạch hằng năm).

/** A day of another year's plan: the same day and month so many years after that of issue, or so many days after it. */
export type RelativeDay =
  | { readonly kind: 'dayOfYear'; readonly month: number; readonly day: number; readonly years: number }
  | { readonly kind: 'afterIssue'; readonly days: number };

export interface TemplateDuty {
  readonly title: string;
  readonly lead: readonly string[];
  readonly cooperating: readonly string[];
  /** Every lead unit carries it on its own. */
  readonly each: boolean;
  readonly due: RelativeDay | null;
  readonly recurrence: {
    readonly every: Recurring;
    readonly from: RelativeDay;
    readonly until: RelativeDay;
    readonly dueDays: number | null;
  } | null;
}

/** What became of one clause of the plan that the template was taken from: a duty, or why nothing followed. */
export interface TemplateLine {
  readonly path: string;
  readonly text: string;
  readonly duty: TemplateDuty | null;
  readonly noAction: string | null;
}

/** A template as it is stored under its hash. Every taking makes a new version; what was taken never changes. */
export interface DutyTemplate {
  readonly kind: 'dutyTemplate';
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly takenFrom: { readonly plan: string; readonly title: string; readonly issuedOn: string };
  readonly lines: readonly TemplateLine[];
}

/** Below it two clauses are said to be different. */
export const scoreMin = 0.5;
const scoreDigits = 100;
const dayMs = 86_400_000;

/** A clause to which a template is put. */
export interface TemplateTarget {
  readonly path: string;
  readonly text: string;
}

export interface TemplateMatch {
  readonly clause: string;
  readonly text: string;
  readonly line: TemplateLine;
  /** 0 to 1, two decimals: how alike the words are. */
  readonly score: number;
}

export interface TemplateFit {
  readonly matches: readonly TemplateMatch[];
  /** Clauses of the plan that no line fits, with the nearest score. */
  readonly onlyInPlan: readonly { readonly clause: string; readonly text: string; readonly nearest: number }[];
  /** Lines that fit no clause: what was ordered before and is not any more, or is worded in another way. */
  readonly onlyInTemplate: readonly TemplateLine[];
}

/** A day as it is kept in a template, beside the day of issue. Both `yyyy-mm-dd`. */
export function relativeDay(day: string, issuedOn: string, kind: RelativeDay['kind']): RelativeDay {
  if (kind === 'afterIssue') return { kind, days: (Date.parse(day) - Date.parse(issuedOn)) / dayMs };
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return { kind, month, day: date, years: year - Number(issuedOn.slice(0, 4)) };
}

/** The day for a plan that was issued on `issuedOn`. 29 February is the 28th where there is none. */
export function dayFor(day: RelativeDay, issuedOn: string): string {
  if (day.kind === 'afterIssue') return addDays(issuedOn, day.days);
  const at = Date.UTC(Number(issuedOn.slice(0, 4)) + day.years, day.month - 1, dayInMonth(day, issuedOn));
  return new Date(at).toISOString().slice(0, 10);
}

function dayInMonth({ month, day, years }: Extract<RelativeDay, { kind: 'dayOfYear' }>, issuedOn: string): number {
  const last = new Date(Date.UTC(Number(issuedOn.slice(0, 4)) + years, month, 0)).getUTCDate();
  return Math.min(day, last);
}

/** Words and neighbouring pairs of words, counted; without case, marks of punctuation and numbers of years. */
function gramsOf(text: string): ReadonlyMap<string, number> {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .replace(/\b(?:19|20)\d\d\b/g, ' ')
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const grams = new Map<string, number>();
  for (const [index, word] of words.entries()) {
    for (const gram of index === 0 ? [word] : [word, `${words[index - 1]} ${word}`]) grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

/** How alike two texts are, 0 to 1: twice what they share of words and pairs of words, by what both have (Dice). */
export function similarity(one: string, other: string): number {
  return diceOf(gramsOf(one), gramsOf(other));
}

function diceOf(one: ReadonlyMap<string, number>, other: ReadonlyMap<string, number>): number {
  let shared = 0;
  let all = 0;
  for (const [gram, count] of one) {
    shared += Math.min(count, other.get(gram) ?? 0);
    all += count;
  }
  for (const count of other.values()) all += count;
  return all === 0 ? 0 : Math.round((2 * shared * scoreDigits) / all) / scoreDigits;
}

interface Pair {
  readonly at: number;
  readonly of: number;
  readonly score: number;
  readonly samePath: boolean;
}

/**
 * Which line of a template each clause of another plan corresponds to, by the likeness of their words: the most alike first, each line and each
 * clause once; where two are equally alike, the one of the same path. What fits nothing is listed on both sides, so that nothing falls through.
 */
export function fitTemplate(lines: readonly TemplateLine[], clauses: readonly TemplateTarget[], least = scoreMin): TemplateFit {
  const lineGrams = lines.map(({ text }) => gramsOf(text));
  const clauseGrams = clauses.map(({ text }) => gramsOf(text));
  const pairs = clauseGrams
    .flatMap((grams, at) =>
      lineGrams.map(
        (other, of): Pair => ({
          at,
          of,
          score: diceOf(grams, other),
          samePath: clauses[at]?.path === lines[of]?.path,
        }),
      ),
    )
    .sort((a, b) => b.score - a.score || Number(b.samePath) - Number(a.samePath) || a.at - b.at || a.of - b.of);
  const ofClause = new Map<number, Pair>();
  const taken = new Set<number>();
  for (const pair of pairs) {
    if (pair.score < least || ofClause.has(pair.at) || taken.has(pair.of)) continue;
    ofClause.set(pair.at, pair);
    taken.add(pair.of);
  }
  return {
    matches: clauses.flatMap(({ path, text }, at): TemplateMatch[] => {
      const pair = ofClause.get(at);
      const line = pair === undefined ? undefined : lines[pair.of];
      return pair === undefined || line === undefined ? [] : [{ clause: path, text, line, score: pair.score }];
    }),
    onlyInPlan: clauses.flatMap(({ path, text }, at) =>
      ofClause.has(at) ? [] : [{ clause: path, text, nearest: pairs.find((pair) => pair.at === at)?.score ?? 0 }],
    ),
    onlyInTemplate: lines.filter((_, of) => !taken.has(of)),
  };
}
