import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

export interface MongodOptions {
  readonly binary: string;
  readonly dbFolder: string;
  readonly socket: string;
  readonly logFile: string;
  readonly cacheMb: number;
}

/** How a process ended: by itself with a code, or by a signal. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Mongod {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Asks mongod to end, insists after `STOP_MS_MAX`, and returns when it is gone. */
  stop(): Promise<void>;
}

export const REPLICA_SET = 'trinhky';
const STOP_MS_MAX = 15_000;
const LOG_BYTES_MAX = 20 * 1024 * 1024;
/** The default is a twentieth of the disk; a change stream needs minutes of it, not weeks. */
const OPLOG_MB = 512;

/**
 * Waits for the end of its standard input, a pipe whose other end only our process holds: so it outlives a SIGKILL of that
 * process, of its group, or of npm, and ends mongod then. TERM first, KILL after ten seconds.
 */
const WATCHDOG = `while read -r _; do :; done
kill -TERM "$1" 2>/dev/null || exit 0
for _ in 1 2 3 4 5 6 7 8 9 10; do sleep 1; kill -0 "$1" 2>/dev/null || exit 0; done
kill -KILL "$1"`;

/**
 * Starts one mongod on a Unix socket and its watchdog. Returns when the process exists, not when it answers.
 * Detached: Ctrl-C in a terminal must reach it only after the server has drained. Neither child keeps Node alive.
 */
export async function spawnMongod(options: MongodOptions): Promise<Mongod> {
  // mongod replaces a stale socket itself, but a client that polls would be refused by it until then.
  await rm(options.socket, { force: true });
  const log = await openLog(options.logFile);
  let child: ChildProcess;
  try {
    child = spawn(options.binary, mongodArguments(options), { detached: true, stdio: ['ignore', log.fd, log.fd] });
    await once(child, 'spawn');
  } finally {
    await log.close();
  }
  const pid = child.pid ?? 0;
  const watchdog = startWatchdog(pid);
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => {
      endWatchdog(watchdog);
      resolve({ code, signal });
    });
  });
  child.unref();
  return {
    pid,
    exited,
    async stop() {
      child.ref();
      child.kill('SIGTERM');
      const timer = new AbortController();
      const insist = delay(STOP_MS_MAX, undefined, { signal: timer.signal }).then(
        () => child.kill('SIGKILL'),
        () => false,
      );
      await exited;
      timer.abort();
      await insist;
    },
  };
}

function mongodArguments({ dbFolder, socket, cacheMb }: MongodOptions): string[] {
  return [
    ['--dbpath', dbFolder, '--replSet', REPLICA_SET, '--oplogSize', String(OPLOG_MB)],
    // Without the prefix mongod opens /tmp/mongodb-27017.sock besides, which two servers would take from each other.
    ['--bind_ip', socket, '--unixSocketPrefix', dirname(socket), '--port', '27017', '--filePermissions', '0600'],
    ['--wiredTigerCacheSizeGB', String(cacheMb / 1024), '--setParameter', 'diagnosticDataCollectionEnabled=false'],
  ].flat();
}

async function openLog(file: string) {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_BYTES_MAX) await rename(file, `${file}.1`);
  return open(file, 'a', 0o600);
}

function startWatchdog(pid: number): ChildProcess {
  const watchdog = spawn('/bin/sh', ['-c', WATCHDOG, 'trinhky-watchdog', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // A missing shell costs the guard against SIGKILL, not the database; a broken pipe only says that it has ended.
  watchdog.on('error', () => undefined);
  watchdog.stdin?.on('error', () => undefined);
  (watchdog.stdin as { unref?: () => void } | null)?.unref?.();
  watchdog.unref();
  return watchdog;
}

/** Before its pipe closes: its mongod is gone, and the number may soon belong to another process. */
function endWatchdog(watchdog: ChildProcess): void {
  if (watchdog.pid === undefined || watchdog.exitCode !== null) return;
  try {
    process.kill(-watchdog.pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
