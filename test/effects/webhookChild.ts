// A process that opens a paper, and stays until it is killed. Arguments: address of the database, authority, the domain's instant.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.js';
import { open } from '../../src/commands/open.js';
import { plainPrinter, plan, workflowsFolder } from '../support/application.js';
import { fakeClock } from '../support/clock.js';
import { plainSigning } from '../support/signing.js';

const [uri = '', authority = '', instant = ''] = process.argv.slice(2);
const app = await assemble({
  uri,
  database: new URL(uri).pathname.slice(1),
  workflowsFolder,
  cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
  keyFolder: join(tmpdir(), 'trinhky-test-keys'),
  secretsKeyFile: { path: join(tmpdir(), 'trinhky-test-keys', 'secrets.key'), mayMake: true },
  signing: plainSigning,
  clock: fakeClock(instant),
  printer: plainPrinter,
  webhooks: { allow: [], loopbackHttp: true },
  onWarning: (text) => process.stderr.write(`${text}\n`),
});
const context = { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: plan.title };
const content = await app.deps.store.contents.put(authority, plan as never);
await open(app.deps, { authority, definition: 'document', context, content, actor: 'off-nv', key: 'child' });
await new Promise((resolve) => setTimeout(resolve, 60_000));
