import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { access, mkdtemp, readFile, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { TrinhkyError } from '../errors.js';
import { privateFolder } from './privateFolder.js';

export interface FoundBrowser {
  readonly path: string;
  readonly source: 'configured' | 'system' | 'package';
  /** Whether it is the headless shell, which is started with another switch than the full browser. */
  readonly shell: boolean;
  /** Folder of shared libraries that came with it, for LD_LIBRARY_PATH; null where the system's are used. */
  readonly libraries: string | null;
}

/**
 * The real programs, never the wrappers in /usr/bin: puppeteer does not notice that the browser behind a wrapper died.
 * Debian's `chromium-headless-shell` first: it gets security updates and starts fastest.
 */
const systemPaths = [
  '/usr/lib/chromium/chromium-headless-shell',
  '/usr/lib/chromium/headless_shell',
  '/usr/lib/chromium/chromium',
  '/usr/lib64/chromium-browser/headless_shell',
  '/usr/lib64/chromium-browser/chromium-browser',
  '/opt/google/chrome/chrome',
];
const packageName = '@sparticuz/chromium';
const unpackMsMax = 60_000;

/**
 * Finds a browser: the configured path, the system's, the npm package's (unpacked once under `cacheFolder`).
 * A configured path that does not work is an error, not a reason to look further: who names a browser wants that one.
 * Throws `browserMissing` {tried: [{path, reason}]}.
 */
export async function findBrowser(options: { browserPath?: string; cacheFolder: string }): Promise<FoundBrowser> {
  if (options.browserPath !== undefined) {
    if (await executable(options.browserPath)) {
      return found(options.browserPath, 'configured', null);
    }
    throw new TrinhkyError('browserMissing', { tried: [{ path: options.browserPath, reason: 'notExecutable' }] });
  }
  for (const path of systemPaths) {
    if (await executable(path)) {
      return found(path, 'system', null);
    }
  }
  try {
    const folder = await unpacked(options.cacheFolder);
    return found(join(folder, 'chromium'), 'package', join(folder, 'al2023', 'lib'));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const tried = [...systemPaths.map((path) => ({ path, reason: 'notExecutable' })), { path: packageName, reason }];
    throw new TrinhkyError('browserMissing', { tried }, { cause });
  }
}

function found(path: string, source: FoundBrowser['source'], libraries: string | null): FoundBrowser {
  return { path, source, shell: source === 'package' || /headless[-_]shell/.test(basename(path)), libraries };
}

async function executable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Unpacks the package's browser into a private folder named after its version and returns that folder.
 * The package reads TMPDIR and VERCEL from the environment, trusts whatever program it finds in the temporary folder and
 * leaves half a program behind when it is stopped. So a child of its own does it in a new folder, which gets its name
 * only when everything is there.
 */
async function unpacked(cacheFolder: string): Promise<string> {
  const entry = createRequire(import.meta.url).resolve(packageName);
  const manifest = JSON.parse(await readFile(join(dirname(entry), '..', '..', 'package.json'), 'utf8')) as { version: string };
  const home = await privateFolder(join(cacheFolder, 'browser'));
  const folder = join(home, `chromium-${manifest.version}`);
  if (await executable(join(folder, 'chromium'))) {
    return privateFolder(folder);
  }
  const fresh = await mkdtemp(join(home, 'unpacking-'));
  try {
    await unpackInto(fresh, join(dirname(entry), '..', 'esm', 'index.js'));
    await rename(fresh, folder).catch(async (cause: unknown) => {
      // another process was faster: its folder is complete, since it too got its name only at the end
      if (!(await executable(join(folder, 'chromium')))) {
        throw cause;
      }
    });
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  return folder;
}

async function unpackInto(folder: string, entry: string): Promise<void> {
  const script = `const { default: chromium } = await import(${JSON.stringify(pathToFileURL(entry).href)}); await chromium.executablePath();`;
  // VERCEL makes the package unpack the shared libraries that a bare Debian lacks
  const env = { TMPDIR: folder, HOME: folder, VERCEL: '1' };
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: unpackMsMax,
  });
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0 || !(await executable(join(folder, 'chromium')))) {
    throw new Error(`unpacking ended with ${code}: ${complaint}`);
  }
}
