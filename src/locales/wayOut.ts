import { fieldLabel, kindLabel, type Language, wayOutWord } from './sentences.js';

/** How the ids in an explanation are called: whoever shows it knows the names. */
export interface Speaker {
  readonly language: Language;
  readonly person: (id: string) => string;
  readonly unit: (id: string) => string;
  readonly post: (id: string) => string;
  readonly command: (name: string) => string;
  /** A day `yyyy-mm-dd` as people write it. */
  readonly day: (day: string) => string;
  /** The day of an instant as people write it. */
  readonly dayOf: (instant: string) => string;
}

interface Told {
  readonly kind: string;
}

interface PostTold {
  readonly unit: string;
  readonly post: string;
}

/** Fields of an input that are told of a step: to whom it gives the work. */
const tellingFields: ReadonlySet<string> = new Set(['lead', 'leadUnit', 'cooperating', 'handler', 'newDrafter', 'to']);

/** What a change of a way out is, as somebody would write it who asks for it. */
export function openerSentence(speaker: Speaker, opener: Told, command: string): string {
  const told = opener as Told & Readonly<Record<string, unknown>>;
  const say = (name: string): string => wayOutWord(speaker.language, name, inWords(speaker, told, command));
  switch (told.kind) {
    case 'bring':
      return say(`bring.${String(told.what)}`);
    case 'wait':
      return say(told.sends === null ? 'wait' : 'waitSends');
    case 'step':
      return say(valuesOf(speaker, told.input) === '' ? 'step' : 'stepWith');
    default:
      return say(told.kind);
  }
}

function inWords(speaker: Speaker, told: Readonly<Record<string, unknown>>, command: string): Record<string, unknown> {
  const words: Record<string, unknown> = { command: speaker.command(command) };
  for (const [name, value] of Object.entries(told)) {
    if (Array.isArray(value)) words.count = value.length;
    else if (name === 'input') words.values = valuesOf(speaker, value);
    else if (typeof value === 'object' && value !== null) words[name] = postInWords(speaker, value as PostTold);
    else if (typeof value === 'string') words[name] = oneInWords(speaker, name, value);
  }
  return words;
}

function oneInWords(speaker: Speaker, name: string, value: string): string {
  if (name === 'command' || name === 'sends') return speaker.command(value);
  if (name === 'unit') return speaker.unit(value);
  if (name === 'post') return speaker.post(value);
  if (name === 'day' || name === 'lastDay') return speaker.day(value);
  if (name === 'until') return speaker.dayOf(value);
  return name === 'childKind' ? kindLabel(speaker.language, value) : speaker.person(value);
}

function postInWords(speaker: Speaker, { unit, post }: PostTold): string {
  return `${speaker.post(post)}, ${speaker.unit(unit)}`;
}

function valuesOf(speaker: Speaker, input: unknown): string {
  const fields = Object.entries((input ?? {}) as Readonly<Record<string, unknown>>).filter(([name]) => tellingFields.has(name));
  const name = (value: unknown): string => {
    const id = String(value);
    const unit = speaker.unit(id);
    return unit === id ? speaker.person(id) : unit;
  };
  return fields
    .map(([field, value]) => `${fieldLabel(speaker.language, field)}: ${[value].flat().map(name).join(', ')}`)
    .join('; ');
}

interface ActorTold {
  readonly person: string;
  readonly record: Told & object;
  readonly support: { readonly decision: string } | null;
}

/** By which record somebody may act: his post, whom he acts for, or where he is named; and the decision that lets him sign. */
export function recordPhrase(speaker: Speaker, { record, support }: ActorTold): string {
  const told = record as Told & Readonly<Record<string, string | boolean | null>>;
  const { language } = speaker;
  const days = {
    from: typeof told.from === 'string' ? speaker.day(told.from) : '',
    to: typeof told.to === 'string' ? speaker.day(told.to) : '',
  };
  const own = { ...told, ...days };
  const phrase =
    told.kind === 'field'
      ? wayOutWord(language, 'by.field', { field: fieldLabel(language, String(told.field)) })
      : told.kind === 'delegation'
        ? wayOutWord(language, 'by.delegation', { ...own, delegator: speaker.person(String(told.delegator)) })
        : wayOutWord(language, `by.${told.acting === true ? 'acting' : 'appointment'}${told.to === null ? '' : 'To'}`, {
            ...own,
            post: speaker.post(String(told.post)),
            unit: speaker.unit(String(told.unit)),
          });
  const decision = support?.decision ?? '';
  return decision === '' ? phrase : `${phrase}; ${wayOutWord(language, 'by.support', { decision })}`;
}
