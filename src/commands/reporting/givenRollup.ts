import type { Instance } from '../../engine/instance.js';
import { isObject, type Json, type JsonObject } from '../../engine/json.js';
import type { GivenBrought, GivenRollup } from '../../office/catalogue/consolidating.js';
import type { ReportNow } from '../../office/reporting/outdated.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import type { Deps } from '../deps.js';

type Needs = Pick<Deps, 'store'>;

const HASH = /^[0-9a-f]{64}$/;
/** Reports that are read in one query; a year of 480 units has 1,920. */
const reportsPerRead = 1_000;

/** The roll-up that is stored under a hash; null for what is none. */
export async function rollupStored({ store }: Needs, authority: string, hash: unknown): Promise<Rollup | null> {
  if (typeof hash !== 'string' || !HASH.test(hash)) return null;
  const stored = await store.contents.kept(authority, hash);
  return isObject(stored) && stored.kind === 'rollup' ? (stored as unknown as Rollup) : null;
}

/** The roll-up of a paper and the accepted versions behind it as they are now; null for a paper without one. */
export async function givenRollup(deps: Needs, { authority, context }: Instance): Promise<GivenRollup | null> {
  const { rollup: hash } = context;
  if (typeof hash !== 'string') return null;
  const rollup = await rollupStored(deps, authority, hash);
  const reports = rollup === null ? [] : await reportsNow(deps, authority, rollup);
  return { hash, rollup, reports };
}

/** The accepted versions of a roll-up's reports as they are now; those that are gone are left out. */
export async function reportsNow({ store }: Needs, authority: string, { units }: Rollup): Promise<readonly ReportNow[]> {
  const found: ReportNow[] = [];
  for (let from = 0; from < units.length; from += reportsPerRead) {
    const ids = units.slice(from, from + reportsPerRead).map(({ report }) => report);
    const accepted = await store.instances.textsOf(authority, ids, 'acceptedContent');
    for (const [report, content] of accepted) found.push({ report, accepted: content });
  }
  return found;
}

/** What a command names by its hashes: a roll-up, and the paper that was built from it. */
export async function givenBrought({ store }: Needs, authority: string, input: JsonObject | undefined): Promise<GivenBrought> {
  const read = async (hash: Json | undefined): Promise<Json | null> =>
    typeof hash === 'string' && HASH.test(hash) ? store.contents.get(authority, hash) : null;
  return { rollup: await read(input?.rollup), paper: await read(input?.content) };
}
