import type { Command } from 'commander';
import { columnsDefault, type Session } from './session.js';

/** What every command has: help and output in the language asked for, `--json`, and no way to end the process. */
export function dressed(command: Command, { io, words }: Session): Command {
  const titles: Readonly<Record<string, string>> = {
    'Usage:': words.say('help.usage'),
    'Commands:': words.say('help.commands'),
    'Options:': words.say('help.options'),
    'Arguments:': words.say('help.arguments'),
  };
  return command
    .exitOverride()
    .helpCommand(false)
    .helpOption('-h, --help', words.say('options.help'))
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, helpWidth: io.columns ?? columnsDefault })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: () => undefined,
    })
    .option('--lang <lang>', words.say('options.lang'))
    .option('--json', words.say('options.json'));
}
