/**
 * A process to be killed while it carries duties over. Arguments: address of the database, authority, fault (or `-`).
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.js';
import { plainPrinter, workflowsFolder } from '../support/application.js';
import { fakeClock } from '../support/clock.js';
import { plainSigning } from '../support/signing.js';

const [uri = '', authority = '', fault = '-'] = process.argv.slice(2);

const app = await assemble({
  uri,
  database: new URL(uri).pathname.slice(1),
  workflowsFolder,
  cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
  keyFolder: join(tmpdir(), 'trinhky-test-keys'),
  signing: plainSigning,
  clock: fakeClock('2026-04-06T02:00:00.000Z'),
  printer: plainPrinter,
  fault: fault === '-' ? undefined : fault,
  onWarning: (text) => process.stderr.write(`${text}\n`),
});

const plan = `${authority}.plan`;
// Planned again by the next run it is the same one.
await app.deps.store.outbox.plan(authority, [
  { id: `${plan}/9/0`, kind: 'carryOver', params: { plan, period: '2026-Q1' }, dueAt: null, instance: plan },
]);
await app.deps.store.relay.expireLeases(authority, app.deps.clock.now());
await app.relay.settle();
await app.close();
