import { familyOf } from './familyOf.js';
import { cpuMsOf, residentMbOf } from './processes.js';

/** What processes took while they were watched. CPU in ms; memory in MB. */
export interface Watched {
  readonly nodeCpuMs: number;
  readonly mongodCpuMs: number;
  /** Everything that the process started: the browser. */
  readonly browserCpuMs: number;
  /** Resident memory of the process, at even distances. */
  readonly nodeMb: readonly number[];
  readonly browserMbMax: number;
}

const everyMs = 500;

/** Watches a process, what it starts, and the database server. Ends with `stop`. */
export function watch(pid: number, mongod: number): { stop(): Watched } {
  const before = { node: cpuMsOf(pid), mongod: cpuMsOf(mongod) };
  const first = new Map(familyOf(pid).map((one) => [one, cpuOf(one)]));
  const last = new Map(first);
  const nodeMb: number[] = [];
  let browserMbMax = 0;
  const look = (): void => {
    nodeMb.push(residentMbOf(pid));
    let mb = 0;
    for (const one of familyOf(pid).slice(1)) {
      last.set(one, cpuOf(one));
      mb += memoryOf(one);
    }
    browserMbMax = Math.max(browserMbMax, mb);
  };
  const timer = setInterval(look, everyMs);
  return {
    stop() {
      clearInterval(timer);
      look();
      let browserCpuMs = 0;
      for (const [one, ms] of last) if (one !== pid) browserCpuMs += ms - (first.get(one) ?? 0);
      return {
        nodeCpuMs: cpuMsOf(pid) - before.node,
        mongodCpuMs: cpuMsOf(mongod) - before.mongod,
        browserCpuMs,
        nodeMb,
        browserMbMax,
      };
    },
  };
}

/** A process that has ended meanwhile took no more. */
function cpuOf(pid: number): number {
  try {
    return cpuMsOf(pid);
  } catch {
    return 0;
  }
}

function memoryOf(pid: number): number {
  try {
    return residentMbOf(pid);
  } catch {
    return 0;
  }
}
