import type { Holiday } from './calendar.js';

/** A day off by an act, and the words of where it stands. */
export interface Occasion {
  readonly name: Holiday['name'];
  readonly source: string;
}

/** The days off with pay under one state of the Labour Code. */
export interface Act {
  readonly from: string;
  readonly newYear: Occasion;
  readonly tet: { readonly days: 4 | 5; readonly source: string };
  readonly hungKings: Occasion | null;
  readonly victory: Occasion;
  readonly labour: Occasion;
  readonly national: Occasion & { readonly days: 1 | 2 };
  /** Where it stands that a day off on a weekly rest day is made up. */
  readonly inLieu: string;
}

const names = {
  newYear: { vi: 'Tết Dương lịch', en: "New Year's Day" },
  hungKings: { vi: 'Giỗ Tổ Hùng Vương (10 tháng 3 âm lịch)', en: "Hung Kings' Commemoration Day" },
  victory: { vi: 'Ngày Chiến thắng', en: 'Victory Day' },
  labour: { vi: 'Ngày Quốc tế lao động', en: 'International Labour Day' },
  national: { vi: 'Quốc khánh', en: 'National Day' },
} as const;

interface Terms {
  readonly from: string;
  readonly act: string;
  /** What is cited before each day: an article alone, or an article and paragraph to which the point is added. */
  readonly article: string;
  /** Points of the article, where the act has them. */
  readonly points: readonly [newYear: string, tet: string, victory: string, labour: string, national: string, hungKings: string];
  readonly tetDays: 4 | 5;
  readonly nationalDays: 1 | 2;
  readonly hungKings: boolean;
  readonly inLieu: string;
}

const NO_POINTS = ['', '', '', '', '', ''] as const;
const POINTS = ['điểm a ', 'điểm b ', 'điểm c ', 'điểm d ', 'điểm đ ', 'điểm e '] as const;

function actOf({ from, act, article, points, tetDays, nationalDays, hungKings, inLieu }: Terms): Act {
  const source = (index: number) => {
    const place = `${points[index] ?? ''}${article}`;
    return `${place.charAt(0).toUpperCase()}${place.slice(1)} ${act}`;
  };
  return {
    from,
    newYear: { name: names.newYear, source: source(0) },
    tet: { days: tetDays, source: source(1) },
    victory: { name: names.victory, source: source(2) },
    labour: { name: names.labour, source: source(3) },
    national: { name: names.national, source: source(4), days: nationalDays },
    hungKings: hungKings ? { name: names.hungKings, source: source(5) } : null,
    inLieu: `${inLieu} ${act}`,
  };
}

/**
 * The Labour Code and its changes, by the day from which they hold: 1994 (Điều 73), with Giỗ Tổ Hùng Vương since the law 84/2007/QH11 of
 * 02/4/2007; 2012 (Điều 115), in force from 01/5/2013, with five days of Tết; 2019 (Điều 111 and 112), in force from 01/01/2021, with two
 * days of Quốc khánh.
 */
const acts: readonly Act[] = [
  actOf({
    from: '1995-01-01',
    act: 'Bộ luật Lao động năm 1994',
    article: 'Điều 73',
    points: NO_POINTS,
    tetDays: 4,
    nationalDays: 1,
    hungKings: false,
    inLieu: 'Điều 73',
  }),
  actOf({
    from: '2007-04-02',
    act: 'Bộ luật Lao động năm 1994 (sửa đổi theo Luật số 84/2007/QH11)',
    article: 'Điều 73',
    points: NO_POINTS,
    tetDays: 4,
    nationalDays: 1,
    hungKings: true,
    inLieu: 'Điều 73',
  }),
  actOf({
    from: '2013-05-01',
    act: 'Bộ luật Lao động số 10/2012/QH13',
    article: 'khoản 1 Điều 115',
    points: POINTS,
    tetDays: 5,
    nationalDays: 1,
    hungKings: true,
    inLieu: 'Khoản 3 Điều 115',
  }),
  actOf({
    from: '2021-01-01',
    act: 'Bộ luật Lao động số 45/2019/QH14',
    article: 'khoản 1 Điều 112',
    points: POINTS,
    tetDays: 5,
    nationalDays: 2,
    hungKings: true,
    inLieu: 'Khoản 3 Điều 111',
  }),
];

/** The act in force on a day (`yyyy-mm-dd`); before 1995 the first one. */
export function actOn(day: string): Act {
  return acts.findLast(({ from }) => from <= day) ?? (acts[0] as Act);
}
