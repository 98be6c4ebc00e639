import { resolve } from 'node:path';
import { TrinhkyError } from '../../errors.js';
import { examplePlan } from '../demo/calendars.js';
import { runDemo } from '../demo/run.js';
import { showSummary } from '../demo/show.js';
import { makeProgress, silent } from '../progress.js';
import { print, type Session } from '../session.js';

const outDefault = 'out';

export interface DemoFlags {
  readonly out?: string;
  readonly data?: string;
}

/** `trinhky demo`: exit 0 when the plan is closed, every chain holds and nothing is left open. */
export async function demo(session: Session, file: string | undefined, flags: DemoFlags): Promise<number> {
  const { host, io, words, json } = session;
  const summary = await runDemo(host, {
    file: file === undefined ? examplePlan : file,
    out: flags.out ?? outDefault,
    data: flags.data === undefined ? undefined : resolve(flags.data),
    progress: json ? silent : makeProgress(io),
    words,
  });
  if (json) print(session, JSON.stringify(summary, null, 2));
  else print(session, showSummary(io, words, summary));
  const sound = summary.plan.closed && summary.chains.faulty === 0 && summary.openInstances === 0;
  if (!sound)
    throw new TrinhkyError('internal', {
      closed: summary.plan.closed,
      faulty: summary.chains.faulty,
      open: summary.openInstances,
    });
  return 0;
}
