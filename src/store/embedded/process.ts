import { readFile } from 'node:fs/promises';

/**
 * A process that can be told from a later one with the same number: `started` is the boot and the clock tick at which
 * it began, or null where the system does not say (no /proc).
 */
export interface ProcessMark {
  readonly pid: number;
  readonly started: string | null;
}

/** The mark of a running process. A process that is gone gets `started: null`. */
export async function markOf(pid: number): Promise<ProcessMark> {
  return { pid, started: (await startOf(pid))?.started ?? null };
}

/**
 * Whether the marked process still runs. False for one that has ended but was not collected (a zombie), and for another
 * process that got the same number since. Without /proc the number alone decides.
 */
export async function isRunning(mark: ProcessMark): Promise<boolean> {
  try {
    process.kill(mark.pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  if (mark.started === null) return true;
  const now = await startOf(mark.pid);
  return now !== null && now.state !== 'Z' && now.started === mark.started;
}

/** The words of a running process's command line; empty where /proc is missing or the process is gone. */
export async function commandLineOf(pid: number): Promise<readonly string[]> {
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.split('\0').filter((word) => word !== '');
}

async function startOf(pid: number): Promise<{ state: string; started: string } | null> {
  try {
    const [stat, boot] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The name in brackets may hold spaces and brackets; the fields begin after the last one: state is field 3, start 22.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', started: `${boot.trim()}/${fields[19] ?? ''}` };
  } catch {
    return null;
  }
}
