import { performance } from 'node:perf_hooks';
import { makeDesk } from '../quarter/desk.js';
import { type Looked, lookAt, pagesOf } from '../quarter/looking.js';
import { putPlan } from '../quarter/plan.js';
import { type Product, startProduct } from '../quarter/product.js';
import { type Ended, endQuarter, type Stage, type Until } from '../quarter/quarterEnd.js';
import { type Size, worldOf } from '../quarter/world.js';
import type { Handlers, VariantOptions } from './variant.js';

export interface Prepared {
  readonly ms: number;
  readonly authority: string;
  readonly plan: string;
  readonly port: number;
}

/** The product with a province whose units report each quarter; one authority at a time. */
export function quarterVariant(options: VariantOptions): Handlers {
  let product: Product | null = null;
  let stage: Stage | null = null;
  const at = (): Stage => {
    if (stage === null) throw new Error('no plan yet');
    return stage;
  };
  return {
    async start() {
      product = await startProduct(options);
    },
    async prepare(argument): Promise<Prepared> {
      const { authority, ...size } = argument as Size & { authority: string };
      const own = product as Product;
      const begun = performance.now();
      own.inEarnest.now = false;
      own.time.now = '2015-11-02T02:00:00.000Z';
      const world = worldOf(authority, size);
      const desk = makeDesk(own, authority);
      const plan = await putPlan(own, desk, world, size);
      stage = { product: own, desk, world, plan };
      return { ms: performance.now() - begun, authority, plan: plan.id, port: own.server.port };
    },
    async end(argument): Promise<Ended> {
      const { quarter, until, print } = argument as { quarter: number; until: Until; print: boolean };
      const { product: own, world } = at();
      if (print && !own.inEarnest.now) await own.app.makeTestKeys({ ...world.directory, delegations: [] } as never);
      own.inEarnest.now = print;
      return endQuarter(at(), quarter, { until, print });
    },
    look: (argument): Promise<readonly Looked[]> => lookAt(at(), argument as { quarter: number; rounds: number }),
    pages: (argument) => pagesOf(at(), argument as { quarter: number }),
    async check() {
      const { product: own, world, plan } = at();
      const checked = await own.modules.checkRollups.checkRollups(own.app.deps, world.authority, plan.id);
      return { rollups: checked.length, faults: checked.flatMap(({ faults }) => faults) };
    },
    stop: () => product?.close(),
  };
}
