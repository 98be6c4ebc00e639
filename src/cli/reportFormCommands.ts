import type { Command } from 'commander';
import { type FormShowFlags, reportFormList, reportFormLoad, reportFormShow } from './commands/reportForm.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

/** The commands about report forms: a part of the table of main.ts. */
export function addReportForm(command: Command, session: Session, run: (work: Promise<number>) => Promise<void>): void {
  const say = (key: string) => session.words.say(key);
  const one = (spec: string, key: string) => dressed(command.command(spec), session).description(say(`commands.${key}`));
  one('list', 'reportformList').action(() => run(reportFormList(session)));
  one('load', 'reportformLoad')
    .argument('<file>', say('options.reportformFile'))
    .action((file: string) => run(reportFormLoad(session, file)));
  one('show', 'reportformShow')
    .argument('<id>', say('options.reportformId'))
    .option('--edition <number>', say('options.reportformVersion'))
    .action((id: string, flags: FormShowFlags) => run(reportFormShow(session, id, flags)));
}
