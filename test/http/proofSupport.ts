import type { Instance } from '../../src/engine/instance.js';
import { must, openPlan, plan, proofFor, type TestApplication } from '../support/application.js';
import { preparedOf } from './support.js';

/** A paper that lies before its signatory; each call another title. */
export async function laidBefore(app: TestApplication, title = plan.title): Promise<Instance> {
  const paper = await openPlan(app, { ...plan, title });
  const saw = paper.content ?? '';
  await must(app, paper.id, 'off-nv', 'SUBMIT');
  await must(app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
  return must(app, paper.id, 'form', 'APPROVE_FORM', { saw });
}

/** The same, numbered and printed for the deputy chairman. */
export async function preparedPaper(app: TestApplication, title?: string): Promise<Instance> {
  return must(app, (await laidBefore(app, title)).id, 'deputy', 'PREPARE');
}

/** The same, signed. */
export async function signedPaper(app: TestApplication, title?: string): Promise<Instance> {
  const paper = await preparedPaper(app, title);
  const saw = preparedOf(paper);
  return must(app, paper.id, 'deputy', 'SIGN', { saw, proof: await proofFor(app, 'deputy', saw) });
}

/** The same, sealed. */
export async function sealedPaper(app: TestApplication, title?: string): Promise<Instance> {
  return must(app, (await signedPaper(app, title)).id, 'clerk', 'SEAL');
}

/** The same, issued. */
export async function issuedPaper(app: TestApplication, title?: string): Promise<Instance> {
  return must(app, (await sealedPaper(app, title)).id, 'clerk', 'ISSUE');
}

/** A text of an instance's context. */
export function textOf(instance: Instance, field: string): string {
  return instance.context[field] as string;
}

/** The bytes under a field of an instance's context. */
export async function fileOf(app: TestApplication, instance: Instance, field: string): Promise<Buffer> {
  const bytes = await app.deps.store.renditions.bytes(app.authority, instance.context[field] as string);
  if (bytes === null) throw new Error(`no bytes under ${field}`);
  return Buffer.from(bytes);
}
