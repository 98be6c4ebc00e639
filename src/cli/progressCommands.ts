import type { Command } from 'commander';
import { type ExportFlags, exportFile } from './commands/export.js';
import { type ProgressFlags, progress } from './commands/progress.js';
import type { Session } from './session.js';

// The commands that look at a plan as a whole: a part of the table of main.ts.

type Run = (work: Promise<number>) => Promise<void>;
type Make = (spec: string, key: string) => Command;

export function addProgress(command: Make, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  command('progress', 'progress')
    .argument('<plan>', say('options.planInstance'))
    .option('--quarter <quarter>', say('options.quarter'))
    .option('--unit <unit>', say('options.unit'))
    .action((plan: string, flags: ProgressFlags) => run(progress(session, plan, flags)));
  command('export', 'export')
    .argument('<plan>', say('options.planInstance'))
    .requiredOption('--as <format>', say('options.exportAs'))
    .requiredOption('--out <file>', say('options.exportOut'))
    .option('--quarter <quarter>', say('options.quarter'))
    .option('--unit <unit>', say('options.unit'))
    .option('--pseudonyms', say('options.pseudonyms'))
    .action((plan: string, flags: ExportFlags) => run(exportFile(session, plan, flags)));
}
