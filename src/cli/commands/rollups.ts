import { type CheckedRollup, checkRollups, type RollupFault } from '../../commands/reporting/checkRollups.js';
import { TrinhkyError } from '../../errors.js';
import { answer, columnsDefault, type Session, withApplication } from '../session.js';
import { table } from '../table.js';

/**
 * `trinhky rollups PLAN`: builds every roll-up of a plan again from entries and contents alone and compares it to the last digit; names what
 * was altered. Exit 1 where anything does not agree. Throws `notFound` for what is no plan.
 */
export async function rollups(session: Session, plan: string): Promise<number> {
  const { words } = session;
  return withApplication(session, async (app) => {
    const authority = plan.split('.')[0] ?? '';
    const held = await app.deps.store.instances.load(authority, plan);
    if (held === null) throw new TrinhkyError('notFound', { reason: 'instance', instance: plan });
    const checked = await checkRollups(app.deps, authority, plan);
    const faults = checked.flatMap((one) => one.faults);
    answer(session, { plan, rollups: checked, sound: faults.length === 0 }, () => {
      if (checked.length === 0) return words.say('rollups.none');
      const verdict =
        faults.length === 0
          ? words.say('rollups.sound', { count: checked.length })
          : words.say('rollups.faults', { count: faults.length });
      return `${shown(session, checked)}\n${[verdict, ...faults.map((fault) => `- ${faultInWords(session, fault)}`)].join('\n')}\n`;
    });
    return faults.length === 0 ? 0 : 1;
  });
}

function shown({ words, io }: Session, checked: readonly CheckedRollup[]): string {
  const head = ['period', 'figures', 'reports', 'verdict', 'paper'].map((name) => words.say(`rollups.${name}`));
  const rows = checked.map(({ period, figures, reports, faults, paper }) => [
    period,
    String(figures),
    String(reports),
    faults.length === 0 ? words.say('rollups.agrees') : words.say('rollups.faults', { count: faults.length }),
    paper,
  ]);
  return table(head, rows, io.columns ?? columnsDefault, [1, 2]);
}

function faultInWords({ words }: Session, { kind, at, stored, built }: RollupFault): string {
  return words.say(`rollups.${kind}`, { at, stored: stored ?? '–', built: built ?? '–' });
}
