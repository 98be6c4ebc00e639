import { type CalendarYear, daysOfMonth, type SpecialDay } from '../commands/calendar/year.js';
import { weekdayOf } from '../office/time/calendar.js';
import { type Paint, wrapped } from './progress.js';
import type { Words } from './words.js';

const MARKS: Readonly<Record<SpecialDay['kind'], string>> = { holiday: '*', local: '°', dayOff: '-', worked: '+' };
const monthsAbreast = 3;
const gap = '    ';
/** Seven cells of a day and its mark. */
const monthColumns = 21;

/** The twelve months of a year, three abreast in 71 columns; each heading with the month's working days. */
export function monthGrid(year: CalendarYear, words: Words, paint: Paint): string {
  const kinds = new Map(year.days.map(({ day, kind }) => [day, kind]));
  const months = Array.from({ length: 12 }, (_, month) => monthLines({ year, month, kinds }, words, paint));
  const blocks = [0, 1, 2, 3].map((quarter) => {
    const abreast = months.slice(quarter * monthsAbreast, (quarter + 1) * monthsAbreast);
    const height = Math.max(...abreast.map((lines) => lines.length));
    return Array.from({ length: height }, (_, row) =>
      abreast
        .map((lines) => lines[row] ?? ' '.repeat(monthColumns))
        .join(gap)
        .trimEnd(),
    ).join('\n');
  });
  return blocks.join('\n\n');
}

interface Month {
  readonly year: CalendarYear;
  readonly month: number;
  readonly kinds: ReadonlyMap<string, SpecialDay['kind']>;
}

function monthLines({ year, month, kinds }: Month, words: Words, paint: Paint): string[] {
  const days = daysOfMonth(year.year, month);
  const heading = `${words.say('calendar.months').split('|')[month] ?? ''} (${year.workingDays[month] ?? 0})`;
  const names = words.say('calendar.weekdays').split(' ');
  const cells = days.map((day) => {
    const kind = kinds.get(day);
    const cell = `${String(Number(day.slice(8))).padStart(2)}${kind === undefined ? ' ' : MARKS[kind]}`;
    if (kind === 'worked') return paint('green', cell);
    if (kind !== undefined) return paint('yellow', cell);
    return year.restDays.includes(weekdayOf(day)) ? paint('dim', cell) : cell;
  });
  const before = (weekdayOf(days[0] ?? '') + 6) % 7;
  const padded = [...Array.from({ length: before }, () => '   '), ...cells];
  const weeks = Array.from({ length: Math.ceil(padded.length / 7) }, (_, week) => {
    const row = padded.slice(week * 7, week * 7 + 7);
    return [...row, ...Array.from({ length: 7 - row.length }, () => '   ')].join('');
  });
  const centred = heading.padStart(Math.floor((monthColumns + heading.length) / 2)).padEnd(monthColumns);
  return [paint('bold', centred), names.map((name) => name.padStart(2).padEnd(3)).join(''), ...weeks];
}

/** The special days one a line, each with the number of its source; the sources below, wrapped. */
export function dayList({ days }: CalendarYear, words: Words, width: number): string {
  if (days.length === 0) return words.say('calendar.noDays');
  const sources = [...new Set(days.map(sourceOf))];
  const names = words.say('calendar.weekdays').split(' ');
  const rows = days.map((one) => {
    const number = `[${sources.indexOf(sourceOf(one)) + 1}]`;
    const local = one.kind === 'local' ? ` (${words.say('calendar.local')})` : '';
    const proposed = one.proposed ? ` (${words.say('calendar.proposed')})` : '';
    const weekday = names[(one.weekday + 6) % 7] ?? '';
    const when = `${one.day.slice(8)}/${one.day.slice(5, 7)}`;
    return `${MARKS[one.kind]} ${when} ${weekday.padEnd(2)}  ${one.name[words.language]}${local}${proposed} ${number}`;
  });
  const below = sources.flatMap((source, at) => {
    const label = `[${at + 1}] `;
    return wrapped(source, Math.max(20, width - label.length - 1)).map(
      (line, row) => `${row === 0 ? label : ' '.repeat(label.length)}${line}`,
    );
  });
  return `${rows.join('\n')}\n\n${words.say('calendar.sources')}\n${below.join('\n')}`;
}

/** The act that ordered an exchange, where the source does not name it anyway. */
function sourceOf({ decision, source }: SpecialDay): string {
  return decision === null || source.includes(decision) ? source : `${decision}: ${source}`;
}
