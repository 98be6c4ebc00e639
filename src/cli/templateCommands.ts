import type { Command } from 'commander';
import { type TemplateFlags, templateApply, templateList, templateShow, templateTake } from './commands/template.js';
import { dressed } from './dressed.js';
import type { Session } from './session.js';

/** The commands about templates of duties: a part of the table of main.ts. */
export function addTemplate(command: Command, session: Session, run: (work: Promise<number>) => Promise<void>): void {
  const say = (key: string) => session.words.say(key);
  const sub = (name: string, key: string): Command =>
    dressed(command.command(name), session)
      .description(say(`commands.${key}`))
      .option('--authority <id>', say('options.keyAuthority'));
  sub('take', 'templateTake')
    .argument('<plan>', say('options.templatePlan'))
    .argument('<id>', say('options.templateId'))
    .option('--label <text>', say('options.templateLabel'))
    .option('--days', say('options.templateDays'))
    .action((plan: string, id: string, flags: TemplateFlags) => run(templateTake(session, plan, id, flags)));
  sub('list', 'templateList').action((flags: TemplateFlags) => run(templateList(session, flags)));
  sub('show', 'templateShow')
    .argument('<id>', say('options.templateId'))
    .argument('[version]', say('options.templateVersion'))
    .action((id: string, version: string | undefined, flags: TemplateFlags) => run(templateShow(session, id, version, flags)));
  sub('apply', 'templateApply')
    .argument('<id>', say('options.templateId'))
    .argument('<plan>', say('options.templatePlan'))
    .action((id: string, plan: string, flags: TemplateFlags) => run(templateApply(session, id, plan, flags)));
}
