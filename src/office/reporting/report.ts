/** One answer: a narrative, a figure as canonical decimal text (`-1234.5`), yes or no, or the rows of a table by column code. */
export type Answer = string | boolean | readonly Readonly<Record<string, string>>[];

/** What a unit reports on one of its duties. */
export interface DutySection {
  /** The duty's instance; with it directive and clause, so that a section is found from both ends. */
  readonly assignment: string;
  readonly directive: string;
  readonly clause: string;
  readonly title: string;
  readonly answers: Readonly<Record<string, Answer>>;
}

/** The content of one unit's report for one period, as it is stored under its hash. */
export interface UnitReport {
  readonly kind: 'report';
  /** Hash of the form that it answers. */
  readonly form: string;
  readonly sections: readonly DutySection[];
  /** Answers to what the form asks once, by item code. */
  readonly answers: Readonly<Record<string, Answer>>;
  /**
   * Figures as they were typed, by JSON pointer into this content, where that is not how they are printed: what is no figure stands here
   * alone, so that nothing typed is lost and nothing faulty is ever taken for a number.
   */
  readonly typed?: Readonly<Record<string, string>>;
  /** The report's instance, for which it was saved: it is shown and sent under no other. */
  readonly of?: string;
}
