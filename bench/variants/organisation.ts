import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Assembled } from '../../src/assemble.js';
import type { JsonObject } from '../../src/engine/json.js';
import { merging, province } from '../province.js';
import { accepted, engineFolder } from './engine.js';
import type { Handlers, VariantOptions } from './variant.js';

const openingsAtOnce = 32;
/** The morning of the day on which the wards become one: what is measured does not depend on the day of the run. */
const now = '2026-07-01T02:00:00.000Z';
const authorityOf = (round: number): string => `tinh${round}`;

interface Modules {
  readonly assemble: typeof import('../../src/assemble.js')['assemble'];
  readonly open: typeof import('../../src/commands/open.js')['open'];
  readonly load: typeof import('../../src/commands/organisation/loadAuthority.js');
  readonly succeed: typeof import('../../src/commands/organisation/succeed.js')['succeed'];
  readonly checkOwners: typeof import('../../src/commands/organisation/ownerless.js')['checkOwners'];
  readonly worldAt: typeof import('../../src/office/world.js')['worldAt'];
}

export interface Asked {
  readonly round: number;
  /** Communes that become one. */
  readonly wards: number;
  readonly instances: number;
}

/** What each part of a reform took, in ms. */
export interface Reformed {
  readonly loadMs: number;
  readonly dryRunMs: number;
  readonly succeedMs: number;
  readonly checkMs: number;
  readonly moved: number;
  readonly checked: number;
  readonly ownerless: number;
  readonly claimsPerSecond: number;
}

/** The organisation in time at the size of a province, in process: each round has an authority of its own. */
export function organisationVariant(options: VariantOptions): Handlers {
  let app: Assembled | null = null;
  let modules: Modules | null = null;
  return {
    async start() {
      modules = await modulesOf(options.built);
      app = await modules.assemble({
        uri: options.uri,
        database: options.database,
        workflowsFolder: options.workflowsFolder,
        cacheFolder: options.cacheFolder,
        keyFolder: join(options.cacheFolder, 'keys'),
        clock: { now: () => now },
        onWarning: (text) => void process.stderr.write(`engine: ${text}\n`),
      });
    },
    reform: (argument) => reform(app as Assembled, modules as Modules, argument as Asked),
    stop: () => app?.close(),
  };
}

async function modulesOf(built: boolean): Promise<Modules> {
  const from = async <T>(path: string): Promise<T> => (await import(new URL(path, engineFolder(built)).href)) as T;
  const { assemble } = await from<typeof import('../../src/assemble.js')>('assemble.js');
  const { open } = await from<typeof import('../../src/commands/open.js')>('commands/open.js');
  const load = await from<Modules['load']>('commands/organisation/loadAuthority.js');
  const { succeed } = await from<typeof import('../../src/commands/organisation/succeed.js')>('commands/organisation/succeed.js');
  const { checkOwners } = await from<typeof import('../../src/commands/organisation/ownerless.js')>(
    'commands/organisation/ownerless.js',
  );
  const { worldAt } = await from<typeof import('../../src/office/world.js')>('office/world.js');
  return { assemble, open, load, succeed, checkOwners, worldAt };
}

async function reform({ deps, relay }: Assembled, modules: Modules, { round, wards, instances }: Asked): Promise<Reformed> {
  const authority = authorityOf(round);
  const file = JSON.stringify({ ...province(authority), successions: [merging(wards)] });
  const [, loadMs] = await timed(async () => {
    await modules.load.loadAuthority(deps, modules.load.readAuthority(JSON.parse(file) as JsonObject), 'bench');
    await deps.store.directory.snapshot(authority);
  });
  for (let at = 0; at < instances; at += openingsAtOnce) {
    const group = Array.from({ length: Math.min(openingsAtOnce, instances - at) }, (_, index) => at + index);
    await Promise.all(group.map((number) => openReport(deps, modules, authority, { number, wards })));
  }
  await relay.settle();
  const ask = { authority, succession: 'nhap', actor: 'commandLine' };
  const [, dryRunMs] = await timed(() => modules.succeed(deps, { ...ask, dryRun: true }));
  const [{ moved, refused }, succeedMs] = await timed(() => modules.succeed(deps, { ...ask, dryRun: false }));
  if (refused.length > 0) throw new Error(JSON.stringify(refused[0]));
  await relay.settle();
  const [{ checked, ownerless }, checkMs] = await timed(() => modules.checkOwners(deps, authority));
  const claimsPerSecond = await claims(deps, modules, authority);
  return { loadMs, dryRunMs, succeedMs, checkMs, moved, checked, ownerless: ownerless.length, claimsPerSecond };
}

async function openReport(
  deps: Assembled['deps'],
  modules: Modules,
  authority: string,
  { number, wards }: { readonly number: number; readonly wards: number },
): Promise<void> {
  const title = `Báo cáo ví dụ ${number}`;
  const unit = `xa${(number % wards) + 1}`;
  accepted(
    await modules.open(deps, {
      authority,
      definition: 'report',
      context: { plan: `${authority}.plan`, title, period: '2026-Q3', unit, dueOn: '2026-09-25' },
      parent: { id: `${authority}.plan`, kind: 'report', key: String(number) },
      actor: 'system',
      key: `report-${number}`,
    }),
  );
}

const claimsForMs = 1_000;

/** How often a second the office answers in what role somebody acts: as head of a unit, and under an order of the chairman. */
async function claims(deps: Assembled['deps'], modules: Modules, authority: string): Promise<number> {
  const world = modules.worldAt(await deps.store.directory.snapshot(authority), now);
  const instance = { context: { type: 'GM', draftingUnit: 'so1' }, definition: { id: 'document' }, originator: 'n1' };
  const asks = [{ post: 'head', of: { field: 'draftingUnit' } }, { signsFor: 'chair', of: 'authority' } as const];
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < claimsForMs) {
    for (const role of asks) world.claims({ name: 'asked', role, command: 'SIGN' }, instance as never, `n${(count % 6_000) + 1}`);
    count += asks.length;
  }
  return (count / (performance.now() - begun)) * 1_000;
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [T, number]> {
  const begun = performance.now();
  const done = await work();
  return [done, performance.now() - begun];
}
