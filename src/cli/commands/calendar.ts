import { readFile, writeFile } from 'node:fs/promises';
import { type CalendarLoaded, loadCalendar } from '../../commands/calendar/load.js';
import { seedCalendar } from '../../commands/calendar/seed.js';
import { type CalendarColumns, type CalendarYear, calendarCsv, calendarYear } from '../../commands/calendar/year.js';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { dayOf } from '../../office/time/clock.js';
import { dayList, monthGrid } from '../calendarGrid.js';
import { makeProgress, paintOf, silent, wrapped } from '../progress.js';
import { answer, authorityOf, print, type Session, shownInstant, withApplication } from '../session.js';

export interface CalendarFlags {
  readonly csv?: boolean;
  readonly authority?: string;
}

export interface SeedFlags {
  readonly out?: string;
}

export interface LoadFlags {
  readonly dryRun?: boolean;
  readonly recount?: boolean;
  readonly authority?: string;
}

const columnsUsual = 80;
const daysShownMax = 40;
const fileBytesMax = 4_000_000;

/** `trinhky calendar [YEAR]`: a year of the authority's calendar as a grid with its days off and their sources, or as CSV. */
export async function calendarShow(session: Session, text: string | undefined, flags: CalendarFlags): Promise<number> {
  const { words } = session;
  const asked = text === undefined ? null : yearFrom(text);
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const { calendar } = await app.deps.store.directory.snapshot(authority);
    const year = calendarYear(calendar, asked ?? Number(dayOf(app.deps.clock.now()).slice(0, 4)));
    if (year.knownFrom === null) {
      const known = { from: printedDay(calendar.validFrom), to: printedDay(calendar.validTo), year: year.year };
      throw new TrinhkyError('inputInvalid', { path: 'YEAR', reason: 'calendarUnknown', ...known });
    }
    if (flags.csv === true && !session.json) print(session, csvOf(session, year));
    else
      answer(session, { authority, ...year }, () =>
        shown(session, year, words.say('calendar.title', { year: String(year.year), version: year.version })),
      );
    return 0;
  });
}

/** `trinhky calendar seed YEAR`: a draft of the year's calendar by law, as a file that `calendar load` takes. */
export async function calendarSeed(session: Session, text: string, { out }: SeedFlags): Promise<number> {
  const { words, io } = session;
  const year = yearFrom(text);
  const seed = await seedCalendar(year);
  const notes = seed.notes.map((note) => note[words.language]);
  const file = out ?? `calendar-${year}.json`;
  const draft = { note: notes.join(' '), ...seed.calendar };
  await writeFile(file, `${JSON.stringify(draft, null, 2)}\n`, { flag: 'wx' }).catch((error: unknown) => {
    const why = (error as NodeJS.ErrnoException).code;
    throw new TrinhkyError('inputInvalid', { path: '--out', reason: 'fileUnwritable', value: file, why });
  });
  answer(session, { file, ...seed }, () => {
    const differences = seed.differences.map(({ day, only, name }) => {
      const key = only === 'law' ? 'calendar.onlyLaw' : 'calendar.onlySeed';
      return `  ${words.say(key, { day: printedDay(day), name })}`;
    });
    const check =
      differences.length === 0 ? [words.say('calendar.sameAsSeed')] : [words.say('calendar.unlikeSeed'), ...differences];
    const year = shown(session, calendarYear(seed.calendar, Number(text)), words.say('calendar.draft', { year: text, file }));
    const open = [...notes, words.say('calendar.seedNext')].flatMap((note) => wrapped(note, (io.columns ?? columnsUsual) - 1));
    return [year, check.join('\n'), open.join('\n')].join('\n\n');
  });
  return 0;
}

/** `trinhky calendar load FILE`: a new version of the authority's calendar, or with `--dry-run` only what it would change. */
export async function calendarLoad(session: Session, file: string, flags: LoadFlags): Promise<number> {
  const calendar = await jsonOf(file);
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const { dryRun = false, recount = false } = flags;
    const progress = session.json ? silent : makeProgress(session.io);
    const onProgress = (count: number) => progress.doing(session.words.say('calendar.recounting', { count: String(count) }));
    const asked = { authority, by: 'commandLine', calendar, dryRun, recount, onProgress } as const;
    const loaded = await loadCalendar(app.deps, asked)
      .catch((error: unknown) => {
        throw inWords(session, error);
      })
      .finally(() => progress.end());
    answer(session, loaded, () => consequences(session, loaded, dryRun));
    return loaded.recount === null || loaded.recount.refused.length === 0 ? 0 : 1;
  });
}

function named(session: Session, authority: string | undefined): Session {
  if (authority === undefined) return session;
  return { ...session, host: { ...session.host, config: { ...session.host.config, authority } } };
}

function yearFrom(text: string): number {
  if (/^[1-9]\d{3}$/.test(text)) return Number(text);
  throw new TrinhkyError('inputInvalid', { path: 'YEAR', reason: 'year', value: text });
}

