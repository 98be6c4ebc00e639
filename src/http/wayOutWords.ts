import { type Explanation, wayOutChangesMax } from '../commands/explain/explain.js';
import type { Actor, Barred, WhoCan } from '../commands/explain/whoCan.js';
import { fieldLabel, type Language, labelIn, wayOutWord } from '../locales/sentences.js';
import { openerSentence, recordPhrase, type Speaker } from '../locales/wayOut.js';
import { posts } from '../office/organisation/posts.js';
import { dayOf } from '../office/time/clock.js';
import { commandLabel, type Names, personName, tell, unitName, whoOf } from './names.js';

const dayInWords = (day: string): string => day.split('-').reverse().join('/');

function speakerFor(names: Names): Speaker {
  return {
    language: names.language,
    person: (id) => personName(names, id),
    unit: (id) => unitName(names, id),
    post: (id) => labelIn(names.language, posts[id]?.label, id),
    command: (name) => commandLabel(names, name),
    day: dayInWords,
    dayOf: (instant) => dayInWords(dayOf(instant)),
  };
}

/** Somebody who may act, and the record that lets him, in words. */
export function actorBody(names: Names, { person, role, onBehalfOf, record, support }: Actor) {
  return {
    person,
    name: personName(names, person),
    role,
    onBehalfOf,
    record,
    support,
    by: recordPhrase(speakerFor(names), { person, record, support }),
  };
}

function barredBody(names: Names, barred: Barred) {
  return { ...actorBody(names, barred), blockers: barred.blockers.map((blocker) => tell(names, blocker)) };
}

/** Who can give one command, in words. */
export function whoBody(names: Names, one: WhoCan) {
  return {
    command: one.command,
    label: commandLabel(names, one.command),
    awaited: one.awaited,
    can: one.can.map((actor) => actorBody(names, actor)),
    barred: one.barred.map((barred) => barredBody(names, barred)),
    vacant: one.vacant.map((key) => whoOf(names, key)),
    superiors: one.superiors.map((person) => ({ person, name: personName(names, person) })),
  };
}

/** What would open a command to a person, in words: each change with its sentence, or that there is none. */
export function explanationBody(names: Names, explanation: Explanation) {
  const { command, whoCould, now, wayOut } = explanation;
  const speaker = speakerFor(names);
  const changes = wayOut.kind === 'found' ? wayOut.changes : [];
  return {
    whoCould: whoCould.map((actor) => actorBody(names, actor)),
    whoCouldNow: now,
    wayOut: {
      kind: wayOut.kind,
      sentence: noWaySentence(names.language, explanation),
      changes: changes.map((change) => ({ ...change, sentence: openerSentence(speaker, change, command) })),
    },
  };
}

/** Why no way out is told: separation of duties, nothing that helps, or the end of the search; null where one was found. */
export function noWaySentence(language: Language, { wayOut, barredBy }: Pick<Explanation, 'wayOut' | 'barredBy'>): string | null {
  if (wayOut.kind === 'found') return null;
  if (barredBy.length > 0)
    return wayOutWord(language, 'separation', { fields: barredBy.map((field) => fieldLabel(language, field)) });
  return wayOutWord(language, wayOut.kind, wayOut.kind === 'bound' ? { max: wayOutChangesMax } : {});
}

/** One line on who could give a command, by name and post. */
export function whoCouldLine(names: Names, { whoCould, now }: Explanation): string {
  const who = [...new Map(whoCould.map((actor) => [actor.person, actor])).values()].map((actor) => nameAndPost(names, actor));
  return who.length === 0
    ? wayOutWord(names.language, 'whoNobody')
    : wayOutWord(names.language, now ? 'whoNow' : 'whoLater', { who });
}

function nameAndPost(names: Names, { person, record }: Actor): string {
  const name = personName(names, person);
  return record.kind === 'appointment' ? `${name} (${labelIn(names.language, posts[record.post]?.label, record.post)})` : name;
}
