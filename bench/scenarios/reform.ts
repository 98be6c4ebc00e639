import { fileURLToPath } from 'node:url';
import type { Bench } from '../run/bench.js';
import { median } from '../run/numbers.js';
import { type Report, rounded } from '../run/report.js';
import type { Reformed } from '../variants/organisation.js';

const wards = 16;
const instancesUsual = 4_000;
const instancesQuick = 320;
/** Each round opens thousands of instances: more of them would only take time. */
const roundsMax = 3;
/** The reports are those of the product. */
const workflowsFolder = fileURLToPath(new URL('../../workflows', import.meta.url));

/** Sixteen wards of a province become one while thousands of their duties are open. */
export async function reform(bench: Bench): Promise<readonly Report[]> {
  const instances = bench.options.quick ? instancesQuick : instancesUsual;
  const child = await bench.variant('organisation', 'bench_organisation', { workflowsFolder });
  const raw: Reformed[] = [];
  for (let round = 0; round < Math.min(bench.options.rounds, roundsMax); round += 1)
    raw.push(await child.call<Reformed>('reform', { round, wards, instances }));
  await child.stop();
  const middle = (of: (one: Reformed) => number): number => median(raw.map(of));
  const row = (label: string, of: (one: Reformed) => number, count: (one: Reformed) => number) => [
    label,
    rounded(middle(of) / 1_000),
    rounded(
      middle((one) => (count(one) / of(one)) * 1_000),
      0,
    ),
  ];
  const left = raw.reduce((sum, { ownerless }) => sum + ownerless, 0);
  return [
    {
      title: `${wards} wards of a province become one, ${instances} open instances`,
      columns: ['', 's', '/s'],
      rows: [
        ['480 units, 6,000 people, 8,000 appointments, read and stored', rounded(middle((one) => one.loadMs) / 1_000), '-'],
        row(
          'dry run',
          (one) => one.dryRunMs,
          (one) => one.moved,
        ),
        row(
          'succession: records, then a command for each instance',
          (one) => one.succeedMs,
          (one) => one.moved,
        ),
        row(
          'check that no open duty is without an owner',
          (one) => one.checkMs,
          (one) => one.checked,
        ),
        [
          'claims of a role on this directory',
          '-',
          rounded(
            middle((one) => one.claimsPerSecond),
            0,
          ),
        ],
      ],
      notes: [`In process, one after another; open duties without an owner after it: ${left}.`],
      raw,
    },
  ];
}
