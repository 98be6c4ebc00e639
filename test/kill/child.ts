/**
 * A process to be killed: walks one plan from draft to assignments, saying `ack N` for every answer it was given.
 * Every key is fixed, so a second run finds what the first one did.
 * Arguments: address of the database, authority, fault (or `-`).
 */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../../src/assemble.js';
import type { Ask } from '../../src/commands/ask.js';
import { idOfChild, idOfOpening, open } from '../../src/commands/open.js';
import { perform } from '../../src/commands/perform.js';
import { plainPrinter, plan, twoWards, workflowsFolder } from '../support/application.js';
import { reviewFor } from '../support/clauses.js';
import { fakeClock } from '../support/clock.js';
import { plainSigning } from '../support/signing.js';

const [uri = '', authority = '', fault = '-'] = process.argv.slice(2);

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
  fault: fault === '-' ? undefined : fault,
  onWarning: (text) => process.stderr.write(`${text}\n`),
});

let acks = 0;
function ack(kind: string): void {
  acks += 1;
  process.stdout.write(`ack ${acks} ${kind}\n`);
}

async function act(instance: string, actor: string, command: string, more: Partial<Ask> = {}): Promise<Record<string, unknown>> {
  const outcome = await perform(app.deps, { authority, instance, actor, command, key: `k-${command}`, ...more });
  ack(`${outcome.kind} ${command}`);
  return outcome.kind === 'accepted' ? { ...outcome.instance.context } : {};
}

const content = await app.deps.store.contents.put(authority, plan as never);
const opened = await open(app.deps, {
  authority,
  definition: 'document',
  context: { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: plan.title },
  content,
  actor: 'off-nv',
  key: 'k-open',
});
ack(`${opened.kind} OPEN`);
const id = idOfOpening(authority, 'off-nv', 'k-open');
await act(id, 'off-nv', 'SUBMIT');
// Told while it is his turn: a notice is derived from the instance as it stands when its effect runs.
await app.relay.settle();
await act(id, 'head-nv', 'APPROVE_CONTENT', { saw: content });
await act(id, 'form', 'APPROVE_FORM', { saw: content });
const prepared = await act(id, 'deputy', 'PREPARE');
const print = String(prepared.prepared);
const proof = await app.deps.store.proofs.issue(authority, {
  person: 'deputy',
  hashes: [print],
  at: clock.now(),
  method: 'password+totp',
});
await act(id, 'deputy', 'SIGN', { saw: print, proof });
await act(id, 'clerk', 'SEAL');
await act(id, 'clerk', 'ISSUE');
await act(id, 'clerk', 'SEND', { input: { recipients: twoWards } });
await app.relay.settle();
const held = await app.deps.store.instances.load(authority, id);
if (held === null) throw new Error('the plan is gone');
await act(id, 'cons', 'REVIEW_CLAUSES', { input: { review: await reviewFor(app.deps, held.instance, ['II.1']) } });
await act(id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'II.1', title: 'Tổ chức học tập' } });
await app.relay.settle();
const directive = idOfChild(authority, { id, kind: 'directive', key: 'II.1' });
await act(directive, 'cons', 'ASSIGN', { input: { lead: ['p1', 'p2', 'p3'], each: true } });
await app.relay.settle();
for (const unit of ['p1', 'p2', 'p3']) {
  const assignment = idOfChild(authority, { id: directive, kind: 'assignment', key: unit });
  await act(assignment, `head-${unit}`, 'ACCEPT');
  await act(assignment, `head-${unit}`, 'COMPLETE', { input: { result: 'Đã tổ chức học tập' } });
  await act(assignment, 'cons', 'CONFIRM');
  // Told one by one, or the last one's message would make the others needless.
  await app.relay.settle();
}
const arrival = await open(app.deps, {
  authority,
  definition: 'incoming',
  context: { title: 'Hướng dẫn ví dụ', issuer: 'Sở Ví Dụ', receivedOn: clock.now().slice(0, 10) },
  actor: 'clerk',
  key: 'k-arrival',
});
ack(`${arrival.kind} OPEN`);
await act(idOfOpening(authority, 'clerk', 'k-arrival'), 'clerk', 'REGISTER');
await app.relay.settle();
process.stdout.write('settled\n');
await app.close();
