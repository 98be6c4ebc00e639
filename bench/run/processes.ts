import { execFileSync, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Length of a tick in which the system counts CPU time. */
const tickMs = 1_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
const PAGE_BYTES = Number(execFileSync('getconf', ['PAGESIZE'], { encoding: 'utf8' }));

/** CPU time that a process has used, user and system, in ms; to one tick (10 ms). */
export function cpuMsOf(pid: number): number {
  // The name, in brackets, may hold spaces: count from behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * tickMs;
}

/** Resident memory of a process in MB. */
export function residentMbOf(pid: number): number {
  return (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES) / 2 ** 20;
}

/** Asks a child to do something and waits for its answer. */
export interface Child {
  readonly pid: number;
  call<T>(name: string, argument?: unknown): Promise<T>;
  stop(): Promise<void>;
}

interface Answer {
  readonly id: number;
  readonly value?: unknown;
  readonly error?: string;
}

const childFile = fileURLToPath(new URL('./child.ts', import.meta.url));
const stopMsMax = 15_000;

/** Starts a process of its own for one variant or for the load, so that its CPU can be told from the others'. */
export async function startChild(role: string, options: unknown, nodeOptions: readonly string[] = []): Promise<Child> {
  const child = fork(childFile, [role, JSON.stringify(options)], {
    execArgv: ['--import', 'tsx', ...nodeOptions],
    stdio: ['ignore', 2, 2, 'ipc'],
    serialization: 'advanced',
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      for (const { reject } of waiting.values()) reject(new Error(`${role} ended (${signal ?? code})`));
      waiting.clear();
      resolve();
    });
  });
  child.on('message', (message) => {
    const { id, value, error } = message as Answer;
    const call = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) call?.resolve(value);
    else call?.reject(new Error(`${role}: ${error}`));
  });
  function call<T>(name: string, argument?: unknown): Promise<T> {
    const id = calls++;
    return new Promise<T>((resolve, reject) => {
      waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      child.send({ id, name, argument });
    });
  }
  await call('start');
  return {
    pid: child.pid ?? 0,
    call,
    async stop() {
      child.send({ id: calls++, name: 'stop' });
      const timer = setTimeout(() => child.kill('SIGKILL'), stopMsMax);
      await ended;
      clearTimeout(timer);
    },
  };
}
