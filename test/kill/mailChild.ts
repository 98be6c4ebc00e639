/**
 * A process to be killed while it sends the mail of one notice.
 * Arguments: address of the database, authority, address of the mail server, fault.
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.js';
import { plainPrinter, workflowsFolder } from '../support/application.js';
import { fakeClock } from '../support/clock.js';
import { plainSigning } from '../support/signing.js';

const [uri = '', authority = '', url = '', fault = ''] = process.argv.slice(2);
const address = 'https://trinhky.vi-du.example';
const clock = fakeClock();
const app = await assemble({
  uri,
  database: new URL(uri).pathname.slice(1),
  workflowsFolder,
  cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
  keyFolder: join(tmpdir(), 'trinhky-test-keys'),
  signing: plainSigning,
  clock,
  printer: plainPrinter,
  fault,
  mail: { url, from: 'khong-tra-loi@vi-du.example', preferencesUrl: `${address}/preferences`, address, retryFirstMs: 1 },
  onWarning: (text) => process.stderr.write(`${text}\n`),
});
// A summary, which may be told without an instance.
const notice = {
  id: `${authority}.term/a/head-nv`,
  authority,
  person: 'head-nv',
  instance: '',
  kind: 'turn',
  visit: null,
  asOf: 0,
  params: { waiting: 3 },
  at: clock.now(),
} as const;
await app.deps.store.notices.write([notice], [], { authority, at: clock.now() });
await app.deps.store.outbox.plan(authority, [
  { id: `${notice.id}/mail`, instance: '', kind: 'mail', params: { notice: notice.id, person: 'head-nv' }, dueAt: null },
]);
await app.relay.settle();
await app.close();
