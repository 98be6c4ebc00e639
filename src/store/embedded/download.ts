import { fork } from 'node:child_process';
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROBE_MS_MAX = 4_000;
const DOWNLOAD_MS_MAX = 600_000;

/**
 * Downloads mongod from MongoDB's own site, as mongodb-memory-server-core chooses it for this system, and places it at
 * `target`. The site is asked first, because the package tries three times with growing pauses where there is no network.
 * The work is done in a child process, so that it can be ended when its time is over.
 * @throws Error with a sentence.
 */
export async function downloadMongod(target: string, tell: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(dirname(target), 'download-'));
  try {
    const binary = await inChild(folder, tell);
    await chmod(binary, 0o755);
    await rename(binary, target);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the child reports: the address it will load from, then where the program lies, or why not. */
export type DownloadMessage = { readonly address: string } | { readonly binary: string } | { readonly fault: string };

function inChild(folder: string, tell: (line: string) => void): Promise<string> {
  const script = fileURLToPath(
    new URL(import.meta.url.endsWith('.ts') ? './downloadChild.ts' : './downloadChild.js', import.meta.url),
  );
  return new Promise((resolve, reject) => {
    const child = fork(script, [folder], {
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      timeout: DOWNLOAD_MS_MAX,
      killSignal: 'SIGKILL',
    });
    child.on('message', (message: DownloadMessage) => {
      if ('binary' in message) resolve(message.binary);
      else if ('fault' in message) reject(new Error(message.fault));
      else void answerAddress(message.address);
    });
    child.once('error', reject);
    // After a result this changes nothing.
    child.once('exit', (code, signal) => reject(new Error(signal === null ? `ended with code ${code}` : 'took too long')));
    const answerAddress = async (address: string): Promise<void> => {
      const fault = await probe(address);
      if (fault === null) {
        tell('downloading MongoDB');
        child.send('go');
        return;
      }
      reject(new Error(fault));
      child.kill('SIGKILL');
    };
  });
}

async function probe(address: string): Promise<string | null> {
  const { host } = new URL(address);
  try {
    const answer = await fetch(address, { method: 'HEAD', signal: AbortSignal.timeout(PROBE_MS_MAX) });
    return answer.ok ? null : `${host} answers ${answer.status}`;
  } catch {
    return `${host} cannot be reached`;
  }
}
