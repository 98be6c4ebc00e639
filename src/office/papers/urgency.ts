import type { Json } from '../../engine/json.js';

/** The marks of urgency (NĐ 30/2020, Điều 8 khoản 2) as they order an inbox: 0 comes first, an ordinary paper has 5. */
export const urgencyRanks: Readonly<Record<string, number>> = { hoaToc: 0, thuongKhan: 1, khan: 2, thuong: 5 };

const ordinary = 5;
const lastRank = 9;

/** The rank of a context's `urgency`: a mark by its name, or a figure from 0 to 9; whatever else is ordinary. */
export function urgencyRank(value: Json | undefined): number {
  if (typeof value === 'number') return Math.min(lastRank, Math.max(0, Math.trunc(value)));
  return typeof value === 'string' && Object.hasOwn(urgencyRanks, value) ? (urgencyRanks[value] ?? ordinary) : ordinary;
}
