import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportFormats, exportPlan } from '../../commands/progress/exportPlan.js';
import { TrinhkyError } from '../../errors.js';
import { answer, type Session, withApplication } from '../session.js';
import { askOf, type ProgressFlags } from './progress.js';

export interface ExportFlags extends ProgressFlags {
  readonly as: string;
  readonly out: string;
  readonly pseudonyms?: boolean;
}

/** `trinhky export PLAN --as csv|xlsx|json|ocel --out FILE`: what there is of a plan as a file, written piece by piece. */
export async function exportFile(session: Session, plan: string, flags: ExportFlags): Promise<number> {
  const format = exportFormats.find((one) => one === flags.as);
  if (format === undefined)
    throw new TrinhkyError('inputInvalid', { path: '--as', reason: 'exportFormat', value: exportFormats.join(', ') });
  return withApplication(session, async (app) => {
    const ask = await askOf(app, plan, flags);
    const made = exportPlan(app.deps, format, {
      ...ask,
      kind: null,
      state: null,
      language: session.words.language,
      pseudonyms: flags.pseudonyms === true,
    });
    let bytes = 0;
    const counted = async function* () {
      for await (const piece of made.pieces) {
        bytes += piece.length;
        yield piece;
      }
    };
    await pipeline(Readable.from(counted(), { objectMode: false }), createWriteStream(flags.out));
    answer(session, { plan, as: format, out: flags.out, bytes }, () =>
      session.words.say('export.written', { file: flags.out, bytes }),
    );
    return 0;
  });
}
