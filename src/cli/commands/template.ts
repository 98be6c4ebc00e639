import { commandLineActor } from '../../commands/administers.js';
import { applyTemplate, type TemplateAnswer } from '../../commands/duties/applyTemplate.js';
import { listTemplates, showTemplate, takeTemplate } from '../../commands/duties/templates.js';
import { TrinhkyError } from '../../errors.js';
import type { TemplateLine } from '../../office/duties/templates.js';
import { answer, authorityOf, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

export interface TemplateFlags {
  readonly authority?: string;
  readonly label?: string;
  readonly days?: boolean;
}

const columnsUsual = 80;
const textShownMax = 90;

function named(session: Session, authority: string | undefined): Session {
  if (authority === undefined) return session;
  return { ...session, host: { ...session.host, config: { ...session.host.config, authority } } };
}

const short = (text: string): string => (text.length <= textShownMax ? text : `${text.slice(0, textShownMax - 1)}…`);

/** `trinhky template take PLAN ID`: what a plan ordered, as a new version of a template. */
export function templateTake(session: Session, plan: string, id: string, flags: TemplateFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const due = flags.days === true ? 'afterIssue' : 'dayOfYear';
    const asked = { plan, id, label: flags.label ?? id, due } as const;
    const { version, template } = await takeTemplate(app.deps, { authority, actor: commandLineActor }, asked);
    const count = (test: (line: TemplateLine) => boolean) => String(template.lines.filter(test).length);
    answer(session, { ...version, lines: template.lines.length }, () =>
      session.words.say('template.taken', {
        id,
        version: String(version.version),
        duties: count(({ duty }) => duty !== null),
        others: count(({ noAction }) => noAction !== null),
      }),
    );
    return 0;
  });
}

/** `trinhky template list`: every version of every template. */
export function templateList(session: Session, flags: TemplateFlags): Promise<number> {
  const { words, io } = session;
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const templates = await listTemplates(app.deps, { authority, actor: commandLineActor });
    answer(session, { authority, templates }, () =>
      templates.length === 0
        ? words.say('template.none')
        : table(
            words.say('template.columns').split('|'),
            templates.map(({ id, version, label, at }) => [id, String(version), shownInstant(at), label]),
            io.columns ?? columnsUsual,
          ),
    );
    return 0;
  });
}

/** `trinhky template show ID [VERSION]`: its lines. */
export function templateShow(session: Session, id: string, version: string | undefined, flags: TemplateFlags): Promise<number> {
  const { words, io } = session;
  if (version !== undefined && !/^[1-9]\d{0,5}$/.test(version))
    throw new TrinhkyError('inputInvalid', { path: 'VERSION', reason: 'wholeNumber', value: version });
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const asked = version === undefined ? null : Number(version);
    const template = await showTemplate(app.deps, { authority, actor: commandLineActor }, id, asked);
    const kindOf = ({ duty, noAction }: TemplateLine): string =>
      duty !== null ? duty.lead.join(', ') : noAction !== null ? words.say('template.noAction') : words.say('template.open');
    answer(session, template, () => {
      const head = `${template.label} (${template.id}, ${template.version}) – ${template.takenFrom.title}`;
      const rows = template.lines.map((line) => [line.path, kindOf(line), short(line.text)]);
      return [head, table(words.say('template.lineColumns').split('|'), rows, io.columns ?? columnsUsual)].join('\n\n');
    });
    return 0;
  });
}

/** `trinhky template apply ID PLAN`: what it would open in another plan. It opens nothing: that is the consolidator's, signed in. */
export function templateApply(session: Session, id: string, plan: string, flags: TemplateFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const found = await applyTemplate(app.deps, { authority, actor: commandLineActor }, { template: id, plan });
    answer(session, found, () => proposed(session, found));
    return 0;
  });
}

function proposed({ words, io }: Session, found: TemplateAnswer): string {
  const width = io.columns ?? columnsUsual;
  const percent = (score: number): string => `${Math.round(score * 100)} %`;
  const rows = found.proposals.map((one) => [
    one.clause,
    one.from,
    percent(one.score),
    one.directive === null
      ? words.say('template.noAction')
      : one.unitsGone.length > 0
        ? words.say('template.unitsGone', { units: one.unitsGone.join(', ') })
        : short(one.text),
  ]);
  const plan = found.onlyInPlan.map(({ clause, text, nearest }) => [clause, percent(nearest), short(text)]);
  const template = found.onlyInTemplate.map(({ path, text }) => [path, short(text)]);
  return [
    words.say('template.proposals', { count: String(rows.length) }),
    table(words.say('template.proposalColumns').split('|'), rows, width),
    words.say('template.onlyInPlan', { count: String(plan.length) }),
    ...(plan.length === 0 ? [] : [table(null, plan, width)]),
    words.say('template.onlyInTemplate', { count: String(template.length) }),
    ...(template.length === 0 ? [] : [table(null, template, width)]),
    words.say('template.dryRun'),
  ].join('\n');
}
