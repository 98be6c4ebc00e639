import { TrinhkyError } from '../../errors.js';
import type { InstanceCall } from '../edge.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy, printSecurityPolicy } from '../headers.js';
import { maySee } from '../renditionAccess.js';
import { fileDisposition } from './disposition.js';
import { type Answer, ok, param } from './route.js';

const HASH = /^[0-9a-f]{64}$/;

export async function listRenditions(call: InstanceCall): Promise<Answer> {
  const { authority, id } = call.view.instance;
  const all = await call.edge.app.deps.store.renditions.listOf(authority, id);
  const items = all
    .filter((one) => maySee(call, one))
    .map(({ hash, mode, content, name, pages, length, at, versions }) => ({
      hash,
      mode,
      content,
      name,
      pages,
      length,
      at,
      versions,
    }));
  return ok({ items });
}

/** The bytes of one print. What may not be seen is answered as if it did not exist; every opening is audited. */
export async function readRendition(call: InstanceCall): Promise<Answer> {
  const hash = param(call, 'hash');
  const { renditions } = call.edge.app.deps.store;
  const { authority, id } = call.view.instance;
  const found = HASH.test(hash) ? await renditions.byHash(authority, id, hash) : null;
  if (found === null || !maySee(call, found)) {
    await audit(call, 'readDenied', id, { mode: found?.mode ?? null });
    throw new TrinhkyError('notFound');
  }
  const bytes = await renditions.bytes(authority, hash);
  if (bytes === null) throw new TrinhkyError('notFound');
  await audit(call, 'renditionOpened', id, { mode: found.mode, hash });
  const shown = call.query.view === '1';
  return {
    status: 200,
    bytes,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': disposition(shown ? 'inline' : 'attachment', found.name),
      'Content-Security-Policy': shown ? printSecurityPolicy : fileSecurityPolicy,
      // Bytes never change under a hash, but who may see them does.
      'Cache-Control': 'private, no-cache',
    },
  };
}

/** As `fileDisposition`, for the name of a print. */
export function disposition(kind: 'inline' | 'attachment', name: string): string {
  return fileDisposition(kind, name.endsWith('.pdf') ? name : `${name}.pdf`);
}
