import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Assembled, type AssembleOptions, assemble } from '../../src/assemble.js';
import type { Ask, Outcome } from '../../src/commands/ask.js';
import { open } from '../../src/commands/open.js';
import type { Printer } from '../../src/commands/papers/printing.js';
import { perform } from '../../src/commands/perform.js';
import type { Instance } from '../../src/engine/instance.js';
import { sha256 } from '../../src/engine/json.js';
import { seenHash } from '../../src/office/catalogue/attachments.js';
import type { PaperContent } from '../../src/office/papers/paper.js';
import { printedNumber } from '../../src/office/papers/paper.js';
import { type FakeClock, fakeClock } from './clock.js';
import { testDatabaseUri } from './mongod.js';
import { plan } from './papers.js';
import { plainSigning } from './signing.js';
import { town } from './town.js';

export const workflowsFolder = resolve(fileURLToPath(import.meta.url), '..', '..', '..', 'workflows');

/** A printer for tests that are not about print: its bytes follow from the paper alone. */
export const plainPrinter: Printer = {
  print(paper) {
    const bytes = new TextEncoder().encode(`${printedNumber(paper.number ?? 0)} ${paper.issuedOn} ${JSON.stringify(paper)}`);
    return Promise.resolve({
      bytes,
      hash: sha256(bytes),
      pages: 1,
      versions: { browser: 'none', font: 'none', template: 'none', finish: 0 },
    });
  },
  printSheet(sheet) {
    const bytes = new TextEncoder().encode(JSON.stringify(sheet));
    return Promise.resolve({
      bytes,
      hash: sha256(bytes),
      pages: 1,
      versions: { browser: 'none', font: 'none', template: 'none', finish: 0 },
    });
  },
  close: () => Promise.resolve(),
};

/** A proof of the person for one prepared print, as the step-up would have issued it. */
export function proofFor(app: TestApplication, person: string, prepared: string): Promise<string> {
  return app.deps.store.proofs.issue(app.authority, {
    person,
    hashes: [prepared],
    at: app.clock.now(),
    method: 'password+totp',
  });
}

export interface TestApplication extends Assembled {
  readonly clock: FakeClock;
  readonly authority: string;
  readonly warnings: string[];
}

/** The real application on the real database of this run, with a fake domain clock and, unless told otherwise, a plain printer. */
export async function startApplication(
  name: string,
  more: {
    printer?: Printer;
    clock?: FakeClock;
    authority?: string;
    fault?: string;
    signing?: typeof plainSigning;
    wallNowMs?: () => number;
    mail?: Parameters<typeof assemble>[0]['mail'];
    webhooks?: AssembleOptions['webhooks'];
    workflows?: string;
  } = {},
): Promise<TestApplication> {
  const clock = more.clock ?? fakeClock();
  const authority = more.authority ?? name;
  const uri = testDatabaseUri(name);
  const warnings: string[] = [];
  const app = await assemble({
    uri,
    database: new URL(uri).pathname.slice(1),
    workflowsFolder: more.workflows ?? workflowsFolder,
    cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
    clock,
    printer: more.printer ?? plainPrinter,
    keyFolder: join(tmpdir(), 'trinhky-test-keys'),
    secretsKeyFile: { path: join(tmpdir(), 'trinhky-test-keys', 'secrets.key'), mayMake: true },
    ...(more.wallNowMs === undefined ? {} : { wallNowMs: more.wallNowMs }),
    ...(more.webhooks === undefined ? {} : { webhooks: more.webhooks }),
    signing: more.signing ?? plainSigning,
    mail: more.mail,
    fault: more.fault,
    onWarning: (text) => warnings.push(text),
  });
  await app.deps.store.directory.save(town(authority));
  return { ...app, clock, authority, warnings };
}

export { plan };

let keys = 0;
/** A key that no other call has used. */
export function newKey(): string {
  keys += 1;
  return `key-${process.pid}-${keys}`;
}

/** A drafted plan, opened by an officer of the division for internal affairs. */
export async function openPlan(app: TestApplication, content: PaperContent = plan): Promise<Instance> {
  const hash = await app.deps.store.contents.put(app.authority, content as never);
  const context = { drafter: 'off-nv', draftingUnit: 'nv', type: content.type, title: content.title };
  const outcome = await open(app.deps, {
    authority: app.authority,
    definition: 'document',
    context,
    content: hash,
    actor: 'off-nv',
    key: newKey(),
  });
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
  return outcome.instance;
}

/** One command with a new key. */
export function act(
  app: TestApplication,
  instance: string,
  actor: string,
  command: string,
  more: Partial<Ask> = {},
): Promise<Outcome> {
  return perform(app.deps, { authority: app.authority, instance, actor, command, key: newKey(), ...more });
}

/** The same, which must be accepted. */
export async function must(
  app: TestApplication,
  instance: string,
  actor: string,
  command: string,
  more: Partial<Ask> = {},
): Promise<Instance> {
  const outcome = await act(app, instance, actor, command, more);
  if (outcome.kind !== 'accepted') throw new Error(`${command} by ${actor}: ${JSON.stringify(outcome.blockers)}`);
  return outcome.instance;
}

/** To whom the tests send a paper. */
export const twoWards = [
  { name: 'Phường 1', unit: 'p1', purpose: 'để thực hiện' },
  { name: 'Phường 2', unit: 'p2', purpose: 'để thực hiện' },
];

/** Takes a plan from its draft into force. */
export async function putInForce(app: TestApplication, plan: Instance): Promise<Instance> {
  const saw = seenHash(plan) ?? '';
  await must(app, plan.id, 'off-nv', 'SUBMIT');
  await must(app, plan.id, 'head-nv', 'APPROVE_CONTENT', { saw });
  await must(app, plan.id, 'form', 'APPROVE_FORM', { saw });
  const prepared = await must(app, plan.id, 'deputy', 'PREPARE');
  const print = prepared.context.prepared as string;
  await must(app, plan.id, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
  await must(app, plan.id, 'clerk', 'SEAL');
  await must(app, plan.id, 'clerk', 'ISSUE');
  return must(app, plan.id, 'clerk', 'SEND', { input: { recipients: twoWards } });
}

/** Every chain of the authority, verified from entries and pending together. Answers the faults. */
export async function chainFaults(app: TestApplication): Promise<readonly string[]> {
  const { verifyChain } = await import('../../src/engine/entry.js');
  const faults: string[] = [];
  let after: string | null = null;
  for (;;) {
    const rows = await app.deps.store.instances.list({
      filter: { authority: app.authority, anyOf: null },
      definition: null,
      parent: null,
      open: null,
      originator: null,
      after,
      limit: 100,
    });
    for (const row of rows) {
      const held = await app.deps.store.instances.load(app.authority, row.id);
      if (held === null) continue;
      const entries = await app.deps.store.instances.history(app.authority, row.id, 1, 1_000);
      for (const fault of verifyChain(held.instance, entries)) faults.push(`${row.id} ${JSON.stringify(fault)}`);
    }
    const last = rows.at(-1);
    if (last === undefined) return faults;
    after = last.id;
  }
}
