import type { Instance } from '../../engine/instance.js';
import { coverageTypes, type GivenCoverage, type GivenDirective, isTracked } from '../../office/catalogue/tracing.js';
import type { Deps } from '../deps.js';
import { planCoverage } from './coverage.js';
import { directiveLine } from './readLines.js';

type Needs = Pick<Deps, 'store' | 'clock'> & Partial<Pick<Deps, 'models'>>;

/**
 * What closing a plan is judged by. While directives or obligations below it are open nothing is worked out for a command that is only
 * shown: those keep it closed anyway, and a plan's page is opened more often than a plan is closed.
 */
export async function givenCoverage(deps: Needs, plan: Instance, command: string | null): Promise<GivenCoverage> {
  if (!isTracked(plan, coverageTypes)) return { faults: [], count: 0, later: false };
  const children = await deps.store.instances.children(plan.authority, plan.id);
  const working = children.some(({ open, kind }) => open && (kind === 'directive' || kind === 'obligation'));
  const { models } = deps;
  if (models === undefined || (working && command === null)) return { faults: [], count: 0, later: true };
  // What is proved is what is stored, whatever this process holds of it.
  const stored = (await deps.store.instances.load(plan.authority, plan.id))?.instance ?? plan;
  const { faults, faultCount } = await planCoverage({ ...deps, models }, stored);
  return { faults, count: faultCount, later: false };
}

/** The directive that CONTINUE_DIRECTIVE names; null where there is none. */
export async function givenDirective({ store }: Needs, { authority }: Instance, named: unknown): Promise<GivenDirective | null> {
  const held = typeof named === 'string' ? await store.instances.load(authority, named) : null;
  if (held === null || held.instance.definition.id !== 'directive') return null;
  const { id, plan, open, continuedIn } = directiveLine(held);
  return { id, plan, open, continuedIn: continuedIn.map((one) => one.plan) };
}
