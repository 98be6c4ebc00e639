import { type Explanation, explainTo, factsToExplain, soughtBy } from '../../commands/explain/explain.js';
import { type WhoCan, whoCan } from '../../commands/explain/whoCan.js';
import type { Available } from '../../commands/look.js';
import { wayOutWord, word } from '../../locales/sentences.js';
import { commandBody } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import type { Names } from '../names.js';
import { mayReadWork } from '../renditionAccess.js';
import { explanationBody, noWaySentence, whoBody, whoCouldLine } from '../wayOutWords.js';
import { instantInWords, waitingSince } from './dates.js';

/**
 * The closed commands with why, who could, and what would open each; and who can give the awaited ones, by which record. Whoever only
 * received the paper sees no more than why.
 */
export async function explainedViews(call: InstanceCall, names: Names, closed: readonly Available[]) {
  const { instance } = call.view;
  if (!instance.open || !mayReadWork(call)) return { closed: closed.map((one) => closedView(names, one, undefined)), who: null };
  const facts = await factsToExplain(call.edge.app.deps, call.model, instance);
  const sought = closed.map(({ command }) => soughtBy(call.identity.person, command));
  const explained = explainTo(call.model, instance, sought, facts);
  return {
    closed: closed.map((available, index) => closedView(names, available, explained[index])),
    who: whoView(names, waitingSince(instance.visits, call.view.since), whoCan(call.model, instance, facts)),
  };
}

function closedView(names: Names, available: Available, one: Explanation | undefined) {
  const { label, blockers } = commandBody(names, available);
  const why = { label, blockers: blockers.map(({ sentence }) => ({ sentence })) };
  if (one === undefined) return { ...why, who: null, way: null };
  return {
    ...why,
    who: whoCouldLine(names, one),
    way: {
      title: wayOutWord(names.language, 'title'),
      changes: explanationBody(names, one).wayOut.changes.map(({ sentence }) => sentence),
      none: noWaySentence(names.language, one),
    },
  };
}

function whoView(names: Names, since: string, commands: readonly WhoCan[]) {
  const say = (name: string): string => wayOutWord(names.language, name);
  const shown = commands
    .map((one) => whoBody(names, one))
    .map(({ label, awaited, can, barred, vacant, superiors }) => ({
      label,
      awaited,
      can: can.map(({ name, by, record }) => ({ name, by, id: record.kind === 'field' ? '' : record.id })),
      // Some sentences begin with the name that stands before them.
      barred: barred.map(({ name, blockers }) => ({
        name,
        why: blockers
          .map(({ sentence }) => (sentence.startsWith(`${name} `) ? sentence.slice(name.length + 1) : sentence))
          .join(' '),
      })),
      vacant: vacant.map((who) => who.label),
      superiors: superiors.map(({ name }) => name).join(', '),
    }));
  return {
    title: say('whoTitle'),
    since: word(names.language, 'since', { when: instantInWords(since) }),
    awaited: shown.filter((one) => one.awaited),
    others: shown.filter((one) => !one.awaited),
    words: Object.fromEntries(['barred', 'vacant', 'superiors', 'whoNobody'].map((name) => [name, say(name)])),
  };
}
