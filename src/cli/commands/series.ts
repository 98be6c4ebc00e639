import { takeOverSeries } from '../../commands/papers/takeOverSeries.js';
import { answer, authorityOf, type Session, withApplication } from '../session.js';

export interface TakeOverFlags {
  readonly year: string;
  readonly last: string;
  readonly reason: string;
}

/** `trinhky series takeover SERIES`: goes on with a register that was kept elsewhere, from its last number, with the reason. */
export async function takeOver(session: Session, series: string, flags: TakeOverFlags): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const asked = { series: series.normalize('NFC'), year: Number(flags.year), lastNumber: Number(flags.last) };
    await takeOverSeries(app.deps, { authority, ...asked, reason: flags.reason, actor: 'commandLine' });
    const told = { ...asked, next: asked.lastNumber + 1 };
    answer(session, told, () => session.words.say('series.takenOver', told));
    return 0;
  });
}
