import { TrinhkyError } from '../../errors.js';
import type { SignedCall } from '../edge.js';
import { audit } from '../gate.js';
import { type Answer, limitOf, ok, param } from './route.js';

const rowsUsual = 50;
export const rowsMax = 200;

export async function listOutbox(call: SignedCall): Promise<Answer> {
  const { outbox } = call.edge.app.deps.store;
  const state = (call.query.state ?? 'parked') as 'waiting' | 'parked' | 'done';
  const [items, counts] = await Promise.all([
    outbox.list(call.identity.authority, state, limitOf(call, rowsUsual, rowsMax), call.query.after ?? null),
    outbox.counts(call.identity.authority),
  ]);
  return ok({ items, counts });
}

export async function retryOutbox(call: SignedCall): Promise<Answer> {
  const retried = await call.edge.app.deps.store.outbox.retry(call.identity.authority, param(call, 'effect'));
  if (!retried) throw new TrinhkyError('notFound');
  await audit(call, 'effectRetried', param(call, 'effect'), {});
  call.edge.app.relay.wake();
  return ok({ retried });
}

export async function listAudit(call: SignedCall): Promise<Answer> {
  const items = await call.edge.app.deps.store.audit.list(call.identity.authority, limitOf(call, rowsUsual, rowsMax));
  await audit(call, 'auditRead', null, { rows: items.length });
  return ok({ items });
}

const SERIES = /^[\p{L}\d/-]{1,60}$/u;

export async function readNumbers(call: SignedCall): Promise<Answer> {
  const series = param(call, 'series').normalize('NFC');
  const year = param(call, 'year');
  if (!SERIES.test(series) || !/^\d{4}$/.test(year)) throw new TrinhkyError('notFound');
  return ok({ items: await call.edge.app.deps.store.numbers.rows(call.identity.authority, series, Number(year)) });
}
