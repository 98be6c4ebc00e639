import type { Command } from 'commander';
import {
  type CheckFlags,
  type ExportFlags,
  type ImportFlags,
  organisationCheck,
  organisationExport,
  organisationImport,
  organisationSucceed,
  type SucceedFlags,
} from './commands/organisation.js';
import { organisationShow, type ShowFlags } from './commands/organisationShow.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

type Run = (work: Promise<number>) => Promise<void>;

/** The commands about the organisation in time: a part of the table of main.ts. */
export function addOrganisation(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  const one = (spec: string, key: string) =>
    dressed(command.command(spec), session)
      .description(say(`commands.${key}`))
      .option('--authority <id>', say('options.keyAuthority'));
  one('export', 'organisationExport')
    .requiredOption('--out <path>', say('options.organisationOut'))
    .option('--format <format>', say('options.organisationFormat'))
    .action((flags: ExportFlags) => run(organisationExport(session, flags)));
  one('import', 'organisationImport')
    .argument('<path>', say('options.organisationPath'))
    .option('--dry-run', say('options.dryRun'))
    .option('--correct-past <reason>', say('options.correctPast'))
    .action((path: string, flags: ImportFlags) => run(organisationImport(session, path, flags)));
  one('succeed', 'organisationSucceed')
    .argument('<succession>', say('options.succession'))
    .option('--dry-run', say('options.dryRun'))
    .action((id: string, flags: SucceedFlags) => run(organisationSucceed(session, id, flags)));
  one('show', 'organisationShow')
    .option('--at <day>', say('options.showAt'))
    .option('--unit <id>', say('options.showUnit'))
    .option('--person <person>', say('options.showPerson'))
    .action((flags: ShowFlags) => run(organisationShow(session, flags)));
  one('check', 'organisationCheck').action((flags: CheckFlags) => run(organisationCheck(session, flags)));
}
