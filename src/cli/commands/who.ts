import { type Explanation, explainTo, factsToExplain, soughtBy, wayOutChangesMax } from '../../commands/explain/explain.js';
import { type Actor, type Barred, type WhoCan, whoCan } from '../../commands/explain/whoCan.js';
import type { Instance, Model } from '../../commands/look.js';
import { TrinhkyError } from '../../errors.js';
import { fieldLabel, labelIn, wayOutWord } from '../../locales/sentences.js';
import { openerSentence, recordPhrase, type Speaker } from '../../locales/wayOut.js';
import { type Directory, indexOf } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import { dayOf } from '../../office/time/clock.js';
import { readable, stateLabel } from '../labels.js';
import { wrapped } from '../progress.js';
import { answer, columnsDefault, personOf, type Session, shownInstant, withApplication } from '../session.js';

export interface WhoFlags {
  readonly person?: string;
  readonly command?: string;
}

/** What one explanation is told with. */
interface Telling {
  readonly session: Session;
  readonly speaker: Speaker;
  readonly models: Parameters<typeof readable>[0];
}

/**
 * `trinhky who INSTANCE`: who can give each command now, and by which record; who is barred and why. With `person` what that person can
 * do and what would open the rest to him; with `command` only that one, whether it is possible in this state or not.
 */
export async function who(session: Session, id: string, flags: WhoFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = id.split('.')[0] ?? '';
    const view = await app.deps.store.instances.view(authority, id);
    if (view === null) throw new TrinhkyError('notFound', { reason: 'instance', instance: id });
    const { instance, since } = view;
    await app.deps.models.learn(instance.definition);
    const model = app.deps.models.pinned(instance.definition);
    if (flags.command !== undefined && !model.byCommand.has(flags.command))
      throw new TrinhkyError('inputInvalid', { path: '--command', reason: 'command', value: flags.command });
    const directory = await app.deps.store.directory.snapshot(authority);
    const person = flags.person === undefined ? null : (await personOf(app, authority, flags.person)).id;
    const facts = await factsToExplain(app.deps, model, instance);
    const commands = whoCan(model, instance, facts).filter(
      ({ command }) => flags.command === undefined || command === flags.command,
    );
    const asked = new Set([...commands.map(({ command }) => command), ...(flags.command === undefined ? [] : [flags.command])]);
    const sought = person === null ? [] : [...asked].map((command) => soughtBy(person, command));
    const explanations = explainTo(model, instance, sought, facts);
    const telling = { session, speaker: speakerOf(session, directory, model), models: app.deps.models };
    const value = { instance: id, state: instance.state, since, commands, ...(person === null ? {} : { person, explanations }) };
    answer(session, value, () => {
      const head = headOf(telling, model, instance, since);
      const parts =
        person === null
          ? commands.map((one) => commandLines(telling, one))
          : explanations.map((one) => explanationLines(telling, one));
      const body = parts.length > 0 ? parts : [[wayOutWord(session.words.language, 'nothingHere')]];
      return [head, ...body].map((lines) => folded(session, lines)).join('\n');
    });
    return 0;
  });
}

/** The names by which one authority's records are told in the session's language. */
export function speakerOf({ words }: Pick<Session, 'words'>, directory: Directory, model: Model): Speaker {
  const { language } = words;
  const index = indexOf(directory);
  const day = (text: string): string => text.split('-').reverse().join('/');
  return {
    language,
    person: (id) => index.person.get(id)?.name ?? id,
    unit: (id) => index.unit.get(id)?.name ?? id,
    post: (id) => labelIn(language, posts[id]?.label, id),
    command: (name) =>
      labelIn(language, model.byCommand.get(name)?.find(({ definition }) => definition.label)?.definition.label, name),
    day,
    dayOf: (instant) => day(dayOf(instant)),
  };
}

