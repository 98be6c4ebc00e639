import type { Command } from 'commander';
import { coverage } from './commands/coverage.js';
import { due } from './commands/due.js';
import { history, inbox } from './commands/look.js';
import { authorityLoad, type OutboxFlags, outbox, resetPerson } from './commands/manage.js';
import { rollups } from './commands/rollups.js';
import { type WhoFlags, who } from './commands/who.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

// The commands that look at what runs, and those that keep it running: a part of the table of main.ts.

type Run = (work: Promise<number>) => Promise<void>;
type Make = (spec: string, key: string) => Command;

export function addLooking(command: Make, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  command('inbox', 'inbox')
    .argument('<login>', say('options.login'))
    .option('--limit <n>', say('options.limit'))
    .action((login: string, flags: { limit?: string }) => run(inbox(session, login, flags)));
  command('history', 'history')
    .argument('<instance>', say('options.instance'))
    .option('--verify', say('options.verify'))
    .action((instance: string, flags: { verify?: boolean }) => run(history(session, instance, flags)));
  command('due', 'due')
    .argument('<instance>', say('options.instance'))
    .action((instance: string) => run(due(session, instance)));
  command('coverage', 'coverage')
    .argument('<plan>', say('options.coveragePlan'))
    .action((plan: string) => run(coverage(session, plan)));
  command('rollups', 'rollups')
    .argument('<plan>', say('options.planInstance'))
    .action((plan: string) => run(rollups(session, plan)));
  command('who', 'who')
    .argument('<instance>', say('options.instance'))
    .option('--person <login>', say('options.whoPerson'))
    .option('--command <name>', say('options.whoCommand'))
    .action((instance: string, flags: WhoFlags) => run(who(session, instance, flags)));
  command('outbox', 'outbox')
    .option('--state <state>', say('options.outboxState'))
    .option('--retry <id>', say('options.retry'))
    .option('--limit <n>', say('options.limit'))
    .action((flags: OutboxFlags) => run(outbox(session, flags)));
}

export function addManaging(command: Make, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  const authority = command('authority', 'authority');
  dressed(authority.command('load'), session)
    .description(say('commands.load'))
    .argument('<file>', say('options.authorityFile'))
    .option('--reason <reason>', say('options.loadReason'))
    .action((file: string, flags: { readonly reason?: string }) => run(authorityLoad(session, file, flags)));
  const person = command('person', 'person');
  dressed(person.command('reset'), session)
    .description(say('commands.reset'))
    .argument('<login>', say('options.login'))
    .action((login: string) => run(resetPerson(session, login)));
}
