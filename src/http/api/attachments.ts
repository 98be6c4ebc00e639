import { isObject } from '../../commands/look.js';
import { cleanFileName, cleared, countUpload, keepFile } from '../../commands/papers/attachments.js';
import { examineFile } from '../../documents/intake/textOfFile.js';
import { TrinhkyError } from '../../errors.js';
import { filesIn, type NamedFile } from '../../office/catalogue/attachments.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { withUpload } from '../fileBody.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy } from '../headers.js';
import { fileDisposition } from './disposition.js';
import { type Answer, param } from './route.js';

const HASH = /^[0-9a-f]{64}$/;

/** Takes one file; its hash names it. Nothing is kept of one that is refused. */
export async function putAttachment(call: SignedCall): Promise<Answer> {
  const { deps } = call.edge.app;
  const { authority, person } = call.identity;
  await countUpload(deps, authority, person);
  return withUpload(call.request, async ({ bytes, name: sent, declared }) => {
    const name = cleanFileName(sent);
    const { mediaType, heads } = await examineFile(bytes, name, declared);
    const { hash, length, state } = await keepFile(deps, { authority, person, name, mediaType, bytes, heads });
    return { status: 201, body: { hash, name, mediaType, length, state } };
  });
}

/** The bytes of a file that this instance names. What it does not name is answered as if it did not exist; every opening is audited. */
export async function readAttachment(call: InstanceCall): Promise<Answer> {
  const { deps } = call.edge.app;
  const { authority, id } = call.view.instance;
  const hash = param(call, 'hash');
  const named = HASH.test(hash) ? await nameOf(call, hash) : null;
  const found = named === null ? null : await cleared(deps, authority, hash);
  if (named === null || found === null) {
    await audit(call, 'readDenied', id, { mode: 'attachment' });
    throw new TrinhkyError('notFound');
  }
  if (found.state !== 'clean') throw new TrinhkyError('fileQuarantined', { name: named.name });
  const bytes = await deps.store.attachments.bytes(authority, hash);
  if (bytes === null) throw new TrinhkyError('notFound');
  await audit(call, 'attachmentOpened', id, { hash });
  return {
    status: 200,
    bytes,
    headers: {
      'Content-Type': found.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : found.mediaType,
      'Content-Disposition': fileDisposition('attachment', named.name),
      'Content-Security-Policy': fileSecurityPolicy,
      'Cache-Control': 'private, no-cache',
    },
  };
}

/** The name that the instance's context, or its current content, gives a file. */
async function nameOf(call: InstanceCall, hash: string): Promise<NamedFile | null> {
  const { instance } = call.view;
  const here = filesIn(instance).find((file) => file.hash === hash);
  if (here !== undefined || instance.content === null) return here ?? null;
  const content = await call.edge.app.deps.store.contents.get(instance.authority, instance.content);
  const { attachments } = isObject(content) ? content : {};
  if (!Array.isArray(attachments)) return null;
  const named = attachments.filter(isObject).find((file) => file.hash === hash && typeof file.name === 'string');
  return named === undefined ? null : { hash, name: named.name as string };
}
