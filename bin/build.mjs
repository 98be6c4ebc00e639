// Builds dist beside the one that may be running, and swaps them when it is whole.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { root, sourceHash, writeBuildStamp } from './prepare.mjs';

const fresh = join(root, '.dist-new');
const old = join(root, '.dist-old');
const dist = join(root, 'dist');
// Taken before the compiler reads: a file saved while it runs makes the next start build again.
const hash = sourceHash();

for (const folder of [fresh, old]) rmSync(folder, { recursive: true, force: true });
const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.json', '--outDir', fresh], { cwd: root, stdio: 'inherit' });
if (status === 0) {
  mkdirSync(join(fresh, 'locales'), { recursive: true });
  for (const name of readdirSync(join(root, 'src', 'locales')).filter((file) => file.endsWith('.json'))) {
    copyFileSync(join(root, 'src', 'locales', name), join(fresh, 'locales', name));
  }
  writeBuildStamp(fresh, hash);
  renameIfThere(dist, old);
  renameSync(fresh, dist);
  rmSync(old, { recursive: true, force: true });
} else {
  process.exitCode = 1;
}

function renameIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
