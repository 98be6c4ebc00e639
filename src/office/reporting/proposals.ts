import type { Directory } from '../organisation/directory.js';
import { unitsOn } from '../organisation/lineage.js';
import type { ReportingDuty } from '../reading/planReading.js';
import type { Frequency } from '../time/periods.js';

/** An obligation to report as a plan's text lays it down, as far as it says: an offer for whoever opens it, to be confirmed. */
export interface ObligationProposal {
  readonly code: string;
  readonly name: string;
  readonly units: readonly string[];
  readonly reportTo: string | null;
  readonly through: string | null;
  /** Null where the text says none that there is, for example each week. */
  readonly frequency: Frequency | null;
  readonly regime: 'law';
  /** What the plan itself says of who reports, how often and until when. */
  readonly said: { readonly by: string | null; readonly frequency: string | null; readonly due: string | null };
}

const FREQUENCIES: readonly (readonly [RegExp, Frequency, string, string])[] = [
  [/tháng\s+một\s+lần|0?9\s+tháng/iu, 'nineMonths', 'bao-cao-9-thang', '9 tháng'],
  [/0?6\s+tháng|nửa\s+năm/iu, 'half', 'bao-cao-6-thang', '6 tháng'],
  [/quý/iu, 'quarter', 'bao-cao-quy', 'hằng quý'],
  [/tháng/iu, 'month', 'bao-cao-thang', 'hằng tháng'],
  [/năm/iu, 'year', 'bao-cao-nam', 'hằng năm'],
];

const plain = (text: string): string =>
  text.normalize('NFC').toLocaleLowerCase('vi').replace(/uỷ/gu, 'ủy').replace(/\s+/gu, ' ').trim();

function frequencyIn(text: string | null): (typeof FREQUENCIES)[number] | null {
  if (text === null) return null;
  const months = /^(0?\d)\s+tháng\s+một\s+lần/iu.exec(text)?.[1];
  if (months !== undefined) {
    const wanted = { 1: 'month', 3: 'quarter', 6: 'half', 9: 'nineMonths', 12: 'year' }[Number(months)];
    return FREQUENCIES.find(([, frequency]) => frequency === wanted) ?? null;
  }
  return FREQUENCIES.slice(1).find(([pattern]) => pattern.test(text)) ?? null;
}

/** The units that a text names by their recorded names, or all of a kind ("các phường"); everybody below the authority where it names none. */
function unitsIn(directory: Directory, text: string | null, day: string): readonly string[] {
  const all = unitsOn(directory, day).filter(({ id }) => id !== directory.authority.rootUnit);
  if (text === null) return all.map(({ id }) => id);
  const said = plain(text);
  const named = all.filter(({ name }) => said.includes(plain(name)));
  const kinds = [
    [/phường/u, 'ward'],
    [/(?:^|\s)xã/u, 'commune'],
    [/phòng|ban|ngành|đơn vị/u, 'division'],
  ] as const;
  const many = /các|\d+\s+(?:phường|xã)|thủ trưởng/u.test(said);
  const ofKind = many ? all.filter(({ kind }) => kinds.some(([pattern, of]) => of === kind && pattern.test(said))) : [];
  const found = new Set([...named, ...ofKind].map(({ id }) => id));
  return found.size === 0 ? all.map(({ id }) => id) : all.filter(({ id }) => found.has(id)).map(({ id }) => id);
}

function unitNamed(directory: Directory, text: string | null, day: string): string | null {
  if (text === null) return null;
  const said = plain(text);
  return unitsOn(directory, day).find(({ name }) => said === plain(name) || plain(name).startsWith(`${said} `))?.id ?? null;
}

/** An offer for each duty to report that a plan's text lays down, the codes apart from each other. */
export function proposalsFrom(
  duties: readonly ReportingDuty[],
  around: { readonly directory: Directory; readonly title: string; readonly day: string },
): readonly ObligationProposal[] {
  const { directory, title, day } = around;
  const taken = new Map<string, number>();
  return duties.map(({ by, to, through, frequency, due }): ObligationProposal => {
    const found = frequencyIn(frequency);
    const [, often = null, base = 'bao-cao', words = 'định kỳ'] = found ?? [];
    const count = (taken.get(base) ?? 0) + 1;
    taken.set(base, count);
    return {
      code: count === 1 ? base : `${base}-${count}`,
      name: `Báo cáo ${words} kết quả thực hiện ${title}`.slice(0, 900),
      units: unitsIn(directory, by, day),
      reportTo: to,
      through: unitNamed(directory, through, day),
      frequency: often,
      regime: 'law',
      said: { by, frequency, due },
    };
  });
}
