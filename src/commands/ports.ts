import type { Acceptance, ChildStanding } from '../engine/command.js';
import type { Definition } from '../engine/definition.js';
import type { StoredEntry } from '../engine/entry.js';
import type { DefinitionRef, Instance } from '../engine/instance.js';
import type { Json, JsonObject } from '../engine/json.js';
import type { ReadFilter } from '../office/organisation/visibility.js';
import type { TemplateStore } from './duties/templatePorts.js';
import type { MailLedger, PreferenceStore } from './notices/mailing.js';
import type { NoticeStore } from './notices/ports.js';
import type { DirectoryStore } from './organisation/ports.js';
import type { AttachmentStore, RenditionStore } from './papers/filePorts.js';
import type { NumberRegister } from './papers/numbering.js';
import type { RegisterStore } from './papers/registerPorts.js';
import type { ProofStore } from './papers/signing.js';
import type { OutboxStore, RelayStore } from './relayPorts.js';
import type { FormStore } from './reporting/formPorts.js';
import type { WebhookStore } from './webhooks/ports.js';

/** One use of an idempotency key, kept with the instance as long as it may still be pending. */
export interface KeyUse {
  readonly keyHash: string;
  readonly requestHash: string;
  readonly seq: number;
}

/** What a process holds of an instance between two commands: enough to judge, never enough to show. */
export interface Held {
  readonly instance: Instance;
  readonly keys: readonly KeyUse[];
  /** Where it stands now since: the instant of the last entry. */
  readonly since: string;
  /** Entries up to this seq were durable outside the instance when it was read: nothing older waits in `pending`. */
  readonly carriedUpTo: number;
}

/** An accepted command on its way into the one write that commits it. */
export interface Commit {
  readonly before: Held;
  readonly acceptance: Acceptance;
  /** Entries up to this seq are known to be durable in `entries` and `outbox`; the write may drop them from `pending`. */
  readonly movedUpTo: number;
}

export type CommitAnswer = 'committed' | 'missed';

