/** One version of a template of duties; what it says stands under its hash among the contents. */
export interface TemplateVersion {
  readonly authority: string;
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly hash: string;
  /** Instant at which it was taken, ISO 8601. */
  readonly at: string;
  readonly by: string;
}

/** Templates of duties. Versions are only ever added. */
export interface TemplateStore {
  /** `exists` where that version is there already. */
  add(row: TemplateVersion): Promise<'added' | 'exists'>;
  /** The versions of one template, the newest first, at most `limit`. */
  versions(authority: string, id: string, limit: number): Promise<readonly TemplateVersion[]>;
  /** Every version of every template, by id and the newest first, at most `limit`. */
  list(authority: string, limit: number): Promise<readonly TemplateVersion[]>;
}
