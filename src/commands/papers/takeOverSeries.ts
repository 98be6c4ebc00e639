import { TrinhkyError } from '../../errors.js';
import type { Deps } from '../deps.js';

export interface TakeOverAsk {
  readonly authority: string;
  readonly series: string;
  readonly year: number;
  /** The last number that was given before; the next one is this plus one. */
  readonly lastNumber: number;
  readonly reason: string;
  readonly actor: string;
}

const reasonCharsMax = 500;
const yearMin = 1945;
const yearMax = 2100;

/**
 * Goes on with a register that was kept elsewhere, in mid-year: a row with the reason stands before the first number, so that the
 * register explains where it begins. Audited. Throws `inputInvalid`, and `seriesBegun` where the series has numbers already.
 */
export async function takeOverSeries(deps: Pick<Deps, 'store' | 'clock'>, ask: TakeOverAsk): Promise<void> {
  const { authority, series, year, lastNumber, actor } = ask;
  const reason = ask.reason.normalize('NFC').trim();
  const faults = [
    ...(series.trim() === '' ? ['series'] : []),
    ...(Number.isInteger(year) && year >= yearMin && year <= yearMax ? [] : ['year']),
    ...(Number.isInteger(lastNumber) && lastNumber > 0 ? [] : ['lastNumber']),
    ...(reason === '' || reason.length > reasonCharsMax ? ['reason'] : []),
  ];
  if (faults.length > 0)
    throw new TrinhkyError('inputInvalid', {
      faults: faults.map((path) => ({ path: `/${path}`, message: 'is missing or invalid' })),
    });
  if (!(await deps.store.numbers.takeOver(authority, series, year, lastNumber, reason)))
    throw new TrinhkyError('seriesBegun', { series, year });
  const details = { year, lastNumber, reason };
  await deps.store.audit.append({ authority, at: deps.clock.now(), actor, kind: 'seriesTakenOver', subject: series, details });
}
