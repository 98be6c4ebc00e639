// Runs the measurements of bench/ from the sources: `npm run bench -- [name ...]`.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepared, root } from './prepare.mjs';

await prepared({}, async () => {
  const args = ['--import', 'tsx', join('bench', 'run.ts'), ...process.argv.slice(2)];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
});
