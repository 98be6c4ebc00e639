import type { Db, Document } from 'mongodb';

/** One statement as the database profiled it. */
export interface ProfiledQuery {
  readonly collection: string;
  readonly op: string;
  readonly plan: string;
  readonly docsExamined: number;
  readonly keysExamined: number;
  readonly returned: number;
  readonly ms: number;
  /** The statement with its values left out: what is the same in every run. */
  readonly shape: string;
}

const profileBytes = 256 * 2 ** 20;
/** What a statement may read beside what it answers: rows that one page skips, and the few that an index does not tell apart. */
export const examinedBeside = 200;
export const examinedPerRow = 20;
/** What a look at an index alone may read, as the relay's for what is due: it grows with what waits, and no row is fetched. */
const keysAloneMax = 2_000;

/** Everything that the database was asked for while the work ran, its own housekeeping apart. */
export async function profiled(db: Db, work: () => Promise<void>): Promise<readonly ProfiledQuery[]> {
  await db.command({ profile: 0 });
  await db.dropCollection('system.profile').catch(() => undefined);
  await db.createCollection('system.profile', { capped: true, size: profileBytes });
  await db.command({ profile: 2 });
  try {
    await work();
  } finally {
    await db.command({ profile: 0 });
  }
  const rows = await db
    .collection('system.profile')
    .find({ op: { $in: ['query', 'command', 'update', 'remove', 'getmore'] }, ns: { $not: /system\.profile/ } })
    .toArray();
  return rows.flatMap(queryOf);
}

function queryOf(row: Document): readonly ProfiledQuery[] {
  const { command = {}, op, planSummary, docsExamined, keysExamined } = row;
  if (typeof planSummary !== 'string') return [];
  const asked = command as Record<string, unknown> & { readonly originatingCommand?: { readonly filter?: unknown } };
  const filter = asked['filter'] ?? asked['q'] ?? asked['query'] ?? asked['pipeline'] ?? asked.originatingCommand?.filter ?? {};
  const sort = asked['sort'] === undefined ? '' : ` sort ${shapeOf(asked['sort'])}`;
  return [
    {
      collection: String(row.ns).split('.').slice(1).join('.'),
      op: String(op),
      plan: planSummary,
      docsExamined: Number(docsExamined ?? 0),
      keysExamined: Number(keysExamined ?? 0),
      returned: Number(row.nreturned ?? 0) + Number(row.nMatched ?? 0) + Number(row.ndeleted ?? 0),
      ms: Number(row.millis ?? 0),
      shape: `${shapeOf(filter)}${sort}`,
    },
  ];
}

function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : shapeOf(value[0])}]`;
  if (value instanceof Date || value === null || typeof value !== 'object') return '?';
  const parts = Object.entries(value as Record<string, unknown>).map(([name, part]) => `${name}: ${shapeOf(part)}`);
  return `{${parts.join(', ')}}`;
}

/**
 * Statements that read far more than they answer, each shape once, worst first: a whole collection, or more than `examinedPerRow` rows or keys
 * for each row and `examinedBeside` beside (`keysAloneMax` where only an index is read).
 */
export function wasteful(queries: readonly ProfiledQuery[]): readonly ProfiledQuery[] {
  const worst = new Map<string, ProfiledQuery>();
  for (const query of queries) {
    const examined = Math.max(query.docsExamined, query.keysExamined);
    const scans = query.plan.includes('COLLSCAN') && query.docsExamined > 0;
    const beside = query.docsExamined === 0 ? keysAloneMax : examinedBeside;
    if (!scans && examined <= examinedPerRow * query.returned + beside) continue;
    const key = `${query.collection} ${query.op} ${query.shape}`;
    const known = worst.get(key);
    if (known === undefined || examined > Math.max(known.docsExamined, known.keysExamined)) worst.set(key, query);
  }
  return [...worst.values()].sort((a, b) => b.docsExamined - a.docsExamined);
}

/** A statement in one line, for a failure that says what to mend. */
export function named({ collection, op, plan, docsExamined, keysExamined, returned, ms, shape }: ProfiledQuery): string {
  return `${collection} ${op} ${shape} by ${plan}: ${docsExamined} rows and ${keysExamined} keys for ${returned}, ${ms} ms`;
}
