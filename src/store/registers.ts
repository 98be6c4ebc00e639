import type { Collection } from 'mongodb';
import type { NumberRow } from '../commands/papers/numbering.js';
import type { NumbersAsked, RegisterStore } from '../commands/papers/registerPorts.js';
import type { AuditRecord } from '../commands/ports.js';
import type { RegisteredPaper } from '../office/papers/incoming.js';
import type { RegisterDelivery, RegisterPaper } from '../office/registers/data.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import type { InstanceDocument } from './documents.js';

/** Papers of one query: enough for a page of a register, few enough for one answer. */
export const papersPerQueryMax = 500;
/** Most incoming papers that are looked at for a double: one number of many issuers over many years. */
export const doublesMax = 2_000;
const deliveriesMax = 50_000;

const ROW = { _id: 0, authority: 0, live: 0, first: 0 } as const;
const PAPER = { definition: 1, state: 1, open: 1, context: 1 } as const;

type Rows = Collection<NumberRow & { _id: string; authority: string }>;
type Instances = Collection<InstanceDocument>;

/** The registers' reader on MongoDB. Every query is bounded and begins with the authority. */
export function makeRegisterStore(connection: Connection): RegisterStore {
  const numbers: Rows = connection.collection(collectionNames.numbers);
  const instances: Instances = connection.collection(collectionNames.instances);
  const audit = connection.collection<AuditRecord & { _id: string }>(collectionNames.audit);
  return {
    numbers: (asked) => readNumbers(numbers, asked),
    async seriesOf(authority, from, to) {
      const found = await numbers.distinct('series', { authority, day: { $gte: from, $lte: to } });
      return found.sort((a, b) => (a < b ? -1 : 1));
    },
    numbersOf: (authority, papers) =>
      inParts(papers, (part) => {
        const filter = { authority, document: { $in: [...part] }, live: true, status: 'used' as const };
        return numbers.find<NumberRow>(filter, { projection: ROW }).toArray();
      }),
    papers: (authority, ids) => inParts(ids, (part) => readPapers(instances, authority, part)),
    deliveries: (authority, papers) => inParts(papers, (part) => readDeliveries(instances, authority, part)),
    async uses(authority, from, to, limit) {
      // The id of a record holds its instant.
      const range = { $gte: `${authority}/${from}`, $lt: `${authority}/${to}` };
      const filter = { _id: range, authority, kind: 'renditionOpened', 'details.mode': 'sealed' };
      const found = await audit.find(filter).sort({ _id: 1 }).limit(limit).toArray();
      return found.map(({ at, actor, subject }) => ({ at, person: actor, paper: subject ?? '' }));
    },
    registeredWith: (authority, codeNumbers) => readRegistered(instances, authority, codeNumbers),
  };
}

function readNumbers(numbers: Rows, { authority, from, to, series, except, limit }: NumbersAsked): Promise<NumberRow[]> {
  const chosen = series !== null ? { series } : except !== null ? { series: { $ne: except } } : {};
  const filter = { authority, day: { $gte: from, $lte: to }, ...chosen };
  return numbers.find<NumberRow>(filter, { projection: ROW }).sort({ series: 1, year: 1, number: 1 }).limit(limit).toArray();
}

async function readPapers(instances: Instances, authority: string, ids: readonly string[]): Promise<RegisterPaper[]> {
  const found = await instances.find({ _id: { $in: [...ids] }, authority }, { projection: PAPER }).toArray();
  return found.map(({ _id, definition, state, open, context }) => ({
    id: _id,
    definition: definition.id,
    state: typeof state === 'string' ? state : (Object.keys(state)[0] ?? ''),
    open,
    context,
  }));
}

async function readDeliveries(instances: Instances, authority: string, papers: readonly string[]): Promise<RegisterDelivery[]> {
  const filter = { authority, 'parent.id': { $in: [...papers] }, 'parent.kind': 'delivery' };
  const found = await instances
    .find(filter, { projection: { parent: 1, context: 1 } })
    .sort({ 'parent.id': 1, 'parent.key': 1 })
    .limit(deliveriesMax)
    .toArray();
  return found.map(({ parent, context }) => ({ paper: parent?.id ?? '', context }));
}

async function readRegistered(
  instances: Instances,
  authority: string,
  codeNumbers: readonly string[],
): Promise<RegisteredPaper[]> {
  const filter = { authority, 'context.codeNumber': { $in: [...codeNumbers] }, 'context.arrivalNumber': { $gt: 0 } };
  const found = await instances.find(filter, { projection: PAPER }).limit(doublesMax).toArray();
  return found.flatMap(({ _id, context }) => {
    const { arrivalNumber, arrivalDay } = context;
    if (typeof arrivalNumber !== 'number' || typeof arrivalDay !== 'string') return [];
    return [{ id: _id, arrivalNumber, arrivalDay, context }];
  });
}

async function inParts<T>(
  ids: readonly string[],
  read: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const all: T[] = [];
  for (let at = 0; at < ids.length; at += papersPerQueryMax) all.push(...(await read(ids.slice(at, at + papersPerQueryMax))));
  return all;
}
