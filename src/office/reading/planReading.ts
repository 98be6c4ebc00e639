import type { Block } from '../papers/paper.js';

/** Half-open range of UTF-16 code units in the text as it was given. */
export type Span = readonly [start: number, end: number];

export type ClauseKind = 'objective' | 'directive' | 'organisation' | 'reporting';

/** A unit as the paper writes it; nothing is expanded or looked up. */
export interface UnitMention {
  readonly name: string;
  /** `lead` (chủ trì) carries the duty, `coordinate` (phối hợp) helps. */
  readonly role: 'lead' | 'coordinate';
}

/** A time as the paper writes it; `date` (`yyyy-mm-dd`) only where an end can be computed from it. */
export interface Due {
  readonly text: string;
  readonly date: string | null;
}

/** One ground of the paper. A further paper cited in the same ground follows as an entry whose text is part of the one before. */
export interface Basis {
  readonly text: string;
  /** `Kế hoạch`, `Công văn`, `Chỉ đạo` ...; null where the ground is no paper. */
  readonly kind: string | null;
  /** Number and symbol, for example `150/UBND-VX`. */
  readonly number: string | null;
  /** `yyyy-mm-dd`. */
  readonly date: string | null;
  readonly issuer: string | null;
}

export interface Section {
  /** `I`, `II` ..., or `KH/I` inside an annexed plan. */
  readonly marker: string;
  readonly title: string;
  readonly kind: ClauseKind;
}

/** A leaf of the paper's numbering. */
export interface Clause {
  /** Section.number.letter; `-n` the nth dash, `+n` the nth plus, `¶n` the nth unnumbered paragraph, `Đn` an article, `KH/` inside an annexed plan. */
  readonly path: string;
  readonly kind: ClauseKind;
  /** Without its marker and without a heading that only names units; white space made single, NFC. */
  readonly text: string;
  /** Only what the clause or its heading names. None: the duty is one of the general addressees. */
  readonly units: readonly UnitMention[];
  readonly due: Due | null;
  readonly sourceSpan: Span;
}

/** A duty to report, also where it stands inside a longer clause. Null: not said. */
export interface ReportingDuty {
  readonly by: string | null;
  readonly to: string | null;
  readonly through: string | null;
  readonly frequency: string | null;
  readonly due: string | null;
}

export interface ReadRecipient {
  readonly name: string;
  readonly purpose: string | null;
}

export type FindingCode =
  | 'issuerMissing'
  | 'numberMissing'
  | 'placeMissing'
  | 'dateMissing'
  | 'typeMissing'
  | 'titleMissing'
  | 'signatureMissing'
  | 'recipientsMissing'
  | 'purposeUnclear'
  | 'noClauses'
  | 'numberingSkips'
  | 'dueBeforeIssue'
  | 'annexUnread'
  | 'textUnheld'
  | 'unitMissing'
  | 'dueUnclear';

/** `missing`: a part of the form is not there. `warning`: what is there looks wrong. `note`: worth a look before directives are opened. */
export type FindingSeverity = 'missing' | 'warning' | 'note';

/** Something the reader could not settle, for a person to look at. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: FindingSeverity;
  /** The words in question; empty where something is missing. */
  readonly text: string;
  readonly span: Span | null;
}

/**
 * What the text holds beside the result. `before` and `after`: words of the collection round the paper; `letterhead`: name of the nation,
 * motto; `opening`: addressees and the sentence that opens the body; `heading`; `description`: what reports and orders nothing;
 * `text`: words of the body of which the reader makes nothing; `closing`: words round recipients and signature; `annex`: an annex that
 * is not read; `pageNumber`; `mark`: rulers, bars, emphasis.
 */
export type RestKind =
  | 'before'
  | 'letterhead'
  | 'opening'
  | 'heading'
  | 'description'
  | 'text'
  | 'closing'
  | 'annex'
  | 'after'
  | 'pageNumber'
  | 'mark';

export interface Rest {
  readonly what: RestKind;
  /** As given, without the white space around it. */
  readonly text: string;
  readonly span: Span;
}

/** Where the parts of the result stand in the text as given; empty where the paper lacks the part, several where columns were torn. */
export interface Places {
  readonly issuer: readonly Span[];
  readonly number: readonly Span[];
  readonly symbol: readonly Span[];
  readonly type: readonly Span[];
  readonly place: readonly Span[];
  readonly issuedOn: readonly Span[];
  readonly title: readonly Span[];
  /** One for each ground; a paper cited within a ground lies in its range. */
  readonly bases: readonly Span[];
  /** One for each recipient, its purpose included where it stands beside it. */
  readonly recipients: readonly Span[];
  readonly archive: readonly Span[];
  readonly signature: readonly Span[];
}

/** What an official paper says, as far as its form tells. Null and empty: the paper does not say, and a finding says so. */
export interface PlanReading {
  readonly issuer: { readonly superior: string | null; readonly name: string | null };
  readonly number: string | null;
  readonly symbol: string | null;
  /** In sentence case: `Kế hoạch`, `Công văn` ... */
  readonly type: string | null;
  readonly place: string | null;
  readonly issuedOn: string | null;
  readonly title: string | null;
  readonly bases: readonly Basis[];
  readonly sections: readonly Section[];
  readonly clauses: readonly Clause[];
  readonly reporting: readonly ReportingDuty[];
  readonly signature: {
    readonly authority: string | null;
    readonly capacity: string | null;
    readonly title: string | null;
    readonly name: string | null;
  };
  readonly recipients: readonly ReadRecipient[];
  /** What stands after `Lưu`. */
  readonly archive: string | null;
  /** Everything between the grounds and the recipients in its order, headings and labels included: what `paperOf` prints. */
  readonly body: readonly Block[];
  readonly places: Places;
  readonly rest: readonly Rest[];
  readonly findings: readonly Finding[];
}
