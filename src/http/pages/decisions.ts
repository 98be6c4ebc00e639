import { labelIn, valueLabel, word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import type { MadeDecision } from '../../office/papers/decisions.js';
import { commandLabel, type Names, personName, unitName } from '../names.js';
import { instantInWords } from './dates.js';

const hashCharsShown = 12;

/** A decision in words: what, who, in which post, when, on which text; and, where it fell, what took it away. */
export interface DecisionView {
  readonly what: string;
  readonly who: string;
  /** Post and unit, as the record says that gave the right. */
  readonly capacity: string | null;
  readonly at: string;
  readonly text: string | null;
  readonly said: string | null;
  readonly fell: string | null;
  readonly why: string | null;
}

/** One decision in words. */
export function decisionView(names: Names, decision: MadeDecision, content: string | null): DecisionView {
  const { language } = names;
  const { command, choice, actor, onBehalfOf, fell } = decision;
  const label = commandLabel(names, command);
  const own = personName(names, actor);
  return {
    what: choice === null ? label : `${label} (${valueLabel(language, choice)})`,
    who: onBehalfOf === null ? own : `${own} (${word(language, 'onBehalfOf', { name: personName(names, onBehalfOf) })})`,
    capacity: capacityOf(names, decision),
    at: instantInWords(decision.at),
    text: textOf(names, decision, content),
    said: decision.reason,
    fell:
      fell === null
        ? null
        : word(language, 'decisionFell', {
            what: fellBy(names, fell),
            who: personName(names, fell.actor),
            at: instantInWords(fell.at),
          }),
    why: fell === null ? null : fell.reason,
  };
}

function fellBy(names: Names, { why, command }: NonNullable<MadeDecision['fell']>): string {
  if (why === 'edited') return word(names.language, 'decisionEdited');
  return why === 'anew' ? word(names.language, 'decisionAnew') : commandLabel(names, command);
}

function textOf({ language }: Names, decision: MadeDecision, content: string | null): string | null {
  if (decision.content === null) return null;
  if (decision.content === content) return word(language, 'decisionOnThis');
  return word(language, 'decisionOnOther', { hash: decision.content.slice(0, hashCharsShown) });
}

function capacityOf(names: Names, { actor, onBehalfOf, by }: MadeDecision): string | null {
  const appointment = indexOf(names.directory)
    .appointmentsOf.get(onBehalfOf ?? actor)
    ?.find(({ id }) => id === by);
  if (appointment === undefined) return null;
  return `${labelIn(names.language, posts[appointment.post]?.label, appointment.post)}, ${unitName(names, appointment.unit)}`;
}
