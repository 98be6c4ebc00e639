import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { TrinhkyError } from '../errors.js';
import { addCalendar } from './calendarCommands.js';
import { check } from './commands/check.js';
import { type DemoFlags, demo } from './commands/demo.js';
import { draw } from './commands/draw.js';
import { serve } from './commands/manage.js';
import { type RenderFlags, render } from './commands/render.js';
import { addDelegation } from './delegationCommands.js';
import { dressed } from './dressed.js';
import type { Host } from './host.js';
import { addOrganisation } from './organisationCommands.js';
import { addForm, addKeys, addPlan, addRegister, addSeries, addVerify } from './paperCommands.js';
import { addProgress } from './progressCommands.js';
import { addReportForm } from './reportFormCommands.js';
import { addLooking, addManaging } from './runningCommands.js';
import type { Session } from './session.js';
import { addTemplate } from './templateCommands.js';
import { addWebhook } from './webhookCommands.js';
import { languageOf, type Words, wordsOf } from './words.js';

/** What a run of the command line ends with: fine, a fault that was named, a command line that is not understood. */
export const exitCodes = { fine: 0, failed: 1, usage: 2 } as const;

/**
 * Runs one command line (`argv` without node and script) and answers its exit code. Never throws: every fault is printed
 * as code, sentence and what to do; with `--json` as `{"error": {...}}` on stdout.
 */
export async function runCli(argv: readonly string[], host: Host): Promise<number> {
  const json = argv.includes('--json');
  let words = wordsOf(languageOf(undefined, host.config.lang));
  try {
    words = wordsOf(languageOf(langIn(argv), host.config.lang));
    return await dispatch(argv, { host, io: host.io, words, json });
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.fine;
      report(
        host,
        words,
        json,
        new TrinhkyError('inputInvalid', { reason: 'usage', message: error.message.replace(/^error: /, '') }),
      );
      return exitCodes.usage;
    }
    report(host, words, json, error);
    return error instanceof TrinhkyError && error.params['path'] === '--lang' ? exitCodes.usage : exitCodes.failed;
  }
}

/** Prints a fault that kept the command line from running at all; answers the exit code. */
export function explainFault(argv: readonly string[], host: Host, error: TrinhkyError): number {
  const lang = langIn(argv);
  const known = lang === 'vi' || lang === 'en' ? lang : undefined;
  report(host, wordsOf(languageOf(known, host.config.lang)), argv.includes('--json'), error);
  return exitCodes.failed;
}

/** The language is needed before the rest of the line can be explained. */
function langIn(argv: readonly string[]): string | undefined {
  const at = argv.indexOf('--lang');
  if (at >= 0) return argv[at + 1] ?? '';
  return argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
}

async function dispatch(argv: readonly string[], session: Session): Promise<number> {
  let code: number = exitCodes.fine;
  const program = programOf(session, (work) => async () => {
    code = await work;
  });
  await program.parseAsync([...argv], { from: 'user' });
  return code;
}

type Finish = (work: Promise<number>) => () => Promise<void>;

function programOf(session: Session, finish: Finish): Command {
  const { words } = session;
  const say = (key: string) => words.say(key);
  const program = dressed(new Command('trinhky'), session)
    .description(say('program'))
    .version(version(), '-V, --version', 'version');
  const command = (spec: string, key: string) => dressed(program.command(spec), session).description(say(`commands.${key}`));
  const run = (work: Promise<number>) => finish(work)();

  command('serve', 'serve').action(() => run(serve(session)));
  command('demo', 'demo')
    .argument('[file]', say('options.file'))
    .option('--out <dir>', say('options.out'))
    .option('--data <dir>', say('options.data'))
    .action((file: string | undefined, flags: DemoFlags) => run(demo(session, file, flags)));
  command('check', 'check')
    .argument('[folder]', say('options.folder'))
    .option('--authority', say('options.authority'))
    .action((folder: string | undefined, flags: { authority?: boolean }) => run(check(session, folder, flags)));
  command('draw', 'draw')
    .argument('<definition>', say('options.definition'))
    .option('--state <path>', say('options.state'))
    .action((definition: string, flags: { state?: string }) => run(draw(session, definition, flags)));
  addForm(command('form', 'form'), session, run);
  addLooking(command, session, run);
  command('render', 'render')
    .argument('<number>', say('options.number'))
    .option('--verify', say('options.verifyPrint'))
    .option('--out <file>', say('options.outFile'))
    .option('--year <year>', say('options.year'))
    .action((number: string, flags: RenderFlags) => run(render(session, number, flags)));
  addProgress(command, session, run);
  addRegister(command('register', 'register'), session, run);
  addSeries(command('series', 'series'), session, run);
  addVerify(command('verify', 'verify'), session, run);
  addKeys(command('keys', 'keys'), session, run);
  addPlan(command('plan', 'plan'), session, run);
  addCalendar(command('calendar', 'calendar'), session, run);
  addTemplate(command('template', 'template'), session, run);
  addReportForm(command('reportform', 'reportform'), session, run);
  addWebhook(command('webhook', 'webhook'), session, run);
  addOrganisation(command('organisation', 'organisation'), session, run);
  addDelegation(command('delegation', 'delegation'), session, run);
  addManaging(command, session, run);
  return program;
}

function version(): string {
  const file = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { version: string }).version;
}

function report({ io }: Host, words: Words, json: boolean, error: unknown): void {
  const known =
    error instanceof TrinhkyError
      ? error
      : new TrinhkyError('internal', { message: error instanceof Error ? error.message : String(error) });
  const { sentence, todo } = words.explain(known.code, known.params);
  if (json)
    io.stdout.write(`${JSON.stringify({ error: { code: known.code, sentence, todo, params: known.params } }, null, 2)}\n`);
  else io.stderr.write(`${known.code}: ${sentence}\n${todo === '' ? '' : `${words.say('todo')}: ${todo}\n`}`);
  if (known !== error && error instanceof Error && error.stack !== undefined) io.stderr.write(`${error.stack}\n`);
}
