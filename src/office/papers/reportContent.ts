import type { Json } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';

/** What a unit reports on one directive of the plan. */
export interface ReportSection {
  /** The clause's path in the plan, for example `II.1.-1`. */
  readonly clause: string;
  readonly text: string;
}

/** The content of one unit's report for one period, as it is stored under its hash. */
export interface ReportContent {
  readonly sections: readonly ReportSection[];
  /** Figures by their name in Vietnamese, for example `Số lượt người tham dự`. Whole or decimal numbers, never negative. */
  readonly figures: Readonly<Record<string, number>>;
}

export const reportSectionsMax = 200;
export const sectionCharsMax = 4_000;
export const figuresMax = 50;
export const figureNameCharsMax = 120;

/** A stored or received value as a report's content. Throws `inputInvalid` {path} at the first thing that does not fit. */
export function reportContentOf(value: Json): ReportContent {
  const { sections, figures } = objectAt(value, '');
  if (!Array.isArray(sections) || sections.length > reportSectionsMax) throw wrong('/sections');
  const entries = Object.entries(objectAt(figures, '/figures'));
  if (entries.length > figuresMax) throw wrong('/figures');
  return {
    sections: sections.map((section: Json, index) => sectionAt(section, `/sections/${index}`)),
    figures: Object.fromEntries(
      entries.map(([name, figure]) => {
        const sound = typeof figure === 'number' && Number.isFinite(figure) && figure >= 0;
        if (!sound || name === '' || name.length > figureNameCharsMax)
          throw wrong(`/figures/${name.slice(0, figureNameCharsMax)}`);
        return [name, figure];
      }),
    ),
  };
}

function sectionAt(value: Json, path: string): ReportSection {
  const { clause, text } = objectAt(value, path);
  if (typeof clause !== 'string' || clause === '') throw wrong(`${path}/clause`);
  if (typeof text !== 'string' || text === '' || text.length > sectionCharsMax) throw wrong(`${path}/text`);
  return { clause, text };
}

function objectAt(value: Json | undefined, path: string): { readonly [name: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong(path);
  return value as { readonly [name: string]: Json };
}

function wrong(path: string): TrinhkyError {
  return new TrinhkyError('inputInvalid', { path });
}
