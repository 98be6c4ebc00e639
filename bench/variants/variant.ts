import { type Collection, MongoClient, type OptionalUnlessRequiredId } from 'mongodb';
import { poolSocketsMax } from '../../src/store/connection.js';
import type { CaseKind } from '../case.js';

/** What a process answers to, by the name of the call. */
export type Handlers = Readonly<Record<string, (argument: unknown) => unknown>>;

export interface VariantOptions {
  readonly uri: string;
  readonly database: string;
  /** Engine: run what `npm run build` made (what ships) instead of the sources. */
  readonly built: boolean;
  readonly workflowsFolder: string;
  readonly cacheFolder: string;
}

export interface Seeding {
  readonly count: number;
  readonly kind: CaseKind;
}

/** What a variant has stored of one case, in one form for all: the smoke test holds it against what was asked. */
export interface StoredCase {
  readonly state: string;
  readonly revision: number;
  /** Oldest first, without the opening. */
  readonly entries: readonly { readonly command: string; readonly actor: string; readonly note: string }[];
  readonly effects: number;
}

/** One command in process; `revision` is what the case has before it. */
export interface InProcessCommand {
  readonly id: string;
  /** Position in `steps`. */
  readonly position: number;
  readonly revision: number;
  readonly key: string;
  readonly note: string;
}

/** The driver for the variants without the engine: the same write concern, pool and pool size as the engine's. */
export async function plainClient(uri: string): Promise<MongoClient> {
  return new MongoClient(uri, {
    maxPoolSize: poolSocketsMax,
    writeConcern: { w: 'majority', journal: true },
    readConcern: { level: 'majority' },
  }).connect();
}

/** Inserts documents in batches; answers their ids. */
export async function insertAll<T extends { _id: string }>(
  collection: Collection<T>,
  documents: readonly T[],
): Promise<string[]> {
  const batchMax = 1_000;
  for (let start = 0; start < documents.length; start += batchMax) {
    await collection.insertMany(documents.slice(start, start + batchMax) as unknown as OptionalUnlessRequiredId<T>[], {
      ordered: false,
    });
  }
  return documents.map((document) => document._id);
}

let made = 0;
/** An id that no other case of this process has had. */
export function newId(): string {
  made += 1;
  return `bench.${process.pid.toString(16)}${made.toString(16).padStart(16, '0')}`;
}