/** Instances. Every call names the authority; ids begin with it. */
export interface InstanceStore {
  /** A fresh majority read; null when there is none. */
  load(authority: string, id: string): Promise<Held | null>;
  loadMany(authority: string, ids: readonly string[]): Promise<readonly Held[]>;
  /** One document with its first entry; `exists` when the id is taken. */
  insert(opening: Acceptance, keyUse: KeyUse): Promise<'inserted' | 'exists'>;
  /** One versioned update. `missed`: nothing was written, for one of three causes that a fresh read tells apart. */
  commit(commit: Commit): Promise<CommitAnswer>;
  /** The same for several instances in one batch: true when every one of them was written. */
  commitMany(commits: readonly Commit[]): Promise<boolean>;
  /** How many entries wait in `pending`. */
  pendingCount(authority: string, id: string): Promise<number>;
  children(authority: string, parent: string): Promise<readonly ChildStanding[]>;
  /** Children of a kind with their context, by key: for consolidation and for pages. At most `limit`. */
  childrenOf(authority: string, parent: string, kind: string, limit: number): Promise<readonly Instance[]>;
  /** The same as pages show them, page by page: those whose key comes after `after`, in the order of their keys. */
  childViews(query: ChildViewsQuery): Promise<readonly InstanceView[]>;
  /** Instances of a definition that name a plan in their context, whoever may read them, page by page on an index. */
  ofPlan(query: OfPlanQuery): Promise<OfPlanPage>;
  view(authority: string, id: string): Promise<InstanceView | null>;
  /** The same for several, without those that are not there. */
  views(authority: string, ids: readonly string[]): Promise<readonly InstanceView[]>;
  /** One text of the context of several, null where there is none; those that are not there are left out. */
  textsOf(authority: string, ids: readonly string[], field: string): Promise<ReadonlyMap<string, string | null>>;
  /** The revision at which each stands; those that are not there are left out. */
  revisions(authority: string, ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  inbox(query: InboxQuery): Promise<readonly InboxRow[]>;
  list(query: ListQuery): Promise<readonly InboxRow[]>;
  /** Open instances with what a command is judged on, page by page, whoever may read them: for the organisation's own work. */
  openPage(query: OpenQuery): Promise<OpenPage>;
  /** Entries from `from` on, `entries` and `pending` read together, in order, at most `limit`. */
  history(authority: string, id: string, from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** The entry in which an actor used a key, where the instance's own list has rolled over. */
  entryByKey(authority: string, keyHash: string): Promise<StoredEntry | null>;
  /** The hashes of all keys that an instance's entries bear, at most `limit`: read once, where the list has rolled over. */
  keyHashes(authority: string, id: string, limit: number): Promise<readonly string[]>;
}

/** An instance as it was read, with the instant of its last entry. */
export type Read = Pick<Held, 'instance' | 'since'>;

/** An instance as pages show it. */
export interface InstanceView {
  readonly instance: Instance;
  readonly readers: readonly string[];
  readonly principals: readonly string[];
  readonly since: string;
}

export interface InboxQuery {
  readonly authority: string;
  readonly person: string;
  /** Own keys; at most `inboxKeysMax`. One query for each delegation. */
  readonly keys: readonly string[];
  readonly definitions: readonly string[] | null;
  /** Types of paper; null or absent: any, and what has none. */
  readonly types?: readonly string[] | null;
  /** Whose keys these are, where they are lent: what he is barred from is barred for whoever acts for him. */
  readonly delegator?: string | null;
  /** The `turn` after which to go on; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface ListQuery {
  readonly filter: ReadFilter;
  readonly definition: string | null;
  readonly parent: string | null;
  readonly open: boolean | null;
  readonly originator: string | null;
  /** Where to go on: an id, or with `newestFirst` the `since` and the id of the last row, with `|` between. */
  readonly after: string | null;
  /** In the order of the last step, the newest first; without it by id. */
  readonly newestFirst?: true;
  readonly limit: number;
}

export interface ChildViewsQuery {
  readonly authority: string;
  readonly parent: string;
  readonly kind: string;
  /** The key of the last one that was read; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface OfPlanQuery {
  readonly authority: string;
  readonly plan: string;
  readonly definition: string;
  /** Only those whose context names this unit; null: all. */
  readonly unit: string | null;
  /** Fields of the context that are wanted, where thousands are counted; all unless given. */
  readonly fields?: readonly string[];
  /** The last answer's `next`; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface OfPlanPage {
  readonly rows: readonly InstanceView[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

export interface OpenQuery {
  readonly authority: string;
  /** Only what these keys read, or only what waits for them, at most 200 keys; null: everything. */
  readonly by: { readonly readers: readonly string[] } | { readonly principals: readonly string[] } | null;
  /** The last answer's `next`; null from the start. */
  readonly after: string | null;
  readonly limit: number;
}

export interface OpenPage {
  readonly rows: readonly { readonly held: Held; readonly principals: readonly string[] }[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

export interface InboxRow {
  readonly id: string;
  readonly definition: DefinitionRef;
  readonly state: Instance['state'];
  readonly title: string;
  /** Number and symbol of a paper that has them. */
  readonly number: number | null;
  readonly symbol: string | null;
  readonly turn: string;
  readonly due: string | null;
  readonly since: string;
  readonly visits: Instance['visits'];
  readonly originator: string;
  readonly open: boolean;
  readonly revision: number;
  readonly principals: readonly string[];
}

/** Immutable revisions of texts, by the hash of their canonical JSON. */
export interface ContentStore {
  put(authority: string, value: Json): Promise<string>;
  /** Read and checked against its hash at each call. */
  get(authority: string, hash: string): Promise<Json | null>;
  /** For pages, which show the same large contents again and again: checked when this process read it last; frozen. */
  kept(authority: string, hash: string): Promise<Json | null>;
  has(authority: string, hash: string): Promise<boolean>;
  /** Those of these hashes that are stored; each counted once. */
  present(authority: string, hashes: Iterable<string>): Promise<ReadonlySet<string>>;
}

export interface AuditRecord {
  readonly authority: string;
  readonly at: string;
  readonly actor: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly details: JsonObject;
}

/** Appended, never changed: there is no call that does. */
export interface AuditStore {
  append(record: AuditRecord): Promise<void>;
  list(authority: string, limit: number): Promise<readonly AuditRecord[]>;
}

export interface DefinitionStore {
  all(): Promise<readonly Definition[]>;
  /** Keeps the first of an id and version; answers what is stored. */
  keep(definition: Definition): Promise<Definition>;
}

/** Everything the use cases need of the database; `store/` fills it, `main` hands it down. */
export interface Store {
  readonly instances: InstanceStore;
  readonly relay: RelayStore;
  readonly outbox: OutboxStore;
  readonly contents: ContentStore;
  readonly renditions: RenditionStore;
  readonly numbers: NumberRegister;
  readonly registers: RegisterStore;
  readonly directory: DirectoryStore;
  readonly notices: NoticeStore;
  readonly preferences: PreferenceStore;
  readonly mails: MailLedger;
  readonly audit: AuditStore;
  readonly definitions: DefinitionStore;
  readonly proofs: ProofStore;
  readonly attachments: AttachmentStore;
  readonly webhooks: WebhookStore;
  readonly forms: FormStore;
  readonly dutyTemplates: TemplateStore;
}
