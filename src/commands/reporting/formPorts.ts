/** One version of a report form of an authority; what it says stands under its hash among the contents. */
export interface FormVersion {
  readonly authority: string;
  readonly id: string;
  readonly version: number;
  readonly hash: string;
  /** Instant at which it was loaded, ISO 8601. */
  readonly at: string;
  readonly by: string;
}

/** Report forms. Versions are only ever added. */
export interface FormStore {
  /** `exists` where that version is there already, whatever it says. */
  add(row: FormVersion): Promise<'added' | 'exists'>;
  /** The newest version of a form: the one with which the next period opens. */
  newest(authority: string, id: string): Promise<FormVersion | null>;
  find(authority: string, id: string, version: number): Promise<FormVersion | null>;
  /** The newest version of every form, by id, at most `limit`. */
  list(authority: string, limit: number): Promise<readonly FormVersion[]>;
  /** The versions of one form, the newest first, at most `limit`. */
  versions(authority: string, id: string, limit: number): Promise<readonly FormVersion[]>;
}
