import type { Bench } from '../run/bench.js';
import { familyOf, shareMbOf } from '../run/familyOf.js';
import { median } from '../run/numbers.js';
import { cpuMsOf } from '../run/processes.js';
import { type Report, rounded } from '../run/report.js';
import type { PrintAsk } from '../variants/printing.js';

const asks: readonly PrintAsk[] = [
  { paper: 'letter', count: 20, atOnce: 1 },
  { paper: 'letter', count: 40, atOnce: 4 },
  { paper: 'report', count: 5, atOnce: 1 },
  { paper: 'report', count: 12, atOnce: 4 },
];

interface PrintRound extends PrintAsk {
  readonly round: number;
  readonly pages: number;
  readonly perSecond: number;
  readonly nodeCpuMs: number;
}

/** Papers printed and checked, as effects print them, on one warm browser. */
export async function paper(bench: Bench): Promise<readonly Report[]> {
  const child = await bench.variant('printing', 'none');
  const raw: PrintRound[] = [];
  for (let round = -1; round < bench.options.rounds; round += 1) {
    for (const ask of asks) {
      const before = cpuMsOf(child.pid);
      const { pages, elapsedMs } = await child.call<{ pages: number; elapsedMs: number }>('print', ask);
      if (round >= 0)
        raw.push({
          ...ask,
          round,
          pages,
          perSecond: (ask.count / elapsedMs) * 1_000,
          nodeCpuMs: (cpuMsOf(child.pid) - before) / ask.count,
        });
    }
  }
  const [node = 0, ...others] = familyOf(child.pid).map(shareMbOf);
  const browserMb = others.reduce((total, mb) => total + mb, 0);
  await child.stop();
  const rows = asks.map((ask) => {
    const rounds = raw.filter((one) => one.paper === ask.paper && one.atOnce === ask.atOnce);
    return [
      `${ask.paper}, ${rounds[0]?.pages ?? 0} pages, ${ask.atOnce} at once`,
      rounded(median(rounds.map((one) => one.perSecond)), 1),
      rounded(median(rounds.map((one) => one.nodeCpuMs)), 0),
    ];
  });
  const notes = [`Memory after it: Node ${rounded(node, 0)} MB, browser ${rounded(browserMb, 0)} MB (PSS of all its processes).`];
  return [
    {
      title: 'Papers printed as PDF, with the check of each print',
      columns: ['paper', '/s', 'CPU ms Node'],
      rows,
      notes,
      raw: { rounds: raw, nodeMb: node, browserMb },
    },
  ];
}
