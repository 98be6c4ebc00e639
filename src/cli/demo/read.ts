import { TrinhkyError } from '../../errors.js';
import { documentTypeNamed } from '../../office/papers/symbols.js';
import type { PlanReading } from '../../office/reading/planReading.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { isTooLarge, regularFile } from '../regularFile.js';

export const planBytesMax = 2 * 1024 * 1024;
/** Types whose clauses may become directives (workflows/document.v1.json, OPEN_DIRECTIVE). */
const PLANS = new Set(['KH', 'QĐ', 'CT', 'CTr']);

/** Reads a plan's text. Throws `readingFailed` with a `reason` where it cannot be carried through a year. */
export async function readPlanFile(file: string | URL): Promise<PlanReading> {
  return planOf(await textOf(file), file instanceof URL ? file.pathname : file);
}

async function textOf(file: string | URL): Promise<string> {
  const shown = file instanceof URL ? file.pathname : file;
  let bytes: Buffer;
  try {
    bytes = await regularFile(file, planBytesMax);
  } catch (error) {
    throw new TrinhkyError('readingFailed', { file: shown, reason: isTooLarge(error) ? 'tooLong' : 'noFile' }, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new TrinhkyError('readingFailed', { file: shown, reason: 'binary' }, { cause: error });
  }
}

/** The reading of a text that is a plan: it has an issuer, a type whose clauses give orders, and clauses. */
export function planOf(text: string, file: string): PlanReading {
  const reading = readPlan(text);
  const type = documentTypeNamed(reading.type ?? '')?.abbreviation;
  if (reading.issuer.name === null) throw new TrinhkyError('readingFailed', { file, reason: 'noIssuer' });
  if (type === undefined || !PLANS.has(type))
    throw new TrinhkyError('readingFailed', { file, reason: 'notAPlan', type: reading.type ?? '?' });
  if (!reading.clauses.some((clause) => clause.kind !== 'objective' && clause.kind !== 'reporting')) {
    throw new TrinhkyError('readingFailed', { file, reason: 'noOrders' });
  }
  return reading;
}