function shown({ words, io }: Session, year: CalendarYear, title: string): string {
  const paint = paintOf(io);
  const width = io.columns ?? columnsUsual;
  const hours = year.hours.map(({ weekdays, spans }) => {
    const names = words.say('calendar.weekdays').split(' ');
    const days = weekdays.map((weekday) => names[(weekday + 6) % 7] ?? '').join(' ');
    return `${days}: ${spans.map(({ from, to }) => `${from}–${to}`).join(', ')}`;
  });
  const total = year.workingDays.reduce((sum, one) => sum + one, 0);
  const partly =
    year.knownFrom === `${year.year}-01-01` && year.knownTo === `${year.year}-12-31`
      ? []
      : [words.say('calendar.partly', { from: printedDay(year.knownFrom ?? ''), to: printedDay(year.knownTo ?? '') })];
  const foot = [
    words.say('calendar.legendOff'),
    words.say('calendar.legendOn'),
    words.say('calendar.total', { count: String(total) }),
    ...partly,
  ];
  const about = [...foot, words.say('calendar.hours', { hours: hours.join('; ') })].flatMap((line) => wrapped(line, width - 1));
  return [paint('bold', title), monthGrid(year, words, paint), about.join('\n'), dayList(year, words, width)].join('\n\n');
}

function csvOf({ words }: Session, year: CalendarYear): string {
  const columns = ['day', 'weekday', 'kind', 'vi', 'en', 'decision', 'source', 'proposed'].map((name) =>
    words.say(`calendar.columns.${name}`),
  );
  const kind = (name: string) => words.say(`calendar.kinds.${name}`);
  const kinds = { holiday: kind('holiday'), local: kind('local'), dayOff: kind('dayOff'), worked: kind('worked') };
  return calendarCsv(year, columns as unknown as CalendarColumns, kinds);
}

function consequences({ words }: Session, loaded: CalendarLoaded, dryRun: boolean): string {
  const { version, replaces, saved, changed, proposed, dues, recount } = loaded;
  const head = saved ? 'calendar.loaded' : dryRun ? 'calendar.wouldLoad' : 'calendar.unchanged';
  const days = changed
    .slice(0, daysShownMax)
    .map(({ day, working, name }) =>
      `  ${printedDay(day)}  ${words.say(working ? 'calendar.nowWorked' : 'calendar.nowOff')}  ${name?.[words.language] ?? ''}`.trimEnd(),
    );
  const more =
    changed.length > daysShownMax ? [`  ${words.say('calendar.more', { count: String(changed.length - daysShownMax) })}`] : [];
  const listed = recount === null ? dues.examples : recount.dues;
  const examples = listed.slice(0, daysShownMax).map(({ instance, due, recounted }) =>
    words.say('calendar.due', {
      instance,
      due: shownInstant(due),
      recounted: recounted === null ? '—' : shownInstant(recounted),
    }),
  );
  return [
    words.say(head, { version, replaces }),
    words.say('calendar.changed', { count: String(changed.length) }),
    ...days,
    ...more,
    ...(proposed > 0 ? [words.say('calendar.stillProposed', { count: String(proposed) })] : []),
    words.say(dues.complete ? 'calendar.dues' : 'calendar.duesAtLeast', { count: String(dues.instances) }),
    ...(recount === null
      ? []
      : [words.say(dryRun ? 'calendar.wouldRecount' : 'calendar.recounted', { count: recount.instances })]),
    ...examples.map((example) => `  ${example}`),
    ...(listed.length > daysShownMax ? [`  ${words.say('calendar.moreDues', { count: listed.length - daysShownMax })}`] : []),
    ...(recount?.refused ?? []).map(({ instance, blockers }) => `  × ${instance}: ${blockers.join(', ')}`),
    ...(recount === null && dues.instances > 0 ? [words.say('calendar.duesStay')] : []),
  ].join('\n');
}

/** Faults of a calendar in the language of the reader. */
function inWords({ words }: Session, error: unknown): unknown {
  if (!(error instanceof TrinhkyError) || error.params['reason'] !== 'calendar') return error;
  const faults = error.params['faults'] as readonly { path: string; reason: string; value: string }[];
  const told = faults.map(({ path, reason, value }) => `  ${path}: ${words.say(`calendar.faults.${reason}`, { value })}`);
  return new TrinhkyError('inputInvalid', { reason: 'calendar', faults: told.join('\n') }, { cause: error });
}

async function jsonOf(file: string): Promise<JsonObject> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new TrinhkyError('inputInvalid', { path: file, reason: 'fileUnreadable', value: code });
  });
  try {
    if (text.length > fileBytesMax) throw new Error('too large');
    return JSON.parse(text) as JsonObject;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TrinhkyError('inputInvalid', { faults: [{ path: '', message }] });
  }
}
