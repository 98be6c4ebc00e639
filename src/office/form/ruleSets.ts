/** How well something is known: read in the text itself, read in a second-hand source, inferred from what was read, or only remembered. */
export type Trust = 'read' | 'secondary' | 'derived' | 'memory';

export type RuleSetId = 'TTLT55-2005' | 'TT01-2011' | 'ND30-2020';

/** The rules of form (thể thức và kỹ thuật trình bày) of a time. Days are `yyyy-mm-dd`, both inclusive. */
export interface RuleSet {
  readonly id: RuleSetId;
  /** What the ids of its rules begin with. */
  readonly prefix: 'TTLT55' | 'TT01' | 'ND30';
  readonly law: string;
  readonly from: string;
  readonly fromTrust: Trust;
  /** Null: in force still, as far as is known. */
  readonly to: string | null;
  readonly toTrust: Trust;
}

/** In the order of time, without gap. The day on which the second begins is remembered, not read: an administrator may have to correct it. */
export const ruleSets: readonly RuleSet[] = [
  {
    id: 'TTLT55-2005',
    prefix: 'TTLT55',
    law: 'Thông tư liên tịch 55/2005/TTLT-BNV-VPCP',
    from: '2005-06-05',
    fromTrust: 'secondary',
    to: '2011-03-04',
    toTrust: 'memory',
  },
  {
    id: 'TT01-2011',
    prefix: 'TT01',
    law: 'Thông tư 01/2011/TT-BNV',
    from: '2011-03-05',
    fromTrust: 'memory',
    to: '2020-03-04',
    toTrust: 'read',
  },
  {
    id: 'ND30-2020',
    prefix: 'ND30',
    law: 'Nghị định 30/2020/NĐ-CP',
    from: '2020-03-05',
    fromTrust: 'read',
    to: null,
    toTrust: 'derived',
  },
];

/** The rule set in force on a day of issue; null for days before the first that is known. */
export function ruleSetFor(day: string): RuleSetId | null {
  return ruleSets.find(({ from, to }) => from <= day && (to === null || day <= to))?.id ?? null;
}
