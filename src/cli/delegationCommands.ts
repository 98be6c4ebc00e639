import type { Command } from 'commander';
import { delegationGive, delegationList, delegationRevoke, type GiveFlags } from './commands/delegation.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

// Delegations of processing: a part of the table of main.ts.

export function addDelegation(command: Command, session: Session, run: (work: Promise<number>) => Promise<void>): void {
  const say = (key: string) => session.words.say(key);
  dressed(command.command('list'), session)
    .description(say('commands.delegationList'))
    .argument('[login]', say('options.login'))
    .action((login: string | undefined) => run(delegationList(session, login)));
  dressed(command.command('give'), session)
    .description(say('commands.delegationGive'))
    .argument('<login>', say('options.delegator'))
    .argument('<delegate>', say('options.delegate'))
    .option('--from <day>', say('options.delegationFrom'))
    .requiredOption('--to <day>', say('options.delegationTo'))
    .requiredOption('--reason <text>', say('options.delegationReason'))
    .option('--definitions <list>', say('options.delegationDefinitions'))
    .option('--types <list>', say('options.delegationTypes'))
    .option('--commands <list>', say('options.delegationCommands'))
    .action((login: string, delegate: string, flags: GiveFlags) => run(delegationGive(session, login, delegate, flags)));
  dressed(command.command('revoke'), session)
    .description(say('commands.delegationRevoke'))
    .argument('<id>', say('options.delegation'))
    .action((id: string) => run(delegationRevoke(session, id)));
}
