import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'puppeteer';
import { TrinhkyError } from '../errors.js';
import type { FoundBrowser } from './browserFind.js';
import type { Fonts } from './fonts.js';
import { privateFolder } from './privateFolder.js';

/** A running browser and what is needed to end all of it. */
export interface RunningBrowser {
  readonly browser: Browser;
  /** Process id and process group of the browser. */
  readonly pid: number;
  /** As it names itself, for example `HeadlessChrome/147.0.7727.0`. */
  readonly version: string;
  /** Asks it to end, then kills whatever of its process group is left. Never throws. */
  end(options?: { atOnce?: boolean }): Promise<void>;
}

const launchMsMax = 20_000;
const closeMsMax = 2_000;
const pageBytes = 4_096;

/**
 * The network is barred here for the whole browser, and again for each page (pages.ts): no name resolves, the only proxy is
 * a closed port, loopback does not bypass it, background services are off. One layer alone leaks: interception lets
 * prefetch and WebSocket through, a content policy a refresh.
 */
const switches = [
  '--proxy-server=http://127.0.0.1:1',
  '--proxy-bypass-list=<-loopback>',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--disable-background-networking',
  '--disable-domain-reliability',
  '--no-pings',
  '--disable-gpu',
  '--disable-webgl',
  '--disable-file-system',
  '--font-render-hinting=none',
];

/**
 * Starts the browser with a profile of its own under `cacheFolder`, over a pipe: it ends when this process does, even
 * when that is killed. Its environment is made here and holds nothing of ours.
 * Throws `browserMissing` {reason} when it does not start within `launchMsMax`.
 */
export async function startBrowser(
  found: FoundBrowser,
  fonts: Fonts,
  cacheFolder: string,
  onWarning?: (text: string) => void,
): Promise<RunningBrowser> {
  const { default: puppeteer } = await import('puppeteer');
  const profile = await makeProfile(cacheFolder);
  const root = process.getuid?.() === 0;
  if (root) {
    // Chromium's sandbox refuses to work for root; without it a fault in the browser is a fault of the whole account.
    onWarning?.('the browser runs without its sandbox because this process runs as root: run trinhky as another user');
  }
  const removeProfile = (): Promise<void> => rm(profile, { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  try {
    const browser = await puppeteer.launch({
      executablePath: found.path,
      headless: found.shell ? 'shell' : true,
      pipe: true,
      userDataDir: profile,
      timeout: launchMsMax,
      env: {
        HOME: profile,
        LANG: 'C.UTF-8',
        TZ: 'UTC',
        FONTCONFIG_FILE: fonts.file,
        FONTCONFIG_PATH: fonts.folder,
        ...(found.libraries === null ? {} : { LD_LIBRARY_PATH: found.libraries }),
      },
      args: root ? [...switches, '--no-sandbox'] : switches,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
    const child = browser.process();
    const pid = child?.pid;
    if (!child || pid === undefined) {
      throw new Error('no process');
    }
    const exited = new Promise((resolve) => child.once('exit', resolve));
    let ended: Promise<void> | null = null;
    const finish = async (atOnce: boolean): Promise<void> => {
      if (!atOnce) {
        await within(closeMsMax, browser.close());
      }
      killGroup(pid);
      await within(closeMsMax, exited);
      await removeProfile();
    };
    const end: RunningBrowser['end'] = ({ atOnce = false } = {}) => {
      // once only: later the process id may be somebody else's
      ended ??= finish(atOnce);
      return ended;
    };
    return { browser, pid, version: await browser.version(), end };
  } catch (cause) {
    await removeProfile();
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new TrinhkyError('browserMissing', { tried: [{ path: found.path, reason }] }, { cause });
  }
}

/**
 * A new profile folder, named after this process, so that those of a server that was killed can be told and removed.
 * (A process id that lives again under another program keeps its folder a little longer, no more.)
 */
async function makeProfile(cacheFolder: string): Promise<string> {
  const folder = await privateFolder(join(cacheFolder, 'profiles'));
  for (const name of await readdir(folder)) {
    const owner = Number(/^profile-(\d+)-/.exec(name)?.[1]);
    if (!alive(owner)) {
      await rm(join(folder, name), { recursive: true, force: true });
    }
  }
  return mkdtemp(join(folder, `profile-${process.pid}-`));
}

function alive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/** Waits for the work or the time, whichever ends first; a failure of the work counts as its end. */
export async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const time = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => true,
      ),
      time,
    ]);
  } finally {
    clearTimeout(timer);
  }
}

/** Kills the browser and its helpers: they share the process group of the browser, which puppeteer starts as its leader. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // nothing of it is left
  }
}

/** Resident bytes of all processes of the group; null where the system does not tell (only Linux has /proc). */
export async function groupBytes(group: number): Promise<number | null> {
  const names = await readdir('/proc').catch(() => []);
  const stats = await Promise.all(
    names.filter((name) => /^\d+$/.test(name)).map((name) => readFile(`/proc/${name}/stat`, 'utf8').catch(() => '')),
  );
  const sizes = stats.map((stat) => {
    // after the name in brackets: state, parent, process group ... resident pages (field 24 of proc_pid_stat)
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(fields[2]) === group ? Number(fields[21]) * pageBytes : 0;
  });
  return names.length === 0 ? null : sizes.reduce((sum, size) => sum + size, 0);
}
