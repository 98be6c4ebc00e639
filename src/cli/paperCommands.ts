import type { Command } from 'commander';
import { type FormFlags, formCheck } from './commands/form.js';
import { listFormRules } from './commands/formRules.js';
import { type ImportFlags, keysImport, keysInit, keysList } from './commands/keys.js';
import { planAgree, planRead } from './commands/plan.js';
import { type RegisterFlags, register } from './commands/register.js';
import { type TakeOverFlags, takeOver } from './commands/series.js';
import { type VerifyFlags, verify } from './commands/verify.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

// The commands about papers, their numbers and their signatures: a part of the table of main.ts.

type Run = (work: Promise<number>) => Promise<void>;

export function addPlan(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  dressed(command.command('read'), session)
    .description(say('commands.planRead'))
    .argument('<file>', say('options.planFile'))
    .action((file: string) => run(planRead(session, file)));
  dressed(command.command('agree'), session)
    .description(say('commands.planAgree'))
    .argument('<folder>', say('options.agreeFolder'))
    .action((folder: string) => run(planAgree(session, folder)));
}

export function addRegister(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  command
    .argument('<kind>', say('options.registerKind'))
    .requiredOption('--from <day>', say('options.from'))
    .requiredOption('--to <day>', say('options.to'))
    .option('--series <id>', say('options.series'))
    .option('--volume <n>', say('options.volume'))
    .option('--out <file>', say('options.registerOut'))
    .action((kind: string, flags: RegisterFlags) => run(register(session, kind, flags)));
}

export function addSeries(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  dressed(command.command('takeover'), session)
    .description(say('commands.takeOver'))
    .argument('<series>', say('options.series'))
    .requiredOption('--year <year>', say('options.year'))
    .requiredOption('--last <n>', say('options.last'))
    .requiredOption('--reason <text>', say('options.reason'))
    .action((series: string, flags: TakeOverFlags) => run(takeOver(session, series, flags)));
}

/** `--ca` may be given again. */
const collected = (one: string, before: readonly string[] = []): readonly string[] => [...before, one];

export function addForm(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  dressed(command.command('check'), session)
    .description(say('commands.formCheck'))
    .argument('<target>', say('options.formTarget'))
    .option('--date <day>', say('options.formDate'))
    .action((target: string, flags: FormFlags) => run(formCheck(session, target, flags)));
  dressed(command.command('rules'), session)
    .description(say('commands.formRules'))
    .option('--date <day>', say('options.rulesDate'))
    .action((flags: FormFlags) => run(listFormRules(session, flags)));
}

export function addVerify(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  command
    .argument('<file>', say('options.verifyFile'))
    .option('--ca <file>', say('options.ca'), collected)
    .action((file: string, flags: VerifyFlags) => run(verify(session, file, flags)));
}

export function addKeys(command: Command, session: Session, run: Run): void {
  const say = (key: string) => session.words.say(key);
  const one = (spec: string, key: string) =>
    dressed(command.command(spec), session)
      .description(say(`commands.${key}`))
      .option('--authority <id>', say('options.keyAuthority'));
  one('init', 'keysInit').action((flags: { authority?: string }) => run(keysInit(session, flags)));
  one('import', 'keysImport')
    .argument('[login]', say('options.keyLogin'))
    .option('--agency', say('options.keyAgency'))
    .requiredOption('--p12 <file>', say('options.p12'))
    .option('--passphrase-file <file>', say('options.passphraseFile'))
    .option('--ca <file>', say('options.ca'), collected)
    .option('--picture <file>', say('options.picture'))
    .option('--size <mm>', say('options.size'))
    .action((login: string | undefined, flags: ImportFlags) => run(keysImport(session, login, flags)));
  one('list', 'keysList').action((flags: { authority?: string }) => run(keysList(session, flags)));
}
