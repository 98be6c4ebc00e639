import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type ErrorCode, TrinhkyError } from '../../errors.js';
import type { FileKind } from '../../office/papers/fileTypes.js';
import { makePrintQueue } from '../printQueue.js';
import { intakeAtOnceMax, intakeMemoryMb, intakeMsMax, intakeRssMbMax, intakeWaitingMax } from './limits.js';

/** What a reader sends back, once. */
export type ReaderAnswer =
  | { readonly text: string }
  | { readonly code: ErrorCode; readonly params: Readonly<Record<string, unknown>> };

/** Bounds of one reading; smaller ones are for tests. */
export interface ReaderBounds {
  readonly msMax: number;
  readonly memoryMb: number;
  readonly rssMbMax: number;
}

const usual: ReaderBounds = { msMax: intakeMsMax, memoryMb: intakeMemoryMb, rssMbMax: intakeRssMbMax };
const places = makePrintQueue(intakeAtOnceMax, intakeWaitingMax);
const compiled = !import.meta.url.endsWith('.ts');
const script = fileURLToPath(new URL(compiled ? './readerChild.js' : './readerChild.ts', import.meta.url));

/**
 * Checks a file from outside, and reads its words, or the heads of its pages (with `headEnd` between them), in a child process with its own heap, an empty environment
 * and a deadline: whatever a hostile file does there ends there. At most `intakeAtOnceMax` work side by side.
 * Throws what the reader found; `fileHostile` {reason: 'tooSlow' | 'memory' | 'broke'} when it had to be killed or broke; `busy`.
 */
export async function inReader(
  bytes: Uint8Array,
  kind: FileKind,
  want: 'heads' | 'text',
  bounds: ReaderBounds = usual,
): Promise<string> {
  await places.enter();
  try {
    const answer = await run(bytes, [kind, want], bounds);
    if ('text' in answer) return answer.text;
    throw new TrinhkyError(answer.code, answer.params);
  } finally {
    places.leave();
  }
}

function run(bytes: Uint8Array, args: readonly string[], { msMax, memoryMb, rssMbMax }: ReaderBounds): Promise<ReaderAnswer> {
  return new Promise((resolve, reject) => {
    const child = fork(script, [...args, String(rssMbMax)], {
      // From sources the loader that reads TypeScript is among the arguments; a built reader needs nothing of its parent.
      execArgv: [...(compiled ? [] : process.execArgv), `--max-old-space-size=${memoryMb}`],
      env: {},
      stdio: ['pipe', 'ignore', 'ignore', 'ipc'],
    });
    let late = false;
    let answer: ReaderAnswer | null = null;
    const deadline = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, msMax);
    child.once('message', (message) => {
      answer = message as ReaderAnswer;
    });
    child.once('error', reject);
    // Answered only when it is gone: nothing of it outlives the call.
    child.once('close', (_, signal) => {
      clearTimeout(deadline);
      resolve(answer ?? { code: 'fileHostile', params: { reason: late ? 'tooSlow' : signal === null ? 'broke' : 'memory' } });
    });
    feed(child, bytes);
  });
}

/** A reader that ends before it has read everything closes the pipe: that is its answer's business. */
function feed(child: ChildProcess, bytes: Uint8Array): void {
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(bytes);
}
