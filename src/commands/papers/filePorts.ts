import type { JsonObject } from '../../engine/json.js';

export interface Rendition {
  readonly hash: string;
  readonly instance: string;
  /**
   * `draft`: marked, for readers; `prepared`: what will be signed, for the sign desk alone; `signed`: with the signatory's signature,
   * for sign desk and clerk; `sealed`: what is issued; `sheet`: the approval sheet (phiếu trình).
   */
  readonly mode: 'draft' | 'prepared' | 'signed' | 'sealed' | 'sheet';
  readonly content: string;
  readonly name: string;
  readonly pages: number;
  readonly length: number;
  readonly versions: JsonObject;
  readonly at: string;
  /** The public verification code of an issued paper. */
  readonly code?: string;
}

/** Printed bytes. Stored once by hash, never replaced. */
export interface RenditionStore {
  put(authority: string, rendition: Rendition, bytes: Uint8Array): Promise<void>;
  find(authority: string, instance: string, mode: Rendition['mode'], content: string): Promise<Rendition | null>;
  byHash(authority: string, instance: string, hash: string): Promise<Rendition | null>;
  listOf(authority: string, instance: string): Promise<readonly Rendition[]>;
  bytes(authority: string, hash: string): Promise<Uint8Array | null>;
  /** The prints that bear a verification code, of whatever authority; at most a handful. */
  byCode(code: string): Promise<readonly (Rendition & { readonly authority: string })[]>;
  /** The prints of these exact bytes, of whatever authority. */
  byBytes(hash: string): Promise<readonly (Rendition & { readonly authority: string })[]>;
}

/** A file that somebody brought: stored once by hash within the authority, never replaced. */
export interface Attachment {
  readonly hash: string;
  readonly name: string;
  /** As sniffed from the bytes, never as declared. */
  readonly mediaType: string;
  readonly length: number;
  readonly by: string;
  readonly at: string;
  /** Files wait for a scanner where one is configured. */
  readonly state: 'clean' | 'quarantined';
}

export interface AttachmentStore {
  put(authority: string, attachment: Attachment, bytes: Uint8Array): Promise<void>;
  find(authority: string, hash: string): Promise<Attachment | null>;
  bytes(authority: string, hash: string): Promise<Uint8Array | null>;
  /** Those of these hashes that are stored, in quarantine or not. */
  present(authority: string, hashes: Iterable<string>): Promise<ReadonlySet<string>>;
  /** Out of quarantine. */
  release(authority: string, hash: string): Promise<void>;
  /** Counts what a person brings against the bounds of 24 hours; false when one of them is passed. */
  spend(authority: string, person: string, used: { readonly files: number; readonly bytes: number }): Promise<boolean>;
}
