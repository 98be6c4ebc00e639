import { TrinhkyError } from '../../errors.js';
import type { Call } from '../edge.js';
import { type Answer, ok } from './route.js';

export async function alive(): Promise<Answer> {
  return ok({ status: 'ok' });
}

export async function ready(call: Call): Promise<Answer> {
  if (!(await call.edge.app.ready())) throw new TrinhkyError('databaseAway');
  return ok({ status: 'ok' });
}

export async function readOpenApi(call: Call): Promise<Answer> {
  return ok(call.edge.openApi());
}
