import type { Attachment } from './filePorts.js';

/** A scanner for malicious code, where an authority has one. */
export interface Scanner {
  /** Judges a file. A rejection counts as `later`; whatever is not `clean` stays in quarantine. */
  scan(bytes: Uint8Array, file: Pick<Attachment, 'hash' | 'name' | 'mediaType'>): Promise<'clean' | 'infected' | 'later'>;
}
