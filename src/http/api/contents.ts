import { cleanObject } from '../../commands/cleanInput.js';
import { isObject, type JsonObject } from '../../commands/look.js';
import { refuseSecret } from '../../commands/refuseSecret.js';
import { TrinhkyError } from '../../errors.js';
import { isReserved } from '../../office/reporting/reportContent.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { mayReadWork } from '../renditionAccess.js';
import { type Answer, ok } from './route.js';

/** Larger texts than a plan of hundreds of pages are not papers. */
export const contentCharsMax = 700_000;

export async function putContent(call: SignedCall): Promise<Answer> {
  const content = cleanObject((call.body as { content: JsonObject }).content);
  if (JSON.stringify(content).length > contentCharsMax) throw new TrinhkyError('bodyTooLarge', { bytesMax: contentCharsMax });
  if (isReserved(content)) throw new TrinhkyError('contentReserved');
  refuseSecret(content);
  const hash = await call.edge.app.deps.store.contents.put(call.identity.authority, content);
  return { status: 201, body: { hash } };
}

export async function readContent(call: InstanceCall): Promise<Answer> {
  const { content: hash } = call.view.instance;
  const content = hash === null ? null : await call.edge.app.deps.store.contents.get(call.identity.authority, hash);
  if (content === null) throw new TrinhkyError('notFound');
  if (mayReadWork(call) || !isObject(content)) return ok({ hash, content });
  // Who only received the paper reads its text, and not which report of whom stands behind each sentence.
  const { sources: _, rollup: __, ...text } = content;
  return ok({ hash, content: text });
}
