import type { Severity } from '../papers/paperSettings.js';
import type { Found } from './finding.js';
import type { Located } from './located.js';
import { type RuleSetId, ruleSets, type Trust } from './ruleSets.js';
import type { FormSubject } from './subject.js';

export type Part = 'page' | 'head' | 'title' | 'body' | 'words' | 'signature' | 'recipients' | 'appendix' | 'stamp' | 'copy';

/** What a rule judges: the paper, and where its parts stand on the print, if there is one. */
export interface Judged extends FormSubject {
  readonly located: Located | null;
}

/** One rule of one rule set. */
export interface FormRule {
  /** `ND30-C-05`. */
  readonly id: string;
  /** The same in every rule set: `C-05`. */
  readonly key: string;
  readonly set: RuleSetId;
  readonly part: Part;
  /** Law and the place in it. */
  readonly source: string;
  readonly trust: Trust;
  /** Its own severity; an authority may decide otherwise. What is only remembered is off. */
  readonly severity: Severity;
  readonly check: (judged: Judged) => readonly Found[];
}

interface Standing<P> {
  readonly trust: Trust;
  /** Of what was read; what is second-hand is a warning, what is remembered is off. */
  readonly severity?: 'blocking' | 'warning';
  /** Where in the law; its appendix on form unless told. */
  readonly place?: string;
  readonly params: P;
}

const usualPlaces: Readonly<Record<RuleSetId, string>> = {
  'TTLT55-2005': 'mục II và Phụ lục II',
  'TT01-2011': 'Chương II',
  'ND30-2020': 'Phụ lục I, phần I',
};

/** One rule in each rule set that has it: the same check, with that set's figures. */
export function rulesOf<P>(kind: {
  readonly key: string;
  readonly part: Part;
  readonly in: Partial<Record<RuleSetId, Standing<P>>>;
  readonly check: (judged: Judged, params: P) => readonly Found[];
}): readonly FormRule[] {
  return ruleSets.flatMap(({ id: set, prefix, law }) => {
    const standing = kind.in[set];
    if (standing === undefined) return [];
    const { trust, params } = standing;
    const read = trust === 'read' || trust === 'derived' ? (standing.severity ?? 'warning') : 'warning';
    return [
      {
        id: `${prefix}-${kind.key}`,
        key: kind.key,
        set,
        part: kind.part,
        source: `${law}, ${standing.place ?? usualPlaces[set]}`,
        trust,
        severity: trust === 'memory' ? 'off' : read,
        check: (judged) => kind.check(judged, params),
      } satisfies FormRule,
    ];
  });
}
