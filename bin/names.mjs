// Writes workflows/README.md: every name that a definition may use, from the catalogues in the code.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepared, root } from './prepare.mjs';

await prepared({}, async () => {
  const { namesPage } = await import('../dist/definitions/names.js');
  const { officeCatalogue } = await import('../dist/office/catalogue/index.js');
  writeFileSync(join(root, 'workflows', 'README.md'), namesPage(officeCatalogue));
});
