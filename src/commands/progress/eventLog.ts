import type { Entry, Instance } from '../../engine/instance.js';
import { textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { statePath } from '../../office/progress/stays.js';
import type { Deps } from '../deps.js';
import type { InstanceView } from '../ports.js';
import { type PlanScope, readableViews, worksOf } from './read.js';
import { historiesOf } from './works.js';

/** Objects of one log: their ids are kept, so that no relation leads to what is not in it. */
const logObjectsMax = 200_000;

interface EventLogAsk extends PlanScope {
  /** Marks in the place of the ids of people: `N1`, the same person always the same within one log. */
  readonly pseudonyms: boolean;
}

interface Attribute {
  readonly name: string;
  readonly type: 'string' | 'time';
}

const eventAttributes: readonly Attribute[] = ['actor', 'onBehalfOf', 'role', 'post', 'state'].map((name) => ({
  name,
  type: 'string',
}));
const objectAttributes: readonly Attribute[] = [
  ...['title', 'clause', 'part', 'period'].map((name) => ({ name, type: 'string' }) as const),
  { name: 'dueOn', type: 'time' },
];

/** The object type of an instance, by its definition; of papers by what they are to the plan. */
function typeOf({ definition, id, parent }: Instance, plan: string): string {
  if (definition.id !== 'document') return definition.id;
  return id === plan ? 'plan' : parent?.kind === 'consolidation' || parent?.kind === 'summary' ? 'consolidation' : 'document';
}

/** In this order every parent comes before its children; parts of duties after the duties. */
const kinds: readonly { readonly definition: string; readonly parts: boolean | null }[] = [
  { definition: 'directive', parts: null },
  { definition: 'recurring', parts: null },
  { definition: 'obligation', parts: null },
  { definition: 'period', parts: null },
  { definition: 'assignment', parts: false },
  { definition: 'assignment', parts: true },
  { definition: 'report', parts: null },
  { definition: 'document', parts: null },
];

/**
 * What happened to a plan and everything under it that the reader may read, as an object-centric event log: OCEL 2.0 in JSON (A. Berti et al.,
 * OCEL 2.0 Specification, 2023). An event for each entry, its type `definition.COMMAND`; objects are the instances and the units. Relations
 * lead only to objects of the log. People appear by id or mark and by post, never by name; what was typed is left out. Streamed: first the
 * objects, then the events, then the types that were met; all values are texts, as the strictest readers want them.
 */
export async function* eventLog(deps: Pick<Deps, 'store'>, ask: EventLogAsk): AsyncGenerator<string> {
  const log = {
    known: new Set<string>(),
    units: new Set<string>(),
    objectTypes: new Set<string>(),
    eventTypes: new Set<string>(),
  };
  const mark = ask.pseudonyms ? marks() : (person: string): string => person;
  yield '{"objects":[';
  let between = '\n';
  for await (const view of instancesOf(deps, ask)) {
    if (log.known.size >= logObjectsMax) throw new TrinhkyError('exportTooLong', { rowsMax: logObjectsMax });
    yield `${between}${JSON.stringify(objectOf(view, ask.plan, log))}`;
    between = ',\n';
  }
  for (const unit of log.units) {
    yield `${between}${JSON.stringify({ id: unitId(unit), type: 'unit', attributes: [], relationships: [] })}`;
    between = ',\n';
    log.objectTypes.add('unit');
  }
  yield '\n],"events":[';
  between = '\n';
  for await (const page of inPages(instancesOf(deps, ask))) {
    const asked = page.filter(({ instance }) => log.known.has(instance.id));
    for await (const { view, entries } of historiesOf(deps, asked)) {
      for (const entry of entries) {
        yield `${between}${JSON.stringify(eventOf(view.instance, entry, { plan: ask.plan, log, mark }))}`;
        between = ',\n';
      }
    }
  }
  yield `\n],"objectTypes":${typesOf(log.objectTypes, (name) => (name === 'unit' ? [] : objectAttributes))}`;
  yield `,"eventTypes":${typesOf(log.eventTypes, () => eventAttributes)}}\n`;
}

interface Log {
  readonly known: Set<string>;
  readonly units: Set<string>;
  readonly objectTypes: Set<string>;
  readonly eventTypes: Set<string>;
}

const unitId = (unit: string): string => `unit:${unit}`;

function typesOf(names: ReadonlySet<string>, attributes: (name: string) => readonly Attribute[]): string {
  return JSON.stringify([...names].sort().map((name) => ({ name, attributes: attributes(name) })));
}

async function* instancesOf(deps: Pick<Deps, 'store'>, ask: EventLogAsk): AsyncGenerator<InstanceView> {
  yield* await readableViews(deps, ask, [ask.plan]);
  for (const { definition, parts } of kinds) {
    for await (const views of worksOf(deps, ask, definition))
      for (const view of views) if (parts === null || parts === (view.instance.parent?.kind === 'part')) yield view;
  }
}

const pageViews = 64;

async function* inPages(views: AsyncIterable<InstanceView>): AsyncGenerator<readonly InstanceView[]> {
  let page: InstanceView[] = [];
  for await (const view of views) {
    page.push(view);
    if (page.length < pageViews) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
}

function objectOf({ instance, since }: InstanceView, plan: string, log: Log) {
  const { id, context, parent } = instance;
  const type = typeOf(instance, plan);
  log.known.add(id);
  log.objectTypes.add(type);
  const unit = textAt(context, 'unit');
  if (unit !== '') log.units.add(unit);
  const directive = textAt(context, 'directive');
  const relations = [
    ...(parent !== null && log.known.has(parent.id) ? [{ objectId: parent.id, qualifier: `${parent.kind} of` }] : []),
    ...(directive !== '' && directive !== parent?.id && log.known.has(directive)
      ? [{ objectId: directive, qualifier: 'carries out' }]
      : []),
    ...(unit === '' ? [] : [{ objectId: unitId(unit), qualifier: 'done by' }]),
  ];
  const attributes = objectAttributes.flatMap(({ name, type: kind }) => {
    const value = textAt(context, name);
    if (value === '') return [];
    return [{ name, time: since, value: kind === 'time' ? `${value}T00:00:00.000Z` : value }];
  });
  return { id, type, attributes, relationships: relations };
}

interface Around {
  readonly plan: string;
  readonly log: Log;
  readonly mark: (person: string) => string;
}

function eventOf({ id, definition, context, parent }: Instance, entry: Entry, { plan, log, mark }: Around) {
  const type = `${definition.id}.${entry.command}`;
  log.eventTypes.add(type);
  const unit = textAt(context, 'unit');
  const related = [
    { objectId: id, qualifier: 'concerns' },
    ...(parent !== null && log.known.has(parent.id) ? [{ objectId: parent.id, qualifier: 'under' }] : []),
    ...(id !== plan && parent?.id !== plan && log.known.has(plan) ? [{ objectId: plan, qualifier: 'of plan' }] : []),
    ...(log.units.has(unit) ? [{ objectId: unitId(unit), qualifier: 'unit' }] : []),
  ];
  const values: Readonly<Record<string, string>> = {
    actor: mark(entry.actor),
    onBehalfOf: entry.onBehalfOf === null ? '' : mark(entry.onBehalfOf),
    role: entry.role ?? '',
    post: entry.by?.startsWith('post:') === true ? entry.by : '',
    state: statePath(entry.after),
  };
  const attributes = Object.entries(values).flatMap(([name, value]) => (value === '' ? [] : [{ name, value }]));
  return { id: `${id}/${entry.seq}`, type, time: entry.at, attributes, relationships: related };
}

/** Marks for people, in the order in which they appear. The system is nobody. */
function marks(): (person: string) => string {
  const known = new Map<string, string>();
  return (person) => {
    if (person === 'system') return person;
    const mark = known.get(person) ?? `N${known.size + 1}`;
    known.set(person, mark);
    return mark;
  };
}
