import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** PDF/A-2a, PDF/A-2b, PDF/UA-1, as veraPDF calls them. */
export type Flavour = '2a' | '2b' | 'ua1';
/** All that is asked for: whatever conforms to 2a conforms to 2b (ISO 19005-2, 5). */
const usual: readonly Flavour[] = ['2a', 'ua1'];

export interface Verdict {
  readonly file: string;
  readonly flavour: Flavour;
  readonly compliant?: boolean;
  /** How many checks were made. */
  readonly checks?: number;
  readonly failed?: readonly {
    readonly rule: string;
    readonly count: number;
    readonly message: string;
    readonly place: string;
  }[];
  /** Set where the file could not be read at all. */
  readonly error?: string;
}

const here = dirname(fileURLToPath(import.meta.url));
const cacheFolder = fileURLToPath(new URL('../../../node_modules/.cache/trinhky/', import.meta.url));
const libraries = join(cacheFolder, 'verapdf-1.26.1');
const fetchMsMax = 120_000;
const validateMsMax = 180_000;
/** Runs a program from its source (JEP 330). */
const javaVersionMin = 11;
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';

/**
 * Makes veraPDF, the validator of the PDF Association, ready: fetched once through Maven into the cache (about 10 MB, some seconds).
 * Answers why it cannot be had here, or null.
 */
export async function verapdfMissing(): Promise<string | null> {
  const compiler = spawnSync('javac', ['-version'], { encoding: 'utf8' });
  const version = Number(/javac (\d+)/.exec(`${compiler.stdout}${compiler.stderr}`)?.[1] ?? 0);
  if (version < javaVersionMin) return `no Java development kit of version ${javaVersionMin} or later`;
  if (existsSync(libraries)) return null;
  if (spawnSync('mvn', ['-version']).error !== undefined) return 'no Maven to fetch veraPDF with';
  console.log('      fetching veraPDF through Maven, once ...');
  return fetchLibraries();
}

/** Into a folder that gets its name when all is there: test runs side by side do not disturb each other. */
async function fetchLibraries(): Promise<string | null> {
  await mkdir(cacheFolder, { recursive: true });
  const fresh = await mkdtemp(join(cacheFolder, 'fetching-'));
  try {
    const own = [`-Dmaven.repo.local=${join(fresh, 'repository')}`, `-DoutputDirectory=${join(fresh, 'lib')}`];
    const { code, output } = await run(
      'mvn',
      ['-B', '-q', '-f', join(here, 'pom.xml'), ...own, '-DincludeScope=runtime', copyDependencies],
      '',
      fetchMsMax,
    );
    if (code !== 0) return `veraPDF could not be fetched: ${output.trim().split('\n').at(0) ?? code}`;
    await rename(join(fresh, 'lib'), libraries).catch((error: unknown) => {
      if (!existsSync(libraries)) throw error;
    });
    return null;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** What veraPDF says of the files, each by every flavour. */
export async function verapdf(files: readonly string[], flavours = usual): Promise<readonly Verdict[]> {
  const asked = files.flatMap((file) => flavours.map((flavour) => `${flavour} ${file}\n`));
  const program = ['-Xmx768m', '-cp', join(libraries, '*'), join(here, 'Validate.java')];
  const { code, output } = await run('java', program, asked.join(''), validateMsMax);
  if (code !== 0) throw new Error(`veraPDF ended with ${code}: ${output.slice(-2_000)}`);
  const verdicts = output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Verdict);
  if (verdicts.length !== asked.length) throw new Error(`veraPDF gave ${verdicts.length} verdicts of ${asked.length}`);
  return verdicts;
}

/** What is wrong with a file, one line for each flavour and rule; empty for one that conforms. */
export function faultsIn(verdicts: readonly Verdict[], file: string): readonly string[] {
  const own = verdicts.filter((one) => one.file === file);
  if (own.length === 0) return ['not judged'];
  return own.flatMap(({ flavour, compliant, checks = 0, failed = [], error }) => [
    ...(error === undefined ? [] : [`${flavour}: ${error}`]),
    ...failed.map(({ rule, count, message, place }) => `${flavour} ${rule} (${count}): ${message} at ${place}`),
    ...(error === undefined && failed.length === 0 && (compliant !== true || checks === 0) ? [`${flavour}: not compliant`] : []),
  ]);
}

async function run(
  program: string,
  args: readonly string[],
  input: string,
  msMax: number,
): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'], timeout: msMax });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint += text;
  });
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output: code === 0 ? output : output + complaint };
}
