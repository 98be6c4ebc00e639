import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const EXAMINE_MS_MAX = 15_000;

export type Examined =
  | { readonly runs: true; readonly version: string }
  | { readonly runs: false; readonly reason: string; readonly missing: readonly string[] };

/** Starts a program with `--version` to see whether it is a mongod that runs here, and if not, which libraries it lacks. */
export async function examineMongod(binary: string): Promise<Examined> {
  try {
    const { stdout } = await run(binary, ['--version'], { timeout: EXAMINE_MS_MAX });
    const version = /db version v(\S+)/.exec(stdout)?.[1];
    return version === undefined ? { runs: false, reason: 'it is not mongod', missing: [] } : { runs: true, version };
  } catch (error) {
    return explain(binary, error as NodeJS.ErrnoException & { stderr?: string });
  }
}

async function explain(binary: string, error: NodeJS.ErrnoException & { stderr?: string }): Promise<Examined> {
  if (error.code === 'ENOENT') return { runs: false, reason: 'not found', missing: [] };
  if (error.code === 'EACCES') return { runs: false, reason: 'not executable', missing: [] };
  const stderr = error.stderr ?? '';
  const missing = await missingLibraries(binary, stderr);
  if (missing.length > 0) return { runs: false, reason: `shared libraries are missing: ${missing.join(', ')}`, missing };
  return { runs: false, reason: (stderr.trim().split('\n').at(-1) || error.message).slice(0, 200), missing: [] };
}

/** The loader names the first library it misses; ldd, where it exists, names all. */
async function missingLibraries(binary: string, stderr: string): Promise<readonly string[]> {
  const first =
    /error while loading shared libraries: (\S+?):|Library not loaded: (\S+)|Error loading shared library (\S+?):/.exec(stderr);
  const names = new Set(first === null ? [] : [first[1] ?? first[2] ?? first[3] ?? '']);
  if (names.size > 0) {
    const { stdout } = await run('ldd', [binary], { timeout: EXAMINE_MS_MAX }).catch(() => ({ stdout: '' }));
    for (const match of stdout.matchAll(/^\s*(\S+) => not found/gm)) names.add(match[1] ?? '');
  }
  names.delete('');
  return [...names];
}
