import { basename, dirname } from 'node:path';
import { printedDay } from '../../office/papers/printedWords.js';
import type { Io } from '../host.js';
import { paintOf } from '../progress.js';
import { table } from '../table.js';
import type { Words } from '../words.js';
import type { Summary } from './summary.js';

const columnsDefault = 100;

/** The table with which the demo ends. */
export function showSummary(io: Io, words: Words, summary: Summary): string {
  const paint = paintOf(io);
  const say = (key: string, params: Readonly<Record<string, unknown>> = {}) => words.say(`demo.summary.${key}`, params);
  const { instances, commands, chains } = summary;
  const total = Object.values(instances).reduce((sum, count) => sum + count, 0);
  const silentNames = (names: readonly string[]) => (names.length === 0 ? say('none') : names.join(', '));
  const rows: string[][] = [
    [
      say('instances'),
      say('instancesOf', {
        total,
        document: 0,
        directive: 0,
        assignment: 0,
        report: 0,
        delivery: 0,
        ...instances,
        open: summary.openInstances,
      }),
    ],
    [say('commands'), say('commandsOf', { people: commands.byPeople, system: commands.bySystem })],
    [say('refusals'), say('refusalsOf', { count: commands.refused })],
    [say('chains'), say('chainsOf', { ...chains })],
    [say('coverage'), say('coverageOf', { ...summary.coverage })],
    ...summary.quarters.map((quarter, index) => [
      index === 0 ? say('quarters') : '',
      say('quarterOf', { ...quarter, silent: silentNames(quarter.silent) }),
    ]),
    [say('time'), say('timeOf', { seconds: (summary.durationMs / 1000).toFixed(1) })],
    ...(summary.dataFolder === null ? [] : [[say('data'), say('look', { folder: summary.dataFolder })]]),
  ];
  const title = say('title', {
    number: summary.plan.numberAndSymbol,
    from: printedDay(summary.storyFrom),
    to: printedDay(summary.storyTo),
  });
  const width = io.columns ?? columnsDefault;
  return `\n${paint('bold', title)}\n\n${table(null, rows, width)}\n${showPapers(words, summary, width)}`;
}

/** One line for each paper, or two where the name would not fit beside its number. A name is never broken: it is copied. */
function showPapers(words: Words, { papers }: Summary, width: number): string {
  const [first] = papers;
  if (first === undefined) return '';
  const rows = papers.map(({ numberAndSymbol, issuedOn, pages, file, signatures }) => ({
    text: words.say('demo.summary.paperOf', { number: numberAndSymbol, day: printedDay(issuedOn), pages, signatures }),
    name: basename(file),
  }));
  const wide = Math.max(...rows.map(({ text }) => text.length));
  const beside = rows.every(({ name }) => wide + name.length + 4 < width);
  const lines = rows.map(({ text, name }) => (beside ? `  ${text.padEnd(wide)}  ${name}` : `  ${text}\n    ${name}`));
  return `${words.say('demo.summary.papers', { folder: dirname(first.file) })}:\n${lines.join('\n')}\n`;
}