function headOf({ session }: Telling, model: Model, { id, context, state }: Instance, since: string): readonly string[] {
  const { words } = session;
  const title = typeof context.title === 'string' ? ` · ${context.title}` : '';
  const label = stateLabel(model.machine.tree.nodes, state, words.language);
  return [`${id}${title}`, words.say('who.state', { state: label, since: shownInstant(since) })];
}

function commandLines(telling: Telling, one: WhoCan): readonly string[] {
  const { speaker } = telling;
  const say = (name: string): string => wayOutWord(speaker.language, name);
  const aside = one.awaited ? '' : `, ${say('aside')}`;
  const list = (name: string, lines: readonly string[]): readonly string[] =>
    lines.length === 0 ? [] : [`  ${say(name)}:`, ...lines.map((line) => `    ${line}`)];
  const vacant = one.vacant.map((key) => keyInWords(speaker, key));
  return [
    `${speaker.command(one.command)} (${one.command})${aside}`,
    ...(one.can.length === 0
      ? [`  ${say('whoNobody')}`]
      : list(
          'can',
          one.can.map((actor) => actorLine(speaker, actor)),
        )),
    ...list(
      'barred',
      one.barred.map((barred) => barredLine(telling, barred)),
    ),
    ...list('vacant', vacant),
    ...(one.superiors.length === 0 ? [] : [`  ${say('superiors')}: ${one.superiors.map(speaker.person).join(', ')}`]),
  ];
}

function actorLine(speaker: Speaker, actor: Actor): string {
  return `${speaker.person(actor.person)}: ${recordPhrase(speaker, actor)}`;
}

function keyInWords(speaker: Speaker, key: string): string {
  const [, unit, post] = /^post:(.+)\/([^/]+)$/.exec(key) ?? [];
  return unit === undefined || post === undefined
    ? speaker.person(key.replace(/^person:/, ''))
    : `${speaker.post(post)}, ${speaker.unit(unit)}`;
}

function barredLine({ session, speaker, models }: Telling, { person, blockers }: Barred): string {
  const { language } = session.words;
  const reasons = blockers.map(
    ({ code, params }) => session.words.explain(code, readable(models, language, speaker.person, params)).sentence,
  );
  return `${speaker.person(person)}: ${[...new Set(reasons)].join(' ')}`;
}

function explanationLines(telling: Telling, { command, wayOut, barredBy, whoCould, now }: Explanation): readonly string[] {
  const { speaker } = telling;
  const say = (name: string, params = {}): string => wayOutWord(speaker.language, name, params);
  const title = `${speaker.command(command)} (${command})`;
  if (wayOut.kind === 'found' && wayOut.changes.length === 0) return [`${title}: ${say('open')}`];
  const names = [...new Set(whoCould.map(({ person }) => speaker.person(person)))];
  const who = names.length === 0 ? say('whoNobody') : say(now ? 'whoNow' : 'whoLater', { who: names });
  const way =
    wayOut.kind === 'found'
      ? [
          `  ${say('title')}:`,
          ...wayOut.changes.map((change, index) => `    ${index + 1}. ${openerSentence(speaker, change, command)}`),
        ]
      : [
          `  ${barredBy.length > 0 ? say('separation', { fields: barredBy.map((field) => fieldLabel(speaker.language, field)) }) : say(wayOut.kind, { max: wayOutChangesMax })}`,
        ];
  return [title, `  ${who}`, ...way];
}

/** Lines no wider than the terminal; what goes on stands further in than its beginning. */
function folded({ io }: Session, lines: readonly string[]): string {
  const width = io.columns ?? columnsDefault;
  return lines
    .flatMap((line) => {
      const indent = /^ */.exec(line)?.[0] ?? '';
      const [first = '', ...more] = wrapped(line.trimStart(), Math.max(20, width - indent.length - 4));
      return [`${indent}${first}`, ...more.map((rest) => `${indent}    ${rest}`)];
    })
    .map((line) => `${line}\n`)
    .join('');
}
