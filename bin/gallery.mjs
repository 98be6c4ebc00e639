// Prints one page of each paper from the sample papers and writes it as a picture to docs/gallery: `node bin/gallery.mjs`.
// Needs poppler's pdftoppm.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepared, root } from './prepare.mjs';

await prepared({ build: false }, async () => {
  const args = ['--import', 'tsx', join('test', 'documents', 'printGallery.ts')];
  const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' });
  process.exitCode = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
});
