import type { CaseKind } from '../case.js';
import { steps } from '../case.js';
import type { Bench } from '../run/bench.js';
import { type Report, rounded } from '../run/report.js';
import type { VariantName } from '../variants/index.js';

const cases = 1_000;
const workers = 16;
const runMsMax = 120_000;

const stored: readonly { readonly label: string; readonly variant: VariantName; readonly kind: CaseKind }[] = [
  { label: '(b) engine', variant: 'engine', kind: 'quiet' },
  { label: '(b) engine, a notice for each command', variant: 'engine', kind: 'approval' },
  { label: '(e) raw driver', variant: 'raw', kind: 'quiet' },
];

interface Sizes {
  readonly collection: string;
  readonly perCase: number;
  readonly bson: number;
  readonly indexes: number;
  /** Pages of documents as written, compressed. */
  readonly disk: number;
}

/** Bytes that a finished case of seven commands leaves behind: BSON, uncompressed, and index pages. */
export async function storage(bench: Bench): Promise<readonly Report[]> {
  const rows: string[][] = [];
  const raw: object[] = [];
  for (const { label, variant, kind } of stored) {
    const database = `bench_storage_${variant}_${kind}`;
    const child = await bench.variant(variant, database);
    const ids = await child.call<string[]>('seed', { count: cases, kind });
    const { commands } = await child.call<{ commands: number }>('run', { ids, workers, forMs: runMsMax });
    if (commands !== cases * steps.length) throw new Error(`${commands} commands are not ${cases} finished cases`);
    await child.call('settle');
    await child.stop();
    await bench.admin.db('admin').command({ fsync: 1 });
    const sizes = await sizesOf(bench, database);
    raw.push({ label, sizes });
    for (const { collection, perCase, bson, indexes, disk } of sizes)
      rows.push([
        `${label}: ${collection}`,
        rounded(perCase, 1),
        rounded(bson, 0),
        rounded(indexes, 0),
        rounded(bson + indexes, 0),
        rounded(disk + indexes, 0),
      ]);
    const sum = (of: (one: Sizes) => number) =>
      rounded(
        sizes.reduce((total, one) => total + of(one), 0),
        0,
      );
    rows.push([
      `${label}: together`,
      '',
      sum((one) => one.bson),
      sum((one) => one.indexes),
      sum((one) => one.bson + one.indexes),
      sum((one) => one.disk + one.indexes),
    ]);
  }
  const columns = ['what', 'rows', 'BSON', 'indexes', 'BSON and indexes', 'on disk'];
  return [
    {
      title: 'Stored bytes for each finished case of seven commands',
      columns,
      rows,
      notes: [
        'Index pages as on disk after a checkpoint, prefixes shared. Rows of `outbox` live seven days, `notices` half a year.',
      ],
      raw,
    },
  ];
}

async function sizesOf(bench: Bench, database: string): Promise<readonly Sizes[]> {
  const db = bench.admin.db(database);
  const sizes: Sizes[] = [];
  for (const { name } of await db.listCollections({}, { nameOnly: true }).toArray()) {
    const stats = await db.command({ collStats: name });
    if (Number(stats.count) < cases) continue;
    sizes.push({
      collection: name,
      perCase: Number(stats.count) / cases,
      bson: Number(stats.size) / cases,
      indexes: Number(stats.totalIndexSize) / cases,
      disk: Number(stats.storageSize) / cases,
    });
  }
  return sizes.sort((a, b) => b.bson - a.bson);
}
