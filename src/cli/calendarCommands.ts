import type { Command } from 'commander';
import {
  type CalendarFlags,
  calendarLoad,
  calendarSeed,
  calendarShow,
  type LoadFlags,
  type SeedFlags,
} from './commands/calendar.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

/** The commands about the working calendar: a part of the table of main.ts. */
export function addCalendar(command: Command, session: Session, run: (work: Promise<number>) => Promise<void>): void {
  const say = (key: string) => session.words.say(key);
  command
    .argument('[year]', say('options.calendarYear'))
    .option('--csv', say('options.calendarCsv'))
    .option('--authority <id>', say('options.keyAuthority'))
    .action((year: string | undefined, flags: CalendarFlags) => run(calendarShow(session, year, flags)));
  dressed(command.command('seed'), session)
    .description(say('commands.calendarSeed'))
    .argument('<year>', say('options.calendarYear'))
    .option('--out <file>', say('options.calendarOut'))
    .action((year: string, flags: SeedFlags) => run(calendarSeed(session, year, flags)));
  dressed(command.command('load'), session)
    .description(say('commands.calendarLoad'))
    .argument('<file>', say('options.calendarFile'))
    .option('--dry-run', say('options.calendarDryRun'))
    .option('--recount', say('options.calendarRecount'))
    .option('--authority <id>', say('options.keyAuthority'))
    // The parent takes an option that it shares with its subcommand, wherever it stands: so both are read.
    .action((file: string, _flags: LoadFlags, sub: Command) => run(calendarLoad(session, file, sub.optsWithGlobals())));
}
