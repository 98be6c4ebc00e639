import type { Command } from 'commander';
import {
  type ReplayFlags,
  type WebhookFlags,
  webhookAdd,
  webhookDisable,
  webhookList,
  webhookPing,
  webhookReplay,
  webhookRotate,
} from './commands/webhooks.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

/** The commands about webhooks: a part of the table of main.ts. */
export function addWebhook(command: Command, session: Session, run: (work: Promise<number>) => Promise<void>): void {
  const say = (key: string) => session.words.say(key);
  const one = (spec: string, key: string) => dressed(command.command(spec), session).description(say(`commands.${key}`));
  one('add', 'webhookAdd')
    .argument('<url>', say('options.webhookUrl'))
    .option('--label <text>', say('options.webhookLabel'))
    .option('--definitions <ids>', say('options.webhookDefinitions'))
    .option('--commands <names>', say('options.webhookCommands'))
    .action((url: string, flags: WebhookFlags) => run(webhookAdd(session, url, flags)));
  one('list', 'webhookList').action(() => run(webhookList(session)));
  for (const [name, key, work] of [
    ['rotate', 'webhookRotate', webhookRotate],
    ['disable', 'webhookDisable', webhookDisable],
    ['ping', 'webhookPing', webhookPing],
  ] as const)
    one(name, key)
      .argument('<id>', say('options.webhookId'))
      .action((id: string) => run(work(session, id)));
  one('replay', 'webhookReplay')
    .argument('[delivery]', say('options.delivery'))
    .option('--webhook <id>', say('options.webhookId'))
    .option('--since <instant>', say('options.since'))
    .action((delivery: string | undefined, flags: ReplayFlags) => run(webhookReplay(session, delivery, flags)));
}
