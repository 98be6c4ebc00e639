import { mkdtemp, rm } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MongoClient } from 'mongodb';
import { type Embedded, startEmbedded } from '../../src/store/embedded/launcher.js';
import type { VariantName } from '../variants/index.js';
import type { VariantOptions } from '../variants/variant.js';
import type { Options } from './options.js';
import { type Child, startChild } from './processes.js';

/** One database server for the whole run, and the processes on it. */
export interface Bench {
  readonly options: Options;
  readonly mongod: Embedded;
  readonly admin: MongoClient;
  readonly folder: string;
  readonly cacheFolder: string;
  /** A process of a variant on the database of this name; ended with the bench if not before. */
  variant(name: VariantName, database: string, more?: Partial<VariantOptions>, nodeOptions?: readonly string[]): Promise<Child>;
  load(): Promise<Child>;
  close(): Promise<void>;
}

export const benchWorkflows = fileURLToPath(new URL('../workflows', import.meta.url));

/** The configuration of the database is that of the product: 256 MB cache, journal, one-member replica set, Unix socket. */
export async function openBench(options: Options): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'trinhky-bench-'));
  const cacheFolder = process.env['TRINHKY_CACHE'] ?? join(homedir(), '.cache', 'trinhky');
  const mongod = await startEmbedded({ dataFolder: folder, cacheFolder, configuredBinary: process.env['TRINHKY_MONGOD'] });
  const admin = await new MongoClient(mongod.uri('admin')).connect();
  const children = new Set<Child>();
  const kept = async (starting: Promise<Child>): Promise<Child> => {
    const child = await starting;
    const own: Child = {
      ...child,
      async stop() {
        if (children.delete(own)) await child.stop();
      },
    };
    children.add(own);
    return own;
  };
  return {
    options,
    mongod,
    admin,
    folder,
    cacheFolder,
    variant(name, database, more = {}, nodeOptions = []) {
      const variantOptions: VariantOptions = {
        uri: mongod.uri(database),
        database,
        built: options.built,
        workflowsFolder: benchWorkflows,
        cacheFolder,
        ...more,
      };
      return kept(
        startChild(name, variantOptions, [
          ...nodeOptions,
          ...(options.profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${options.profile}`]),
        ]),
      );
    },
    load: () => kept(startChild('load', {})),
    async close() {
      await Promise.all([...children].map((child) => child.stop()));
      await admin.close();
      await mongod.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
