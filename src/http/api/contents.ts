import { cleanObject } from '../../commands/cleanInput.js';
import type { JsonObject } from '../../commands/look.js';
import { refuseSecret } from '../../commands/refuseSecret.js';
import { TrinhkyError } from '../../errors.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { type Answer, ok } from './route.js';

/** Larger texts than a plan of hundreds of pages are not papers. */
export const contentCharsMax = 700_000;

export async function putContent(call: SignedCall): Promise<Answer> {
  const content = cleanObject((call.body as { content: JsonObject }).content);
  if (JSON.stringify(content).length > contentCharsMax) throw new TrinhkyError('bodyTooLarge', { bytesMax: contentCharsMax });
  refuseSecret(content);
  const hash = await call.edge.app.deps.store.contents.put(call.identity.authority, content);
  return { status: 201, body: { hash } };
}

export async function readContent(call: InstanceCall): Promise<Answer> {
  const { content: hash } = call.view.instance;
  const content = hash === null ? null : await call.edge.app.deps.store.contents.get(call.identity.authority, hash);
  if (content === null) throw new TrinhkyError('notFound');
  return ok({ hash, content });
}
