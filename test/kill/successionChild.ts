/**
 * A process to be killed while it carries a succession out. Arguments: address of the database, authority, succession, fault (or `-`).
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.js';
import { succeed } from '../../src/commands/organisation/succeed.js';
import { plainPrinter, workflowsFolder } from '../support/application.js';
import { fakeClock } from '../support/clock.js';
import { reformInstant } from '../support/province.js';
import { plainSigning } from '../support/signing.js';

const [uri = '', authority = '', succession = '', fault = '-'] = process.argv.slice(2);

const app = await assemble({
  uri,
  database: new URL(uri).pathname.slice(1),
  workflowsFolder,
  cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
  keyFolder: join(tmpdir(), 'trinhky-test-keys'),
  signing: plainSigning,
  clock: fakeClock(reformInstant),
  printer: plainPrinter,
  fault: fault === '-' ? undefined : fault,
  onWarning: (text) => process.stderr.write(`${text}\n`),
});

const { moved } = await succeed(app.deps, { authority, succession, actor: 'admin', dryRun: false });
process.stdout.write(`moved ${moved}\n`);
await app.close();
