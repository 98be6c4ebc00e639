/** What a child is to its parent: the parent's instance, the kind, and the key that is unique among its children of that kind. */
export interface LineParent {
  readonly id: string;
  readonly kind: string;
  readonly key: string;
}

/** What is read of every instance below a plan, as it is stored; fields that a damaged record lacks are null. */
interface Line {
  readonly id: string;
  readonly plan: string | null;
  readonly parent: LineParent | null;
  /** The name of its outermost state. */
  readonly state: string;
  readonly open: boolean;
}

export interface PlanLine {
  readonly id: string;
  readonly open: boolean;
  /** Every clause, as the review confirmed it; as it was read where there is no review. In the order of the paper. */
  readonly clauses: readonly { readonly path: string; readonly text: string }[];
  /** The hash of the review that the plan names, and whether it is stored; null where none was recorded. */
  readonly review: { readonly hash: string; readonly found: boolean } | null;
  readonly content: { readonly hash: string; readonly found: boolean } | null;
  /** Clauses from which nothing follows, with the recorded reason; null where the reason stands only in the history. */
  readonly noAction: readonly { readonly clause: string; readonly reason: string | null }[];
  /** The clauses for which the plan says that directives were opened. */
  readonly opened: readonly string[];
  /** Codes of the obligations to report that the plan says were opened. */
  readonly obligations: readonly string[];
  /** Directives of an earlier plan that go on under a clause of this one. */
  readonly continued: readonly { readonly clause: string; readonly directive: string }[];
  /** Clauses of the plan that this one amends or replaces, and that have no place in it; empty where it amends none. */
  readonly dropped: readonly { readonly clause: string; readonly settled: boolean }[];
}

export interface DirectiveLine extends Line {
  readonly clause: string | null;
  readonly title: string;
  readonly dueOn: string | null;
  readonly lead: readonly string[];
  readonly cooperating: readonly string[];
  readonly grade: string | null;
  readonly assessedBy: string | null;
  /** The plans under which it goes on, as it records them itself. */
  readonly continuedIn: readonly { readonly plan: string; readonly clause: string }[];
}

/** One unit's duty: an assignment, a part of one, or what a recurring duty asks for in one period. */
export interface DutyLine extends Line {
  readonly directive: string | null;
  readonly clause: string | null;
  readonly unit: string | null;
  readonly role: string | null;
  readonly dueOn: string | null;
  /** `yyyy-mm-dd`; null where it is not known. */
  readonly givenOn: string | null;
  readonly completedOn: string | null;
  /** The day on which it ended; null while it is open. */
  readonly endedOn: string | null;
  /** Files and contents that were brought as proof or as the unit's own plan, and whether each is stored. */
  readonly evidence: readonly { readonly hash: string; readonly name: string; readonly found: boolean }[];
  /** The duty of which it is a part, or the recurring duty to which it belongs, as it says itself, and the field that says so. */
  readonly above: { readonly field: 'duty' | 'recurring'; readonly id: string } | null;
  /** From which units it was taken, to which, and on which days, in order. */
  readonly reassigned: readonly { readonly from: string; readonly to: string; readonly on: string }[];
  /** Keys of the parts into which it was split. */
  readonly parts: readonly string[];
  /** Why nobody can act on it now; null for one that has ended, and where somebody can. */
  readonly ownerless: string | null;
}

/** A duty that returns: its occurrences are duties below it. */
export interface RecurringLine extends Line {
  readonly directive: string | null;
  readonly clause: string | null;
  readonly unit: string | null;
  /** Keys of the occurrences that it says were opened. */
  readonly occurrences: readonly string[];
  readonly ownerless: string | null;
}

export interface ObligationLine extends Line {
  readonly code: string | null;
  readonly periods: readonly string[];
  /** Numbers of the year-end papers that it says were opened: `1`, `2` ... */
  readonly summaries: readonly string[];
}

export interface PeriodLine extends Line {
  readonly obligation: string | null;
  readonly period: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly units: readonly string[];
  /** Keys of the consolidated papers that it says were opened: `1`, `2` ... */
  readonly papers: readonly string[];
}

export interface SectionLine {
  readonly assignment: string;
  readonly directive: string;
  readonly clause: string;
}

export interface ReportLine extends Line {
  readonly obligation: string | null;
  readonly period: string | null;
  /** The unit for which it was opened. */
  readonly unit: string | null;
  /** The accepted version, else the current one; null where nothing was ever sent. */
  readonly content: string | null;
  /** Whether it is judged as told: it was accepted. */
  readonly accepted: boolean;
  /** `yyyy-mm-dd` on which that version was sent; null where none was. */
  readonly submittedOn: string | null;
  /** What that version tells of; null where the content is not stored or is none. */
  readonly sections: readonly SectionLine[] | null;
}

export interface PaperLine extends Line {
  /** The period's, or the obligation's for a year. */
  readonly period: string | null;
  readonly title: string;
  readonly number: string | null;
  readonly content: { readonly hash: string; readonly found: boolean } | null;
  readonly rollup: { readonly hash: string; readonly found: boolean } | null;
  /** The versions of reports that it is built on, each once, and whether the version is stored. */
  readonly sources: readonly { readonly report: string; readonly content: string; readonly found: boolean }[];
  /** Sentences and cells that name no source, as JSON pointers into the content. */
  readonly unsourced: readonly string[];
  /** How many places of it speak of a clause. */
  readonly clauses: Readonly<Record<string, number>>;
}
