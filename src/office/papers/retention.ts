import type { PaperSettings, Retention } from './paperSettings.js';

/**
 * What is known of retention without the authority's own table: annual and multi-year plans, programmes and reports of the body are
 * permanent (Thông tư 10/2022/TT-BNV, in force 15/02/2023; read in a secondary source). Everything else is the authority's data.
 */
export const usualRetention: readonly Retention[] = [
  {
    types: ['KH', 'CTr', 'BC'],
    years: null,
    source: 'Thông tư 10/2022/TT-BNV: kế hoạch, chương trình, báo cáo năm và nhiều năm',
  },
];

/** How long papers of a type are kept: the authority's own line first, then the usual one; null where neither says anything. */
export function retentionOf(settings: PaperSettings | undefined, type: string): Retention | null {
  const named = (line: Retention): boolean => line.types.includes(type);
  return settings?.retention?.find(named) ?? usualRetention.find(named) ?? null;
}

/** The last day on which a paper is kept: years are counted from the year in which the job ends. Null where it is kept for ever. */
export function keptUntil({ years }: Retention, endedOn: string): string | null {
  return years === null ? null : `${Number(endedOn.slice(0, 4)) + years}-12-31`;
}
