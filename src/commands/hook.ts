import { setTimeout as pause } from 'node:timers/promises';
import type { HookPoint } from './deps.js';

const STOPPED_MS_MAX = 120_000;

/**
 * The hook of a process. Without a fault it does nothing. `kill:after-write` ends the process there as a power cut would, `kill:after-write:3`
 * the third time it comes by; `stop:...` halts it (SIGSTOP) until somebody continues it.
 */
export function makeHook(fault: string | undefined): (point: HookPoint) => Promise<void> {
  if (fault === undefined) return () => Promise.resolve();
  const [action, place, count = '1'] = fault.split(':');
  let left = Number(count);
  return async (point) => {
    if (point !== place) return;
    left -= 1;
    if (left !== 0) return;
    process.kill(process.pid, action === 'stop' ? 'SIGSTOP' : 'SIGKILL');
    // A signal to oneself is delivered a moment later: nothing may run on meanwhile.
    await pause(action === 'stop' ? 50 : STOPPED_MS_MAX);
  };
}
