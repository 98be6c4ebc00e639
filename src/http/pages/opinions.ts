import type { Entry } from '../../commands/look.js';
import type { InboxRow } from '../../commands/ports.js';
import { readEntry } from '../../engine/entry.js';
import { isObject, type Json, type JsonObject, textAt } from '../../engine/json.js';
import { type Language, valueLabel, word } from '../../locales/sentences.js';
import { namesOf } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import { type Names, personName, stateLabel, whoOf } from '../names.js';
import { playsOne } from '../renditionAccess.js';
import { instantInWords } from './dates.js';

/** Questions whose answers stand on the page of their paper; the others have pages of their own. */
const opinionsShownMax = 20;
/** A paper is asked about 20 times, ten at once. */
const opinionsReadMax = 200;
/** Nobody is asked more than ten in a line, and each gives one entry. */
const entriesReadMax = 30;
const ANSWERS: ReadonlySet<string> = new Set(['ANSWER', 'DECLINE']);

/** Whoever takes a draft over reads what was said of it before, though those questions name the drafter of their time. */
const READS_ALL_OPINIONS: readonly string[] = ['drafter', 'unitHead'];

async function rowsFor(call: InstanceCall, readable: readonly InboxRow[]): Promise<readonly InboxRow[]> {
  if (!playsOne(call, READS_ALL_OPINIONS)) return readable;
  return call.edge.app.deps.store.instances.list({
    filter: { authority: call.identity.authority, anyOf: null },
    definition: 'opinion',
    parent: call.view.instance.id,
    open: null,
    originator: null,
    after: null,
    limit: opinionsReadMax,
  });
}

/**
 * The questions asked on a paper, the newest first, each with its answers; `readable` are those that the reader may open on pages of their own.
 */
export async function opinionsOf(call: InstanceCall, readable: readonly InboxRow[]) {
  const opened = new Set(readable.map(({ id }) => id));
  const shown = [...(await rowsFor(call, readable))].sort((a, b) => (a.since < b.since ? 1 : -1)).slice(0, opinionsShownMax);
  return Promise.all(
    shown.map(async (row) => {
      const names = namesOf(call, call.edge.app.deps.models.pinned(row.definition));
      const stored = await call.edge.app.deps.store.instances.history(call.view.instance.authority, row.id, 1, entriesReadMax);
      const entries = stored.map(({ bytes }) => readEntry(bytes));
      const [first] = entries;
      return {
        href: opened.has(row.id) ? `/instances/${encodeURIComponent(row.id)}` : null,
        question: typeof first?.input.question === 'string' ? first.input.question : row.title,
        asked: askedOf(first).map((key) => whoOf(names, key).label),
        state: stateLabel(names, row.state),
        other: first?.content === call.view.instance.content ? null : word(call.language, 'opinionOnOther'),
        answers: entries.filter(({ command }) => ANSWERS.has(command)).map((entry) => answerView(names, entry)),
      };
    }),
  );
}

/** Everybody who was asked: the line, or the one. */
function askedOf(opened: Entry | undefined): readonly string[] {
  const { line, asked } = opened?.input ?? {};
  if (Array.isArray(line)) return (line as readonly Json[]).filter((key): key is string => typeof key === 'string');
  return typeof asked === 'string' ? [asked] : [];
}

function answerView(names: Names, entry: Entry) {
  return {
    who: personName(names, entry.actor),
    behalf: entry.onBehalfOf === null ? null : word(names.language, 'onBehalfOf', { name: personName(names, entry.onBehalfOf) }),
    at: instantInWords(entry.at),
    chosen: chosenIn(names.language, entry),
    said: saidIn(entry),
  };
}

/** What was chosen in a vote or an opinion, in words; null where nothing was. */
export function chosenIn(language: Language, { input }: Pick<Entry, 'input'>): string | null {
  const chosen = input.choice ?? input.stance;
  return typeof chosen === 'string' ? valueLabel(language, chosen) : null;
}

/** The inputs that are somebody's words, told in the history. */
const SAID: readonly string[] = [
  'reason',
  'contested',
  'result',
  'assessment',
  'direction',
  'progress',
  'proposal',
  'note',
  'question',
  'opinion',
];

/** Somebody's words in an entry, and his remarks, each with the passage that it is on. */
export function saidIn({ input }: Pick<Entry, 'input'>): readonly string[] {
  const said = SAID.map((field) => input[field]).filter((text): text is string => typeof text === 'string');
  const remarks = Array.isArray(input.remarks) ? (input.remarks as readonly Json[]) : [];
  return [...said, ...remarks.filter(isObject).map(remarkInWords)];
}

function remarkInWords(remark: JsonObject): string {
  const quote = textAt(remark, 'quote');
  const passage = [textAt(remark, 'place'), quote === '' ? '' : `“${quote}”`].filter((part) => part !== '').join(' ');
  return `${passage}: ${textAt(remark, 'text')}`;
}
